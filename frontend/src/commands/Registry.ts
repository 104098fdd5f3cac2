/** What can be done on the page at this moment, and the keys that do it. */

export interface Command {
  id: string;
  label: string;
  /** Each is one way to do it: "x", "mod+k", or a sequence, "g t". */
  keys?: readonly string[];
  /** Under which heading it stands in the sheet of keys. */
  group: string;
  run: () => void;
  /** Whether it can be done now; it can when this is not given. */
  when?: () => boolean;
  /** Also while typing, and in dialogs. */
  inFields?: boolean;
}

type Source = () => readonly Command[];

export type Answer = "done" | "waits" | "nothing";

export class Registry {
  #sources: readonly Source[] = [];
  #begun = "";

  /** What is added last has the first word about a key. The function that comes back takes it away. */
  add(source: Source): () => void {
    this.#sources = [...this.#sources, source];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  /** All there are, in the order in which they came; of two with one id the latest stands. */
  all(): readonly Command[] {
    return this.#those(() => true);
  }

  /** Those that can be done now. */
  commands(): readonly Command[] {
    return this.#those((command) => command.when?.() !== false);
  }

  #those(wanted: (command: Command) => boolean): readonly Command[] {
    const byId = new Map<string, Command>();
    for (const command of this.#sources.flatMap((source) => source()).filter(wanted)) {
      byId.delete(command.id); // so that the later one also comes later
      byId.set(command.id, command);
    }
    return [...byId.values()];
  }

  /** A key was pressed. It does something, begins (or goes on with) a sequence, or means nothing here. */
  press(key: string, accepts: (command: Command) => boolean): Answer {
    const sequence = this.#begun === "" ? key : `${this.#begun} ${key}`;
    this.#begun = "";
    const commands = this.commands().filter(accepts);
    const wanted = commands.findLast(({ keys }) => keys?.includes(sequence));
    if (wanted !== undefined) {
      wanted.run();
      return "done";
    }
    if (commands.some(({ keys }) => keys?.some((one) => one.startsWith(`${sequence} `)))) {
      this.#begun = sequence;
      return "waits";
    }
    // After a sequence that came to nothing, the key may mean something by itself.
    return sequence === key ? "nothing" : this.press(key, accepts);
  }

  /** What was begun is not gone on with. */
  forget(): void {
    this.#begun = "";
  }
}
