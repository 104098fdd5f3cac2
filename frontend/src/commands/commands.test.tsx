import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { CommandsProvider } from "./CommandsProvider";
import { nameOf } from "./keys";
import { MeantContext, useCommands, type Command } from "./useCommands";

function Part({ commands }: { commands: readonly Command[] }) {
  useCommands(commands);
  return null;
}

const command = (id: string, keys: string[], more: Partial<Command> = {}) => ({ id, label: id, group: "Test", keys, run: vi.fn(), ...more });

function page(...parts: Command[][]) {
  render(
    <CommandsProvider>
      <input aria-label="Title" />
      <button type="button">Save</button>
      <div role="dialog" aria-label="Question">
        <button type="button">Yes</button>
      </div>
      {parts.map((commands, place) => (
        <Part key={place} commands={commands} />
      ))}
    </CommandsProvider>,
  );
  return userEvent.setup();
}

describe("a key", () => {
  test("does what it stands for", async () => {
    const select = command("select", ["x"]);
    const person = page([select]);

    await person.keyboard("x");

    expect(select.run).toHaveBeenCalledOnce();
  });

  test("belongs to who came last, if that can be done now", async () => {
    const shell = command("close panel", ["esc"]);
    const rows = command("clear selection", ["esc"], { when: () => selected });
    let selected = true;
    const person = page([shell], [rows]);

    await person.keyboard("{Escape}");
    selected = false;
    await person.keyboard("{Escape}");

    expect(rows.run).toHaveBeenCalledOnce();
    expect(shell.run).toHaveBeenCalledOnce();
  });

  test("is left to who types, but for commands that are meant there", async () => {
    const add = command("add", ["q"]);
    const palette = command("palette", ["mod+k"], { inFields: true });
    const person = page([add, palette]);
    await person.click(screen.getByLabelText("Title"));

    await person.keyboard("q{Control>}k{/Control}");

    expect(add.run).not.toHaveBeenCalled();
    expect(palette.run).toHaveBeenCalledOnce();
    expect(screen.getByLabelText<HTMLInputElement>("Title").value).toBe("q");
  });

  test("means nothing of the page in a dialog", async () => {
    const add = command("add", ["q"]);
    const person = page([add]);
    screen.getByRole("button", { name: "Yes" }).focus();

    await person.keyboard("q");

    expect(add.run).not.toHaveBeenCalled();
  });

  test("means nothing to what was left, and what it means to the page it goes on meaning", async () => {
    const complete = command("complete", ["c"]);
    const go = command("go", ["g c"]);
    let isHere = true;
    render(
      <CommandsProvider>
        <Part commands={[go]} />
        <MeantContext value={() => isHere}>
          <Part commands={[complete]} />
        </MeantContext>
      </CommandsProvider>,
    );
    const person = userEvent.setup();

    await person.keyboard("c");
    isHere = false;
    await person.keyboard("cgc");

    expect(complete.run).toHaveBeenCalledOnce();
    expect(go.run).toHaveBeenCalledOnce();
  });

  test("that presses a button does only that", async () => {
    const open = command("open", ["enter", "o"]);
    const person = page([open]);
    screen.getByRole("button", { name: "Save" }).focus();

    await person.keyboard("{Enter}");
    expect(open.run).not.toHaveBeenCalled();
    await person.keyboard("o");
    expect(open.run).toHaveBeenCalledOnce();
  });
});

describe("a sequence", () => {
  test("is pressed one key after the other", async () => {
    const today = command("today", ["g t"]);
    const tags = command("tags", ["t"]);
    const person = page([today, tags]);

    await person.keyboard("gt");

    expect(today.run).toHaveBeenCalledOnce();
    expect(tags.run).not.toHaveBeenCalled();
  });

  test("that comes to nothing leaves its last key what it is", async () => {
    const today = command("today", ["g t"]);
    const select = command("select", ["x"]);
    const person = page([today, select]);

    await person.keyboard("gx");

    expect(select.run).toHaveBeenCalledOnce();
    expect(today.run).not.toHaveBeenCalled();
  });

  test("is forgotten after a while", () => {
    vi.useFakeTimers();
    const today = command("today", ["g t"]);
    page([today]);
    const press = (key: string) => window.dispatchEvent(new KeyboardEvent("keydown", { key }));

    press("g");
    vi.advanceTimersByTime(2_000);
    press("t");

    expect(today.run).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
});

test.each([
  [{ key: "J" }, "j"],
  [{ key: "K", ctrlKey: true }, "mod+k"],
  [{ key: "ArrowDown", shiftKey: true }, "shift+down"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "X", shiftKey: true }, "shift+x"],
  [{ key: " " }, "space"],
])("%o is %s", (pressed, name) => {
  expect(nameOf({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...pressed })).toBe(name);
});
