"""What a task, a list or a notification looks like to whoever asks for it, in an answer as in an event."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict


class Says:
    """What a schema says of a value besides its type; pydantic asks it, and is not imported for it."""

    def __init__(self, words: dict[str, Any]) -> None:
        self._words = words

    def __get_pydantic_json_schema__(self, made: Any, schema_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return schema_of(made) | self._words


GROWS = Says({"x-extensible": True})  # a set that there may be more of: who reads it takes what it does not know


class Recurrence(TypedDict):
    """What a series says, as the occurrence shows it that another one will follow."""

    rule: str  # RFC 5545, with RFC 7529's SKIP
    start: str  # its first slot: a date, or a local time
    zone: str | None  # null: wherever its user is
    kind: Literal["fixed", "after_completion"]
    missed: Literal["skip", "each"]
    state: Literal["active", "paused", "ended"]


class BeforeDue(TypedDict):
    id: str
    kind: Literal["before"]
    minutes: int  # that pass; fewer than 0: after it is due


class DaysBeforeDue(TypedDict):
    id: str
    kind: Literal["days_before"]
    days: int
    at: str | None  # null: the task's own time, or 09:00


class AtLocalTime(TypedDict):
    id: str
    kind: Literal["absolute"]
    at: str  # a local time in the task's zone, or its user's


class Snooze(TypedDict):
    id: str
    kind: Literal["snooze"]
    at: str  # an instant
    of: str  # the reminder that comes again


Reminder: TypeAlias = BeforeDue | DaysBeforeDue | AtLocalTime | Snooze


class Task(TypedDict):
    id: str
    title: str
    notes: str
    status: Literal["todo", "in_progress", "done", "cancelled"]
    priority: Literal["none", "low", "medium", "high", "urgent"]
    due: str | None
    zone: str | None
    due_at: str | None
    start: str | None
    list: str
    parent: str | None
    tags: list[str]
    position: str
    created_at: str
    updated_at: str
    completed_at: str | None
    version: int
    series: str | None  # what this is an occurrence of
    slot: str | None  # which one: a date or a local time, wherever `due` is moved
    ordinal: int | None  # the how manieth
    follows: str | None  # the occurrence it came after
    skipped_at: str | None
    recurrence: Recurrence | None  # only of the occurrence that another one will follow
    reminders: list[Reminder]


class CarriedTime(TypedDict):
    """A local time, by its distance to the slot."""

    id: str
    kind: Literal["absolute"]
    days: int  # before the slot's day
    at: str  # a time of day


class Template(TypedDict):
    """What the next occurrence gets."""

    title: str
    notes: str
    priority: Literal["none", "low", "medium", "high", "urgent"]
    list: str
    parent: str | None
    tags: list[str]
    start_days: int | None  # from its slot's day to the day it may be started
    reminders: list[BeforeDue | DaysBeforeDue | CarriedTime]


class Series(Recurrence):
    id: str
    root: str  # the first segment's id
    segment: int  # what is changed from some occurrence on goes on in another one
    template: Template
    created_at: str
    updated_at: str
    version: int


class List(TypedDict):
    id: str
    name: str
    color: str | None
    position: str
    archived: bool
    inbox: bool
    created_at: str
    updated_at: str
    version: int


class Tag(TypedDict):
    id: str
    name: str
    color: str | None
    created_at: str
    updated_at: str
    version: int


class Filter(TypedDict):
    id: str
    name: str
    query: str
    color: str | None
    position: str
    created_at: str
    updated_at: str
    version: int


class Comment(TypedDict):
    id: str
    task: str
    text: str  # Markdown
    html: str  # the same, safe to show
    created_at: str
    updated_at: str
    version: int


class User(TypedDict):
    id: str
    email: str
    name: str
    zone: str
    locale: str
    week_start: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    theme: Literal["system", "light", "dark"]
    has_password: bool
    created_at: str


class Webhook(TypedDict):
    """Where events are sent. `disabled`: why that was ended, if its user did not do it."""

    id: str
    url: str
    description: str
    types: list[str]  # none: all
    active: bool
    disabled: Literal["gone", "failing"] | None
    failing_since: str | None
    delivered_at: str | None  # the last time
    old_secret_until: str | None  # until then it signs beside the new one
    created_at: str
    updated_at: str
    version: int


DeliveryState = Literal["pending", "delivered", "failed", "cancelled"]


class WebhookDelivery(TypedDict):
    """`status`, `answer` (its first characters) and `seconds` are of the last attempt, and so is `error`."""

    id: str  # as the header Taskora-Delivery has it
    webhook: str
    event: str | None  # null: it is a ping
    sequence: int | None
    type: str
    state: DeliveryState
    made_at: str
    attempts: int
    attempted_at: str | None
    next_attempt_at: str | None
    status: int | None
    answer: str | None
    seconds: float | None
    error: str | None


class NoticedTask(TypedDict):
    """A task as it was when somebody was told of it."""

    id: str
    title: str
    due: str | None
    zone: str | None
    reminders: list[str]


class NoticedWebhook(TypedDict):
    id: str
    host: str
    description: str
    disabled: Literal["gone", "failing"]


class Notification(TypedDict):
    id: str
    sequence: int  # of its notification.created
    kind: Annotated[Literal["reminder", "digest", "overdue", "webhook"], GROWS]
    tasks: list[NoticedTask]  # the first of them
    total: int
    planned_at: str
    late: float  # seconds
    created_at: str
    read_at: str | None
    version: int
    webhook: NotRequired[NoticedWebhook]  # that was switched off


class ScheduledReminder(TypedDict):
    id: str
    fire_at: str


class RemindedTask(TypedDict):
    """A task, and those of its reminders that this is about."""

    task: str
    title: str
    due: str | None
    zone: str | None
    reminders: list[ScheduledReminder]


class Channels(TypedDict):
    """Where somebody is told besides in the page."""

    push: bool
    email: bool


class ChannelsByKind(TypedDict):
    reminder: Channels
    digest: Channels
    overdue: Channels
    webhook: Channels


class QuietHours(TypedDict):
    """From `start` until before `end`, which is the next day's if it is earlier."""

    start: str
    end: str


class DefaultBefore(TypedDict):
    kind: Literal["before"]
    minutes: int


class DefaultDaysBefore(TypedDict):
    kind: Literal["days_before"]
    days: int
    at: str | None


class DefaultReminders(TypedDict):
    """What a new task gets that says nothing of reminders."""

    timed: DefaultBefore | DefaultDaysBefore | None
    all_day: DefaultDaysBefore | None


class Preferences(TypedDict):
    channels: ChannelsByKind
    quiet_hours: QuietHours | None
    default_reminders: DefaultReminders
    daily_digest: str | None  # a time of day
    overdue_digest: str | None
    version: int  # 0: as they are for everybody
