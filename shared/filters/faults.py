"""What cannot be understood of a filter: where, what was found there, and what may have been meant."""

from dataclasses import dataclass

from shared.problems import Invalid


@dataclass(frozen=True)
class Fault:
    column: int
    found: str
    expected: str
    suggestion: str | None = None


def refusal(name: str, column: int, found: str, expected: str, suggestion: str | None = None) -> Invalid:
    detail = f"{name}, column {column}: found {found}, expected {expected}."
    if suggestion:
        detail += f" Did you mean {suggestion!r}?"
    errors = [{"field": name, "message": detail.removeprefix(f"{name}, ")}]
    return Invalid(detail, errors=errors, column=column, found=found, expected=expected, suggestion=suggestion)


class Unclear(Exception):
    def __init__(self, column: int, found: str, expected: str, suggestion: str | None = None) -> None:
        super().__init__(found)
        self.fault = Fault(column, found, expected, suggestion)


def quoted(found: str) -> str:
    return f"'{found}'" if found else "the end"
