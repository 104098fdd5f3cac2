"""One task beside its list: whatever is said of it here is so, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody, Tab
from tests.browser.test_accessibility import complaints
from tests.world import eventually

SOON = "2040-03-26T09:00:00"  # a Monday


def is_saved(alice: Somebody, task: dict[str, Any], **fields: Any) -> None:
    wanted = set(fields.items())
    eventually(lambda: wanted <= {(name, alice.now_has(task)[name]) for name in fields}, f"{fields} are saved")


def opened(alice: Somebody, task: dict[str, Any]) -> tuple[Tab, Locator]:
    tab = alice.opens_a_tab()
    return tab, tab.opens_task(task)


# Its fields


def test_title_status_and_priority_are_saved_as_they_are_left(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    _, panel = opened(alice, task)

    panel.get_by_label("Title", exact=True).fill("Buy oat milk")
    panel.get_by_label("Title", exact=True).press("Enter")
    panel.get_by_label("Priority").select_option("High")
    panel.get_by_label("Status").select_option("In progress")

    is_saved(alice, task, title="Buy oat milk", priority="high", status="in_progress")


def test_a_date_is_said_in_words_understood_and_taken_away(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent")
    _, panel = opened(alice, task)
    due = panel.get_by_label("Due", exact=True)

    due.fill("27 mar 2040 9am")
    expect(panel.get_by_text("27 Mar 2040, 09:00. Enter saves it.")).to_be_visible()
    due.press("Enter")

    expect(due).to_have_value("27 Mar 2040, 09:00")
    is_saved(alice, task, due="2040-03-27T09:00:00")
    panel.get_by_role("button", name="Clear due date").click()
    expect(due).to_have_value("")
    expect(due).to_be_focused()
    is_saved(alice, task, due=None)


def test_what_is_no_date_says_so_and_changes_nothing(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=SOON)
    _tab, panel = opened(alice, task)
    due = panel.get_by_label("Due", exact=True)

    due.fill("tomorrow nonsense")
    expect(panel.get_by_text("“nonsense” was not understood")).to_be_visible()
    due.press("Enter")
    due.fill("whenever")
    expect(panel.get_by_text("No date was understood")).to_be_visible()
    due.press("Enter")
    panel.get_by_label("Priority").select_option("Low")

    is_saved(alice, task, priority="low", due=SOON)
    expect(due).to_have_value("whenever")


def test_a_date_is_picked_from_the_calendar(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=SOON)
    tab, panel = opened(alice, task)

    panel.get_by_role("button", name="Pick a due date").click()
    tab.page.get_by_role("dialog", name="Due date").get_by_role("button", name=re.compile("^Today")).click()

    expect(panel.get_by_label("Due", exact=True)).to_have_value("Today, 09:00")
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("dialog", name="Due date")).to_have_count(0)
    expect(panel).to_be_visible()  # Escape closed what floats, and nothing else


def test_a_zone_that_is_not_ones_own_is_said(alice: Somebody) -> None:
    task = alice.has_task("Call New York", due=SOON, zone="America/New_York")
    _, panel = opened(alice, task)
    expect(panel.get_by_text("In America/New_York.")).to_be_visible()

    panel.get_by_role("button", name="Use my own zone").click()

    expect(panel.get_by_text("In America/New_York.")).to_have_count(0)
    is_saved(alice, task, zone=None)


def test_a_tag_is_made_and_taken_off(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)

    panel.get_by_role("combobox", name="Add tags").click()
    tab.page.get_by_role("combobox", name="Tags", exact=True).fill("errands")
    tab.page.get_by_role("option", name="Make “errands”").click()

    tab.page.keyboard.press("Escape")
    remove = panel.get_by_role("button", name="Remove tag errands")
    expect(remove).to_be_visible()
    eventually(lambda: len(alice.now_has(task)["tags"]) == 1, "it has the tag")
    remove.click()
    expect(remove).to_have_count(0)
    eventually(lambda: alice.now_has(task)["tags"] == [], "it has no tag")


def test_tags_given_at_two_devices_at_once_are_both_kept(alice: Somebody) -> None:
    home, errand, urgent = (alice.has_tag(name)["id"] for name in ("home", "errand", "urgent"))
    task = alice.has_task("Buy milk", tags=[home])
    tab, panel = opened(alice, task)
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    panel.get_by_role("combobox", name="Add tags").click()
    tab.page.get_by_role("option", name="errand").click()
    tab.page.keyboard.press("Escape")
    panel.get_by_role("button", name="Remove tag home").click()
    expect(panel.get_by_role("button", name="Remove tag errand")).to_be_visible()
    alice.changes(task, tags=[home, urgent])
    alice.context.set_offline(False)

    eventually(lambda: set(alice.now_has(task)["tags"]) == {errand, urgent}, "what was done at either is done")
    expect(panel.get_by_role("button", name="Remove tag urgent")).to_be_visible()


def test_a_task_becomes_part_of_another_and_its_path_leads_there(alice: Somebody) -> None:
    move = alice.has_task("Move to the new flat")
    task = alice.has_task("Pack the books")
    part = alice.has_task("Buy boxes", parent=task["id"])
    tab, panel = opened(alice, task)

    panel.get_by_role("combobox", name="Part of").fill("b")
    expect(tab.page.get_by_role("option", name="Buy boxes")).to_have_count(0)  # it cannot be part of its own part
    panel.get_by_role("combobox", name="Part of").fill("flat")
    tab.page.get_by_role("option", name="Move to the new flat").click()

    is_saved(alice, task, parent=move["id"])
    assert alice.now_has(part)["parent"] == task["id"]
    panel.get_by_role("navigation", name="Part of").get_by_role("button", name="Move to the new flat").click()
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Move to the new flat")
    expect(tab.page).to_have_url(re.compile(move["id"]))


# Its notes


def test_notes_are_markdown_that_the_server_reads(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    _, panel = opened(alice, task)
    notes = panel.get_by_role("textbox", name="Notes")

    notes.fill("two **litres**")
    notes.press("Control+Enter")
    is_saved(alice, task, notes="two **litres**")
    panel.get_by_role("button", name="Preview").click()

    expect(panel.locator("strong", has_text="litres")).to_be_visible()
    panel.get_by_role("button", name="Edit", exact=True).click()
    expect(notes).to_be_focused()
    expect(notes).to_have_value("two **litres**")


def test_notes_half_written_survive_closing_a_reload_and_the_sessions_end(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    tab.page.route(
        "**/api/tasks/*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
    )
    notes = panel.get_by_role("textbox", name="Notes")
    notes.focus()
    notes.press_sequentially("half a thou")

    tab.page.reload()
    expect(notes).to_have_value("half a thou")
    assert alice.now_has(task)["notes"] == ""

    alice.logs_out_everywhere()
    tab.page.reload()
    tab.logs_in(alice)
    expect(notes).to_have_value("half a thou")

    tab.page.unroute("**/api/tasks/*")
    notes.press("Escape")
    expect(tab.panel).to_have_count(0)
    is_saved(alice, task, notes="half a thou")


@pytest.mark.parametrize("mine", [True, False])
def test_of_notes_changed_elsewhere_meanwhile_both_are_shown(alice: Somebody, mine: bool) -> None:
    task = alice.has_task("Buy milk", notes="two litres")
    _tab, panel = opened(alice, task)
    panel.get_by_role("button", name="Edit", exact=True).click()
    notes = panel.get_by_role("textbox", name="Notes")
    notes.fill("three litres")

    alice.changes(task, notes="one litre")

    question = panel.get_by_role("alert").filter(has_text="changed elsewhere")
    expect(question).to_contain_text("one litre")
    expect(notes).to_have_value("three litres")
    panel.get_by_label("Title", exact=True).focus()  # leaving the field decides nothing
    expect(question).to_be_visible()
    assert alice.now_has(task)["notes"] == "one litre"
    question.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()

    expect(question).to_have_count(0)
    expect(notes).to_have_value("three litres" if mine else "one litre")
    is_saved(alice, task, notes="three litres" if mine else "one litre")


@pytest.mark.parametrize("mine", [True, False])
def test_of_a_title_changed_at_two_places_at_once_both_are_shown(alice: Somebody, mine: bool) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")
    title = panel.get_by_label("Title", exact=True)
    title.fill("Buy oat milk")
    title.press("Enter")
    expect(panel.get_by_text("Not sent yet")).to_be_visible()
    alice.changes(task, title="Buy rice milk")

    alice.context.set_offline(False)

    question = panel.get_by_role("alert").filter(has_text="changed elsewhere at the same time")
    expect(question).to_contain_text("Buy oat milk")
    expect(question).to_contain_text("Buy rice milk")
    question.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()
    expect(question).to_have_count(0)
    expect(title).to_have_value("Buy oat milk" if mine else "Buy rice milk")
    is_saved(alice, task, title="Buy oat milk" if mine else "Buy rice milk")


# Its subtasks


def test_subtasks_are_added_one_after_the_other_ticked_and_moved_by_keys(alice: Somebody) -> None:
    task = alice.has_task("Move to the new flat")
    tab, panel = opened(alice, task)
    add = panel.get_by_label("Add a subtask")

    for title in ("Pack", "Clean", "Hand over the key"):
        add.fill(title)
        add.press("Enter")
        expect(add).to_have_value("")
    panel.get_by_role("checkbox", name="Pack").check()

    expect(panel.get_by_text("1 of 3 done")).to_be_visible()
    panel.get_by_role("button", name="Open Hand over the key").press("Alt+ArrowUp")
    expect(panel.get_by_role("list", name="Subtasks").get_by_role("button")).to_have_text(
        ["Pack", "Hand over the key", "Clean"]
    )
    eventually(lambda: alice.subtasks_of(task) == ["Pack", "Hand over the key", "Clean"], "it is moved for good")
    tab.page.reload()
    expect(panel.get_by_text("1 of 3 done")).to_be_visible()  # the finished one is read, too
    panel.get_by_role("button", name="Open Clean").click()
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Clean")


def test_subtasks_that_were_finished_elsewhere_are_there(alice: Somebody) -> None:
    task = alice.has_task("Move to the new flat")
    part = alice.has_task("Measure the rooms", parent=task["id"])
    alice.changes(part, status="done")
    alice.has_task("Pack", parent=task["id"])

    _, panel = opened(alice, task)

    expect(panel.get_by_role("checkbox", name="Measure the rooms")).to_be_checked()
    expect(panel.get_by_text("1 of 2 done")).to_be_visible()


# How it repeats


def test_a_task_is_made_to_repeat_and_what_comes_next_is_said(alice: Somebody) -> None:
    task = alice.has_task("Water the flowers", due=SOON)
    tab, panel = opened(alice, task)

    panel.get_by_role("button", name="Does not repeat").click()
    picker = tab.page.get_by_role("form", name="Repeat")
    expect(picker.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_count(5)
    picker.get_by_role("button", name="Save").click()

    expect(panel.get_by_text(re.compile("every Monday", re.I))).to_be_visible()
    expect(panel.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_text(
        [re.compile(day) for day in ("2 Apr", "9 Apr", "16 Apr", "23 Apr", "30 Apr")]
    )
    eventually(lambda: (alice.now_has(task)["recurrence"] or {}).get("rule") == "FREQ=WEEKLY;BYDAY=MO", "it repeats")
    panel.get_by_role("button", name="Pause").click()
    expect(panel.get_by_text("Paused: nothing follows")).to_be_visible()
    panel.get_by_role("button", name="Resume").click()
    expect(panel.get_by_role("button", name="Pause")).to_be_visible()
    eventually(lambda: alice.now_has(task)["recurrence"]["state"] == "active", "it goes on")


def test_a_change_is_for_this_one_or_for_all_that_follow(alice: Somebody) -> None:
    task = alice.has_task("Water the flowers", due=SOON, recurrence={"rule": "FREQ=WEEKLY"})
    _tab, panel = opened(alice, task)
    series = task["series"]

    panel.get_by_label("Priority").select_option("Low")
    is_saved(alice, task, priority="low", series=series)
    panel.get_by_label("This and all that follow").check()
    panel.get_by_label("Title", exact=True).fill("Water the trees")
    panel.get_by_label("Title", exact=True).press("Enter")

    is_saved(alice, task, title="Water the trees")
    assert alice.now_has(task)["series"] != series  # it goes on in another segment
    panel.get_by_role("button", name="Skip this one").click()
    is_saved(alice, task, status="cancelled")


# Its history


def test_each_change_is_told_and_undone(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    alice.changes(task, title="Buy oat milk")
    _tab, panel = opened(alice, alice.now_has(task))

    panel.get_by_text("Activity", exact=True).click()
    activity = panel.get_by_role("list", name="Activity of this task")
    expect(activity).to_contain_text("Title: “Buy milk” became “Buy oat milk”".replace(" became", " →became"))
    activity.get_by_role("button", name=re.compile("^Undo: Changed")).click()

    is_saved(alice, task, title="Buy milk")
    expect(panel.get_by_label("Title", exact=True)).to_have_value("Buy milk")


# Coming and going


def test_escape_closes_it_and_saves_what_was_typed(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    panel.get_by_label("Title", exact=True).fill("Buy oat milk")
    panel.get_by_label("Add a subtask").fill("half a sub")

    panel.get_by_label("Title", exact=True).press("Escape")

    expect(tab.panel).to_have_count(0)
    assert "task=" not in tab.page.url
    is_saved(alice, task, title="Buy oat milk")
    tab.opens_task(alice.now_has(task))
    expect(tab.panel.get_by_label("Add a subtask")).to_have_value("half a sub")


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
