"""Every event Taskora publishes: its name, where it goes, its shape. Schemas and catalogue are made from this."""

from dataclasses import dataclass
from typing import Any, Literal

from typing_extensions import TypedDict

from shared.shapes import (
    Chat,
    Comment,
    Filter,
    Id,
    List,
    Notification,
    Preferences,
    RemindedTask,
    Series,
    Slot,
    Tag,
    Task,
    ToldMessage,
    User,
)

Topic = Literal["task-events", "reminder-events", "user-events", "chat-events", "system-events"]


class Actor(TypedDict):
    user: Id
    via: Literal["web", "api", "chat", "mcp", "system"]
    token: Id | None  # the API token's id, never the token


class Fact(TypedDict):
    """What the data of every numbered event has."""

    changes: dict[str, tuple[Any, Any]]
    actor: Actor
    operation: Id  # shared by all events of one request


class TaskFact(Fact):
    task: Task


class Missed(TypedDict):
    count: int
    slots: list[Slot]  # the first ten
    ordinals: list[int]  # of these


class RecurredFact(TaskFact):
    missed: Missed  # slots that nobody was offered


class SeriesFact(Fact):
    series: Series


class ListFact(Fact):
    list: List


class TagFact(Fact):
    tag: Tag


class FilterFact(Fact):
    filter: Filter


class CommentFact(Fact):
    comment: Comment


class UserFact(Fact):
    user: User


class ReminderFact(Fact):
    reminder: RemindedTask


class ReminderDueFact(ReminderFact):
    notification: Id


class NotificationFact(Fact):
    notification: Notification


class PreferencesFact(Fact):
    preferences: Preferences


class MessageFact(Fact):
    message: ToldMessage


class ChatFact(Fact):
    chat: Chat


class DeadLetter(TypedDict):
    """What operators go by. Nothing of what the event held, for that is its user's."""

    event: str  # its id
    type: str
    subscriber: str  # who did not take it; the broker is one, too
    reason: str
    waits: bool  # for an operator; otherwise it is tried again


class DeadLetterReport(TypedDict):
    dead_letter: DeadLetter


class Failure(TypedDict):
    """Of what nobody expected. The log has the rest, under the request's id."""

    kind: str
    function: str
    release: str
    request: str  # the last one that it happened in, if it was one
    count: int  # since the last event of this kind from the same process


class FailureReport(TypedDict):
    error: Failure


class Release(TypedDict):
    name: str  # its version, and of which code
    schema: str  # the last migration that it knows


class ReleaseReport(TypedDict):
    release: Release


class WorkDue(TypedDict):
    """Nothing: what is due, the woken function reads from the database."""


@dataclass(frozen=True, slots=True)
class EventType:
    name: str
    topic: Topic
    data: type
    meaning: str
    entity: Literal[
        "task",
        "series",
        "list",
        "tag",
        "filter",
        "comment",
        "user",
        "reminder",
        "notification",
        "preferences",
        "message",
        "chat",
        "dead_letter",
        "error",
        "release",
        "work",
    ]
    version: int = 1

    @property
    def key(self) -> Literal["user", "function"]:
        """Whose events are in one partition, one after the other."""
        return "function" if self.topic == "system-events" else "user"

    @property
    def schema(self) -> str:
        return f"/eventing/schemas/{self.name}.v{self.version}.json"


