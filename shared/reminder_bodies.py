"""What a request may say about reminders, and how a task keeps them."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints

from shared import moments
from shared.documents import Document
from shared.fields import Id
from shared.ids import new_id
from shared.problems import Invalid
from shared.web import Body

Clock = Annotated[str, StringConstraints(max_length=8), Field(description="A time of day, as 09:30")]
Moment = Annotated[str, StringConstraints(max_length=40)]
TEN_YEARS = 3660  # days
MOST = 10  # reminders of a task; what was snoozed comes besides


class Before(Body):
    """So many minutes that pass, before the task is due; fewer than 0: after."""

    kind: Literal["before"]
    minutes: Annotated[int, Field(ge=-TEN_YEARS * 1440, le=TEN_YEARS * 1440)]


class DaysBefore(Body):
    """So many days of the calendar before, `at` this time; null: the task's own, or 09:00 if it is all-day."""

    kind: Literal["days_before"]
    days: Annotated[int, Field(ge=-TEN_YEARS, le=TEN_YEARS)]
    at: Clock | None = None


class Absolute(Body):
    kind: Literal["absolute"]
    at: Annotated[Moment, Field(description="A local time in the task's zone")]


Reminder = Annotated[Before | DaysBefore | Absolute, Field(discriminator="kind")]


def _clock(text: str) -> str:
    if not moments.CLOCK.fullmatch(text):
        raise ValueError("a time of day like 09:30")
    return written(time.fromisoformat(text))


def _local_time(text: str) -> str:
    try:
        if moments.LOCAL.fullmatch(text) and "T" in text:
            return _in_time(datetime.fromisoformat(text)).isoformat()
    except ValueError:
        pass  # it has the form of a date, and no calendar has it
    raise ValueError("a local time like 2026-11-20T09:30:00, of a year from 1970 to 9000")


def _instant(text: str) -> str:
    try:
        return moments.shown(_in_time(moments.instant(text, "at")))
    except (Invalid, ValueError):
        raise ValueError("an instant like 2026-11-20T08:30:00Z, of a year from 1970 to 9000") from None


def _in_time(moment: datetime) -> datetime:
    if not moments.FIRST_YEAR <= moment.year <= 9000:
        raise ValueError
    return moment


def written(clock: time) -> str:
    return clock.isoformat("auto" if clock.second else "minutes")


TimeOfDay = Annotated[Clock, AfterValidator(_clock)]  # as it is kept
Kept = Annotated[Id | None, Field(description="As it came; of a new one, left out")]


class TaskBefore(Before):
    id: Kept = None


class TaskDaysBefore(DaysBefore):
    id: Kept = None
    at: TimeOfDay | None = None


class TaskAbsolute(Absolute):
    id: Kept = None
    at: Annotated[
        Moment, AfterValidator(_local_time), Field(description="A local time in the task's zone, or its user's")
    ]


class TaskSnooze(Body):
    """One of the task's reminders comes again; see POST …/snooze."""

    id: Kept = None
    kind: Literal["snooze"]
    at: Annotated[Moment, AfterValidator(_instant), Field(description="An instant")]
    of: Annotated[Id, Field(description="The reminder's id")]


TaskReminder = Annotated[TaskBefore | TaskDaysBefore | TaskAbsolute | TaskSnooze, Field(discriminator="kind")]


def _as_many_as_may_be(said: list[TaskReminder]) -> list[TaskReminder]:
    own = [each for each in said if not isinstance(each, TaskSnooze)]
    if len(own) > MOST:
        raise ValueError(f"a task has at most {MOST} reminders; leave some out")
    ids = [each.id for each in said if each.id]
    if len(set(ids)) < len(ids):
        raise ValueError("two of them have the same id; leave it out of what is new")
    snoozed = [each.of for each in said if isinstance(each, TaskSnooze)]
    if len(set(snoozed)) < len(snoozed) or not set(snoozed) <= {each.id for each in own}:
        raise ValueError("what is snoozed (`of`) is one of the others, and each at most once; leave out what is not")
    return said


TaskReminders = Annotated[
    list[TaskReminder],
    Field(
        max_length=2 * MOST,
        description=f"At most {MOST}, what is snoozed not counted; all-day tasks have none `before`",
    ),
    AfterValidator(_as_many_as_may_be),
]
NO_REMINDERS: list[TaskReminder] = []

Had: TypeAlias = Sequence[Document]


def kept(said: Sequence[Document], due: str | None, had: Had = (), field: str = "reminders.{}.") -> list[Document]:
    """As a task keeps them: each with an id, which it had before if it is one of those it `had`.

    `field`: how the request calls what is in one, by its number.
    """
    ids = {each["id"] for each in said}
    nameless = [each for each in had if each["id"] not in ids]
    found = []
    for number, each in enumerate(said):
        if each["id"] is None:
            same = next((one for one in nameless if one == each | {"id": one["id"]}), None)
            if same:
                nameless.remove(same)
            each = each | {"id": same["id"] if same else str(new_id())}
        if each["kind"] == "before" and due and "T" not in due and each not in had:
            raise Invalid.at(
                f"{field.format(number)}kind",
                "an all-day task has no minutes before; use days_before or absolute, or give `due` a time.",
            )
        found.append(each)
    return found
