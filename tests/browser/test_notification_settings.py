"""Of what somebody is told, and where."""

import re

from playwright.sync_api import expect

from tests import push_service
from tests.browser.settings import saves, section_of, settings
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints
from tests.chaos.installation import Installation


def test_notifications_are_set_as_a_whole(alice: Somebody) -> None:
    tab = settings(alice, "notifications")

    tab.page.get_by_label("Reminders by e-mail").check()
    tab.page.get_by_role("switch", name="Quiet hours").check()
    tab.page.get_by_label("Quiet from").fill("21:30")
    tab.page.get_by_role("switch", name="Daily digest").check()
    tab.page.get_by_label("If it has a time").select_option("30 minutes before")
    assert complaints(tab.page) == []
    saves(tab)

    kept = alice.context.request.get("/api/preferences").json()
    assert kept["channels"]["reminder"] == {"push": True, "email": True}
    assert kept["quiet_hours"] == {"start": "21:30", "end": "07:00"}
    assert kept["daily_digest"] == "07:30"
    assert kept["default_reminders"]["timed"] == {"kind": "before", "minutes": 30}


def test_what_is_wrong_with_quiet_hours_is_said_beside_them(alice: Somebody) -> None:
    tab = settings(alice, "notifications")
    tab.page.get_by_role("switch", name="Quiet hours").check()
    tab.page.get_by_label("Quiet from").fill("07:00")

    tab.page.get_by_role("button", name="Save", exact=True).click()

    expect(tab.page.get_by_label("Quiet from")).to_have_attribute("aria-invalid", "true")
    expect(tab.page.get_by_label("Quiet from")).to_be_focused()


def test_preferences_of_two_tabs_do_not_overwrite_each_other_unseen(alice: Somebody) -> None:
    tab, other = settings(alice, "notifications"), settings(alice, "notifications")
    other.page.get_by_role("switch", name="Overdue digest").check()
    saves(other)

    tab.page.get_by_role("switch", name="Quiet hours").check()
    tab.page.get_by_role("button", name="Save", exact=True).click()

    expect(section_of(tab).get_by_text("changed somewhere else meanwhile")).to_be_visible()
    expect(tab.page.get_by_role("switch", name="Overdue digest")).to_be_checked()
    expect(tab.page.get_by_role("switch", name="Quiet hours")).not_to_be_checked()


# This Chromium says no by itself, and asks nobody: what it asks, and what a person answers, is played here.
ASKED = """
window.asked = 0;
Object.defineProperty(Notification, "permission", { get: () => (window.asked === 0 ? "default" : "denied") });
Notification.requestPermission = () => { window.asked += 1; return Promise.resolve("denied"); };
"""


def test_a_browser_asks_whether_it_may_only_after_a_click_below_the_reason(alice: Somebody) -> None:
    alice.context.add_init_script(ASKED)
    tab = settings(alice, "notifications")
    expect(section_of(tab).get_by_text("The browser asks you once whether it may")).to_be_visible()
    assert tab.page.evaluate("window.asked") == 0

    tab.page.get_by_role("button", name="Turn on push here").click()

    expect(section_of(tab).get_by_text("You told this browser that Taskora may not notify you.")).to_be_visible()
    expect(tab.page.get_by_role("button", name="Turn on push here")).to_have_count(0)
    assert tab.page.evaluate("window.asked") == 1
    assert complaints(tab.page) == []


def test_a_browser_that_is_told_is_shown_and_removed(alice: Somebody, taskora: Installation) -> None:
    subscription = push_service.Browser("https://push.example.org").subscription()
    subscribed = alice.context.request.post(
        "/api/push/subscriptions", data=subscription, headers={"origin": taskora.address}
    )
    assert subscribed.ok, subscribed.text()
    tab = settings(alice, "notifications")
    expect(section_of(tab).get_by_text("Reached through push.example.org")).to_be_visible()

    tab.page.get_by_role("button", name=re.compile("^Remove the browser of")).click()

    expect(section_of(tab).get_by_text("Reached through push.example.org")).to_have_count(0)
    assert alice.context.request.get("/api/push/subscriptions").json()["items"] == []