TaskCreated = EventType("task.created", "task-events", TaskFact, "A task exists.", "task")
TaskUpdated = EventType("task.updated", "task-events", TaskFact, "Something about a task is different.", "task")
TaskCompleted = EventType("task.completed", "task-events", TaskFact, "A task was finished.", "task")
TaskReopened = EventType("task.reopened", "task-events", TaskFact, "A finished task is open again.", "task")
TaskDeleted = EventType("task.deleted", "task-events", TaskFact, "A task is gone; restorable for 30 days.", "task")
TaskRestored = EventType("task.restored", "task-events", TaskFact, "A deleted task is back.", "task")
TaskRecurred = EventType("task.recurred", "task-events", RecurredFact, "The next occurrence of a task exists.", "task")
SeriesCreated = EventType("series.created", "task-events", SeriesFact, "A task repeats.", "series")
SeriesUpdated = EventType(
    "series.updated", "task-events", SeriesFact, "A task is paused, or repeats no more, or otherwise.", "series"
)
SeriesDeleted = EventType("series.deleted", "task-events", SeriesFact, "What made a task repeat is gone.", "series")
SeriesRestored = EventType("series.restored", "task-events", SeriesFact, "What made a task repeat is back.", "series")
ListCreated = EventType("list.created", "task-events", ListFact, "A list exists.", "list")
ListUpdated = EventType("list.updated", "task-events", ListFact, "Something about a list is different.", "list")
ListDeleted = EventType("list.deleted", "task-events", ListFact, "A list is gone; restorable for 30 days.", "list")
ListRestored = EventType("list.restored", "task-events", ListFact, "A list is back.", "list")
TagCreated = EventType("tag.created", "task-events", TagFact, "A tag exists.", "tag")
TagUpdated = EventType("tag.updated", "task-events", TagFact, "Something about a tag is different.", "tag")
TagDeleted = EventType("tag.deleted", "task-events", TagFact, "A tag is gone; restorable for 30 days.", "tag")
TagRestored = EventType("tag.restored", "task-events", TagFact, "A tag is back.", "tag")
FilterCreated = EventType("filter.created", "task-events", FilterFact, "A saved filter exists.", "filter")
FilterUpdated = EventType(
    "filter.updated", "task-events", FilterFact, "Something about a saved filter is different.", "filter"
)
FilterDeleted = EventType(
    "filter.deleted", "task-events", FilterFact, "A saved filter is gone; restorable for 30 days.", "filter"
)
FilterRestored = EventType("filter.restored", "task-events", FilterFact, "A saved filter is back.", "filter")
CommentCreated = EventType("comment.created", "task-events", CommentFact, "A comment on a task exists.", "comment")
CommentUpdated = EventType(
    "comment.updated", "task-events", CommentFact, "Something about a comment on a task is different.", "comment"
)
CommentDeleted = EventType(
    "comment.deleted", "task-events", CommentFact, "A comment on a task is gone; restorable for 30 days.", "comment"
)
CommentRestored = EventType("comment.restored", "task-events", CommentFact, "A comment on a task is back.", "comment")
UserRegistered = EventType("user.registered", "user-events", UserFact, "Somebody has an account.", "user")
UserLoggedIn = EventType("user.logged_in", "user-events", UserFact, "A session began.", "user")
UserLoggedOut = EventType("user.logged_out", "user-events", UserFact, "A session, or all of them, ended.", "user")
UserProfileChanged = EventType(
    "user.profile_changed", "user-events", UserFact, "Somebody is called otherwise, or elsewhere.", "user"
)
UserPasswordChanged = EventType(
    "user.password_changed", "user-events", UserFact, "A password is another; other sessions have ended.", "user"
)
UserPasswordResetRequested = EventType(
    "user.password_reset_requested", "user-events", UserFact, "Somebody is sent a link to a new password.", "user"
)
UserDeleted = EventType("user.deleted", "user-events", UserFact, "An account is gone; its last event.", "user")
UserTokenCreated = EventType("user.token_created", "user-events", UserFact, "There is one more API token.", "user")
UserTokenRevoked = EventType("user.token_revoked", "user-events", UserFact, "An API token is good no more.", "user")
UserSecondFactorChanged = EventType(
    "user.second_factor_changed", "user-events", UserFact, "Logging in takes a code now, or takes none again.", "user"
)
UserIdentityChanged = EventType(
    "user.identity_changed", "user-events", UserFact, "An OpenID provider may sign this user in, or no more.", "user"
)
UserPushSubscribed = EventType(
    "user.push_subscribed", "user-events", UserFact, "One more browser is told things while the page is closed.", "user"
)
UserPushUnsubscribed = EventType(
    "user.push_unsubscribed", "user-events", UserFact, "A browser is told nothing more.", "user"
)
UserWebhookCreated = EventType(
    "user.webhook_created", "user-events", UserFact, "Events are sent to one more address.", "user"
)
UserWebhookChanged = EventType(
    "user.webhook_changed", "user-events", UserFact, "A webhook is another, or signs with another secret.", "user"
)
UserWebhookDisabled = EventType(
    "user.webhook_disabled",
    "user-events",
    UserFact,
    "A webhook was switched off, as nothing gets there any more.",
    "user",
)
UserWebhookDeleted = EventType(
    "user.webhook_deleted", "user-events", UserFact, "No events are sent to an address any more.", "user"
)
PreferencesChanged = EventType(
    "preferences.changed",
    "user-events",
    PreferencesFact,
    "Somebody wants to be told otherwise, or at other times.",
    "preferences",
)
ReminderScheduled = EventType(
    "reminder.scheduled",
    "reminder-events",
    ReminderFact,
    "Something reminds of a task within minutes, or at once.",
    "reminder",
)
ReminderDue = EventType(
    "reminder.due", "reminder-events", ReminderDueFact, "Somebody was reminded of a task.", "reminder"
)
ReminderSnoozed = EventType(
    "reminder.snoozed", "reminder-events", ReminderFact, "A reminder comes again, later.", "reminder"
)
NotificationCreated = EventType(
    "notification.created", "reminder-events", NotificationFact, "Somebody is told something.", "notification"
)
NotificationRead = EventType(
    "notification.read", "reminder-events", NotificationFact, "Somebody has seen what they were told.", "notification"
)
ChatMessaged = EventType(
    "chat.message", "chat-events", MessageFact, "Somebody said something to the chat, or was answered.", "message"
)
ChatCleared = EventType("chat.cleared", "chat-events", ChatFact, "All that was said in a chat is gone.", "chat")
SystemDeadLetter = EventType(
    "system.dead_letter",
    "system-events",
    DeadLetterReport,
    "An event was not delivered: it is kept, and tried again or waits for an operator.",
    "dead_letter",
)
SystemFailed = EventType(
    "system.error",
    "system-events",
    FailureReport,
    "Something went wrong in a function, and nobody expected it.",
    "error",
)
SystemDeployed = EventType(
    "system.deployed", "system-events", ReleaseReport, "A release is here for the first time.", "release"
)
WorkIsDue = EventType("work.due", "system-events", WorkDue, "There is work for the function it names.", "work")

EVENT_TYPES = {
    event_type.name: event_type for event_type in list(globals().values()) if isinstance(event_type, EventType)
}
