"""An account in which every view has something to show."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext

NOTES = """A kilo is enough. **Not** the one of last time:

- [x] ask Grandma
- [ ] look at <https://example.org/apples>

| sort | when |
| --- | --- |
| Boskoop | late |
"""
PRESSING = "(overdue | 7 days) & p1"
LONG_TITLE = (
    "Write to everybody who was at the reading in September, thank them for coming, and send the pictures that "
    "Margarethe took before she left for Reykjavík"
)


def _day(days: int) -> str:
    """So many days from today."""
    return (date.today() + timedelta(days)).isoformat()  # noqa: DTZ011  # as the browser beside has it


class Furnisher:
    """Makes what is there by the API, as another device of the same person would."""

    def __init__(self, request: APIRequestContext, address: str) -> None:
        self._request, self._headers = request, {"origin": address}

    def makes(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self._request.post(path, data=body, headers=self._headers)
        assert answer.ok, f"{path} {json.dumps(body)}: {answer.text()}"
        made: dict[str, Any] = answer.json() if answer.body() else {}
        return made

    def changes(self, path: str, **fields: Any) -> None:
        answer = self._request.patch(path, data=fields, headers=self._headers)
        assert answer.ok, f"{path} {json.dumps(fields)}: {answer.text()}"

    def clock(self) -> datetime:
        """What time it is for this person."""
        return datetime.now(ZoneInfo(self._request.get("/api/me").json()["zone"]))

    def has_places(self) -> dict[str, str]:
        """A list, a tag and a filter with nothing in them."""
        empty = {
            "list": self.makes("/api/lists", name="Garden", color="#2f7d4f")["id"],
            "tag": self.makes("/api/tags", name="calls", color="#2f6fb0")["id"],
            "filter": self.makes("/api/filters", name="Soon and pressing", query=PRESSING, color="#b03a3a")["id"],
        }
        return {**empty, "task": empty["list"], "day": _day(0)}  # no task at all

    def furnishes(self) -> dict[str, str]:
        """Something of everything. Says the ids that addresses name."""
        ids = self.has_places()
        garden, calls = ids["list"], ids["tag"]
        self.makes("/api/lists", name="Reading group", color="#7a4fb5")
        home = self.makes("/api/tags", name="home", color="#b5662f")["id"]
        apples = self.makes("/api/tasks", title="Buy apples", notes=NOTES, priority="medium", tags=[home])["id"]
        for part in ("Find the basket", "Ask how many"):
            self.makes("/api/tasks", title=part, parent=apples)
        self.makes(f"/api/tasks/{apples}/comments", text="The market is *closed* on Monday.")
        for fields in (
            {"title": "Pay the rent", "due": _day(-2), "priority": "urgent"},
            {"title": "Stand up", "due": f"{_day(0)}T09:00", "priority": "low", "reminders": []},
            {"title": "Finish the report", "due": _day(0), "priority": "high", "status": "in_progress"},
            {"title": "Call the dentist", "due": f"{_day(1)}T11:30", "tags": [calls]},
            {"title": LONG_TITLE, "due": _day(3), "tags": [calls, home]},
            {"title": "Water the plants", "due": _day(1), "recurrence": {"rule": "FREQ=DAILY;INTERVAL=3"}},
            {"title": "Paint the fence", "list": garden, "priority": "high", "due": _day(5)},
            {"title": "Prune the roses", "list": garden, "status": "in_progress"},
            {"title": "Order seeds", "list": garden, "status": "done"},
        ):
            self.makes("/api/tasks", **fields)
        self.makes("/api/tokens", name="Shopping list on the fridge", scopes=["tasks:read", "tasks:write"])
        hook = {"url": "https://example.org/taskora", "description": "Into the family calendar", "types": []}
        self.makes("/api/webhooks", **hook, active=False)
        swept = self.makes("/api/tasks", title="Sweep the yard")["id"]
        self.makes(f"/api/tasks/{swept}/complete")
        return {**ids, "task": apples}
