"""What a request about a reminder may say."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.reminder_bodies import Clock, Moment, Reminder
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
