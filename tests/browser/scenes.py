"""Every view and dialog of the page."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Scene:
    """A view at its address; `shows` stands in it where there is something to show, as a heading `under` the page's."""

    name: str
    address: str
    shows: str
    under: bool = False


Click = tuple[Any, str]  # on something of this role, and of this name
Step = str | Click  # else a key


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
    where: Literal["everywhere", "narrow"] = "everywhere"
    in_sidebar: bool = False  # which a phone has in its menu

    def is_at(self, width: int) -> bool:
        return self.where == "everywhere" or is_narrow(width)

    def is_in_menu(self, page: Page) -> bool:
        return self.in_sidebar and is_narrow(page.evaluate("innerWidth"))

    def is_reached(self, page: Page) -> None:
        """What opens it can be seen."""
        if self.is_in_menu(page):
            _named(page, MENU).click()
            expect(page.get_by_role("dialog", name="Menu")).to_be_visible()

    def is_left(self, page: Page) -> None:
        """What was open for it is closed."""
        if self.is_in_menu(page):
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog", name="Menu")).to_have_count(0)

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


def is_narrow(width: int) -> bool:
    """What stands beside a view elsewhere opens over it here."""
    return width < 1024


def _named(page: Page, step: Click) -> Locator:
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
    Scene("activity", "/activity", "Completed “Sweep the yard”"),
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
MORE: Click = ("button", "^More for Buy apples")
MENU: Click = ("button", "^Menu$")

ASIDES = (
    Aside("quick-add", "dialog", "^Quick add", ("q",)),
    Aside("palette", "dialog", "^Go to anything", ("Control+k",)),
    Aside("keys", "dialog", "^Keys", ("?",)),
    Aside("menu", "dialog", "^Menu", (MENU,), where="narrow"),
    Aside("bell", "dialog", "^Notifications", (("button", "^Notifications"),), modal=False),
    Aside("more", "menu", "^More$", (MORE,), modal=False),
    Aside("due", "dialog", "^Due date$", (MORE, ("menuitem", "^Due date")), modal=False),
    Aside("priority", "menu", "^Priority$", (MORE, ("menuitem", "^Priority")), modal=False),
    Aside("tags", "dialog", "^Tags$", (MORE, ("menuitem", "^Tags")), modal=False),
    Aside("move", "dialog", "^Move to list$", (MORE, ("menuitem", "^Move to list")), modal=False),
    Aside("list-new", "dialog", "^New list", (("button", "^New list$"),), in_sidebar=True),
    Aside(
        "list-edit", "dialog", "^Edit Garden", (("button", "^More for Garden"), ("menuitem", "^Edit")), in_sidebar=True
    ),
    Aside(
        "list-delete",
        "dialog",
        "^Delete Garden",
        (("button", "^More for Garden"), ("menuitem", "^Delete")),
        in_sidebar=True,
    ),
    Aside(
        "tag-merge", "dialog", "^Merge home", (("button", "^More for home"), ("menuitem", "^Merge")), in_sidebar=True
    ),
    Aside(
        "filter-edit", "dialog", "^Edit Soon", (("button", "^More for Soon"), ("menuitem", "^Edit")), in_sidebar=True
    ),
    Aside("filter-save", "dialog", "^Save as filter", (("button", "^Save"),), at="/inbox?q=p1"),
    Aside("selection", "toolbar", "^Selected tasks", ("x",), modal=False, takes_focus=False),
    Aside("due-of-task", "dialog", "^Due date$", (("button", "^Pick a due date"),), at=OPEN, modal=False),
    Aside("repeat", "dialog", "^How it repeats", (("button", "^Does not repeat"),), at=OPEN, modal=False),
    Aside("tags-of-task", "dialog", "^Tags$", (("combobox", "^Add tags"),), at=OPEN, modal=False),
)


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
    """Nothing says any more that it is being loaded, or waits for an answer."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    busy = re.compile(r"^(Loading|Opening|Searching|Looking).*…$")
    expect(page.get_by_role("status").filter(has_text=busy)).to_have_count(0)
