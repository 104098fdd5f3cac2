"""What one tab does, the other shows; and what happens when the connection does not hold."""

from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab
from tests.chaos.installation import Installation
from tests.world import eventually


def a_live_inbox(alice: Somebody) -> Tab:
    """With all of the page's files, so that it does not matter when the network goes."""
    tab = alice.opens_a_live_tab("/inbox")
    tab.is_kept()
    return tab


def writes(tab: Tab, title: str) -> None:
    tab.new_task.fill(title)
    tab.new_task.press("Enter")


def test_two_tabs_see_each_others_changes_without_reload(alice: Somebody) -> None:
    one, other = a_live_inbox(alice), a_live_inbox(alice)
    other.page.evaluate("window.neverReloaded = true")

    writes(one, "Buy milk")
    expect(other.task("Buy milk")).to_be_visible()
    one.renames("Buy milk", to="Buy oat milk")
    expect(other.task("Buy oat milk")).to_be_visible()
    other.task("Buy oat milk").check()
    expect(one.task("Buy oat milk")).to_be_checked()
    one.task("Buy oat milk").uncheck()
    expect(other.task("Buy oat milk")).not_to_be_checked()
    other.presses("j", "Delete")
    expect(one.task("Buy oat milk")).to_have_count(0)

    assert other.page.evaluate("window.neverReloaded")


def test_changes_to_different_fields_both_stand(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = a_live_inbox(alice)
    expect(tab.task("Buy milk")).to_be_visible()

    alice.context.set_offline(True)
    tab.renames("Buy milk", to="Buy oat milk")
    alice.changes(milk, priority="high")
    alice.context.set_offline(False)

    expect(tab.row("Buy oat milk")).to_contain_text("High")
    eventually(lambda: alice.now_has(milk)["title"] == "Buy oat milk", "it is saved")


def test_a_title_that_both_change_is_for_a_person_to_decide(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = a_live_inbox(alice)
    expect(tab.task("Buy milk")).to_be_visible()

    alice.context.set_offline(True)
    tab.renames("Buy milk", to="Buy oat milk")
    alice.changes(milk, title="Buy soy milk")
    alice.context.set_offline(False)

    tab.page.get_by_role("button", name="1 change refused").click()
    tab.page.get_by_role("button", name="Keep mine").click()
    eventually(lambda: alice.now_has(milk)["title"] == "Buy oat milk", "mine is saved")


def test_what_others_changed_while_the_network_was_away_is_there_when_it_is_back(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = a_live_inbox(alice)
    expect(tab.task("Buy milk")).to_be_visible()

    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")
    alice.changes(milk, title="Buy oat milk")  # the API of the context is not the page's network
    expect(tab.page.get_by_text("You are offline.")).to_be_visible()
    expect(tab.task("Buy milk")).to_be_visible()
    alice.context.set_offline(False)

    expect(tab.connection).to_have_text("Live")
    expect(tab.task("Buy oat milk")).to_be_visible()


def test_what_was_written_while_the_network_was_away_is_sent_when_it_is_back(alice: Somebody) -> None:
    tab = a_live_inbox(alice)

    alice.context.set_offline(True)
    writes(tab, "Written offline")
    expect(tab.row("Written offline")).to_contain_text("Not sent yet")
    alice.context.set_offline(False)

    expect(tab.row("Written offline")).not_to_contain_text("Not sent yet")
    eventually(lambda: alice.finds() == ["Written offline"], "it is saved once")


def test_a_server_that_goes_and_comes_back_loses_nothing(alice: Somebody, taskora: Installation) -> None:
    tab = a_live_inbox(alice)

    taskora.runner.stop()
    try:
        expect(tab.connection).to_have_text("Reconnecting…")
        writes(tab, "Written meanwhile")
        expect(tab.row("Written meanwhile")).to_contain_text("Not sent yet")
    finally:
        taskora.runner.start_again()

    expect(tab.connection).to_have_text("Live")
    expect(tab.row("Written meanwhile")).not_to_contain_text("Not sent yet")
    tab.page.reload()
    expect(tab.task("Written meanwhile")).to_have_count(1)
