"""Narrowing a view in the filter language, and keeping a filter."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody, Tab


def bar(tab: Tab) -> Locator:
    return tab.page.get_by_role("textbox", name="Filter")


def begins_to_filter(tab: Tab) -> None:
    tab.page.get_by_role("button", name="Filter this view").wait_for()
    tab.page.keyboard.press("f")
    expect(bar(tab)).to_be_focused()


def test_a_filter_narrows_the_view_and_is_in_the_address(alice: Somebody) -> None:
    alice.has_task("Buy milk", priority="urgent")
    alice.has_task("Buy bread")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.task("Buy bread")).to_be_visible()

    begins_to_filter(tab)
    tab.page.keyboard.type("p1")
    expect(tab.task("Buy bread")).to_have_count(0)
    expect(tab.task("Buy milk")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(r"[?&]q=p1$"))

    tab.page.reload()
    expect(bar(tab)).to_have_value("p1")
    expect(tab.task("Buy milk")).to_be_visible()
    expect(tab.task("Buy bread")).to_have_count(0)


def test_what_cannot_be_read_is_pointed_at_and_put_right(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/inbox")
    begins_to_filter(tab)

    tab.page.keyboard.type("(no date | overdue) & tody")
    expect(tab.page.get_by_text("Column 23: found 'tody'")).to_be_visible()
    expect(bar(tab)).to_have_attribute("aria-invalid", "true")
    expect(tab.page.locator("mark").last).to_have_text("tody")
    expect(tab.page).not_to_have_url(re.compile("q="))

    tab.page.get_by_role("button", name="Use “today”").click()
    expect(bar(tab)).to_have_value("(no date | overdue) & today")
    expect(tab.page.get_by_text("Column")).to_have_count(0)
    expect(tab.page).to_have_url(re.compile("q="))
    expect(tab.task("Buy milk")).to_have_count(0)


def test_a_filter_is_completed_as_it_goes_on(alice: Somebody) -> None:
    alice.has_list("R&D, new")
    alice.has_tag("waiting")
    tab = alice.opens_a_tab("/inbox")
    begins_to_filter(tab)
    keyboard = tab.page.keyboard

    offered = tab.page.get_by_role("listbox", name="How the filter can go on").get_by_role("option")

    keyboard.type("overd")
    expect(offered).to_contain_text(["overdue"])
    keyboard.press("Enter")
    expect(bar(tab)).to_have_value("overdue ")
    expect(offered).to_contain_text(["and", "or"])
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(bar(tab)).to_have_value("overdue & ")
    keyboard.type("!@w")
    expect(offered).to_have_text(["waiting"])
    keyboard.press("Tab")
    expect(bar(tab)).to_have_value("overdue & !@waiting ")
    keyboard.type("& #r")
    expect(offered).to_have_text(["R&D, new"])
    keyboard.press("Enter")

    expect(bar(tab)).to_have_value('overdue & !@waiting & #"R&D, new" ')
    expect(tab.page.get_by_role("button", name="Save as filter")).to_be_visible()


def test_a_filter_is_saved_changed_and_deleted(alice: Somebody) -> None:
    alice.has_task("Buy milk", priority="urgent")
    alice.has_task("Buy bread", priority="high")
    tab = alice.opens_a_tab("/inbox")
    begins_to_filter(tab)
    tab.page.keyboard.type("p1")

    tab.page.get_by_role("button", name="Save as filter").click()
    tab.page.get_by_role("dialog").get_by_label("Name").fill("Now")
    tab.page.get_by_role("button", name="Save", exact=True).click()
    expect(tab.page).to_have_url(re.compile(r"/filter/[0-9a-f-]+$"))
    expect(tab.page).to_have_title(re.compile(r"^Now\b"))
    expect(tab.task("Buy milk")).to_be_visible()

    bar(tab).fill("p1 | p2")
    expect(tab.task("Buy bread")).to_be_visible()
    tab.page.get_by_role("button", name="Save changes").click()
    expect(tab.page.get_by_role("button", name="Save changes")).to_have_count(0)
    tab.page.reload()
    expect(bar(tab)).to_have_value("p1 | p2")
    expect(tab.task("Buy bread")).to_be_visible()

    tab.page.get_by_role("button", name="Edit filter").click()
    tab.page.get_by_role("button", name="Delete filter").click()
    expect(tab.page).to_have_url(re.compile("/today$"))
    expect(tab.page.get_by_role("link", name="Now", exact=True)).to_have_count(0)


def test_an_emptied_filter_is_the_saved_one_again(alice: Somebody) -> None:
    for title, priority in (("Buy milk", "urgent"), ("Buy bread", "high")):
        alice.has_task(title, priority=priority)
    pressing = alice.has_filter("Pressing", "p1")
    tab = alice.opens_a_tab(f"/filter/{pressing['id']}?q=p2")
    tab.shows("Buy bread")

    bar(tab).fill("")

    tab.shows("Buy milk")
    expect(tab.page).to_have_url(re.compile(r"/filter/[0-9a-f-]+$"))


def test_a_filter_typed_without_a_network_is_read_when_there_is_one(alice: Somebody) -> None:
    alice.has_task("Buy milk", priority="urgent")
    alice.has_task("Buy bread")
    tab = alice.opens_a_live_tab("/inbox")
    begins_to_filter(tab)
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    tab.page.keyboard.type("p1")
    expect(tab.page.get_by_text("You are offline; the filter is read")).to_be_visible()
    alice.context.set_offline(False)

    tab.shows("Buy milk")


def test_what_cannot_be_read_is_said_once_and_finds_no_number_of_tasks(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox?q=p1%20%26")

    expect(tab.page.get_by_text("This filter cannot be read.")).to_be_visible()
    expect(tab.page.get_by_text("Column 5: found")).to_have_count(1)
    expect(tab.page.get_by_text("0 tasks")).to_have_count(0)
    expect(tab.page.get_by_role("button", name="Try again")).to_have_count(0)


def test_on_a_phone_the_ways_to_look_at_a_saved_filter_stand_in_one_line(alice: Somebody) -> None:
    pressing = alice.has_filter("Pressing", "p1")
    tab = alice.opens_a_tab(f"/filter/{pressing['id']}")
    ways = tab.page.get_by_role("button", name="Finished").locator("..").locator("select, button")
    expect(ways).to_have_count(5)
    expect(tab.page.get_by_label("Then by")).to_be_visible()

    tab.page.set_viewport_size({"width": 360, "height": 740})

    expect(tab.page.get_by_label("Then by")).to_be_hidden()
    tops = ways.evaluate_all("all => all.filter(each => each.checkVisibility()).map(each => each.offsetTop)")
    assert len(tops) == 4
    assert len(set(tops)) == 1
    tab.page.get_by_label("Order", exact=True).select_option("Title")
    expect(tab.page.get_by_label("Then by", exact=True)).to_be_visible()  # once somebody has chosen
