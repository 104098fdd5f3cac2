import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { RepeatPicker, type Repeat } from "./RepeatPicker";
import type { Previewed } from "./RepeatPreview";

const START = "2026-11-21T09:00:00";

function shown(value: Repeat | null = null, start = START) {
  const onSave = vi.fn<(value: Repeat | null) => void>();
  const preview = vi.fn<(rule: string) => Promise<Previewed>>((rule) => Promise.resolve({ words: `words of ${rule}`, occurrences: ["2026-12-25T09:00:00+01:00"] }));
  render(<RepeatPicker value={value} onSave={onSave} onCancel={vi.fn()} start={start} today="2026-11-20" weekStart={1} locale="en-GB" preview={preview} />);
  const person = userEvent.setup();
  return { onSave, preview, person, saves: () => person.click(screen.getByRole("button", { name: "Save" })) };
}

test("weekdays are boxes, in the order of the person's week", async () => {
  const { onSave, person, saves } = shown();
  const days = within(screen.getByRole("group", { name: "On these days" })).getAllByRole("checkbox");
  expect(days.map((day) => day.ariaLabel)).toEqual(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]);

  await person.click(screen.getByRole("checkbox", { name: "Monday" }));
  await person.clear(screen.getByLabelText("How many"));
  await person.type(screen.getByLabelText("How many"), "2");
  await saves();

  expect(onSave).toHaveBeenCalledWith({ rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA", kind: "fixed", missed: "skip" });
});

test("the last Friday of a month, counted from when it is done, ten times", async () => {
  const { onSave, person, saves } = shown();

  await person.selectOptions(screen.getByLabelText("Unit"), "month");
  await person.click(screen.getByRole("radio", { name: "On a weekday" }));
  await person.selectOptions(screen.getByLabelText("Which one"), "last");
  await person.selectOptions(screen.getByLabelText("Weekday"), "Friday");
  await person.selectOptions(screen.getByLabelText("Ends"), "after some times");
  await person.selectOptions(screen.getByLabelText("The next one comes"), "counted from when it is done");
  await saves();

  expect(onSave).toHaveBeenCalledWith({ rule: "FREQ=MONTHLY;BYDAY=-1FR;COUNT=10", kind: "after_completion", missed: "skip" });
});

test("the words and next dates are those of what is chosen now", async () => {
  const { person } = shown();
  expect(await screen.findByText("Words of FREQ=WEEKLY;BYDAY=SA")).toBeTruthy();

  await person.click(screen.getByRole("button", { name: "Every workday" }));

  expect(await screen.findByText("Words of FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")).toBeTruthy();
  expect(screen.getByRole("list", { name: "Next dates" }).textContent).toMatch(/Fri,? 25 Dec 2026,? (at )?09:00/);
});

test("what is counted from when it is done has words, and no dates yet", async () => {
  const { person, saves, onSave } = shown();

  await person.selectOptions(screen.getByLabelText("The next one comes"), "counted from when it is done");

  expect(await screen.findByText("Words of FREQ=WEEKLY;BYDAY=SA, counted from when it is done")).toBeTruthy();
  expect(screen.queryByRole("list", { name: "Next dates" })).toBeNull();
  await saves();
  expect(onSave).toHaveBeenCalledWith({ rule: "FREQ=WEEKLY;BYDAY=SA", kind: "after_completion", missed: "skip" });
});

test("its last day is chosen from a month, in the person's language", async () => {
  const { onSave, person, saves } = shown();

  await person.selectOptions(screen.getByLabelText("Ends"), "on a date");
  await person.click(screen.getByRole("button", { name: "Last day: 21 Nov 2027" }));
  await person.click(await screen.findByRole("button", { name: /^Next month/ }));
  await person.click(await screen.findByRole("gridcell", { name: /24 December/ }));
  await saves();

  expect(onSave).toHaveBeenCalledWith({ rule: "FREQ=WEEKLY;BYDAY=SA;UNTIL=20271224", kind: "fixed", missed: "skip" });
});

test("a week without a day is not saved", async () => {
  const { onSave, person, saves } = shown();

  await person.click(screen.getByRole("checkbox", { name: "Saturday" }));
  await saves();

  expect(screen.getByText("Choose at least one day.")).toBeTruthy();
  expect(onSave).not.toHaveBeenCalled();
});

test("a rule beyond the controls stays as it is, in words, until it is edited as text", async () => {
  const rule = "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13";
  const { onSave, person, saves } = shown({ rule, kind: "fixed", missed: "each" });
  expect(screen.queryByLabelText("Unit")).toBeNull();
  expect(await screen.findByText(`Words of ${rule}`)).toBeTruthy();

  await saves();
  expect(onSave).toHaveBeenLastCalledWith({ rule, kind: "fixed", missed: "each" });
  await person.click(screen.getByRole("button", { name: "Edit as text" }));
  await person.clear(screen.getByLabelText("Rule"));
  await person.type(screen.getByLabelText("Rule"), "FREQ=DAILY");
  await person.click(screen.getByRole("button", { name: "Use the controls" }));

  expect(screen.getByLabelText("Unit")).toHaveProperty("value", "day");
});

test("an empty text is asked for a rule", async () => {
  const { onSave, person, saves } = shown();

  await person.click(screen.getByRole("button", { name: "Edit as text" }));
  await person.clear(screen.getByLabelText("Rule"));
  await saves();

  expect(screen.getByText("Write a rule.")).toBeTruthy();
  expect(onSave).not.toHaveBeenCalled();
});

test("what the server refuses is said in its words", async () => {
  const { preview, person } = shown();
  preview.mockRejectedValue(new Error("UNTIL: it is before the first occurrence."));

  await person.click(screen.getByRole("button", { name: "Every day" }));

  expect(await screen.findByText("UNTIL: it is before the first occurrence.")).toBeTruthy();
});

test("hours are for what has a time of day", () => {
  shown(null, "2026-11-21");

  expect(screen.queryByRole("option", { name: "hour" })).toBeNull();
});

test("what repeats can be made to repeat no more", async () => {
  const { onSave, person } = shown({ rule: "FREQ=DAILY", kind: "fixed", missed: "skip" });

  await person.click(screen.getByRole("button", { name: "Repeat no more" }));

  expect(onSave).toHaveBeenCalledWith(null);
});
