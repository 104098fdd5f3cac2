"""What a request about recurrence may say."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.recurrence import Kind, Missed
from shared.web import Body

Moment = Annotated[str, StringConstraints(max_length=40)]
Name = Annotated[str, StringConstraints(max_length=100)]
RuleText = Annotated[
    str,
    StringConstraints(max_length=500),
    Field(description="An RRULE's value (RFC 5545, with RFC 7529's SKIP), as FREQ=MONTHLY;BYDAY=-1FR"),
]
Start = Annotated[Moment, Field(description="A date, if it is all-day, or a local time")]
Zone = Annotated[Name | None, Field(description="IANA; null: the user's")]


class RecurrencePreview(Body):
    """Which occurrences a rule has from its start on, or strictly after an instant (or a date)."""

    rule: RuleText
    start: Start
    zone: Zone = None
    after: Moment | None = None
    count: Annotated[int, Field(ge=1, le=366)] = 5


class SaidSeries(Body):
    rule: RuleText
    start: Start
    zone: Zone = None
    kind: Kind = "fixed"
    missed: Missed = "skip"
    all_day: bool | None = None


class Instance(Body):
    """`due` may have been moved, and is not looked at: moving one occurrence never moves the series."""

    recurrence_id: Annotated[Moment, Field(description="The slot's date or local time; an instant is taken, too")]
    due: Moment | None = None
    ordinal: Annotated[int | None, Field(ge=1, le=10_000_000)] = None


class RecurrenceStep(Body):
    """Something is done, or skipped, `at` this instant."""

    series: SaidSeries
    instance: Instance
    action: Literal["complete", "skip"] = "complete"
    at: Moment


class Completion(Body):
    completed_at: Annotated[
        Moment | None, Field(description="When it was done, as an instant that is not later than now; null: now")
    ] = None
