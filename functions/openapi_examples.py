"""One example of each thing the API takes and gives, by its name in the document. A test sends what is taken here."""

from typing import Any

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

TAKEN: dict[str, Any] = {
    "Confirmation": {
        "token": "mB2Ufv0N2Rdc4V0pDdJ4bqkq2q1Dq0aVfO2m2mVfJtY",
        "password": "correct horse battery staple",
    },
    "Completion": {"completed_at": "2026-11-20T09:41:07Z"},
    "Copy": {"title": "Pay the rent, again"},
    "Credentials": {"email": "alice@example.org", "password": "correct horse battery staple"},
    "Fields": {"title": "Pay the rent", "priority": "high", "due": "2026-11-30T09:00:00", "zone": "Europe/Berlin"},
    "FilterPatch": {"query": "today & @bills"},
    "ListPatch": {"name": "House", "color": "#3b82f6"},
    "Many": {"ids": [TASK_ID], "change": {"status": "done", "add_tags": [TAG_ID]}},
    "ManyPatch": {"due_day": "2026-12-01"},
    "Merge": {"into": TAG_ID},
    "Move": {"after": LIST_ID},
    "NewComment": {"text": "Done at the **bank**."},
    "NewFilter": {"name": "Now", "query": "(today | overdue) & !@waiting"},
    "NewList": {"name": "Home", "color": "#3b82f6"},
    "NewSubscription": {
        "endpoint": "https://push.example.org/send/mB2Ufv0N2Rdc4V0pDdJ4bq",
        "expirationTime": None,
        "keys": {
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        },
    },
    "NewTag": {"name": "bills", "color": "#ef4444"},
    "NewTask": {"title": "Pay the rent", "priority": "high", "due": "2026-11-30T09:00:00", "zone": "Europe/Berlin"},
    "PasswordOnly": {"password": "correct horse battery staple"},
    "Proof": {"password": "correct horse battery staple", "code": "492039"},
    "FirstCode": {"code": "492039"},
    "PasswordAndCode": {"password": "correct horse battery staple", "code": "492039"},
    "NewToken": {"name": "The script on my laptop", "scopes": ["tasks:read", "tasks:write"], "expires_in_days": 365},
    "PasswordChange": {
        "current_password": "correct horse battery staple",
        "new_password": "another horse, another staple",
    },
    "NewPasswordByMail": {
        "token": "what the link in the mail ends with",
        "new_password": "another horse, another staple",
    },
    "Repeat": {"rule": "FREQ=MONTHLY;BYDAY=-1FR"},
    "TaskPatch": {"status": "done"},
    "Place": {"at": "first"},
    "ProfilePatch": {"zone": "America/New_York", "week_start": "sunday"},
    "QuickAdd": {
        "text": "pay rent every last day 9am #Home !30 min before",
        "now": "2026-11-20T08:15:00",
        "zone": "Europe/Berlin",
    },
    "Seen": {"through": 8},
    "WantedPreferences": PREFERENCES,
    "Reset": {"email": "alice@example.org"},
    "TagPatch": {"name": "invoices"},
    "Text": {"text": "Done *at home*."},
    "RecurrencePreview": {
        "rule": "FREQ=MONTHLY;BYDAY=-1FR",
        "start": "2026-11-27T09:00:00",
        "zone": "Europe/Berlin",
        "after": "2026-11-27T08:00:00Z",
        "count": 2,
    },
    "RecurrenceStep": {
        "series": {
            "rule": "FREQ=WEEKLY;BYDAY=MO",
            "start": "2026-11-23T09:00:00",
            "zone": "Europe/Berlin",
            "kind": "fixed",
            "missed": "skip",
            "all_day": False,
        },
        "instance": {"recurrence_id": "2026-11-23T09:00:00", "due": "2026-11-25T09:00:00"},
        "action": "complete",
        "at": "2026-11-25T12:30:00Z",
    },
    "TaskBefore": {"kind": "before", "minutes": 30},
    "SnoozedUntil": {"minutes": 60},
    "ReminderPreview": {
        "task": {"due": "2026-11-30T23:00:00", "zone": "Europe/Berlin", "status": "open", "urgent": False},
        "reminder": {"kind": "before", "minutes": 30},
        "saved_at": "2026-11-20T08:15:00Z",
        "quiet_hours": {"start": "22:00", "end": "07:00"},
    },
    "Registration": {
        "email": "alice@example.org",
        "password": "correct horse battery staple",
        "name": "Alice",
        "zone": "Europe/Berlin",
    },
}
GIVEN: dict[str, Any] = {
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
    "Export": {
        "format": "taskora",
        "version": 1,
        "exported_at": LATER,
        "profile": USER,
        "second_factor": {"on": True, "since": EARLIER, "recovery_codes": 9},
        "sessions": [{name: value for name, value in SESSION.items() if name != "current"}],
        "tokens": [TOKEN],
        "webhooks": [WEBHOOK],
        "webhook_deliveries": [WEBHOOK_DELIVERY],
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
    },
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
    "NewWebhook": {name: WEBHOOK[name] for name in ("url", "types", "description")},
    "WebhookPatch": {"types": ["task.*", "comment.*"]},
    "ReplaySpan": {"from": "2026-11-20T08:00:00Z", "to": "2026-11-20T09:00:00Z"},
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
EXAMPLES = TAKEN | GIVEN
