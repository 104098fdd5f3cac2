"""Somebody before a browser: what they do on the page, in words, and what the browser complains about meanwhile."""

import re
from contextlib import AbstractContextManager
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.browser.elsewhere import PASSWORD, Elsewhere
from tests.browser.month import Month

# Every browser says so of requests that are refused or find no network, the second of the service worker's own script.
# What the page makes of them is what the tests are about.
OF_THE_BROWSER = ("Failed to load resource", "An unknown error occurred when fetching the script.")


class Somebody(Elsewhere):
    def __init__(self, name: str, address: str, context: BrowserContext) -> None:
        super().__init__(name, address, context)
        self.complaints: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(OF_THE_BROWSER):
            self.complaints.append(message.text)

    def opens_a_tab(self, address: str = "/") -> "Tab":
        tab = Tab(self.context.new_page())
        tab.page.goto(address)
        return tab

    def opens_a_live_tab(self, address: str = "/") -> "Tab":
        tab = self.opens_a_tab(address)
        expect(tab.connection).to_have_text("Live")
        return tab


class Tab:
    """One tab with Taskora in it. Tasks are found as a person finds them: by what stands there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.connection = page.get_by_role("status", name="Connection")
        self.calendar = Month(page)

    def task(self, title: str) -> Locator:
        return self.page.get_by_role("checkbox", name=title, exact=True)

    def row(self, title: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("listitem").filter(has=self.task(title))

    def is_kept(self) -> None:
        """The page's files are in this browser, and it opens without a network from now on."""
        self.page.evaluate(
            "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ?? new Promise("
            "became => navigator.serviceWorker.addEventListener('controllerchange', became))).then(() => undefined)"
        )

    def registers(self, somebody: Somebody, password: str = PASSWORD) -> None:
        self.page.get_by_role("button", name="Make an account").click()
        self.page.get_by_label("Name").fill(somebody.name)
        self.page.get_by_label("E-mail").fill(somebody.email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Make my account").click()

    def logs_in(self, somebody: Somebody, password: str = PASSWORD) -> None:
        self.page.get_by_label("E-mail").fill(somebody.email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()

    def heads(self, heading: str) -> None:
        """This is what the page is about now."""
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()

    def adds(self, text: str) -> None:
        """By quick add, from wherever one is; once the key is heard, which is when the page is there."""
        expect(self.places.or_(self.page.get_by_role("button", name="Menu", exact=True)).first).to_be_visible()
        self.page.keyboard.press("q")
        quick = self.page.get_by_role("dialog", name="Quick add")
        quick.get_by_label("New task").fill(text)
        self.page.keyboard.press("Enter")
        expect(quick.get_by_role("status").filter(has_text="Added")).to_be_visible()
        self.page.keyboard.press("Escape")

    # The open task

    @property
    def panel(self) -> Locator:
        return self.page.get_by_role("region", name="Task: ")

    def opens_task(self, task: dict[str, Any]) -> Locator:
        """By its link, as in a mail; the panel that it opens in."""
        self.page.goto(f"/inbox?task={task['id']}")
        expect(self.panel.get_by_label("Title", exact=True)).to_have_value(task["title"])
        return self.panel

    # The frame around every view

    @property
    def places(self) -> Locator:
        return self.page.get_by_role("navigation", name="Views")

    def place(self, name: str) -> Locator:
        """A link of the sidebar."""
        return self.places.get_by_role("link", name=re.compile(rf"^{re.escape(name)}(\s*[\d,]+ open)?$"))

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True, level=1)

    def goes_to(self, view: str) -> None:
        """By the sidebar, which has to be opened where it is a drawer."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        expect(self.places.or_(menu).first).to_be_visible()
        if menu.is_visible():
            menu.click()
        self.place(view).click()
        expect(self.heading(view)).to_be_visible()

    def chooses(self, place: str, what: str) -> None:
        """From the menu of a list, a tag or a filter."""
        self.page.get_by_role("button", name=f"More for {place}", exact=True).click()
        self.page.get_by_role("menuitem", name=what, exact=True).click()

    # The history

    def entry(self, deed: str) -> Locator:
        """What was done, as the activity tells it."""
        return self.page.get_by_role("main").get_by_role("listitem").filter(has_text=deed)

    # Lists of tasks

    def title(self, title: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=title, exact=True)

    def shows(self, *titles: str) -> None:
        """Exactly these, in this order."""
        expect(self.page.locator("main [data-title]")).to_have_text(list(titles))

    def presses(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def renames(self, title: str, to: str) -> None:
        self.row(title).hover()
        self.page.get_by_role("button", name=f"Edit {title}", exact=True).click()
        field = self.page.get_by_role("textbox", name=f"Title of {title}")
        field.fill(to)
        field.press("Enter")

    def deletes(self, title: str) -> None:
        """From the row's menu."""
        self.row(title).hover()
        self.page.get_by_role("button", name=f"More for {title}", exact=True).click()
        self.page.get_by_role("menuitem", name="Delete").click()

    def drags(self, title: str, onto: Locator, at: float = 0.5) -> None:
        """With the mouse; `at` says how far down in what it is dropped on."""
        row = self.row(title).locator("[data-row]")
        row.hover()
        expect(row).to_have_attribute("draggable", "true")
        start, end = row.bounding_box(), onto.bounding_box()
        assert start
        assert end
        mouse = self.page.mouse
        mouse.move(start["x"] + 60, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(start["x"] + 70, start["y"] + start["height"] / 2 + 4)
        mouse.move(end["x"] + 80, end["y"] + end["height"] * at, steps=8)
        mouse.move(end["x"] + 82, end["y"] + end["height"] * at)
        mouse.up()

    # Quick add

    @property
    def new_task(self) -> Locator:
        return self.page.get_by_label("New task")

    @property
    def tokens(self) -> Locator:
        """What was understood in the text, or was and is text again: `Date friday`, `Text friday`."""
        return self.page.get_by_role("list", name="Understood in the text").get_by_role("listitem")

    def clicks_into(self, mark: Locator) -> None:
        """Through the text that lies over it."""
        box = mark.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def adding(self) -> AbstractContextManager[Any]:
        """What the server says to the task that is added meanwhile."""
        return self.page.expect_response(
            lambda answer: answer.url.endswith("/api/tasks") and answer.request.method == "POST"
        )

    def adds_what_is_typed(self) -> dict[str, Any]:
        with self.adding() as answer:
            self.new_task.press("Enter")
        assert answer.value.ok, answer.value.text()
        document: dict[str, Any] = answer.value.json()
        return document

    def pastes(self, text: str) -> None:
        self.new_task.evaluate(
            """(field, text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )
