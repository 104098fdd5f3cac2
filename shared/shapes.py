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

DAY, TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}"

Id: TypeAlias = Annotated[str, Says({"format": "uuid"})]
Instant: TypeAlias = Annotated[str, Says({"format": "date-time"})]
Date: TypeAlias = Annotated[str, Says({"format": "date"})]
LocalTime: TypeAlias = Annotated[str, Says({"pattern": f"^{DAY}T{TIME}:[0-9]{{2}}$"})]
DayOrLocalTime: TypeAlias = Annotated[str, Says({"pattern": f"^{DAY}(T{TIME}:[0-9]{{2}})?$"})]
Slot: TypeAlias = Annotated[  # with its offset if clocks there show that time twice
    str, Says({"pattern": f"^{DAY}(T{TIME}:[0-9]{{2}}([+-]{TIME}(:[0-9]{{2}})?)?)?$"})
]
TimeOfDay: TypeAlias = Annotated[str, Says({"pattern": f"^{TIME}$"})]
SecondOfDay: TypeAlias = Annotated[str, Says({"pattern": f"^{TIME}:[0-9]{{2}}$"})]
Color: TypeAlias = Annotated[str, Says({"pattern": "^#[0-9a-f]{6}$"})]


class Recurrence(TypedDict):
    """What a series says, as the occurrence shows it that another one will follow."""

    rule: str  # RFC 5545, with RFC 7529's SKIP
    start: Slot  # the first one
    zone: str | None  # null: wherever its user is
    kind: Literal["fixed", "after_completion"]
    missed: Literal["skip", "each"]
    state: Literal["active", "paused", "ended"]


class BeforeDue(TypedDict):
    id: Id
    kind: Literal["before"]
    minutes: int  # that pass; fewer than 0: after it is due


class DaysBeforeDue(TypedDict):
    id: Id
    kind: Literal["days_before"]
    days: int
    at: TimeOfDay | None  # null: the task's own time, or 09:00


class AtLocalTime(TypedDict):
    id: Id
    kind: Literal["absolute"]
    at: LocalTime  # a local time in the task's zone, or its user's


class Snooze(TypedDict):
    id: Id
    kind: Literal["snooze"]
    at: Instant
    of: Id  # the reminder that comes again


Reminder: TypeAlias = BeforeDue | DaysBeforeDue | AtLocalTime | Snooze


Status: TypeAlias = Literal["todo", "in_progress", "done", "cancelled"]
Priority: TypeAlias = Literal["none", "low", "medium", "high", "urgent"]


class Task(TypedDict):
    id: Id
    title: str
    notes: str
    status: Status
    priority: Priority
    due: DayOrLocalTime | None
    zone: str | None
    due_at: Instant | None
    start: Date | None
    list: Id
    parent: Id | None
    tags: list[Id]
    position: str
    created_at: Instant
    updated_at: Instant
    completed_at: Instant | None
    version: int
    series: Id | None  # what this is an occurrence of
    slot: Slot | None  # which one, wherever `due` is moved
    ordinal: int | None  # the how manieth
    follows: Id | None  # the occurrence it came after
    skipped_at: Instant | None
    recurrence: Recurrence | None  # only of the occurrence that another one will follow
    reminders: list[Reminder]


class CarriedTime(TypedDict):
    """A local time, by its distance to the slot."""

    id: Id
    kind: Literal["absolute"]
    days: int  # before the slot's day
    at: SecondOfDay


class Template(TypedDict):
    """What the next occurrence gets."""

    title: str
    notes: str
    priority: Priority
    list: Id
    parent: Id | None
    tags: list[Id]
    start_days: int | None  # from its slot's day to the day it may be started
    reminders: list[BeforeDue | DaysBeforeDue | CarriedTime]


class Series(Recurrence):
    id: Id
    root: Id  # the first segment's id
    segment: int  # what is changed from some occurrence on goes on in another one
    template: Template
    created_at: Instant
    updated_at: Instant
    version: int


class List(TypedDict):
    id: Id
    name: str
    color: Color | None
    position: str
    archived: bool
    inbox: bool
    created_at: Instant
    updated_at: Instant
    version: int


class Tag(TypedDict):
    id: Id
    name: str
    color: Color | None
    created_at: Instant
    updated_at: Instant
    version: int


class Filter(TypedDict):
    id: Id
    name: str
    query: str
    color: Color | None
    position: str
    created_at: Instant
    updated_at: Instant
    version: int


class Comment(TypedDict):
    id: Id
    task: Id
    text: str  # Markdown
    html: str  # the same, safe to show
    created_at: Instant
    updated_at: Instant
    version: int


class User(TypedDict):
    id: Id
    email: str
    name: str
    zone: str
    locale: str
    week_start: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    theme: Literal["system", "light", "dark"]
    has_password: bool
    created_at: Instant


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

    id: Id
    title: str
    due: DayOrLocalTime | None
    zone: str | None
    reminders: list[Id]


class NoticedWebhook(TypedDict):
    id: str
    host: str
    description: str
    disabled: Literal["gone", "failing"]


class Notification(TypedDict):
    id: Id
    sequence: int  # of its notification.created
    kind: Annotated[Literal["reminder", "digest", "overdue", "webhook"], GROWS]
    tasks: list[NoticedTask]  # the first of them
    total: int
    planned_at: Instant
    late: float  # seconds
    created_at: Instant
    read_at: Instant | None
    version: int
    webhook: NotRequired[NoticedWebhook]  # that was switched off


class ScheduledReminder(TypedDict):
    id: Id
    fire_at: Instant


class RemindedTask(TypedDict):
    """A task, and those of its reminders that this is about."""

    task: Id
    title: str
    due: DayOrLocalTime | None
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

    start: TimeOfDay
    end: TimeOfDay


class DefaultBefore(TypedDict):
    kind: Literal["before"]
    minutes: int


class DefaultDaysBefore(TypedDict):
    kind: Literal["days_before"]
    days: int
    at: TimeOfDay | None


class DefaultReminders(TypedDict):
    """What a new task gets that says nothing of reminders."""

    timed: DefaultBefore | DefaultDaysBefore | None
    all_day: DefaultDaysBefore | None


class Preferences(TypedDict):
    channels: ChannelsByKind
    quiet_hours: QuietHours | None
    default_reminders: DefaultReminders
    daily_digest: TimeOfDay | None
    overdue_digest: TimeOfDay | None
    version: int  # 0: as they are for everybody


class MentionedTask(TypedDict):
    """A task as it was when the chat spoke of it."""

    id: Id
    title: str
    status: Status
    priority: Priority
    due: DayOrLocalTime | None
    zone: str | None


class ChatMessage(TypedDict):
    id: Id
    sequence: int  # of its chat.message
    role: Annotated[Literal["user", "assistant"], GROWS]
    text: str
    tasks: list[MentionedTask]  # the first of those that an answer is about
    activity: Id | None  # what an answer tells of, by which it is undone
    created_at: Instant


class ToldMessage(TypedDict):
    """A message of somebody's chat, without what it says."""

    id: Id
    role: Annotated[Literal["user", "assistant"], GROWS]
    length: int  # signs
    created_at: Instant


class Chat(TypedDict):
    id: Id  # its user's
    removed: int  # messages
