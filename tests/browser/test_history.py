"""What was done: found, read in words, taken back; what was completed or deleted comes back."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


def test_a_change_is_told_before_and_after_and_taken_back(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent")
    alice.changes(task, title="Pay the new rent", priority="high")
    tab = alice.opens_a_tab("/activity")
    change = tab.entry("Changed “Pay the new rent”")
    expect(change).to_contain_text("“Pay the rent”")
    expect(change).to_contain_text("none →became high")
    expect(change).to_contain_text("You")

    change.get_by_role("button", name="Undo").click()

    expect(tab.entry("Changed “Pay the rent”")).to_be_visible()
    assert alice.now_has(task)["title"] == "Pay the rent"


def test_what_was_completed_is_open_as_soon_as_that_is_undone(alice: Somebody) -> None:
    alice.has_task("Pay the rent")
    tab = alice.opens_a_live_tab("/inbox")
    tab.task("Pay the rent").click()
    tab.place("Activity").click()
    completed = tab.entry("Completed “Pay the rent”")
    expect(completed).to_be_visible()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    completed.get_by_role("button", name="Undo").click()

    tab.place("Inbox").click()
    expect(tab.task("Pay the rent")).not_to_be_checked()
    tab.shows("Pay the rent")


def test_what_was_changed_since_is_not_undone_and_says_why(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent")
    alice.changes(task, title="Pay the old rent")
    alice.changes(task, title="Pay the new rent")
    tab = alice.opens_a_tab("/activity")

    tab.entry("Changed “Pay the old rent”").get_by_role("button", name="Undo").click()

    expect(tab.entry("Changed “Pay the old rent”").get_by_role("alert")).to_contain_text("Nothing was changed.")
    assert alice.now_has(task)["title"] == "Pay the new rent"


def test_filters_stand_in_the_address(alice: Somebody) -> None:
    alice.completes(alice.has_task("Buy milk"))
    tab = alice.opens_a_tab("/activity")
    expect(tab.entry("Added “Buy milk”")).to_be_visible()

    tab.page.get_by_label("What", exact=True).select_option("Completed")

    expect(tab.entry("Added “Buy milk”")).to_have_count(0)
    expect(tab.entry("Completed “Buy milk”")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(r"kind=task\.completed"))
    tab.page.reload()
    expect(tab.entry("Completed “Buy milk”")).to_be_visible()
    tab.page.get_by_label("By", exact=True).select_option("The chat")
    expect(tab.page.get_by_text("Nothing like this was done.")).to_be_visible()


def test_days_are_chosen_as_everywhere_and_stand_in_the_address(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/activity")
    expect(tab.entry("Added “Buy milk”")).to_be_visible()

    tab.page.get_by_role("button", name="To: Now").click()
    tab.page.get_by_role("button", name="Yesterday").click()
    expect(tab.page.get_by_text("Nothing like this was done.")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(rf"\?to={alice.today() - timedelta(days=1)}$"))
    tab.page.get_by_role("button", name="From: Beginning").click()
    tab.page.get_by_role("button", name=re.compile("^Today")).click()

    expect(tab.entry("Added “Buy milk”")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(rf"\?from={alice.today()}$"))  # no day is after today and before yesterday


def test_the_history_can_be_checked(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/activity")
    expect(tab.entry("Added “Buy milk”")).to_be_visible()

    tab.page.get_by_role("button", name="Check that it is whole").click()

    expect(tab.page.get_by_text(re.compile(r"^All \d+ entries are as they were written\.$"))).to_be_visible()


def test_what_others_do_meanwhile_comes_by_itself(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/activity")
    expect(tab.connection).to_have_text("Live")
    expect(tab.entry("Made the account")).to_be_visible()

    alice.has_task("From somewhere else")

    expect(tab.entry("Added “From somewhere else”")).to_be_visible()


def test_a_completed_task_opens_again(alice: Somebody) -> None:
    task = alice.has_task("Call the bank")
    alice.completes(task)
    tab = alice.opens_a_tab("/completed")

    with tab.page.expect_response("**/reopen"):
        tab.task("Call the bank").click()

    expect(tab.task("Call the bank")).not_to_be_checked()
    assert alice.now_has(task)["status"] == "todo"


def test_a_deleted_task_is_restored(alice: Somebody) -> None:
    task = alice.has_task("Old plan")
    alice.deletes_elsewhere(task)
    tab = alice.opens_a_tab("/completed")
    expect(tab.page.get_by_text("Nothing is completed yet.")).to_be_visible()
    tab.page.get_by_role("link", name="Deleted").click()

    tab.page.get_by_role("button", name="Restore Old plan").click()

    expect(tab.page.get_by_role("button", name="Restore Old plan")).to_have_text("Restored")
    assert alice.now_has(task)["title"] == "Old plan"


def test_completed_tasks_come_page_by_page(alice: Somebody) -> None:
    alice.has_completed(120)
    tab = alice.opens_a_tab("/completed")
    expect(tab.page.get_by_role("checkbox").nth(99)).to_be_attached()

    tab.page.evaluate("scrollTo(0, document.body.scrollHeight)")

    expect(tab.page.get_by_role("checkbox")).to_have_count(120)


def test_without_the_server_the_history_says_so_and_tries_again(alice: Somebody) -> None:
    alice.completes(alice.has_task("Call the bank"))
    tab = alice.opens_a_tab("/today")
    expect(tab.page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    tab.page.route("**/api/tasks?*", lambda route: route.abort())

    tab.page.get_by_role("link", name="Completed").click()
    expect(tab.page.get_by_role("alert").filter(has_text="Taskora could not read completed tasks.")).to_be_visible()
    tab.page.unroute("**/api/tasks?*")
    tab.page.get_by_role("button", name="Try again").click()

    expect(tab.task("Call the bank")).to_be_checked()
