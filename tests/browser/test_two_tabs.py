"""What was decided in one tab is decided in the other."""

import pytest
from playwright.sync_api import expect

from tests.browser.moments import REFUSAL
from tests.browser.somebody import Somebody


def test_what_is_undone_in_one_tab_is_undone_in_the_other(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    one, other = alice.opens_a_live_tab("/inbox"), alice.opens_a_live_tab("/inbox")
    one.task("Buy milk").click()
    expect(other.task("Buy milk")).to_be_checked()

    one.page.get_by_role("button", name="Undo: Completed “Buy milk”").click()

    expect(other.task("Buy milk")).not_to_be_checked()


@pytest.mark.parametrize("decides", ["the tab that asked", "the other tab"])
def test_what_is_refused_is_seen_and_decided_in_either_tab(alice: Somebody, decides: str) -> None:
    task = alice.has_task("Buy milk")
    one, other = alice.opens_a_live_tab("/inbox"), alice.opens_a_live_tab("/inbox")
    alice.context.route("**/complete", lambda route: route.fulfill(status=403, json=REFUSAL))
    one.task("Buy milk").click()
    for tab in (one, other):
        expect(tab.page.get_by_role("button", name="1 change refused")).to_be_visible()
        expect(tab.task("Buy milk")).not_to_be_checked()
    alice.context.unroute("**/complete")

    page = (one if decides == "the tab that asked" else other).page
    page.get_by_role("button", name="1 change refused").click()
    page.get_by_role("button", name="Try again: Completed “Buy milk”").click()
    expect(page.get_by_text("Everything you did is saved.")).to_be_visible()
    page.keyboard.press("Escape")

    for tab in (one, other):
        expect(tab.task("Buy milk")).to_be_checked()
        expect(tab.page.get_by_role("button", name="1 change refused")).to_have_count(0)
    assert alice.now_has(task)["status"] == "done"


def test_whoever_logs_out_in_one_tab_is_logged_out_in_the_other(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    one, other = alice.opens_a_live_tab("/inbox"), alice.opens_a_live_tab("/inbox")
    expect(other.task("Buy milk")).to_be_visible()

    one.page.get_by_role("button", name="Log out").click()

    for tab in (one, other):
        expect(tab.page.get_by_label("Password")).to_be_visible()
        expect(tab.page.get_by_text("Buy milk")).to_have_count(0)
