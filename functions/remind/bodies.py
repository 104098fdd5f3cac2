"""What a request about a reminder may say."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.web import Body

Moment = Annotated[str, StringConstraints(max_length=40)]
Clock = Annotated[str, StringConstraints(max_length=8), Field(description="A time of day, as 09:30")]
TEN_YEARS = 3660  # days


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


class RemindedTask(Body):
    due: Moment | None = None
    zone: Annotated[str | None, StringConstraints(max_length=100), Field(description="IANA; null: the user's")] = None
    all_day: bool | None = None
    status: Literal["open", "todo", "in_progress", "done", "cancelled", "skipped", "deleted"] = "open"
    urgent: bool = False


class SaidQuietHours(Body):
    """From `start` until before `end`, which is the next day's if it is earlier; in the task's zone."""

    start: Clock
    end: Clock


class ReminderPreview(Body):
    task: RemindedTask
    reminder: Reminder
    saved_at: Moment
    quiet_hours: SaidQuietHours | None = None
