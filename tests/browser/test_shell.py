"""The frame around every view: addresses, the sidebar, narrow screens and themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab
from tests.browser.test_accessibility import complaints

VIEWS = ["Inbox", "Today", "Upcoming", "Calendar", "Completed", "Recurring", "Activity", "Settings"]


def test_every_view_has_an_address_that_a_reload_keeps(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()

    for view in VIEWS:
        tab.goes_to(view)
        expect(tab.page).to_have_url(re.compile(f"/{view.lower()}$"))
        expect(tab.page).to_have_title(re.compile(f"^{view} "))
        tab.page.reload()
        tab.heads(view)


def test_going_moves_the_focus_to_what_it_led_to_and_back_leads_back(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    tab.goes_to("Inbox")
    tab.goes_to("Calendar")
    expect(tab.heading("Calendar")).to_be_focused()

    tab.page.go_back()
    expect(tab.heading("Inbox")).to_be_focused()
    tab.page.go_back()
    expect(tab.heading("Today")).to_be_focused()
    tab.page.go_forward()
    expect(tab.heading("Inbox")).to_be_focused()


def test_an_address_that_leads_nowhere_leads_on(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/no/such/place")
    tab.heads("Not found")
    assert complaints(tab.page) == []

    tab.page.get_by_role("link", name="Go to Today").click()

    tab.heads("Today")


def test_what_is_open_stands_in_the_address(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab = alice.opens_a_tab(f"/inbox?task={task['id']}&sort=title&nonsense=1")
    expect(tab.panel).to_be_visible()

    tab.page.reload()
    expect(tab.panel).to_be_visible()
    tab.panel.get_by_role("button", name="Close").first.click()

    expect(tab.panel).to_have_count(0)
    expect(tab.page).to_have_url(re.compile(r"/inbox\?sort=title$"))


def test_lists_are_made_changed_ordered_put_away_and_deleted_from_the_sidebar(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    for name in ["Home", "Garden"]:
        tab.page.get_by_role("button", name="New list").click()
        tab.page.get_by_label("Name").fill(name)
        tab.page.keyboard.press("Enter")
        expect(tab.place(name)).to_be_visible()
        expect(tab.page.get_by_role("button", name="New list")).to_be_focused()

    tab.chooses("Home", "Edit…")
    tab.page.get_by_label("Name").fill("House")
    tab.page.get_by_title("Fern").click()
    expect(tab.page.get_by_role("radio", name="Fern")).to_be_checked()
    tab.page.get_by_role("button", name="Save").click()
    tab.chooses("House", "Move down")
    expect(tab.places).to_contain_text(re.compile("Garden.*House"))
    tab.chooses("Garden", "Archive")
    expect(tab.place("Garden")).to_have_count(0)
    tab.page.get_by_role("button", name="Archived: 1").click()
    tab.chooses("Garden", "Delete")

    elsewhere = alice.opens_a_live_tab()
    expect(elsewhere.place("House")).to_be_visible()
    expect(elsewhere.place("Home")).to_have_count(0)
    expect(elsewhere.place("Garden")).to_have_count(0)


def test_what_is_typed_into_a_dialog_is_never_taken_for_the_pages_keys(alice: Somebody) -> None:
    task, tag = alice.has_task("Call the dentist"), alice.has_tag("calls")
    alice.has_tag("bills")
    tab = alice.opens_a_live_tab("/inbox")
    expect(tab.title("Call the dentist")).to_be_visible()
    tab.presses("j")

    tab.page.get_by_role("button", name="New list").click()
    expect(tab.page.get_by_label("Name")).to_be_focused()
    tab.page.keyboard.type("Book club")
    expect(tab.page.get_by_label("Name")).to_have_value("Book club")
    tab.presses("Enter")
    expect(tab.place("Book club")).to_be_visible()
    tab.chooses("Book club", "Edit…")
    expect(tab.page.get_by_label("Name")).to_be_focused()
    tab.presses("Escape")
    tab.chooses(tag["name"], "Merge…")
    expect(tab.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    tab.presses("Escape")
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    tab.presses("?")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_focused()  # a space on its way out would press that
    tab.presses("Space", "c")
    expect(tab.page.get_by_role("dialog", name="Keys")).to_be_visible()

    assert alice.now_has(task)["status"] == "todo"


def test_a_list_that_goes_asks_what_becomes_of_its_tasks(alice: Somebody) -> None:
    garden = alice.has_list("Garden")
    alice.has_task("Water the beans", list=garden["id"])
    tab = alice.opens_a_tab(f"/list/{garden['id']}")
    tab.heads("Garden")

    tab.chooses("Garden", "Delete…")
    assert complaints(tab.page) == []
    tab.page.get_by_role("button", name="Move to the Inbox").click()

    tab.heads("Inbox")
    expect(tab.place("Garden")).to_have_count(0)
    expect(tab.place("Inbox")).to_contain_text("1 open")


def test_a_phone_has_the_sidebar_in_a_drawer(alice: Somebody) -> None:
    alice.has_list("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")
    tab = alice.opens_a_live_tab()
    tab.page.set_viewport_size({"width": 320, "height": 640})
    expect(tab.places).to_have_count(0)

    tab.page.get_by_role("button", name="Menu").click()
    expect(tab.places).to_be_visible()
    assert complaints(tab.page) == []
    tab.page.keyboard.press("Escape")
    expect(tab.page.get_by_role("button", name="Menu")).to_be_focused()

    tab.goes_to("Upcoming")
    tab.heads("Upcoming")
    expect(tab.page.get_by_role("dialog")).to_have_count(0)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_profiles_before_anything_else_is_there(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme="dark" if theme == "light" else "light").with_account()
    alice.wants(theme=theme)
    tab = alice.opens_a_live_tab()
    assert paper_of(tab) == PAPER[theme]

    alice.context.route("**/assets/*.js", lambda route: route.abort())  # only what comes before them is there
    tab.page.reload()

    assert paper_of(tab) == PAPER[theme]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_a_choice_the_theme_is_the_systems(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()

    assert paper_of(alice.opens_a_live_tab()) == PAPER[theme]


PAPER = {"light": "rgb(248, 246, 240)", "dark": "rgb(22, 25, 27)"}


def paper_of(tab: Tab) -> str:
    color: str = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return color


def test_whoever_comes_by_keys_can_skip_the_sidebar(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()

    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Skip to the tasks")).to_be_focused()
    tab.page.keyboard.press("Enter")

    expect(tab.page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("kind", ["list", "filter"])
def test_lists_and_filters_are_dragged_into_an_order(alice: Somebody, kind: str) -> None:
    for name in ("Garden", "House", "Work"):
        if kind == "list":
            alice.has_list(name)
        else:
            alice.has_filter(name, "p1")
    tab = alice.opens_a_live_tab("/inbox")
    entries = tab.places.locator("[data-entry]")
    expect(entries).to_have_text([re.compile(name) for name in ("Garden", "House", "Work")])

    tab.place("Work").hover()
    expect(entries.last).to_have_attribute("draggable", "true")
    with tab.page.expect_response(f"**/api/{kind}s/*/move"):
        entries.last.drag_to(entries.first, target_position={"x": 60, "y": 4})

    expect(entries).to_have_text([re.compile(name) for name in ("Work", "Garden", "House")])
    tab.page.reload()
    expect(entries).to_have_text([re.compile(name) for name in ("Work", "Garden", "House")])


def test_back_closes_what_lies_over_a_view_and_leaves_the_view(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/today")
    tab.page.set_viewport_size({"width": 360, "height": 700})
    at_hand = tab.page.get_by_role("navigation", name="At hand")
    at_hand.get_by_role("link", name="Upcoming").click()
    expect(tab.heading("Upcoming")).to_be_focused()

    at_hand.get_by_role("button", name="Add task").click()
    quick = tab.page.get_by_role("dialog", name="Quick add")
    quick.get_by_label("New task").fill("Buy beans")
    expect(quick.get_by_role("button").first).to_be_visible()
    tab.page.go_back()
    expect(quick).to_have_count(0)
    expect(tab.heading("Upcoming")).to_be_visible()
    expect(tab.page).to_have_url(re.compile("/upcoming$"))

    at_hand.get_by_role("button", name="Menu").click()
    drawer = tab.page.get_by_role("dialog", name="Menu")
    expect(drawer).to_be_visible()
    tab.page.go_back()
    expect(drawer).to_have_count(0)
    expect(tab.page).to_have_url(re.compile("/upcoming$"))

    at_hand.get_by_role("button", name="Add task").click()
    expect(quick.get_by_label("New task")).to_have_value("Buy beans")
    tab.presses("Escape")
    tab.page.go_back()
    expect(tab.heading("Today")).to_be_visible()
