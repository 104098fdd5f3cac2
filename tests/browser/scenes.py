"""Every view and dialog of the page, and an account in which each has something to show."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

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


@dataclass(frozen=True)
class Scene:
    """A view at its address; `shows` stands in it where there is something to show, as a heading `under` the page's."""

    name: str
    address: str
    shows: str
    under: bool = False


@dataclass(frozen=True)
class Aside:
    """Something that opens over a view: `opens` by a key or a click, and is found by its name."""

    name: str
    role: Any
    called: re.Pattern[str]
    key: str = ""
    button: re.Pattern[str] | None = None
    modal: bool = True
    narrow: bool = False  # only where there is no room for it beside the view

    def opener(self, page: Page) -> Locator:
        assert self.button
        return page.get_by_role("button", name=self.button).first

    def opens(self, page: Page) -> Locator:
        if self.key:
            page.keyboard.press(self.key)
        else:
            self.opener(page).click()
        opened: Locator = page.get_by_role(self.role, name=self.called)
        expect(opened).to_be_visible()
        return opened


VIEWS = (
    Scene("inbox", "/inbox", "Buy apples"),
    Scene("today", "/today", "Pay the rent"),
    Scene("upcoming", "/upcoming", "Call the dentist"),
    Scene("list", "/list/{list}", "Paint the fence"),
    Scene("board", "/list/{list}?layout=board", "Paint the fence"),
    Scene("tag", "/tag/{tag}", "Call the dentist"),
    Scene("filter", "/filter/{filter}", "Pay the rent"),
    Scene("search", "/search?q=apples", "Buy apples"),
    Scene("calendar", "/calendar", "Pay the rent"),
    Scene("recurring", "/recurring", "Water the plants"),
    Scene("completed", "/completed", "Sweep the yard"),
    Scene("activity", "/activity", "Sweep the yard"),
    Scene("task", "/inbox?task={task}", "Boskoop"),
    Scene("nowhere", "/there/is/nothing/here", "Not found"),
    *(
        Scene(f"settings-{section}", f"/settings/{section}", heading, under=True)
        for section, heading in (
            ("profile", "Profile"),
            ("time", "Time and language"),
            ("appearance", "Appearance"),
            ("notifications", "Notifications"),
            ("password", "Password"),
            ("two-step", "Two-step login"),
            ("provider", "Sign-in provider"),
            ("sessions", "Devices"),
            ("tokens", "API tokens"),
            ("webhooks", "Webhooks"),
            ("export", "Export"),
            ("delete", "Delete account"),
            ("about", "About"),
        )
    ),
)

ASIDES = (
    Aside("quick-add", "dialog", re.compile("add", re.I), key="q"),
    Aside("palette", "dialog", re.compile("."), key="Control+k"),
    Aside("keys", "dialog", re.compile("keys", re.I), key="?"),
    Aside("bell", "dialog", re.compile("notifications", re.I), button=re.compile("^Notifications"), modal=False),
    Aside("menu", "dialog", re.compile("."), button=re.compile("^Menu$"), narrow=True),
)


class Furnisher:
    """Makes what is there by the API, as another device of the same person would."""

    def __init__(self, request: APIRequestContext, address: str) -> None:
        self._request, self._headers = request, {"origin": address}

    def makes(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self._request.post(path, data=body, headers=self._headers)
        assert answer.ok, f"{path} {json.dumps(body)}: {answer.text()}"
        made: dict[str, Any] = answer.json() if answer.body() else {}
        return made

    def has_places(self) -> dict[str, str]:
        """A list, a tag and a filter with nothing in them."""
        empty = {
            "list": self.makes("/api/lists", name="Garden", color="#2f7d4f")["id"],
            "tag": self.makes("/api/tags", name="calls", color="#2f6fb0")["id"],
            "filter": self.makes("/api/filters", name="Soon and pressing", query=PRESSING, color="#b03a3a")["id"],
        }
        return {**empty, "task": empty["list"]}  # which is none

    def furnishes(self) -> dict[str, str]:
        """Something of everything. Says the ids that addresses name."""
        today = date.today()  # noqa: DTZ011  # as the browser beside has it

        def day(days: int) -> str:
            return (today + timedelta(days)).isoformat()

        ids = self.has_places()
        garden, calls = ids["list"], ids["tag"]
        self.makes("/api/lists", name="Reading group", color="#7a4fb5")
        home = self.makes("/api/tags", name="home", color="#b5662f")["id"]
        apples = self.makes("/api/tasks", title="Buy apples", notes=NOTES, priority="medium", tags=[home])["id"]
        for part in ("Find the basket", "Ask how many"):
            self.makes("/api/tasks", title=part, parent=apples)
        self.makes(f"/api/tasks/{apples}/comments", text="The market is *closed* on Monday.")
        for fields in (
            {"title": "Pay the rent", "due": day(-2), "priority": "urgent"},
            {"title": "Stand up", "due": f"{day(0)}T09:00", "priority": "low", "reminders": []},
            {"title": "Finish the report", "due": day(0), "priority": "high", "status": "in_progress"},
            {"title": "Call the dentist", "due": f"{day(1)}T11:30", "tags": [calls]},
            {"title": LONG_TITLE, "due": day(3), "tags": [calls, home]},
            {"title": "Water the plants", "due": day(1), "recurrence": {"rule": "FREQ=DAILY;INTERVAL=3"}},
            {"title": "Paint the fence", "list": garden, "priority": "high", "due": day(5)},
            {"title": "Prune the roses", "list": garden, "status": "in_progress"},
            {"title": "Order seeds", "list": garden, "status": "done"},
        ):
            self.makes("/api/tasks", **fields)
        swept = self.makes("/api/tasks", title="Sweep the yard")["id"]
        self.makes(f"/api/tasks/{swept}/complete")
        return {**ids, "task": apples}


def goes(page: Page, scene: Scene, ids: dict[str, str]) -> None:
    """Opens it, and waits until it stands there."""
    page.goto(scene.address.format_map(ids))
    expect(page.locator("main")).to_be_visible()


def stands(page: Page, scene: Scene) -> None:
    if scene.under:
        expect(page.get_by_role("heading", name=scene.shows, level=2)).to_be_visible()
    else:
        expect(page.get_by_text(scene.shows).locator("visible=true").first).to_be_visible()
    has_loaded(page)


def has_loaded(page: Page) -> None:
    """Nothing says any more that it is being loaded."""
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^(Loading|Opening|Searching).*…$"))).to_have_count(0)
