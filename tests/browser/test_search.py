"""Searching as one types."""

import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.somebody import Somebody, Tab


def box(tab: Tab) -> Locator:
    return tab.page.get_by_role("searchbox", name="Search tasks")


def found(tab: Tab) -> Locator:
    return tab.page.get_by_role("list", name="Found").get_by_role("listitem")


def test_what_is_typed_is_found_wherever_it_is_and_set_off(alice: Somebody) -> None:
    alice.has_task("Buy oat milk")
    alice.has_task("Call Ann", notes="Ask about the milk, too.")
    alice.has_task("Bake bread")
    alice.has_list("Milky Way")
    tab = alice.opens_a_tab("/search")

    box(tab).press_sequentially("mil")

    expect(found(tab)).to_have_count(2)
    expect(found(tab).nth(0).locator("mark")).to_have_text("mil")
    expect(found(tab).nth(1)).to_contain_text("Notes: Ask about the milk, too.")
    places = tab.page.get_by_role("list", name="Lists, tags and filters")
    expect(places.get_by_role("link", name="Milky Way")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(r"/search\?q=mil$"))

    box(tab).press_sequentially("liner")
    expect(tab.page.get_by_text("Nothing found for “milliner”")).to_be_visible()


def test_a_result_is_reached_and_opened_by_the_keyboard(alice: Somebody) -> None:
    alice.has_task("Milk the goat")
    cow = alice.has_task("Milk the cow")
    tab = alice.opens_a_tab("/search")
    press = tab.page.keyboard.press

    box(tab).fill("milk cow")  # at once: of letters one by one, each may bring other results below the focus
    expect(found(tab)).to_have_count(1)
    press("ArrowDown")
    press("ArrowUp")
    expect(box(tab)).to_be_focused()
    press("ArrowDown")
    press("Enter")

    expect(tab.page).to_have_url(re.compile(f"task={cow['id']}"))


def test_typing_never_waits_for_an_answer(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/search")
    held: list[Route] = []
    tab.page.route("**/api/tasks/search?*", lambda route: held.append(route))

    with tab.page.expect_request("**/api/tasks/search?*"):
        box(tab).press_sequentially("mi")
    with tab.page.expect_request("**/api/tasks/search?q=milk*"):
        box(tab).press_sequentially("lk")
    expect(box(tab)).to_have_value("milk")
    held[-1].continue_()

    expect(found(tab)).to_have_count(1)
    expect(box(tab)).to_have_value("milk")


def test_a_search_is_in_the_address_and_can_be_taken_up_again(alice: Somebody) -> None:
    done = alice.has_task("Buy milk")
    alice.changes(done, status="done")
    tab = alice.opens_a_tab("/search?q=milk")
    expect(box(tab)).to_have_value("milk")
    expect(tab.page.get_by_text("Nothing found for “milk”")).to_be_visible()

    tab.page.get_by_label("Finished tasks, too").click()
    expect(found(tab)).to_contain_text("Done")
    expect(tab.page).to_have_url(re.compile("done=1"))

    box(tab).press("Enter")
    box(tab).fill("")
    tab.page.get_by_role("button", name="milk", exact=True).click()
    expect(found(tab)).to_have_count(1)


def test_without_a_network_what_this_device_holds_is_searched(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    alice.has_task("Call Ann", notes="milk")
    tab = alice.opens_a_tab("/search")
    expect(tab.connection).to_have_text("Live")
    tab.is_kept()
    alice.context.set_offline(True)

    box(tab).press_sequentially("milk")

    expect(tab.page.get_by_text("These are the tasks on this device")).to_be_visible()
    expect(found(tab)).to_have_count(1)
    expect(found(tab).locator("mark")).to_have_text("milk")
    alice.context.set_offline(False)
    expect(found(tab)).to_have_count(2)
    expect(tab.page.get_by_text("These are the tasks on this device")).to_have_count(0)


def test_a_search_that_fails_says_so_and_can_be_tried_again(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/search")
    tab.page.route(
        "**/api/tasks/search?*",
        lambda route: route.fulfill(status=500, json={"type": "/problems/Broken", "detail": "Something broke."}),
    )

    box(tab).fill("milk")  # at once: of letters one by one, the first may fail and the last be found
    expect(tab.page.get_by_text("The search did not work. Something broke.")).to_be_visible()
    tab.page.unroute("**/api/tasks/search?*")
    tab.page.get_by_role("button", name="Try again").click()

    expect(found(tab)).to_have_count(1)
