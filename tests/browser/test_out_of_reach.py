"""What only the server knows, gone to without a network: it says so, and comes by itself with the network."""

import pytest
from playwright.sync_api import expect

from tests.browser.settings import section_of
from tests.browser.somebody import Somebody, Tab

NEEDED = "This needs a connection."


def is_check(url: str) -> bool:
    """Whether a filter can be read: of what it finds, one is enough."""
    return "filter=" in url and "limit=1" in url.split("?")[1].split("&")


def goes_without_a_network(alice: Somebody, tab: Tab) -> None:
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")


@pytest.mark.parametrize(("view", "shows"), [("Activity", "Added “Paint”"), ("Completed", "Paint")])
def test_a_view_of_what_was_says_that_it_needs_a_connection(alice: Somebody, view: str, shows: str) -> None:
    alice.completes(alice.has_task("Paint"))
    tab = alice.opens_a_live_tab("/inbox")
    goes_without_a_network(alice, tab)

    tab.goes_to(view)
    expect(tab.page.get_by_text(NEEDED)).to_be_visible()
    alice.context.set_offline(False)

    expect(tab.page.get_by_role("main").get_by_text(shows).first).to_be_visible()
    expect(tab.page.get_by_text(NEEDED)).to_have_count(0)


def test_a_page_that_is_opened_without_a_network_asks_when_there_is_one(alice: Somebody) -> None:
    alice.completes(alice.has_task("Paint"))
    tab = alice.opens_a_live_tab("/completed")
    goes_without_a_network(alice, tab)

    tab.page.reload()
    expect(tab.page.get_by_text(NEEDED)).to_be_visible()
    alice.context.set_offline(False)

    expect(tab.task("Paint")).to_be_checked()


def test_a_saved_filter_finds_what_is_held_without_a_network(alice: Somebody) -> None:
    alice.has_task("Write", priority="urgent", due=alice.today().isoformat())
    alice.has_task("Paint", priority="urgent")
    alice.has_filter("Pressing", "today & p1")
    alice.has_filter("Sought", "search: paint")
    tab = alice.opens_a_live_tab("/inbox")
    expect(tab.task("Paint")).to_be_visible()
    goes_without_a_network(alice, tab)

    with tab.page.expect_event("requestfailed", lambda request: is_check(request.url)):
        tab.place("Pressing").click()
    tab.shows("Write")
    tab.task("Write").click()
    expect(tab.task("Write")).to_be_checked()
    expect(tab.page.get_by_text("the filter is read")).to_have_count(0)  # which is said of what is typed
    tab.place("Sought").click()
    expect(tab.page.get_by_text(NEEDED)).to_be_visible()
    alice.context.set_offline(False)

    tab.shows("Paint")


def test_a_filter_that_is_open_goes_on_finding_without_a_network(alice: Somebody) -> None:
    for title in ("Write", "Paint"):
        alice.has_task(title, priority="urgent")
    tab = alice.opens_a_live_tab("/inbox?q=p1&sort=title")
    tab.shows("Paint", "Write")
    goes_without_a_network(alice, tab)

    tab.title("Paint").focus()
    tab.page.keyboard.press("3")

    tab.shows("Write")
    alice.context.set_offline(False)
    expect(tab.connection).to_have_text("Live")
    tab.shows("Write")


def test_the_panel_says_what_of_a_task_needs_a_connection(alice: Somebody) -> None:
    task = alice.has_task("Paint")
    alice.comments_on(task, "With two coats")
    tab = alice.opens_a_live_tab("/inbox")
    goes_without_a_network(alice, tab)

    tab.title("Paint").click()
    tab.panel.get_by_text("Activity", exact=True).click()
    expect(tab.panel.get_by_text(f"{NEEDED} You will see the comments")).to_be_visible()
    expect(tab.panel.get_by_text(f"{NEEDED} You will see the activity")).to_be_visible()
    alice.context.set_offline(False)

    expect(tab.panel.get_by_text("With two coats")).to_be_visible()
    expect(tab.panel.get_by_role("list", name="Activity of this task")).to_contain_text("Created")
    expect(tab.panel.get_by_text(NEEDED)).to_have_count(0)


def test_the_bell_says_that_it_needs_a_connection(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/inbox")
    goes_without_a_network(alice, tab)
    tab.page.reload()

    tab.page.get_by_role("button", name="Notifications").click()
    bell = tab.page.get_by_role("dialog", name="Notifications")
    expect(bell.get_by_text(NEEDED)).to_be_visible()
    alice.context.set_offline(False)

    expect(bell.get_by_text("Nothing yet.")).to_be_visible()


def test_what_is_further_back_says_that_it_needs_a_connection(alice: Somebody) -> None:
    task = alice.has_task("Paint")
    for coats in range(31):
        alice.changes(task, notes=f"{coats} coats")
    tab = alice.opens_a_live_tab("/inbox")
    tab.title("Paint").click()
    tab.panel.get_by_text("Activity", exact=True).click()
    more = tab.panel.get_by_role("button", name="Show more")
    expect(more).to_be_visible()
    goes_without_a_network(alice, tab)

    more.click()
    expect(tab.panel.get_by_text(f"{NEEDED} You will see more")).to_be_visible()
    alice.context.set_offline(False)

    expect(tab.panel.get_by_role("list", name="Activity of this task")).to_contain_text("Created")
    expect(tab.panel.get_by_text(NEEDED)).to_have_count(0)


def test_settings_say_once_what_needs_a_connection_and_show_the_rest(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/settings/profile")
    goes_without_a_network(alice, tab)
    section = section_of(tab)
    sections = tab.page.get_by_role("navigation", name="Settings")

    sections.get_by_role("link", name="Notifications").click()
    expect(section.get_by_text("You are offline. Settings can be changed again")).to_be_visible()
    expect(section.get_by_text(f"{NEEDED} You will see whether this browser is told")).to_be_visible()
    expect(section.get_by_text(f"{NEEDED} You will see your preferences")).to_be_visible()
    expect(section.get_by_text(NEEDED)).to_have_count(2)
    sections.get_by_role("link", name="Delete account").click()
    expect(section.get_by_text("Your tasks, lists and everything else here are gone")).to_be_visible()
    expect(section.get_by_text(f"{NEEDED} You will see what deleting your account takes")).to_be_visible()
    alice.context.set_offline(False)

    expect(section.get_by_role("button", name="Delete my account")).to_be_enabled()
    expect(section.get_by_text(NEEDED)).to_have_count(0)
