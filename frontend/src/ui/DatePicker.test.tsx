import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { DatePicker, type ChosenDate } from "./DatePicker";

function shown(value: ChosenDate | null = null, weekStart = 1) {
  const onChange = vi.fn<(value: ChosenDate | null) => void>();
  const onDone = vi.fn<() => void>();
  render(<DatePicker value={value} onChange={onChange} onDone={onDone} today="2026-11-21" weekStart={weekStart} locale="en-GB" />);
  return { onChange, onDone, person: userEvent.setup() };
}

const day = (name: RegExp) => screen.getByRole("gridcell", { name });

test("quick choices are days and end the choosing", async () => {
  const { onChange, onDone, person } = shown();

  await person.click(screen.getByRole("button", { name: /^Next week Mon,? 23 Nov/ }));

  expect(onChange).toHaveBeenCalledWith({ date: "2026-11-23", time: null });
  expect(onDone).toHaveBeenCalledOnce();
});

test("another day keeps the time, and no date takes all of it away", async () => {
  const { onChange, person } = shown({ date: "2026-11-25", time: "09:00" });
  expect(day(/^Wednesday,? 25 November/)).toHaveProperty("ariaSelected", "true");

  await person.click(day(/^Monday,? 30 November/));
  await person.click(screen.getByRole("button", { name: "No date" }));

  expect(onChange.mock.calls).toEqual([[{ date: "2026-11-30", time: "09:00" }], [null]]);
});

test("keys move by day, week, month and year, and choose", async () => {
  const { onChange, person } = shown();
  day(/today/).focus();

  await person.keyboard("{ArrowRight}{ArrowDown}");
  expect(document.activeElement).toBe(day(/^Sunday,? 29 November/));
  await person.keyboard("{PageDown}");
  expect(document.activeElement).toBe(day(/^Tuesday,? 29 December/));
  await person.keyboard("{Home}{Shift>}{PageUp}{/Shift}");
  expect(document.activeElement).toBe(day(/^Sunday,? 28 December/));
  await person.keyboard("{Enter}");

  expect(onChange).toHaveBeenCalledWith({ date: "2025-12-28", time: null });
});

test("only one day is in the way of the Tab key", () => {
  shown();

  expect(screen.getAllByRole("gridcell").filter((cell) => cell.tabIndex === 0)).toEqual([day(/today/)]);
});

test("weeks begin where the person's weeks begin", () => {
  shown(null, 0);

  expect(screen.getAllByRole("columnheader")[0]?.textContent).toBe("Sun");
});

test("a time half typed is not a time yet", async () => {
  const { onChange, onDone, person } = shown({ date: "2026-11-25", time: null });

  await person.type(screen.getByLabelText("Time"), "14:30");
  expect(onChange).not.toHaveBeenCalled();
  await person.keyboard("{Enter}");

  expect(onChange).toHaveBeenCalledExactlyOnceWith({ date: "2026-11-25", time: "14:30" });
  expect(onDone).not.toHaveBeenCalled();
});
