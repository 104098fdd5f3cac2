import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { SnoozeMenu } from "./SnoozeMenu";

test("tomorrow is said as its reader says it, and meant as their clock shows it", async () => {
  const onChoose = vi.fn();
  const trigger = <button type="button">Snooze</button>;
  render(<SnoozeMenu title="Snooze it" trigger={trigger} onChoose={onChoose} today="2026-12-31" weekStart={0} locale="en-US" />);
  const person = userEvent.setup();
  await person.click(screen.getByRole("button", { name: "Snooze" }));
  expect((await screen.findAllByRole("listitem")).map(({ textContent }) => textContent)).toEqual([
    "10 minutes", "1 hour", "3 hours", "Tomorrow, 09:00 AM", "Choose…",
  ]);

  await person.click(screen.getByRole("button", { name: "Tomorrow, 09:00 AM" }));

  expect(onChoose).toHaveBeenCalledWith({ wall: "2027-01-01T09:00" });
});
