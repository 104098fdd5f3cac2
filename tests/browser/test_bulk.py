"""Several tasks at once: each deed is one, with one undo."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody, Tab
from tests.world import eventually


def selected(alice: Somebody, *keys: str) -> tuple[Tab, Locator]:
    for title in ("One", "Two", "Three"):
        alice.has_task(title)
    tab = alice.opens_a_tab("/inbox")
    tab.shows("One", "Two", "Three")
    tab.presses(*keys)
    return tab, tab.page.get_by_role("toolbar", name="Selected tasks")


def test_a_selection_is_made_by_keys_and_kept_in_the_address(alice: Somebody) -> None:
    tab, bar = selected(alice, "j", "x", "j", "j", "x")
    expect(bar).to_contain_text("2 tasks selected")

    tab.page.reload()
    expect(bar).to_contain_text("2 tasks selected")
    tab.presses("Escape")

    expect(bar).to_have_count(0)
    expect(tab.page).to_have_url(re.compile("/inbox$"))


def test_a_range_is_selected_by_shift_and_all_at_once(alice: Somebody) -> None:
    tab, bar = selected(alice, "j", "Shift+ArrowDown")
    expect(bar).to_contain_text("2 tasks selected")

    tab.presses("Shift+ArrowUp")
    expect(bar).to_contain_text("1 task selected")
    tab.title("Three").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 tasks selected")
    tab.presses("Escape", "Control+a")

    expect(bar).to_contain_text("3 tasks selected")


def test_all_that_is_selected_is_completed_and_undone_as_one(alice: Somebody) -> None:
    tab, bar = selected(alice, "Control+a")

    bar.get_by_role("button", name="Complete").click()
    expect(tab.task("Two")).to_be_checked()
    expect(bar).to_have_count(0)
    eventually(lambda: alice.finds(status="done") == ["One", "Two", "Three"], "all are finished")
    tab.presses("z")

    expect(tab.task("Two")).not_to_be_checked()
    eventually(lambda: alice.finds(status="todo") == ["One", "Two", "Three"], "all are open again")


def test_all_that_is_selected_gets_a_priority_a_tag_and_a_list(alice: Somebody) -> None:
    alice.has_tag("errand")
    garden = alice.has_list("Garden")
    tab, bar = selected(alice, "j", "x", "j", "x")

    bar.get_by_role("button", name="Priority").click()
    tab.page.get_by_role("menuitemradio", name="High").click()
    for title in ("One", "Two"):
        expect(tab.row(title)).to_contain_text("High")
    bar.get_by_role("button", name="Tags").click()
    tab.page.get_by_role("option", name="errand").click()
    tab.presses("Escape")
    for title in ("One", "Two"):
        expect(tab.row(title)).to_contain_text("errand")
    bar.get_by_role("button", name="Move").click()
    tab.page.get_by_role("option", name="Garden").click()

    tab.shows("Three")
    eventually(lambda: alice.finds(list=garden["id"], priority="high") == ["One", "Two"], "both are there")


def test_a_family_that_is_moved_stays_a_family(alice: Somebody) -> None:
    garden = alice.has_list("Garden")
    party = alice.has_task("Party")
    alice.has_task("Cake", parent=party["id"])
    tab = alice.opens_a_tab("/inbox")
    tab.shows("Party", "Cake")
    tab.presses("Control+a")

    bar = tab.page.get_by_role("toolbar", name="Selected tasks")
    bar.get_by_role("button", name="Move").click()
    tab.page.get_by_role("option", name="Garden").click()
    expect(tab.page.get_by_text("Moved “Party”")).to_be_visible()
    tab.goes_to("Garden")

    tab.shows("Party", "Cake")
    eventually(lambda: alice.finds(list=garden["id"], parent=party["id"]) == ["Cake"], "it is still part of the other")


def test_the_focus_goes_back_to_the_list_when_the_bar_goes(alice: Somebody) -> None:
    tab, bar = selected(alice, "j", "j", "x")

    bar.get_by_role("button", name="Clear").click()
    expect(tab.title("Two")).to_be_focused()
    tab.presses("x")
    bar.get_by_role("button", name="Complete").click()
    expect(tab.title("Two")).to_be_focused()
    tab.presses("x")
    bar.get_by_role("button", name="Delete").click()

    expect(tab.title("Three")).to_be_focused()


def test_a_selection_of_very_many_survives_a_reload_and_is_a_link(alice: Somebody) -> None:
    for number in range(300):
        alice.has_task(f"Task {number:03}")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.title("Task 000")).to_be_visible()
    tab.presses("j", "x", *["Shift+ArrowDown"] * 149)
    bar = tab.page.get_by_role("toolbar", name="Selected tasks")
    expect(bar).to_contain_text("150 tasks selected")

    tab.page.reload()
    expect(bar).to_contain_text("150 tasks selected")
    other = alice.opens_a_tab(tab.page.url)
    expect(other.page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("150 tasks selected")
    other.title("Task 000").click()

    expect(other.page.get_by_role("toolbar", name="Selected tasks")).to_contain_text("149 tasks selected")


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_what_was_done_is_said_above_what_can_be_done(alice: Somebody, width: int) -> None:
    tab, bar = selected(alice, "j", "x", "j", "x")
    tab.page.set_viewport_size({"width": width, "height": 420})
    expect(bar).to_contain_text("2 tasks selected")

    tab.presses("p", "3")
    undo = tab.page.get_by_role("status", name="Done just now").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()

    for button in bar.get_by_role("button").all():
        button.click(trial=True)  # nothing lies upon it
    undo.click(trial=True)
    undo.click()
    bar.get_by_role("button", name="Clear").click()
    expect(bar).to_have_count(0)
    toast, page = tab.page.locator(".toast").first.bounding_box(), tab.page.viewport_size
    assert toast is not None
    assert page is not None
    assert page["height"] - toast["y"] - toast["height"] < 80, "without the bar it stands at the bottom again"
