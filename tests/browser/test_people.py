"""Who may come in, and what they see of each other."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.elsewhere import PASSWORD
from tests.browser.somebody import Somebody


def test_a_wrong_password_is_said_and_lets_nobody_in(alice: Somebody, comes: Callable[..., Somebody]) -> None:
    tab = comes("Stranger").opens_a_tab()

    tab.logs_in(alice, password="not her password")

    expect(tab.page.get_by_role("alert")).to_contain_text("wrong")
    expect(tab.page.get_by_label("E-mail")).to_have_value(alice.email)
    expect(tab.page.get_by_role("heading", name="Log in")).to_be_visible()


def test_another_person_sees_nothing_of_it(alice: Somebody, mallory: Somebody) -> None:
    hers = mallory.opens_a_live_tab("/inbox")
    tab = alice.opens_a_live_tab("/inbox")

    tab.adds("Buy a present for Mallory")
    tab.shows("Buy a present for Mallory")
    mallory.has_task("Something of her own")  # her stream has come past the moment of Alice's change

    hers.shows("Something of her own")
    hers.page.reload()
    hers.shows("Something of her own")


def test_the_next_person_at_this_browser_finds_nothing_of_the_one_before(
    alice: Somebody, comes: Callable[..., Somebody]
) -> None:
    alice.has_task("Buy a present for Mallory", due=alice.today().isoformat())
    mallory = comes("Mallory").with_account()
    tab = alice.opens_a_live_tab()
    expect(tab.task("Buy a present for Mallory")).to_be_visible()

    tab.page.get_by_role("button", name="Log out").click()
    tab.page.route("**/api/tasks?*", lambda _: None)  # not answered, so that nothing can be put right too soon to see
    tab.logs_in(mallory)

    expect(tab.page.get_by_text("Loading your tasks")).to_be_attached()
    expect(tab.page.get_by_text("Buy a present for Mallory")).to_have_count(0)
    tab.page.unroute("**/api/tasks?*")
    tab.page.reload()
    expect(tab.page.get_by_text("Nothing due today.")).to_be_visible()


def test_a_session_that_ends_leads_back_to_log_in_and_loses_nothing_typed(alice: Somebody) -> None:
    milk = alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab("/inbox")
    tab.opens_task(milk)
    tab.new_task.fill("Half a thought")
    comment = tab.panel.get_by_label("Write a comment")
    comment.fill("two litr")

    alice.logs_out_everywhere()

    expect(tab.page.get_by_text("Your session has ended.")).to_be_visible()
    expect(tab.task("Buy milk")).to_have_count(0)
    expect(tab.panel).to_have_count(0)
    expect(tab.page.get_by_label("Password")).to_be_focused()
    tab.page.get_by_label("Password").fill(PASSWORD)
    tab.page.keyboard.press("Enter")
    expect(tab.connection).to_have_text("Live")
    expect(tab.new_task).to_have_value("Half a thought")
    expect(comment).to_have_value("two litr")
