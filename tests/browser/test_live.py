"""What one tab does, the other shows; and what happens when the connection does not hold."""

from playwright.sync_api import expect

from tests.browser.somebody import Somebody
from tests.chaos.installation import Installation


def test_two_tabs_see_each_others_changes_without_reload(alice: Somebody) -> None:
    one, other = alice.opens_a_live_tab(), alice.opens_a_live_tab()
    other.page.evaluate("window.neverReloaded = true")

    one.adds("Buy milk")
    expect(other.task("Buy milk")).to_be_visible()
    one.edits("Buy milk", Title="Buy oat milk")
    one.saves()
    expect(other.task("Buy oat milk")).to_be_visible()
    other.task("Buy oat milk").check()
    expect(one.task("Buy oat milk")).to_be_checked()
    one.task("Buy oat milk").uncheck()
    expect(other.task("Buy oat milk")).not_to_be_checked()
    other.deletes("Buy oat milk")
    expect(one.task("Buy oat milk")).to_have_count(0)

    assert other.page.evaluate("window.neverReloaded")


def test_a_task_both_tabs_change_says_that_it_changed_meanwhile(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab()
    tab.edits("Buy milk", Title="Buy oat milk")

    alice.changes(milk, title="Buy soy milk")
    tab.saves()

    expect(tab.editor.get_by_role("alert")).to_contain_text("changed meanwhile: its title is now “Buy soy milk”")
    expect(tab.editor.get_by_label("Title")).to_have_value("Buy oat milk")
    tab.editor.get_by_role("button", name="Save mine over it").click()
    expect(tab.task("Buy oat milk")).to_be_visible()
    expect(tab.editor).to_have_count(0)


def test_changes_to_different_fields_both_stand(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab()
    tab.edits("Buy milk", Title="Buy oat milk")

    alice.changes(milk, notes="two litres")
    tab.saves()

    expect(tab.row("Buy oat milk")).to_contain_text("two litres")


def test_what_others_changed_while_the_network_was_away_is_there_when_it_is_back(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab()
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
    tab = alice.opens_a_live_tab()

    alice.context.set_offline(True)
    tab.adds("Written offline")
    expect(tab.row("Written offline")).to_contain_text("Not sent yet")
    alice.context.set_offline(False)

    expect(tab.row("Written offline")).not_to_contain_text("Not sent yet")
    expect(tab.task("Written offline")).to_be_enabled()
    tab.page.reload()
    expect(tab.task("Written offline")).to_have_count(1)


def test_a_server_that_goes_and_comes_back_loses_nothing(alice: Somebody, taskora: Installation) -> None:
    tab = alice.opens_a_live_tab()

    taskora.runner.stop()
    try:
        expect(tab.connection).to_have_text("Reconnecting…")
        tab.adds("Written meanwhile")
        expect(tab.row("Written meanwhile")).to_contain_text("Not sent yet")
    finally:
        taskora.runner.start_again()

    expect(tab.connection).to_have_text("Live")
    expect(tab.row("Written meanwhile")).not_to_contain_text("Not sent yet")
    expect(tab.task("Written meanwhile")).to_be_enabled()
    tab.page.reload()
    expect(tab.task("Written meanwhile")).to_have_count(1)
