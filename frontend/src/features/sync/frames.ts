/** Server-Sent Events, read from a response's body as they come. */
import { Unreachable } from "../../api/problem";

export interface Frame {
  event: string;
  data: string;
}

/** `onBytes` hears of everything that arrives, heartbeats included, so that silence can be told from peace. */
export async function* frames(body: ReadableStream<Uint8Array>, onBytes: () => void): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let frame: { event: string; data: string[] } = { event: "message", data: [] };
  try {
    for (;;) {
      const { done, value } = await read(reader);
      if (done) return; // what was not finished by an empty line is not an event
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (frame.data.length > 0) yield { event: frame.event, data: frame.data.join("\n") };
          frame = { event: "message", data: [] };
        } else {
          const [, name, text = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
          if (name === "data") frame.data.push(text);
          if (name === "event") frame.event = text;
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // it may have broken already; either way it is closed
  }
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    throw new Unreachable(cause);
  }
}
