"""What recurrence would come to: computed, and stored nowhere."""

from datetime import date, datetime, time

from fastapi import APIRouter, Response
from starlette.responses import JSONResponse
from typing_extensions import TypedDict

from functions.complete.bodies import Instance, RecurrencePreview, RecurrenceStep, SaidSeries
from shared import moments, recurrence
from shared.callers import SignedIn
from shared.problems import Invalid
from shared.recurrence import Series
from shared.recurrence.words import in_words
from shared.routes import Straight
from shared.zones import instant, wall_clock, zone_named

router = APIRouter(route_class=Straight)
LAST_YEAR = 2300  # of what is completed: how many slots there were until then has to be counted


class Occurrences(TypedDict):
    occurrences: list[str]
    complete: bool  # nothing follows them
    words: str


class NextOccurrence(TypedDict):
    next: str | None  # null: the series has ended
    ordinal: int | None  # from 1; null also for a series that goes by completion


@router.post("/api/recurrence/preview", response_model=Occurrences)
async def preview(asked: RecurrencePreview, caller: SignedIn) -> Response:
    """The occurrences of a rule, and the rule in words. A rule without SKIP means what RFC 5545 says.

    Local times come with their offset; where clocks skip one, it is as much later, and where they repeat it, the first.
    """
    zone = _zone(asked.zone, caller.zone)
    start = moments.local(asked.start, "start")
    rule = recurrence.parse(asked.rule).ending_with(start, asked.zone)
    recurrence.first_slot(rule, start, zone)
    after = None if asked.after is None else _threshold(asked.after, start, zone)
    found = recurrence.first_slots(rule, start, zone, after, asked.count + 1)
    answer: Occurrences = {
        "occurrences": [slot.shown(zone) for slot in found[: asked.count]],
        "complete": len(found) <= asked.count,
        "words": in_words(rule, start, zone),
    }
    return JSONResponse(answer)


@router.post("/api/recurrence/next", response_model=NextOccurrence)
async def following(asked: RecurrenceStep, caller: SignedIn) -> Response:
    """What follows an occurrence that is completed or skipped, which depends on when it was."""
    series = _series(asked.series, caller.zone)
    found = recurrence.following(
        series,
        _slot(asked.instance, series),
        moments.within(moments.instant(asked.at, "at"), "at", LAST_YEAR),
        asked.instance.ordinal,
        skipped=asked.action == "skip",
    )
    answer: NextOccurrence = {"next": None, "ordinal": None}
    if found:
        answer = {
            "next": found.slot.shown(series.zone),
            "ordinal": found.ordinal if series.kind == "fixed" else None,
        }
    return JSONResponse(answer)


def _zone(said: str | None, users: str) -> str:
    return users if said is None else zone_named(said)


def _threshold(text: str, start: date | datetime, zone: str) -> date:
    """A date where days are compared, else an instant; each may be said in place of the other."""
    said = moments.instant(text, "after") if "T" in text else moments.local(text, "after")
    if isinstance(start, datetime):
        return said if isinstance(said, datetime) else instant(datetime.combine(said, time.max), zone)
    return wall_clock(said, zone).date() if isinstance(said, datetime) else said


def _series(said: SaidSeries, users_zone: str) -> Series:
    with Invalid.within("series"):
        start = moments.local(said.start, "start")
        rule = recurrence.parse(said.rule).ending_with(start, said.zone)
        series = Series(rule, start, _zone(said.zone, users_zone), said.kind, said.missed)
        if said.all_day not in (None, series.is_all_day):
            raise Invalid.at("start", "a date if the series is all-day, else a local time.")
        recurrence.must_begin(rule, start, series.zone)
        return series


def _slot(said: Instance, series: Series) -> date | datetime:
    field = "instance.recurrence_id"
    slot = moments.local_or_instant(said.recurrence_id, field)
    if isinstance(slot, datetime) == series.is_all_day:
        raise Invalid.at(field, "a date if the series is all-day, else a local time.")
    return moments.within(slot, field, LAST_YEAR)
