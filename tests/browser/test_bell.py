"""The bell: what somebody is told while they look, what they missed, and what they do about it right there."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.somebody import Somebody
from tests.chaos.installation import Installation

LATE = """
    UPDATE firings SET fire_at = now() - interval '90 seconds', planned_at = now() - interval '1 hour'
     WHERE task_id = %(task)s
"""


def reminder(seconds: float = 0) -> dict[str, Any]:
    """One that was to come so long ago: it fires as soon as it is saved."""
    at = datetime.now(UTC) - timedelta(seconds=seconds)
    return {"id": str(uuid4()), "kind": "absolute", "at": at.strftime("%Y-%m-%dT%H:%M:%S")}


def reminded(somebody: Somebody, title: str) -> dict[str, Any]:
    """A task whose reminder comes at once, made on another device."""
    return somebody.has_task(title, reminders=[reminder(5)])


def comes_late(taskora: Installation, task: dict[str, Any]) -> None:
    """As if nothing had run when its reminder was to come, a minute and a half ago."""
    taskora.rows(LATE, task=task["id"])


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

    with tab.page.expect_response(lambda answer: answer.url.endswith("/undo")) as undone:
        tab.page.get_by_role("button", name="Undo: Snoozed “Stretch”").click()
    assert undone.value.ok
    assert [each["kind"] for each in alice.now_has(task)["reminders"]] == ["absolute"]


def test_what_was_missed_comes_first_and_is_dealt_with_there(
    alice: Somebody, mallory: Somebody, taskora: Installation
) -> None:
    rent, plants = (
        alice.has_task(title, reminders=[reminder(-3600)]) for title in ("Pay the rent", "Water the plants")
    )
    comes_late(taskora, rent)
    comes_late(taskora, plants)
    reminded(mallory, "Whoever tells her of this finds those, too")

    tab = alice.opens_a_live_tab()
    expect(tab.page.get_by_role("button", name="Notifications, 2 unread")).to_be_visible()
    reminded(alice, "In time")
    expect(tab.page.get_by_role("button", name="Notifications, 3 unread")).to_be_visible()
    bell = opened_bell(tab.page)
    missed = bell.get_by_role("list", name="Missed")
    expect(missed.get_by_role("listitem")).to_have_count(2)
    expect(missed.get_by_role("listitem", name="Pay the rent")).to_contain_text(re.compile("minutes? late"))
    expect(bell.get_by_role("list", name="Notifications").get_by_role("listitem")).to_have_count(1)

    with tab.page.expect_response(lambda answer: answer.url.endswith("/complete")) as completed:
        missed.get_by_role("button", name="Complete “Pay the rent”").click()
    expect(missed.get_by_role("listitem")).to_have_count(1)
    missed.get_by_role("button", name="Snooze “Water the plants”").click()
    with tab.page.expect_response(lambda answer: "/snooze" in answer.url) as snoozed:
        tab.page.get_by_role("button", name="Tomorrow, 09:00").click()

    expect(missed).to_have_count(0)
    assert completed.value.ok
    assert snoozed.value.ok
    assert alice.now_has(rent)["status"] == "done"
    [_, again] = alice.now_has(plants)["reminders"]
    assert again["at"] == f"{alice.today() + timedelta(days=1)}T09:00:00Z"


def test_what_is_read_without_a_network_stays_read_and_is_told_when_there_is_one(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    reminded(alice, "Water the plants")
    expect(tab.page.get_by_role("button", name="Notifications, 1 unread")).to_be_visible()
    tab.is_kept()
    bell = opened_bell(tab.page)
    told = bell.get_by_role("listitem", name="Water the plants")
    expect(told).to_contain_text("Unread")

    alice.context.set_offline(True)
    told.get_by_role("button", name="Mark “Water the plants” as read").click()
    expect(told).not_to_contain_text("Unread")
    expect(tab.page.get_by_role("status", name="Done just now")).to_be_empty()
    tab.page.reload()
    expect(tab.page.get_by_role("button", name="1 change waiting")).to_be_visible()
    with tab.page.expect_response(lambda answer: answer.url.endswith("/read")) as read:
        alice.context.set_offline(False)

    assert read.value.ok
    expect(tab.page.get_by_role("button", name="1 change waiting")).to_have_count(0)
    expect(tab.page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_what_arrives_covers_nothing_that_is_in_use(alice: Somebody, width: int) -> None:
    for number in range(12):
        alice.has_task(f"Task {number}")
    tab = alice.opens_a_live_tab("/inbox")
    tab.page.set_viewport_size({"width": width, "height": 720})
    tab.presses("j", "x", "j", "x", "1")
    task = reminded(alice, "Pay the rent")
    arrived = tab.page.get_by_role("status", name="Reminders").get_by_role("region", name="Pay the rent")
    expect(arrived).to_be_visible()

    tab.page.get_by_role("main").get_by_role("textbox", name="New task").click(trial=True)
    for button in tab.page.get_by_role("toolbar", name="Selected tasks").get_by_role("button").all():
        button.click(trial=True)
    tab.page.get_by_role("status", name="Done just now").get_by_role("button", name="Undo").click(trial=True)
    arrived.get_by_role("button", name="Put the reminder away").click(trial=True)
    if width == 1280:
        panel = tab.opens_task(task)
        panel.get_by_label("Title", exact=True).click(trial=True)
        panel.get_by_label("Due", exact=True).click(trial=True)
