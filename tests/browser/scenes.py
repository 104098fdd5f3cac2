"""Every view and dialog of the page, and an account in which each has something to show."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

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


Step = str | tuple[Any, str]  # a key, or what is clicked: its role, and its name


@dataclass(frozen=True)
class Aside:
    """Something that opens over a view, step by step; it is found by its role and its name."""

    name: str
    role: Any
    called: str
    steps: tuple[Step, ...]
    at: str = "/inbox"
    modal: bool = True
    takes_focus: bool = True
    where: Literal["everywhere", "narrow", "wide"] = "everywhere"

    def opener(self, page: Page) -> Locator:
        """What has the focus before and after: a button, or the row that a key or its menu is about."""
        first = self.steps[0]
        if isinstance(first, str) or first == MORE:
            return page.get_by_role("link", name="Buy apples")
        return _named(page, first)

    def opens(self, page: Page) -> Locator:
        if isinstance(self.steps[0], str):
            self.opener(page).focus()
        for step in self.steps:
            if isinstance(step, str):
                page.keyboard.press(step)
            else:
                _named(page, step).click()
        opened: Locator = page.get_by_role(self.role, name=re.compile(self.called))
        expect(opened).to_be_visible()
        return opened

    def stands_by(self, page: Page) -> None:
        """What it opens over is there."""
        expect(page.locator("#main").get_by_text("Pay the rent").first).to_be_visible()  # under a panel, too

    def closes(self, page: Page) -> None:
        page.keyboard.press("Escape")
        expect(page.get_by_role(self.role, name=re.compile(self.called))).to_have_count(0)


def _named(page: Page, step: tuple[Any, str]) -> Locator:
    role, name = step
    return page.get_by_role(role, name=re.compile(name)).locator("visible=true").first


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
    Scene("calendar-day", "/calendar?day={day}", "Finish the report"),
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

OPEN = "/inbox?task={task}"
MORE: Step = ("button", "^More for Buy apples")

ASIDES = (
    Aside("quick-add", "dialog", "^Quick add", ("q",)),
    Aside("palette", "dialog", "^Go to anything", ("Control+k",)),
    Aside("keys", "dialog", "^Keys", ("?",)),
    Aside("menu", "dialog", "^Menu", (("button", "^Menu$"),), where="narrow"),
    Aside("bell", "dialog", "^Notifications", (("button", "^Notifications"),), modal=False),
    Aside("more", "menu", "^More$", (MORE,), modal=False),
    Aside("due", "dialog", "^Due date$", (MORE, ("menuitem", "^Due date")), modal=False),
    Aside("priority", "menu", "^Priority$", (MORE, ("menuitem", "^Priority")), modal=False),
    Aside("tags", "dialog", "^Tags$", (MORE, ("menuitem", "^Tags")), modal=False),
    Aside("move", "dialog", "^Move to list$", (MORE, ("menuitem", "^Move to list")), modal=False),
    Aside("list-new", "dialog", "^New list", (("button", "^New list$"),), where="wide"),
    Aside("list-edit", "dialog", "^Edit Garden", (("button", "^More for Garden"), ("menuitem", "^Edit")), where="wide"),
    Aside(
        "list-delete",
        "dialog",
        "^Delete Garden",
        (("button", "^More for Garden"), ("menuitem", "^Delete")),
        where="wide",
    ),
    Aside("tag-merge", "dialog", "^Merge home", (("button", "^More for home"), ("menuitem", "^Merge")), where="wide"),
    Aside("filter-edit", "dialog", "^Edit Soon", (("button", "^More for Soon"), ("menuitem", "^Edit")), where="wide"),
    Aside("filter-save", "dialog", "^Save as filter", (("button", "^Save"),), at="/inbox?q=p1"),
    Aside("selection", "toolbar", "^Selected tasks", ("x",), modal=False, takes_focus=False),
    Aside("due-of-task", "dialog", "^Due date$", (("button", "^Pick a due date"),), at=OPEN, modal=False),
    Aside("repeat", "dialog", "^How it repeats", (("button", "^Does not repeat"),), at=OPEN, modal=False),
    Aside("tags-of-task", "dialog", "^Tags$", (("combobox", "^Add tags"),), at=OPEN, modal=False),
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
        swept = self.makes("/api/tasks", title="Sweep the yard")["id"]
        self.makes(f"/api/tasks/{swept}/complete")
        return {**ids, "task": apples}


def goes(page: Page, scene: Scene, ids: dict[str, str]) -> None:
    """Opens it, and waits until it stands there."""
    page.goto(scene.address.format_map(ids))
    expect(page.locator("main")).to_be_visible()


def moves(page: Page, address: str) -> None:
    """To another view as a link of the page leads there, without loading everything again."""
    page.evaluate("address => history.pushState(null, '', address)", address)


def stands(page: Page, scene: Scene) -> None:
    if scene.under:
        expect(page.get_by_role("heading", name=scene.shows, level=2)).to_be_visible()
    else:
        expect(page.get_by_text(scene.shows).locator("visible=true").first).to_be_visible()
    has_loaded(page)


def has_loaded(page: Page) -> None:
    """Nothing says any more that it is being loaded."""
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^(Loading|Opening|Searching).*…$"))).to_have_count(0)
