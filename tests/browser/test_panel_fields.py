"""What is said of a task in its panel is so, everywhere."""

import re

from playwright.sync_api import expect

from tests.browser.panel import SOON, is_saved, opened
from tests.browser.somebody import Somebody
from tests.world import eventually


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


def test_a_date_that_is_emptied_is_taken_away_and_can_be_had_back(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=SOON)
    tab, panel = opened(alice, task)
    due = panel.get_by_label("Due", exact=True)

    due.fill("")
    expect(due).to_have_value("")
    expect(panel.get_by_text("Enter takes the date away.")).to_be_visible()
    due.press("Escape")  # which is a change of mind
    expect(due).to_have_value("26 Mar 2040, 09:00")
    due.fill("")
    due.press("Enter")

    expect(panel.get_by_role("button", name="Clear due date")).to_have_count(0)
    is_saved(alice, task, due=None)
    tab.page.get_by_role("button", name="Undo").click()
    expect(due).to_have_value("26 Mar 2040, 09:00")
    is_saved(alice, task, due=SOON)


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


def test_by_keys_alone_tags_are_found_and_made(alice: Somebody) -> None:
    bills = alice.has_tag("bills")["id"]
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)

    panel.get_by_role("combobox", name="Add tags").press("Enter")
    field = tab.page.get_by_role("combobox", name="Tags", exact=True)
    expect(field).to_be_focused()
    field.press_sequentially("bil")
    field.press("Enter")
    expect(panel.get_by_role("button", name="Remove tag bills")).to_be_visible()
    expect(field).to_have_value("")
    field.press_sequentially("brandnew")
    field.press("Enter")

    expect(panel.get_by_role("button", name="Remove tag brandnew")).to_be_visible()
    eventually(lambda: len(alice.now_has(task)["tags"]) == 2, "it has both")
    assert bills in alice.now_has(task)["tags"]


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


def test_the_first_task_that_fits_is_what_enter_makes_it_part_of(alice: Somebody) -> None:
    move = alice.has_task("Move to the new flat")
    task = alice.has_task("Pack the books")
    _, panel = opened(alice, task)
    part_of = panel.get_by_role("combobox", name="Part of")

    part_of.press_sequentially("Move to")
    part_of.press("Enter")

    expect(part_of).to_have_value("Move to the new flat")
    is_saved(alice, task, parent=move["id"])


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
