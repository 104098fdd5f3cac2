"""A whole day of two people who use one Taskora: by mouse and keys, in two tabs, on the way without a network; and once
more with nothing but keys."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.somebody import Somebody, Tab


def quickly_adds(page: Page, *texts: str) -> None:
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog", name="Quick add")
    for text in texts:
        expect(dialog.get_by_label("New task")).to_be_focused()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(dialog.get_by_label("New task")).to_have_value("")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def link(tab: Tab, title: str) -> Locator:
    return tab.page.get_by_role("main").get_by_role("link", name=title, exact=True)


def goes(page: Page, keys: str, heading: str) -> None:
    """By `g` and a letter."""
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def test_a_day_of_two_people(comes: Callable[..., Somebody]) -> None:
    alice, bob = comes("Alice").with_account(), comes("Bob").with_account()
    morning, bobs = alice.opens_a_live_tab(), bob.opens_a_live_tab()
    page = morning.page

    # In the morning both write down what they have to do.
    quickly_adds(page, "Pay the rent today p1", "Call the plumber tomorrow", "Read the minutes")
    quickly_adds(bobs.page, "Buy bread today")
    expect(morning.task("Pay the rent")).to_be_visible()
    expect(bobs.task("Buy bread")).to_be_visible()
    goes(page, "gi", "Inbox")
    expect(morning.task("Read the minutes")).to_be_visible()
    expect(morning.task("Buy bread")).to_have_count(0)

    # One is done, one by mistake.
    goes(page, "gt", "Today")
    morning.task("Pay the rent").click()
    page.get_by_role("button", name="Undo: Completed “Pay the rent”").click()
    expect(morning.task("Pay the rent")).not_to_be_checked()

    # At noon a second tab: what one does, the other shows.
    noon = alice.opens_a_live_tab()
    expect(noon.task("Pay the rent")).to_be_visible()
    link(noon, "Pay the rent").click()
    expect(noon.panel.get_by_label("Title", exact=True)).to_have_value("Pay the rent")
    noon.panel.get_by_label("Title", exact=True).fill("Pay the rent and the heating")
    noon.panel.get_by_label("Title", exact=True).press("Enter")
    expect(morning.task("Pay the rent and the heating")).to_be_visible()

    # On the way there is no network; in the evening there is one.
    morning.is_kept()
    alice.context.set_offline(True)
    expect(morning.connection).to_have_text("Offline")
    morning.task("Pay the rent and the heating").click()
    quickly_adds(page, "Thank Bob for the bread")
    goes(page, "gi", "Inbox")
    expect(morning.task("Thank Bob for the bread")).to_be_visible()
    alice.context.set_offline(False)
    expect(morning.connection).to_have_text("Live")
    evening = alice.opens_a_tab("/inbox")
    expect(evening.task("Thank Bob for the bread")).to_be_visible()
    expect(noon.task("Pay the rent and the heating")).to_be_checked()

    # What came of it is the same for whoever looks, and everybody's own.
    goes(page, "gd", "Completed")
    expect(page.get_by_role("main").get_by_text("Pay the rent and the heating").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("main").get_by_text("Pay the rent and the heating").first).to_be_visible()
    bobs.page.reload()
    expect(bobs.task("Buy bread")).to_be_visible()
    expect(bobs.page.get_by_text("rent")).to_have_count(0)


def test_a_day_with_nothing_but_keys(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    page, press = tab.page, tab.page.keyboard.press
    goes(page, "gi", "Inbox")
    quickly_adds(page, "Wash the car", "Feed the cat", "Post the letter")

    # To a task, into its panel, and back to it.
    for title in ("Wash the car", "Feed the cat"):
        press("j")
        expect(link(tab, title)).to_be_focused()
    press("Enter")
    expect(tab.panel).to_be_visible()
    press("Escape")
    expect(tab.panel).to_have_count(0)
    expect(link(tab, "Feed the cat")).to_be_focused()

    # Another name, another priority; done, and not.
    press("e")
    expect(page.get_by_role("textbox", name="Title of Feed the cat")).to_be_focused()
    press("Control+a")
    page.keyboard.type("Feed both cats")
    press("Enter")
    expect(link(tab, "Feed both cats")).to_be_focused()
    press("1")
    press("c")
    expect(page.get_by_role("status", name="Done just now")).to_contain_text("Feed both cats")
    press("z")
    expect(tab.task("Feed both cats")).not_to_be_checked()

    # Two at once.
    goes(page, "gt", "Today")
    goes(page, "gi", "Inbox")
    press("j")
    press("x")
    press("j")
    press("x")
    expect(page).to_have_url(re.compile(r"[?&]sel="))
    press("Escape")
    expect(page).not_to_have_url(re.compile(r"[?&]sel="))

    # By the palette to a task, and to what all keys are.
    press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("Post the letter")
    expect(page.get_by_role("dialog").get_by_role("option", selected=True)).to_contain_text("Post the letter")
    press("Enter")
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Post the letter")
    press("Escape")
    expect(tab.panel).to_have_count(0)
    press("?")
    expect(page.get_by_role("dialog", name=re.compile("Keys"))).to_be_visible()
    press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    # And what was written down is found again.
    press("/")
    expect(page.get_by_role("searchbox", name="Search tasks")).to_be_focused()
    page.keyboard.type("both cats")
    expect(page.get_by_role("main").get_by_text("Feed both cats").first).to_be_visible()
