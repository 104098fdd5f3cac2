"""What keys do wherever one is, and where to find out."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints


@pytest.mark.parametrize(
    ("key", "view"), [("i", "Inbox"), ("u", "Upcoming"), ("c", "Calendar"), ("d", "Completed"), ("s", "Settings")]
)
def test_g_and_a_letter_go_to_a_view(alice: Somebody, key: str, view: str) -> None:
    tab = alice.opens_a_live_tab()

    tab.presses("g", key)

    expect(tab.heading(view)).to_be_focused()


def test_a_slash_leads_to_search_and_keys_are_left_to_who_types(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()

    tab.presses("/")
    expect(tab.page.get_by_label("Search tasks")).to_be_focused()
    tab.page.keyboard.type("g i q ?")

    expect(tab.page.get_by_label("Search tasks")).to_have_value("g i q ?")
    expect(tab.page).to_have_url(re.compile("/search"))


def test_q_adds_a_task_from_anywhere_and_z_takes_it_back(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    tab.goes_to("Inbox")

    tab.adds("Water the beans")
    expect(tab.task("Water the beans")).to_be_visible()
    tab.presses("z")

    expect(tab.task("Water the beans")).to_have_count(0)


def test_the_sheet_of_keys_shows_them_and_gives_the_focus_back(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    tab.goes_to("Inbox")

    tab.presses("?")
    sheet = tab.page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Go to Upcoming")
    assert complaints(tab.page) == []
    tab.presses("u", "Escape")

    expect(sheet).to_have_count(0)
    expect(tab.heading("Inbox")).to_be_focused()


def test_the_palette_goes_anywhere(alice: Somebody) -> None:
    garden = alice.has_list("Gärtnern")
    alice.has_task("Water the beans", list=garden["id"])
    tab = alice.opens_a_live_tab()
    expect(tab.place("Gärtnern")).to_be_visible()
    palette = tab.page.get_by_role("combobox", name="Command, list, tag, filter or task")

    tab.presses("Control+k")
    expect(palette).to_be_focused()
    assert complaints(tab.page) == []
    palette.fill("gartn")
    expect(tab.page.get_by_role("dialog").get_by_role("option", selected=True)).to_contain_text("Gärtnern")
    tab.presses("Enter")
    tab.heads("Gärtnern")

    tab.presses("Control+k")
    palette.fill("beans wat")
    expect(tab.page.get_by_role("dialog").get_by_role("option", selected=True)).to_contain_text("Water the beans")
    tab.presses("Enter")
    expect(tab.panel).to_be_visible()

    tab.presses("Control+k")
    palette.fill("keys")
    tab.presses("Enter")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_palette_offers_once_what_two_keys_do(alice: Somebody) -> None:
    alice.has_task("Water the beans")
    tab = alice.opens_a_live_tab("/inbox")
    tab.title("Water the beans").focus()

    tab.presses("Control+k")
    tab.page.get_by_role("combobox", name="Command, list, tag, filter or task").fill("complete")

    offered = tab.page.get_by_role("dialog").get_by_role("option")
    expect(offered.filter(has_text="Add task “complete”")).to_be_visible()
    expect(offered.filter(has_text=re.compile("^Complete(?!d)"))).to_have_count(1)


def test_the_palette_knows_what_has_no_key(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/inbox")
    palette = tab.page.get_by_role("combobox", name="Command, list, tag, filter or task")

    tab.page.keyboard.press("Control+k")
    expect(palette).to_be_focused()
    tab.page.keyboard.press("Escape")

    def does(what: str) -> None:
        tab.page.keyboard.press("Control+k")
        palette.fill(what)
        chosen = tab.page.get_by_role("dialog").get_by_role("option", selected=True)
        expect(chosen).to_contain_text(what, ignore_case=True)
        tab.page.keyboard.press("Enter")
        expect(palette).to_have_count(0)

    does("dark theme")
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "dark")
    does("show as a board")
    expect(tab.page).to_have_url(re.compile("layout=board"))
    does("new list")
    expect(tab.page.get_by_role("dialog", name="New list")).to_be_visible()
    tab.page.keyboard.press("Escape")
    does("settings: api tokens")
    expect(tab.page.get_by_role("heading", name="API tokens")).to_be_visible()
    tab.page.reload()
    expect(tab.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_palette_adds_what_it_does_not_find(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    tab.goes_to("Inbox")

    tab.presses("Control+k")
    tab.page.get_by_role("combobox", name="Command, list, tag, filter or task").fill("Buy beans !high")
    tab.presses("ArrowUp", "Enter")

    expect(tab.task("Buy beans")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "part", "name"),
    [("q", "QuickAdd", "New task"), ("Control+k", "Palette", "Command, list, tag, filter or task")],
)
def test_what_is_typed_behind_a_key_is_never_lost_nor_taken_for_keys(
    alice: Somebody, key: str, part: str, name: str
) -> None:
    alice.has_task("Water the beans")
    alice.context.add_init_script("delete Navigator.prototype.serviceWorker")  # which may have it already
    held: list[Route] = []
    alice.context.route(
        f"**/assets/{part}-*.js", lambda route: held.append(route)
    )  # the network is slower than the fingers
    tab = alice.opens_a_live_tab("/inbox")
    tab.title("Water the beans").focus()
    field = tab.page.get_by_role("dialog").get_by_label(name)

    tab.page.keyboard.press(key)
    tab.page.keyboard.type("g s x ")
    expect(field).to_have_value("g s x ")
    for route in held:
        route.continue_()
    expect(tab.page.get_by_role("dialog").get_by_role("button").first).to_be_visible()  # which comes with the rest
    tab.page.keyboard.type("bean")

    expect(field).to_be_focused()
    expect(field).to_have_value("g s x bean")
    assert held
    tab.presses("Escape")
    expect(tab.title("Water the beans")).to_be_focused()
    expect(tab.page).to_have_url(re.compile("/inbox$"))
    expect(tab.page.get_by_role("toolbar")).to_have_count(0)


def test_keys_of_the_page_mean_nothing_while_a_dialog_is_about_to_have_the_focus(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/inbox")

    tab.presses("?")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_visible()
    tab.page.evaluate("() => document.activeElement.blur()")  # as in the moment before it has it
    tab.presses("g", "s")

    expect(tab.page).to_have_url(re.compile("/inbox$"))


def slow_to_come(alice: Somebody, part: str) -> list[Route]:
    alice.context.add_init_script("delete Navigator.prototype.serviceWorker")  # which may have it already
    held: list[Route] = []
    alice.context.route(f"**/assets/{part}-*.js", lambda route: held.append(route))
    return held


def test_what_is_typed_behind_a_slash_is_sought_once_search_is_there(alice: Somebody) -> None:
    alice.has_task("Cook soup")
    held = slow_to_come(alice, "Search")
    tab = alice.opens_a_live_tab("/inbox")
    tab.presses("j")
    expect(tab.title("Cook soup")).to_be_focused()

    tab.presses("/")
    tab.page.keyboard.type("x cook c")
    expect(tab.page.get_by_text("Opening…")).to_be_visible()
    assert held
    for route in held:
        route.continue_()

    field = tab.page.get_by_role("searchbox", name="Search tasks")
    expect(field).to_be_focused()
    expect(field).to_have_value("x cook c")
    tab.page.keyboard.type("?")
    expect(field).to_have_value("x cook c?")
    expect(tab.page.get_by_text("Opening…")).to_have_count(0)
    tab.goes_to("Inbox")
    expect(tab.task("Cook soup")).not_to_be_checked()
    expect(tab.page.get_by_role("toolbar")).to_have_count(0)


def test_a_view_that_was_left_has_no_keys_any_more(alice: Somebody) -> None:
    task = alice.has_task("Cook soup")
    held = slow_to_come(alice, "Calendar")
    tab = alice.opens_a_live_tab("/inbox")
    tab.presses("j")
    expect(tab.title("Cook soup")).to_be_focused()

    tab.presses("g", "c", "2", " ", "c")
    expect(tab.page).to_have_url(re.compile("/calendar$"))
    for route in held:
        route.continue_()

    expect(tab.heading("Calendar")).to_be_focused()
    assert held
    expect(tab.page.get_by_role("status", name="Done just now")).to_be_empty()
    assert alice.now_has(task)["priority"] == "none"
    assert alice.now_has(task)["status"] == "todo"
