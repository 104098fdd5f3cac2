"""What comes up over a view by itself, or because two did something at once: one after the other in an open tab."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.furnisher import Furnisher

REFUSAL = {"type": "/problems/Forbidden", "title": "Forbidden", "status": 403, "detail": "This is refused."}


@dataclass(frozen=True)
class Moment:
    """Made to come up, which says what came; it is gone, or stands aside, before the next comes."""

    name: str
    comes: Callable[[Page, Furnisher, str], Locator]
    goes: Callable[[Page], None] = lambda page: page.keyboard.press("Escape")


def a_reminder(page: Page, elsewhere: Furnisher, _: str) -> Locator:
    """And beside it what was done just now."""
    page.get_by_role("checkbox", name="Stand up").click()
    expect(page.get_by_role("button", name="Undo: Completed “Stand up”")).to_be_visible()
    just_now = elsewhere.clock() - timedelta(seconds=5)
    absolute = {"id": str(uuid4()), "kind": "absolute", "at": f"{just_now:%Y-%m-%dT%H:%M:%S}"}
    elsewhere.makes("/api/tasks", title="Take the bread out", due="2031-11-12T11:00", reminders=[absolute])
    arrived = page.get_by_role("status", name="Reminders").get_by_role("region", name="Take the bread out")
    expect(arrived.get_by_role("button", name="Snooze")).to_be_visible()
    return arrived


def snoozing(page: Page, _: Furnisher, __: str) -> Locator:
    page.get_by_role("button", name="Snooze “Take the bread out”").click()
    return page.get_by_role("dialog", name="Snooze “Take the bread out”")


def snoozing_until(page: Page, elsewhere: Furnisher, task: str) -> Locator:
    opened = snoozing(page, elsewhere, task)
    opened.get_by_role("button", name="Choose").click()
    expect(opened.get_by_role("grid")).to_be_visible()
    return opened


def the_bell(page: Page, _: Furnisher, __: str) -> Locator:
    page.get_by_role("button", name="Notifications, 1 unread").click()
    bell = page.get_by_role("dialog", name="Notifications")
    expect(bell.get_by_role("listitem", name="Take the bread out")).to_contain_text("Unread")
    return bell


def is_read(page: Page) -> None:
    page.get_by_role("button", name="Mark “Take the bread out” as read").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("status", name="Reminders")).to_be_empty()


def two_versions(page: Page, elsewhere: Furnisher, task: str) -> Locator:
    """Of the title, which was sent too late, and of the notes, which were not sent yet. Deleting is refused as well."""
    held: list[Route] = []
    page.route(f"**/api/tasks/{task}", lambda route: held.append(route), times=1)
    page.get_by_role("main").get_by_role("link", name="Buy apples", exact=True).click()
    panel = page.get_by_role("region", name="Task: ")
    panel.get_by_label("Title", exact=True).fill("Buy sweet apples")
    with page.expect_request(f"**/api/tasks/{task}"):
        panel.get_by_label("Title", exact=True).press("Enter")
    panel.get_by_role("button", name="Edit", exact=True).click()
    panel.get_by_role("textbox", name="Notes").fill("Two kilos are enough.")
    elsewhere.changes(f"/api/tasks/{task}", title="Buy sour apples", notes="Half a kilo is enough.")
    held[0].continue_()
    for said in ("changed elsewhere at the same time", "changed elsewhere while"):
        expect(panel.get_by_role("alert").filter(has_text=said)).to_be_visible()
    return panel


def what_was_refused(page: Page, _: Furnisher, __: str) -> Locator:
    page.route("**/complete", lambda route: route.fulfill(status=403, json=REFUSAL))
    page.get_by_role("checkbox", name="Call the dentist").click()
    page.get_by_role("button", name="2 changes refused").click()
    dialog = page.get_by_role("dialog", name="Not sent yet")
    expect(dialog.get_by_role("group", name="Title, yours")).to_contain_text("Buy sweet apples")
    expect(dialog).to_contain_text("This is refused.")
    return dialog


MOMENTS = (
    Moment("arrival", a_reminder, lambda page: None),
    Moment("snooze", snoozing),
    Moment("snooze-until", snoozing_until),
    Moment("bell-full", the_bell, is_read),
    Moment("two-versions", two_versions),
    Moment("refused", what_was_refused),
)


def come(page: Page, elsewhere: Furnisher, task: str) -> Iterator[tuple[Moment, Locator]]:
    """Each in its turn, where the page is at its inbox."""
    for moment in MOMENTS:
        came = moment.comes(page, elsewhere, task)
        expect(came).to_be_visible()
        yield moment, came
        moment.goes(page)
