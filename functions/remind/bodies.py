"""What a request about a reminder may say."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.reminder_bodies import Clock, Moment, Reminder, TaskAbsolute, TaskBefore, TaskDaysBefore
from shared.web import Body


class PreviewedTask(Body):
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
    task: PreviewedTask
    reminder: Reminder
    saved_at: Moment
    quiet_hours: SaidQuietHours | None = None


NewReminder = Annotated[TaskBefore | TaskDaysBefore | TaskAbsolute, Field(discriminator="kind")]


class SnoozedUntil(Body):
    minutes: Annotated[int | None, Field(ge=1, le=366 * 1440, description="From now on")] = None
    until: Annotated[
        Moment | None, Field(description="A local time of the task's zone, or its user's; or an instant")
    ] = None

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        if (self.minutes is None) == (self.until is None):
            raise ValueError("say minutes or until, one of the two")
        return self
