"""One task beside its list: how it comes and goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.panel import SOON, is_saved, opened
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints
from tests.world import eventually


@pytest.mark.parametrize("width", [360, 1280])
def test_escape_discards_a_title_that_is_typed_and_then_closes_and_keeps_the_rest(alice: Somebody, width: int) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    tab.page.set_viewport_size({"width": width, "height": 800})
    title = panel.get_by_label("Title", exact=True)
    panel.get_by_label("New subtask").fill("half a sub")
    title.fill("Buy oat milk")

    title.press("Escape")
    expect(title).to_have_value("Buy milk")
    expect(title).to_be_focused()
    title.press("Escape")

    expect(tab.panel).to_have_count(0)
    assert "task=" not in tab.page.url
    tab.opens_task(task)
    assert alice.now_has(task)["version"] == task["version"]
    expect(tab.panel.get_by_label("New subtask")).to_have_value("half a sub")


def test_closing_it_saves_what_was_typed(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    panel.get_by_label("Title", exact=True).fill("Buy oat milk")

    panel.get_by_role("button", name="Close").first.click()

    expect(tab.panel).to_have_count(0)
    is_saved(alice, task, title="Buy oat milk")


def test_on_a_phone_none_of_its_fields_calls_for_the_keyboard_when_it_opens(alice: Somebody) -> None:
    tab, panel = opened(alice, alice.has_task("Buy milk"))
    tab.page.set_viewport_size({"width": 360, "height": 800})
    panel.get_by_role("button", name="Close").first.click()
    expect(tab.panel).to_have_count(0)
    tab.page.evaluate("document.focused = []")
    tab.page.evaluate("addEventListener('focusin', ({ target }) => document.focused.push(target.tagName))")

    tab.title("Buy milk").click()

    expect(tab.panel).to_be_focused()
    assert "TEXTAREA" not in tab.page.evaluate("document.focused")


def test_by_keys_alone_a_task_is_opened_and_left_and_the_list_goes_on(alice: Somebody) -> None:
    alice.has_task("Buy bread")
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.page.get_by_role("link", name="Buy milk")).to_be_visible()

    tab.page.keyboard.press("j")
    tab.page.keyboard.press("j")
    second = tab.page.locator("[data-title]:focus")
    expect(second).to_have_count(1)
    title = second.inner_text()
    tab.page.keyboard.press("Enter")
    expect(tab.panel).to_be_focused()
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value(title)
    tab.page.keyboard.press("k")  # the list still hears its keys
    expect(tab.page.locator("[data-title]:focus")).not_to_have_text(title)
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value(title)

    tab.panel.get_by_label("Priority").focus()
    tab.page.keyboard.press("Escape")
    expect(tab.panel).to_have_count(0)
    expect(tab.page.locator("[data-title]:focus")).to_have_text(title)


def test_one_deleted_elsewhere_says_so_and_is_brought_back(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, _panel = opened(alice, task)

    alice.deletes_elsewhere(task)

    expect(tab.page.get_by_text("This task is not here any more")).to_be_visible()
    tab.page.get_by_role("button", name="Restore it").click()
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Buy milk")
    assert alice.now_has(task)["status"] == "todo"


def test_one_that_cannot_be_brought_back_says_why(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox?task=0199d0a3-0000-7000-8000-000000000001")

    tab.page.get_by_role("button", name="Restore it").click()

    expect(tab.page.get_by_text("It could not be restored. There is no")).to_be_visible()


def test_a_finished_task_is_read_and_opened_again(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    alice.changes(task, status="done")
    _tab, panel = opened(alice, task)

    panel.get_by_role("checkbox", name="Open again").click()

    expect(panel.get_by_role("checkbox", name="Complete", exact=True)).not_to_be_checked()
    is_saved(alice, task, status="todo")


def test_one_that_cannot_be_read_says_why_and_is_asked_for_again(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    alice.changes(task, status="done")
    tab = alice.opens_a_live_tab()
    tab.page.route(
        "**/api/tasks/*",
        lambda route: route.fulfill(status=500, json={"type": "/problems/Broken", "detail": "Something is broken."}),
    )

    tab.page.goto(f"/inbox?task={task['id']}")
    expect(tab.page.get_by_text("This task could not be loaded. Something is broken.")).to_be_visible()
    tab.page.unroute("**/api/tasks/*")
    tab.page.get_by_role("button", name="Try again").click()

    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Buy milk")


def test_it_is_deleted_with_a_way_back(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)

    panel.get_by_role("button", name="Delete", exact=True).click()

    expect(tab.panel).to_have_count(0)
    expect(tab.task("Buy milk")).to_have_count(0)
    expect(tab.page.get_by_role("main")).to_be_focused()
    eventually(lambda: task["id"] not in alice.open_tasks(), "it is deleted")
    tab.presses("z")
    expect(tab.task("Buy milk")).to_be_visible()
    eventually(lambda: task["id"] in alice.open_tasks(), "it is back")


def test_on_a_phone_it_is_a_sheet_that_gives_the_focus_back(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/inbox")
    tab.page.set_viewport_size({"width": 360, "height": 740})
    tab.title("Buy milk").click()
    sheet = tab.page.get_by_role("dialog", name="Task")
    expect(sheet).to_be_visible()

    assert complaints(tab.page) == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360
    tab.panel.get_by_role("button", name="Close task").click()

    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    expect(tab.title("Buy milk")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_accessible_with_all_it_can_have(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    parent = alice.has_task("Move to the new flat")
    task = alice.has_task(
        "Pay the rent",
        notes="two **lines**\n\n- [ ] of text",
        due=SOON,
        zone="America/New_York",
        parent=parent["id"],
        recurrence={"rule": "FREQ=MONTHLY"},
        reminders=[{"kind": "before", "minutes": 30}],
    )
    alice.has_task("Write to the landlord", parent=task["id"])
    alice.comments_on(task, "I *asked* them.")
    tab, panel = opened(alice, task)
    expect(panel.get_by_role("list", name="Next dates")).to_be_visible()
    expect(panel.get_by_text("asked")).to_be_visible()
    panel.get_by_text("Activity", exact=True).click()
    expect(panel.get_by_role("list", name="Activity of this task").get_by_role("listitem").first).to_be_visible()
    panel.get_by_role("button", name="Add a reminder").click()
    panel.get_by_role("textbox", name="Write a comment").fill("And")
    panel.get_by_label("Due", exact=True).fill("whenever")
    expect(panel.get_by_text("No date was understood")).to_be_visible()

    assert complaints(tab.page) == []

    panel.get_by_role("button", name="Change how it repeats").click()
    expect(tab.page.get_by_role("form", name="Repeat")).to_be_visible()
    assert complaints(tab.page) == []
