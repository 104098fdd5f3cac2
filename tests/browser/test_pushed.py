"""What the push service brings is shown by the page's own service worker, and done for whom it was meant."""

import json
from typing import Any
from uuid import uuid4

from playwright.sync_api import Worker, expect

from functions.notify import browsers
from tests.browser.pushing import push
from tests.browser.somebody import Somebody, Tab

WHOLE_CHROMIUM = True  # notifications

WATCHED = """() => {
    const show = self.registration.showNotification.bind(self.registration);
    self.shown = new Promise(resolve => {
        self.registration.showNotification = async (...said) => { await show(...said); resolve(); };
    });
}"""
CLICKED = """async action => {
    await self.shown;
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
    return [notification.title, notification.body];
}"""


def pushed(tab: Tab, user: str, task: dict[str, Any]) -> Worker:
    """The service worker that shows it. What is there to click is on the desktop, where no test reaches."""
    tab.is_kept()
    [worker] = tab.page.context.service_workers
    worker.evaluate(WATCHED)
    message = {
        "id": str(uuid4()),
        "user": user,
        "tag": "one",
        "kind": "reminder",
        "title": task["title"],
        "body": "Due today",
        "task": task["id"],
        "actions": browsers.actions({"id": task["id"], "reminders": []}),
    }
    push(tab.page, json.dumps(message))
    return worker


def test_a_click_leads_to_the_task_in_the_page_that_is_open(alice: Somebody) -> None:
    alice.context.grant_permissions(["notifications"])
    task = alice.has_task("Pay the rent")
    tab = alice.opens_a_live_tab()

    said = pushed(tab, alice.id(), task).evaluate(CLICKED, "")

    assert said == ["Pay the rent", "Due today"]
    tab.page.wait_for_url(f"**?task={task['id']}")
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Pay the rent")


def test_it_is_completed_without_the_page_and_not_for_anybody_else(alice: Somebody) -> None:
    alice.context.grant_permissions(["notifications"])
    today = alice.today().isoformat()
    mine, other = alice.has_task("Pay the rent", due=today), alice.has_task("Buy milk", due=today)
    tab = alice.opens_a_live_tab("/today")

    with alice.context.expect_event("response", lambda answer: answer.url.endswith("/complete")) as refused:
        pushed(tab, str(uuid4()), other).evaluate(CLICKED, "complete")
    with alice.context.expect_event("response", lambda answer: answer.url.endswith("/complete")) as done:
        pushed(tab, alice.id(), mine).evaluate(CLICKED, "complete")

    assert (refused.value.status, done.value.status) == (401, 200)
    assert (alice.now_has(mine)["status"], alice.now_has(other)["status"]) == ("done", "todo")
    expect(tab.task("Buy milk")).to_be_visible()
