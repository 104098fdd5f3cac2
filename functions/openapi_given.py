"""One example of each thing the API gives, by its name in the document."""

from typing import Any

from functions.openapi_export import EXPORT
from functions.openapi_things import (
    ACTOR,
    COMMENT,
    DONE,
    EARLIER,
    ENTRY,
    EVENT_ID,
    FILTER,
    FIRED_AT,
    LATER,
    LIST,
    MESSAGE,
    MESSAGE_ANSWER,
    NEXT,
    NOTIFICATION,
    OPERATION,
    PREFERENCES,
    REMINDER,
    SERIES,
    SESSION,
    SNOOZE,
    SUBSCRIPTION,
    TAG,
    TASK,
    TASK_ID,
    TOKEN,
    USER,
    WEBHOOK,
    WEBHOOK_DELIVERY,
)

GIVEN: dict[str, Any] = {
    "Exchanged": {"message": MESSAGE, "answer": MESSAGE_ANSWER},
    "MessagePage": {"items": [MESSAGE_ANSWER, MESSAGE], "next": None},
    "Comment": COMMENT,
    "CommentPage": {"items": [COMMENT], "next": None},
    "Notes": {"html": "<p>To the <em>new</em> account.</p>\n"},
    "Accepted": {"detail": "If there is an account with this address, a mail is on its way."},
    "User": USER,
    "OpenSession": SESSION,
    "Sessions": {"items": [SESSION]},
    "ChangePage": {
        "items": [
            {
                "sequence": 7,
                "id": EVENT_ID,
                "type": "task.completed",
                "subject": f"task/{TASK_ID}",
                "time": LATER,
                "task": TASK,
                "changes": ENTRY["changes"],
                "actor": ACTOR,
                "operation": OPERATION,
            }
        ],
        "head": 7,
        "resync": False,
    },
    "Export": EXPORT,
    "Filter": FILTER,
    "Notification": NOTIFICATION,
    "NotificationPage": {"items": [NOTIFICATION], "next": None, "unread": 1},
    "Read": {"read": 3, "unread": 0},
    "ReminderReceipts": {
        "items": [
            REMINDER
            | {
                "removed": False,
                "fire_at": None,
                "firings": [
                    {
                        "fire_at": FIRED_AT,
                        "planned_at": EARLIER,
                        "state": "fired",
                        "settled_at": FIRED_AT,
                        "late": 0,
                        "notification": NOTIFICATION["id"],
                        "deliveries": [
                            {
                                "channel": "in_app",
                                "deliver_at": FIRED_AT,
                                "sent_at": FIRED_AT,
                                "late": 0,
                                "outcome": "sent",
                            }
                        ],
                    }
                ],
            }
        ]
    },
    "Receipts": {
        "items": [
            {
                "channel": "push",
                "planned_at": "2026-11-30T05:30:00.000000Z",
                "deliver_at": "2026-11-30T06:00:00.000000Z",
                "deferred": True,
                "sent_at": "2026-11-30T06:00:00.210733Z",
                "late": 0.211,
                "attempts": 1,
                "next_attempt_at": None,
                "outcome": "sent",
                "last_error": None,
            }
        ]
    },
    "Preferences": PREFERENCES | {"version": 3},
    "PushKey": {"key": "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"},
    "Webhook": WEBHOOK,
    "Webhooks": {"items": [WEBHOOK]},
    "WebhookWithSecret": WEBHOOK | {"secret": "whsec_…"},
    "WebhookDelivery": WEBHOOK_DELIVERY,
    "WebhookDeliveries": {"items": [WEBHOOK_DELIVERY], "next": None},
    "Replayed": {"deliveries": 12},
    "Subscription": SUBSCRIPTION,
    "Subscriptions": {"items": [SUBSCRIPTION]},
    "FilterPage": {"items": [FILTER], "next": None},
    "List": LIST,
    "ListPage": {"items": [LIST | {"open": 3}], "next": None},
    "Tag": TAG,
    "TagPage": {"items": [TAG], "next": None},
    "Verdict": {"ok": True, "entries": 7, "head": {"sequence": 7, "hash": "9f86d081884c7d65"}},
    "Task": TASK,
    "Completed": {"task": DONE, "next": NEXT},
    "Reopened": {"task": TASK, "next": None, "detached": False},
    "Series": SERIES,
    "TaskPage": {"items": [TASK], "next": None},
    "Undone": {"total": 1, "things": [{"kind": "task", "id": TASK_ID}]},
    "Methods": {"password": True, "oidc": {"name": "Example"}},
    "Linked": {"name": "Example", "linked": True},
    "Entrance": {"url": "https://login.example.org/authorize?response_type=code&…"},
    "SecondFactor": {"enabled": True, "recovery_codes": 9},
    "BegunSecondFactor": {
        "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "uri": "otpauth://totp/Taskora:alice%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Taskora",
    },
    "RecoveryCodes": {"recovery_codes": ["abcd-efgh-ijkl-mnop", "qrst-uvwx-yz23-4567"]},
    "SearchPage": {
        "items": [
            {
                "task": TASK,
                "matches": [
                    {
                        "where": "title",
                        "id": None,
                        "parts": [{"text": "Pay the ", "hit": False}, {"text": "rent", "hit": True}],
                    }
                ],
            }
        ],
        "next": None,
        "complete": True,
    },
    "Occurrences": {
        "occurrences": ["2026-12-25T09:00:00+01:00", "2027-01-29T09:00:00+01:00"],
        "complete": False,
        "words": "every last Friday at 09:00",
    },
    "Parsed": {
        "title": "pay rent",
        "due_date": "2026-11-30",
        "due_time": "09:00",
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=-1",
        "anchor": "due",
        "next": ["2026-11-30T09:00", "2026-12-31T09:00", "2027-01-31T09:00", "2027-02-28T09:00", "2027-03-31T09:00"],
        "priority": None,
        "hash": ["Home"],
        "tags": [],
        "reminders": [{"kind": "before", "minutes": 30}],
        "spans": [
            {"start": 9, "end": 23, "kind": "repeat", "text": "every last day"},
            {"start": 24, "end": 27, "kind": "time", "text": "9am"},
            {"start": 28, "end": 33, "kind": "hash", "text": "#Home"},
            {"start": 34, "end": 48, "kind": "reminder", "text": "!30 min before"},
        ],
    },
    "BeforeDue": REMINDER,
    "Snooze": SNOOZE,
    "NextOccurrence": {"next": "2026-11-30T09:00:00+01:00", "ordinal": 2},
    "Firing": {
        "fire_at": "2026-11-30T21:30:00Z",
        "immediate": False,
        "deliver_at": "2026-12-01T06:00:00Z",
        "deferred": True,
    },
    "Subtasks": {"items": [TASK | {"parent": TASK["list"]}], "done": 0, "total": 1, "next": None},
    "Changed": {"items": [TASK]},
    "Token": TOKEN,
    "Tokens": {"items": [TOKEN]},
    "CreatedToken": TOKEN | {"token": "tsk_…"},
    "ActivityPage": {"items": [ENTRY], "next": "6"},
}
