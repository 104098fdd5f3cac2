"""Pages of tasks in any order. A cursor goes on with the question it came from, and with its moment.

So what was today on the first page is so on all.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from starlette.responses import Response
from typing_extensions import TypedDict

from functions.tasks.orders import Step
from shared import pages
from shared.documents import Document
from shared.problems import Invalid
from shared.shapes import Task

ROWS = (11, 51, 101, 201)  # few, for each is a statement that every connection keeps prepared
FIRST_YEAR, LAST_YEAR = 2000, 2200  # of a cursor's moment
MISSING = ""  # in a cursor: no column that has it may be so


class TaskPage(TypedDict):
    items: list[Task]
    next: str | None


def rows_for(limit: int) -> int:
    """At least one more than the page holds, which shows that there is more."""
    return next(rows for rows in ROWS if rows > limit)


def as_page(documents: list[bytes], limit: int, steps: Sequence[Step], question: str, now: datetime) -> Response:
    def place(last: Document) -> list[str]:
        return [question, now.isoformat(), *(step.column.of(last) or MISSING for step in steps)]

    return pages.as_page(documents, limit, place)


def place_of(cursor: str, steps: Sequence[Step], question: str) -> tuple[datetime, list[object]]:
    """When its first page was asked for, and the values of the last row that was shown."""
    try:
        asked, moment, *values = pages.parts(cursor)
        now = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise pages.malformed() from None
    if asked != question:
        raise Invalid.at("cursor", "it is of another sort or filter. Ask for the first page, without a cursor.")
    try:
        place = [_read(step, value) for step, value in zip(steps, values, strict=True)]
        if not FIRST_YEAR <= now.year < LAST_YEAR:
            raise ValueError("nobody asked then")  # noqa: TRY301
    except (ValueError, OverflowError):
        raise pages.malformed() from None
    return now, place


def _read(step: Step, value: str) -> object:
    return None if value == MISSING and step.column.missing else step.column.read(value)


def question_of(sort: str, said: dict[str, object]) -> str:
    """What makes two lists the same one, in few letters."""
    if not said:
        return sort
    return blake2b(f"{sort} {sorted(said.items())}".encode(), digest_size=9).hexdigest()
