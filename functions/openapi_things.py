"""Alice's task, list, webhook and all else that the API document's examples are about, each shown the same in all."""

TASK_ID, LIST_ID, TAG_ID = (f"019a9f0e-5a1c-7d2e-8f3b-6a1b2c3d4e{end}" for end in ("5f", "60", "61"))
USER_ID, SESSION_ID, TOKEN_ID, OPERATION = (
    f"019a9f0e-4b00-7000-8000-0000000000{end}" for end in ("01", "02", "03", "04")
)
FILTER_ID, COMMENT_ID, EVENT_ID, SERIES_ID, NEXT_ID = (
    f"019a9f0e-4b00-7000-8000-0000000000{end}" for end in ("05", "06", "07", "08", "09")
)
NOTIFICATION_ID, REMINDER_ID, SUBSCRIPTION_ID, WEBHOOK_ID = (
    f"019a9f0e-4b00-7000-8000-0000000000{end}" for end in ("0a", "0b", "0c", "0d")
)
EARLIER, LATER = "2026-11-20T08:15:00.000000Z", "2026-11-20T09:41:07.251903Z"
FIRED_AT = "2026-11-30T07:30:00.000000Z"

SNOOZE = {"id": EVENT_ID, "kind": "snooze", "at": "2026-11-30T08:30:00Z", "of": REMINDER_ID}
REMINDER = {"id": REMINDER_ID, "kind": "before", "minutes": 30}
RECURRENCE = {
    "rule": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "start": "2026-11-30T09:00:00",
    "zone": "Europe/Berlin",
    "kind": "fixed",
    "missed": "skip",
    "state": "active",
}
TASK = {
    "id": TASK_ID,
    "title": "Pay the rent",
    "notes": "To the *new* account.",
    "status": "todo",
    "priority": "high",
    "due": "2026-11-30T09:00:00",
    "zone": "Europe/Berlin",
    "due_at": "2026-11-30T08:00:00.000000Z",
    "start": None,
    "list": LIST_ID,
    "parent": None,
    "tags": [TAG_ID],
    "position": "h0VbZhjrP",
    "created_at": EARLIER,
    "updated_at": LATER,
    "completed_at": None,
    "version": 2,
    "series": SERIES_ID,
    "slot": "2026-11-30T09:00:00",
    "ordinal": 1,
    "follows": None,
    "skipped_at": None,
    "recurrence": RECURRENCE,
    "reminders": [REMINDER],
}
DONE = TASK | {"status": "done", "completed_at": LATER, "recurrence": None, "version": 3}
NEXT = TASK | {
    "id": NEXT_ID,
    "due": "2026-12-31T09:00:00",
    "due_at": "2026-12-31T08:00:00.000000Z",
    "created_at": LATER,
    "version": 1,
    "slot": "2026-12-31T09:00:00",
    "ordinal": 2,
    "follows": TASK_ID,
}
SERIES = RECURRENCE | {
    "id": SERIES_ID,
    "root": SERIES_ID,
    "segment": 1,
    "template": {
        "title": "Pay the rent",
        "notes": "To the *new* account.",
        "priority": "high",
        "list": LIST_ID,
        "parent": None,
        "tags": [TAG_ID],
        "start_days": None,
        "reminders": [REMINDER],
    },
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
LIST = {
    "id": LIST_ID,
    "name": "Home",
    "color": "#3b82f6",
    "position": "h0VbZhjrP",
    "archived": False,
    "inbox": False,
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
TAG = {
    "id": TAG_ID,
    "name": "bills",
    "color": "#ef4444",
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
FILTER = {
    "id": FILTER_ID,
    "name": "Now",
    "query": "(today | overdue) & !@waiting",
    "color": None,
    "position": "h0VbZhjrP",
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
TOKEN = {
    "id": TOKEN_ID,
    "name": "The script on my laptop",
    "scopes": ["tasks:read", "tasks:write"],
    "created_at": EARLIER,
    "expires_at": "2027-11-20T08:15:00.000000Z",
    "last_used_at": None,
}
WEBHOOK = {
    "id": WEBHOOK_ID,
    "url": "https://hooks.example.org/taskora",
    "description": "The dashboard in the kitchen",
    "types": ["task.completed", "task.recurred"],
    "active": True,
    "disabled": None,
    "failing_since": None,
    "delivered_at": LATER,
    "old_secret_until": None,
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
WEBHOOK_DELIVERY = {
    "id": "f1d3ff84-4329-7732-862d-f21dc4e57262",
    "webhook": WEBHOOK_ID,
    "event": EVENT_ID,
    "sequence": 7,
    "type": "task.completed",
    "state": "pending",
    "made_at": LATER,
    "attempts": 1,
    "attempted_at": LATER,
    "next_attempt_at": "2026-11-20T09:41:17.902155Z",
    "status": 500,
    "answer": "Our database is away.",
    "seconds": 0.113,
    "error": "the endpoint answered 500",
}
ACTOR = {"user": USER_ID, "via": "web", "token": None}
ENTRY = {
    "id": EVENT_ID,
    "sequence": 7,
    "type": "task.completed",
    "subject": f"task/{TASK_ID}",
    "time": LATER,
    "title": TASK["title"],
    "tasks": [],
    "actor": ACTOR | {"name": "Alice", "token_name": None},
    "operation": OPERATION,
    "changes": {"status": ["todo", "done"], "completed_at": [None, LATER]},
    "missed": None,
}

USER = {
    "id": USER_ID,
    "email": "alice@example.org",
    "name": "Alice",
    "zone": "Europe/Berlin",
    "locale": "en",
    "week_start": "monday",
    "theme": "system",
    "has_password": True,
    "created_at": EARLIER,
}
SESSION = {
    "id": SESSION_ID,
    "began_at": EARLIER,
    "last_seen_at": LATER,
    "expires_at": "2026-12-20T08:15:00.000000Z",
    "user_agent": "Firefox on Linux",
    "address": "203.0.113.7",
    "current": True,
}
COMMENT = {
    "id": COMMENT_ID,
    "task": TASK_ID,
    "text": "Done at the **bank**.",
    "html": "<p>Done at the <strong>bank</strong>.</p>\n",
    "created_at": EARLIER,
    "updated_at": EARLIER,
    "version": 1,
}
NOTIFICATION = {
    "id": NOTIFICATION_ID,
    "sequence": 8,
    "kind": "reminder",
    "tasks": [
        {
            "id": TASK_ID,
            "title": "Pay the rent",
            "due": "2026-11-30T09:00:00",
            "zone": "Europe/Berlin",
            "reminders": [REMINDER_ID],
        }
    ],
    "total": 1,
    "planned_at": "2026-11-30T07:30:00.000000Z",
    "late": 0.041,
    "created_at": "2026-11-30T07:30:00.041306Z",
    "read_at": None,
    "version": 1,
}
PREFERENCES = {
    "channels": {
        "reminder": {"push": True, "email": False},
        "digest": {"push": True, "email": True},
        "overdue": {"push": False, "email": True},
        "webhook": {"push": True, "email": True},
    },
    "quiet_hours": {"start": "22:00", "end": "07:00"},
    "default_reminders": {
        "timed": {"kind": "before", "minutes": 30},
        "all_day": {"kind": "days_before", "days": 0, "at": "09:00"},
    },
    "daily_digest": "07:30",
    "overdue_digest": None,
}
SUBSCRIPTION = {"id": SUBSCRIPTION_ID, "host": "push.example.org", "created_at": EARLIER, "current": True}
MESSAGE = {
    "id": "019a9f0e-5a1c-7d2e-8f3b-6a1b2c3d4e62",
    "sequence": 12,
    "role": "user",
    "text": "move everything overdue to Monday",
    "tasks": [],
    "activity": None,
    "created_at": LATER,
}
MESSAGE_ANSWER = MESSAGE | {
    "id": "019a9f0e-5a1c-7d2e-8f3b-6a1b2c3d4e63",
    "sequence": 13,
    "role": "assistant",
    "text": "Moved “Pay the rent” to Monday, 30 November 2026 at 09:00.",
    "tasks": [{name: TASK[name] for name in ("id", "title", "status", "priority", "due", "zone")}],
    "activity": EVENT_ID,
}
