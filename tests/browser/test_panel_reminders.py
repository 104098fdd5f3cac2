"""A task's reminders in its panel: when they come, and what became of those that came."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.somebody import Somebody
from tests.world import eventually

SOON = "2040-03-26T09:00:00"


def opened(alice: Somebody, task: dict[str, Any]) -> Locator:
    return alice.opens_a_tab().opens_task(task)


def kept(alice: Somebody, task: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != "id"} for each in alice.now_has(task)["reminders"]]


@pytest.mark.parametrize("width", [360, 1280])
def test_escape_closes_a_reminder_that_is_being_made_and_nothing_else(alice: Somebody, width: int) -> None:
    panel = opened(alice, alice.has_task("Pay the rent", due=SOON, reminders=[]))
    panel.page.set_viewport_size({"width": width, "height": 800})
    add = panel.get_by_role("button", name="Add a reminder")
    add.click()

    panel.get_by_label("Remind me").press("Escape")

    expect(add).to_be_focused()
    expect(panel.get_by_role("form", name="New reminder")).to_have_count(0)
    expect(panel).to_be_visible()
    add.press("Escape")
    expect(panel).to_have_count(0)


def test_reminders_are_added_in_each_way_and_removed(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=SOON, reminders=[])
    panel = opened(alice, task)
    add = panel.get_by_role("button", name="Add a reminder")

    add.click()
    expect(panel.get_by_label("Remind me")).to_be_focused()
    panel.get_by_label("Remind me").select_option("1 hour before")
    panel.get_by_role("form", name="New reminder").get_by_role("button", name="Add").click()
    expect(add).to_be_focused()
    add.click()
    panel.get_by_label("Remind me").select_option("Some days before")
    panel.get_by_label("Days before").fill("2")
    panel.get_by_label("At", exact=True).fill("18:00")
    panel.get_by_role("form", name="New reminder").get_by_role("button", name="Add").click()
    add.click()
    panel.get_by_label("Remind me").select_option("At a date and time")
    panel.get_by_role("button", name="Date and time: Tomorrow, 09:00").click()
    picker = panel.page.get_by_role("dialog", name="Date and time")
    picker.get_by_role("button", name=re.compile("^Tomorrow")).click()
    picker.get_by_label("Time").fill("18:30")
    picker.get_by_label("Time").press("Enter")
    panel.page.keyboard.press("Escape")
    panel.get_by_role("form", name="New reminder").get_by_role("button", name="Add").click()

    reminders = panel.get_by_role("list", name="Reminders").locator("> li")
    expect(reminders).to_have_count(3)
    for reminder, words in zip(
        reminders.all(), ["1 hour before", "2 days before at 18:00", "Tomorrow, 18:30"], strict=True
    ):
        expect(reminder).to_contain_text(words)
    expect(reminders.first).to_contain_text("Fires 26 Mar 2040, 08:00")
    wanted = [
        {"kind": "before", "minutes": 60},
        {"kind": "days_before", "days": 2, "at": "18:00"},
        {"kind": "absolute", "at": f"{alice.today() + timedelta(days=1)}T18:30:00"},
    ]
    eventually(lambda: kept(alice, task) == wanted, "all three are kept")
    panel.get_by_role("button", name="Remove reminder: 2 days before").click()
    expect(reminders).to_have_count(2)
    eventually(lambda: kept(alice, task) == [wanted[0], wanted[2]], "one is gone")


def test_what_became_of_one_is_told_and_it_comes_again_later(alice: Somebody) -> None:
    past = {"kind": "absolute", "at": "2026-01-01T09:00:00"}
    task = alice.has_task("Pay the rent", due=SOON, reminders=[past])
    eventually(lambda: has_fired(alice, task), "it is told at once")
    panel = opened(alice, task)

    reminder = panel.get_by_role("list", name="Reminders").locator("> li").first
    expect(reminder).to_contain_text(re.compile("Fired Today, .*In Taskora"))
    panel.get_by_role("button", name="Snooze reminder").click()
    panel.page.get_by_role("button", name="1 hour", exact=True).click()

    expect(panel.get_by_text(re.compile("^Again (Today|Tomorrow), "))).to_be_visible()
    eventually(lambda: [each["kind"] for each in kept(alice, task)] == ["absolute", "snooze"], "it is kept")


def test_one_that_is_put_off_without_a_network_says_so_at_once(alice: Somebody) -> None:
    past = {"kind": "absolute", "at": "2026-01-01T09:00:00"}
    task = alice.has_task("Pay the rent", due=SOON, reminders=[past])
    eventually(lambda: has_fired(alice, task), "it is told at once")
    tab = alice.opens_a_live_tab()
    panel = tab.opens_task(task)
    expect(panel.get_by_role("button", name="Snooze reminder")).to_be_visible()
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    panel.get_by_role("button", name="Snooze reminder").click()
    panel.page.get_by_role("button", name="1 hour", exact=True).click()
    again = panel.get_by_role("list", name="Reminders").get_by_text(re.compile("^Again (Today|Tomorrow), "))
    expect(again).to_be_visible()
    panel.get_by_role("button", name=re.compile("Remove reminder: Again")).click()
    expect(again).to_have_count(0)
    with tab.page.expect_response(lambda answer: answer.request.method == "DELETE") as removed:
        alice.context.set_offline(False)

    assert removed.value.status == 204
    assert [each["kind"] for each in kept(alice, task)] == ["absolute"]


def test_one_that_fires_while_it_is_looked_at_says_so(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=SOON, reminders=[{"kind": "absolute", "at": "2040-03-01T08:30:00"}])
    tab = alice.opens_a_live_tab()
    reminder = tab.opens_task(task).get_by_role("list", name="Reminders").locator("> li").first
    expect(reminder).to_contain_text("Fires 1 Mar 2040")

    soon = datetime.now(UTC) + timedelta(seconds=2)
    alice.changes(task, reminders=[{"kind": "absolute", "at": soon.strftime("%Y-%m-%dT%H:%M:%S")}])

    expect(reminder).to_contain_text(re.compile("Fired (Today|Tomorrow), .*In Taskora"))


def test_those_of_two_devices_at_once_are_both_kept(alice: Somebody) -> None:
    alike = {"kind": "absolute"}
    task = alice.has_task("Pay the rent", due=SOON, reminders=[alike | {"at": "2040-03-01T08:00:00"}])
    [first] = task["reminders"]
    tab = alice.opens_a_live_tab()
    panel = tab.opens_task(task)
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    panel.get_by_role("button", name="Add a reminder").click()
    panel.get_by_label("Remind me").select_option("1 hour before")
    panel.get_by_role("form", name="New reminder").get_by_role("button", name="Add").click()
    panel.get_by_role("button", name="Remove reminder: 1 Mar 2040").click()
    expect(panel.get_by_role("list", name="Reminders").locator("> li")).to_have_count(1)
    alice.changes(task, reminders=[first, alike | {"at": "2040-03-02T08:00:00"}])
    alice.context.set_offline(False)

    wanted = [alike | {"at": "2040-03-02T08:00:00"}, {"kind": "before", "minutes": 60}]
    eventually(lambda: kept(alice, task) == wanted, "what was done at either is done")
    expect(panel.get_by_role("list", name="Reminders").locator("> li")).to_have_count(2)


def has_fired(alice: Somebody, task: dict[str, Any]) -> bool:
    [receipt] = alice.receipts_of(task)
    return any(firing["state"] == "fired" for firing in receipt["firings"])
