"""What became of a task's reminders: when each was planned for, when it fired, and where its user heard of it."""

from typing import Literal, NotRequired
from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from shared import db
from shared.callers import SignedIn
from shared.problems import NotFound
from shared.routes import Straight

sql = db.queries(__file__, "receipts")
router = APIRouter(route_class=Straight)

MOST = 200  # firings; the newest


class ReminderDelivery(TypedDict):
    """`late`: seconds behind its time, or the end of quiet hours."""

    channel: Literal["in_app", "push", "email"]
    deliver_at: str
    sent_at: str | None
    late: float | None
    outcome: str | None  # null: it is still tried


class ReminderFiring(TypedDict):
    """`late`: seconds behind its time, or behind the change that planned it when its time had come already."""

    fire_at: str
    planned_at: str
    state: Literal["pending", "fired", "expired", "cancelled", "superseded"]
    settled_at: str | None
    late: float | None
    notification: str | None
    deliveries: list[ReminderDelivery]


class ReminderReceipt(TypedDict):
    """A reminder as the task has it. Of one that it had, nothing but the id is known."""

    id: str
    kind: NotRequired[Literal["before", "days_before", "absolute", "snooze"]]
    minutes: NotRequired[int]
    days: NotRequired[int]
    at: NotRequired[str | None]
    of: NotRequired[str]
    removed: bool
    fire_at: str | None  # when it fires next
    firings: list[ReminderFiring]


class ReminderReceipts(TypedDict):
    items: list[ReminderReceipt]


@router.get("/api/tasks/{task_id}/reminders", response_model=ReminderReceipts)
async def receipts(task_id: UUID, caller: SignedIn) -> Response:
    """The task's reminders, and those it had; of each when it fires next, and what became of it, newest first."""
    async with db.single() as tx:
        row = await tx.first(sql.receipts, user_id=caller.user_id, task_id=task_id, most=MOST)
    if row is None:
        raise NotFound(f"There is no task {task_id}.")
    return Response(row["receipts"], media_type="application/json")
