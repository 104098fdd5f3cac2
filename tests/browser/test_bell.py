"""The bell: what somebody is told while they look, what they missed, and what they do about it right there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.somebody import Somebody


def reminder(seconds: float = 0) -> dict[str, Any]:
    """One that was to come so long ago: it fires as soon as it is saved."""
    at = datetime.now(UTC) - timedelta(seconds=seconds)
    return {"id": str(uuid4()), "kind": "absolute", "at": at.strftime("%Y-%m-%dT%H:%M:%S")}


def reminded(somebody: Somebody, title: str) -> dict[str, Any]:
    """A task whose reminder comes at once, made on another device."""
    return somebody.has_task(title, reminders=[reminder(5)])


def opened_bell(page: Page) -> Any:
    page.get_by_role("button", name="Notifications").click()
    return page.get_by_role("dialog", name="Notifications")


def test_a_reminder_that_comes_while_the_page_is_open_is_dealt_with_there(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()

    task = reminded(alice, "Pay the rent")

    arrived = tab.page.get_by_role("status", name="Reminders").get_by_role("region", name="Pay the rent")
    expect(arrived).to_be_visible()
    expect(tab.page.get_by_role("button", name="Notifications, 1 unread")).to_be_visible()
    with tab.page.expect_response(lambda answer: answer.url.endswith("/complete")) as completed:
        arrived.get_by_role("button", name="Complete “Pay the rent”").click()
    expect(arrived).to_be_hidden()
    expect(tab.page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()

    assert completed.value.ok
    assert alice.now_has(task)["status"] == "done"


def test_what_was_told_while_the_page_was_closed_is_there_on_return(alice: Somebody) -> None:
    alice.opens_a_live_tab().page.close()
    reminded(alice, "Water the plants")

    tab = alice.opens_a_live_tab()

    bell = opened_bell(tab.page)
    told = bell.get_by_role("listitem", name="Water the plants")
    expect(told).to_contain_text("Unread")
    told.get_by_role("button", name="Mark “Water the plants” as read").click()
    expect(told).not_to_contain_text("Unread")
    expect(tab.page.get_by_role("button", name="Notifications", exact=True)).to_be_attached()


def test_what_is_read_in_one_tab_is_read_in_all(alice: Somebody) -> None:
    one, other = alice.opens_a_live_tab(), alice.opens_a_live_tab()
    reminded(alice, "First")
    reminded(alice, "Second")
    expect(other.page.get_by_role("button", name="Notifications, 2 unread")).to_be_visible()

    bell = opened_bell(one.page)
    bell.get_by_role("button", name="Mark all as read").click()

    expect(other.page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    expect(bell.get_by_role("button", name="Mark all as read")).to_be_hidden()


def test_a_snooze_puts_it_off(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    task = reminded(alice, "Stretch")
    arrived = tab.page.get_by_role("status", name="Reminders").get_by_role("region", name="Stretch")

    arrived.get_by_role("button", name="Snooze “Stretch”").click()
    with tab.page.expect_response(lambda answer: "/snooze" in answer.url) as snoozed:
        tab.page.get_by_role("button", name="1 hour").click()

    assert snoozed.value.ok
    assert [each["kind"] for each in alice.now_has(task)["reminders"]] == ["absolute", "snooze"]
    expect(arrived).to_be_hidden()
