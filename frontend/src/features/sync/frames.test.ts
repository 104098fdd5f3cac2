import { expect, test } from "vitest";
import { frames, type Frame } from "./frames";

async function read(...chunks: string[]): Promise<Frame[]> {
  const bytes = chunks.map((chunk) => Uint8Array.from(chunk, (letter) => letter.charCodeAt(0)));
  const body = new ReadableStream<Uint8Array>({
    start(end) {
      for (const chunk of bytes) end.enqueue(chunk);
      end.close();
    },
  });
  const found: Frame[] = [];
  for await (const frame of frames(body, () => undefined)) found.push(frame);
  return found;
}

test("a frame is an event when its empty line has come, however it was cut", async () => {
  expect(await read("ev", "ent: hel", 'lo\nid: 3\nda', 'ta: {"head":3}\n', "\n")).toEqual([{ event: "hello", data: '{"head":3}' }]);
  expect(await read("data: half\n")).toEqual([]);
});

test("a letter cut in two is put together again", async () => {
  expect(await read("data: \xc3", "\xa9\n\n")).toEqual([{ event: "message", data: "é" }]);
});

test("every kind of line end ends a line", async () => {
  expect(await read("data: a\r\n\r\ndata: b\r\rdata: c\n\n")).toEqual(["a", "b", "c"].map((data) => ({ event: "message", data })));
});

test("a line end cut in two is one line end", async () => {
  expect(await read("data: a\r", "\ndata: b\r\n\r\n")).toEqual([{ event: "message", data: "a\nb" }]);
});

test("comments and lone ids are no events", async () => {
  expect(await read(": heartbeat\n\n", "retry: 1200\n\n", "id: 7\n\n", "data: x\n\n")).toEqual([{ event: "message", data: "x" }]);
});
