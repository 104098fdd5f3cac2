import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Problem } from "../../api/problem";
import { Refused } from "./SettingsForm";

test("what is wrong is said without the name that a field has for programs", () => {
  const error = new Problem(422, "current_password: this is not your password", { fields: { current_password: "this is not your password" } });
  render(<Refused error={error} />);
  expect(screen.getByRole("alert").textContent).toBe("this is not your password");
});

test("where no field is at fault, it is said as the server says it", () => {
  render(<Refused error={new Problem(429, "That was too often.")} />);
  expect(screen.getByRole("alert").textContent).toBe("That was too often.");
});
