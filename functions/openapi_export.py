"""The API document's example of an export: all that Alice has, as she is given it."""

from functions.openapi_things import (
    ACTOR,
    EARLIER,
    ENTRY,
    EVENT_ID,
    FILTER,
    FIRED_AT,
    LATER,
    LIST,
    MESSAGE,
    MESSAGE_ANSWER,
    NOTIFICATION,
    NOTIFICATION_ID,
    OPERATION,
    PREFERENCES,
    REMINDER_ID,
    SERIES,
    SESSION,
    SUBSCRIPTION,
    TAG,
    TASK,
    TASK_ID,
    TOKEN,
    USER,
    WEBHOOK,
    WEBHOOK_DELIVERY,
)

EXPORT = {
    "format": "taskora",
    "version": 1,
    "exported_at": LATER,
    "profile": USER,
    "second_factor": {"on": True, "since": EARLIER, "recovery_codes": 9},
    "sessions": [{name: value for name, value in SESSION.items() if name != "current"}],
    "tokens": [TOKEN],
    "webhooks": [WEBHOOK],
    "webhook_deliveries": [WEBHOOK_DELIVERY],
    "chat_messages": [MESSAGE, MESSAGE_ANSWER],
    "identities": [{"issuer": "https://accounts.example.org", "subject": "1137", "linked_at": EARLIER}],
    "lists": [LIST | {"deleted_at": None}],
    "tags": [TAG | {"deleted_at": None}],
    "filters": [FILTER | {"deleted_at": None}],
    "series": [SERIES | {"deleted_at": None}],
    "tasks": [TASK | {"deleted_at": LATER}],
    "comments": [],
    "preferences": PREFERENCES | {"version": 3},
    "push_subscriptions": [{name: value for name, value in SUBSCRIPTION.items() if name != "current"}],
    "notifications": [
        {
            "sequence": 8,
            "notification": NOTIFICATION,
            "deliveries": [
                {
                    "channel": "push",
                    "deliver_at": "2026-11-30T07:30:00.000000Z",
                    "sent_at": "2026-11-30T07:30:00.210733Z",
                    "outcome": "sent",
                }
            ],
        }
    ],
    "firings": [
        {
            "task": TASK_ID,
            "firings": [
                {
                    "reminder": REMINDER_ID,
                    "fire_at": FIRED_AT,
                    "planned_at": EARLIER,
                    "state": "fired",
                    "settled_at": "2026-11-30T07:30:00.041306Z",
                    "notification": NOTIFICATION_ID,
                }
            ],
        }
    ],
    "activity": [
        {
            "id": EVENT_ID,
            "sequence": 7,
            "type": "task.completed",
            "subject": f"task/{TASK_ID}",
            "time": LATER,
            "data": {"task": TASK, "changes": ENTRY["changes"], "actor": ACTOR, "operation": OPERATION},
        }
    ],
}
