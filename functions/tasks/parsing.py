"""What a quick add means: computed, and stored nowhere."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from fastapi import APIRouter, Response
from starlette.responses import JSONResponse
from typing_extensions import TypedDict

from functions.tasks.bodies import QuickAdd
from shared import moments, rates
from shared.callers import Caller, SignedIn
from shared.fields import WeekStart
from shared.problems import Invalid
from shared.routes import Straight
from shared.zones import wall_clock, zone_named

if TYPE_CHECKING:
    from functions.tasks.quick_add.reading import Reading

router = APIRouter(route_class=Straight)

FIRST_YEAR, LAST_YEAR = 2000, 2190


class Span(TypedDict):
    start: int  # both count characters (code points)
    end: int
    kind: Literal["command", "date", "time", "repeat", "priority", "hash", "tag", "reminder"]
    text: str


class SaidBefore(TypedDict):
    kind: Literal["before"]
    minutes: int  # that pass; fewer than 0: after it is due


class SaidDaysBefore(TypedDict):
    kind: Literal["days_before"]
    days: int
    at: str | None  # null: the time it is due, or 09:00


class SaidAbsolute(TypedDict):
    kind: Literal["absolute"]
    at: str  # a local time


class Parsed(TypedDict):
    title: str
    due_date: str | None
    due_time: str | None
    rrule: str | None
    anchor: Literal["due", "completion"] | None  # of what it repeats by
    next: list[str] | None  # the first five, if it repeats by when it is due
    priority: Literal["low", "medium", "high", "urgent"] | None
    hash: list[str]  # each names a list or, if no list is called so, a tag
    tags: list[str]
    reminders: list[SaidBefore | SaidDaysBefore | SaidAbsolute]
    spans: list[Span]


@router.post("/api/quick-add/parse", response_model=Parsed)
@rates.limited("read")
async def parse(asked: QuickAdd, caller: SignedIn) -> Response:
    """What a text to add a task comes to, such as `pay rent every last day 9am #Home @bills p1 !30 min before`.

    `spans` say what was taken as something; `title` is the rest. What is sent back in `literal` stays in the title, and
    so does whatever is in quotes, is not understood or contradicts something else.
    """
    return JSONResponse(as_parsed(asked.text, read(asked, caller)))


def read(asked: QuickAdd, caller: Caller) -> "Reading":
    """Its grammar is imported when the first text is to be read."""
    from functions.tasks.quick_add.meaning import Now
    from functions.tasks.quick_add.reading import read

    zone = caller.zone if asked.zone is None else zone_named(asked.zone)
    now = Now(local(asked.now, zone), zone, get_args(WeekStart).index(asked.week_start or caller.week_start))
    month_first = (asked.locale or "").replace("_", "-").lower() == "en-us"
    return read(asked.text, now, month_first, [(start, end) for start, end in asked.literal])


def local(now: str | None, zone: str) -> datetime:
    if now is None:
        return wall_clock(datetime.now(UTC), zone).replace(tzinfo=None)
    said = moments.local_or_instant(now, "now")
    if not isinstance(said, datetime):
        raise Invalid.at("now", "a local time like 2026-11-20T09:30:00, or an instant.")
    said = moments.within(said, "now", LAST_YEAR, FIRST_YEAR)
    return wall_clock(said, zone).replace(tzinfo=None) if said.tzinfo else said


def as_parsed(text: str, reading: "Reading") -> Parsed:
    due = reading.due
    anchor: Any = ("completion" if due.from_completion else "due") if due.rule else None
    priority: Any = reading.priority
    reminders: Any = reading.reminders
    return {
        "title": reading.title,
        "due_date": due.day.isoformat() if due.day else None,
        "due_time": f"{due.at:%H:%M}" if due.at else None,
        "rrule": str(due.rule) if due.rule else None,
        "anchor": anchor,
        "next": due.next,
        "priority": priority,
        "hash": reading.hash,
        "tags": reading.tags,
        "reminders": reminders,
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.kind, "text": text[span.start : span.end]}
            for span in reading.spans
        ],
    }
