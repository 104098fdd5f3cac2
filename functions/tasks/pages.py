"""Pages of a list: the ready documents joined, and a cursor that says after which row the next page begins.

A place in the order, not a number of rows: what is added, deleted or moved meanwhile neither repeats nor hides another.
The cursor goes on with the question it came from, and with its moment: what was today on the first page is so on all.
"""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from starlette.responses import Response
from typing_extensions import TypedDict

from functions.tasks.orders import Step
from shared.events import Task
from shared.problems import Invalid

ROWS = (11, 51, 101, 201)  # few, for each is a statement that every connection keeps prepared
FIRST_YEAR, LAST_YEAR = 2000, 2200  # of a cursor's moment


class TaskPage(TypedDict):
    items: list[Task]
    next: str | None


def rows_for(limit: int) -> int:
    """At least one more than the page holds, which shows that there is more."""
    return next(rows for rows in ROWS if rows > limit)


def as_page(documents: list[bytes], limit: int, steps: Sequence[Step], question: str, now: datetime) -> Response:
    shown = documents[:limit]
    cursor = b"null"
    if len(documents) > limit:
        last = json.loads(shown[-1])
        place = [question, now.isoformat(), *(step.column.of(last) for step in steps)]
        cursor = b'"%s"' % base64.urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode())
    return Response(b'{"items":[%s],"next":%s}' % (b",".join(shown), cursor), media_type="application/json")


def place_of(cursor: str, steps: Sequence[Step], question: str) -> tuple[datetime, list[object]]:
    """When its first page was asked for, and the values of the last row that was shown."""
    try:
        asked, moment, *values = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        now = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise Invalid("cursor: take it from `next` of the page before.") from None
    if asked != question:
        raise Invalid("cursor: it is of another sort or filter. Ask for the first page, without a cursor.")
    try:
        place = [_read(step, value) for step, value in zip(steps, values, strict=True)]
        if not FIRST_YEAR <= now.year < LAST_YEAR:
            raise ValueError("nobody asked then")  # noqa: TRY301
    except (ValueError, TypeError, OverflowError):
        raise Invalid("cursor: take it from `next` of the page before.") from None
    return now, place


def _read(step: Step, value: str | None) -> object:
    if value is None and step.column.missing:
        return None
    if not isinstance(value, str):
        raise TypeError("a place is made of text")
    return step.column.read(value)


def question_of(sort: str, said: dict[str, object]) -> str:
    """What makes two lists the same one, in few letters."""
    if not said:
        return sort
    return blake2b(f"{sort} {sorted(said.items())}".encode(), digest_size=9).hexdigest()
