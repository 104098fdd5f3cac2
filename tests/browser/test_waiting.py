"""What was done can be taken back: as long as it is shown, and as long as it was not sent."""

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


def test_what_was_done_just_now_is_undone_by_its_button(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=alice.today().isoformat())
    tab = alice.opens_a_live_tab()
    with tab.page.expect_response(lambda answer: answer.url.endswith("/complete")):
        tab.page.get_by_role("checkbox", name="Pay the rent").click()
    done = tab.page.get_by_role("status", name="Done just now")
    expect(done).to_contain_text("Completed “Pay the rent”")

    with tab.page.expect_response(lambda answer: answer.url.endswith("/undo")):
        done.get_by_role("button", name="Undo").click()

    expect(done).to_contain_text("Undone")
    assert alice.now_has(task)["status"] == "todo"


def test_what_waits_can_be_taken_back_and_is_never_sent(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due=alice.today().isoformat())
    other = alice.has_task("Buy milk", due=alice.today().isoformat())
    tab = alice.opens_a_live_tab()
    expect(tab.page.get_by_text("Buy milk")).to_be_visible()
    tab.is_kept()
    alice.context.set_offline(True)
    for title in ("Buy milk", "Pay the rent"):
        tab.page.get_by_role("checkbox", name=title).click()

    tab.page.get_by_role("button", name="2 changes waiting").click()
    waiting = tab.page.get_by_role("dialog", name="Not sent yet")
    waiting.get_by_role("button", name="Take back: Completed “Pay the rent”").click()
    expect(waiting.get_by_role("list", name="Waiting").get_by_role("listitem")).to_have_count(1)
    alice.context.set_offline(False)
    expect(waiting.get_by_text("Everything you did is saved.")).to_be_visible()

    assert (alice.now_has(task)["status"], alice.now_has(other)["status"]) == ("todo", "done")


def test_whoever_leaves_is_asked_about_what_was_not_sent(alice: Somebody) -> None:
    alice.has_task("Pay the rent", due=alice.today().isoformat())
    tab = alice.opens_a_live_tab()
    expect(tab.page.get_by_text("Pay the rent")).to_be_visible()
    tab.is_kept()
    alice.context.set_offline(True)
    tab.page.get_by_role("checkbox", name="Pay the rent").click()
    expect(tab.page.get_by_role("button", name="1 change waiting")).to_be_visible()

    tab.page.get_by_role("button", name="Log out").click()

    asked = tab.page.get_by_role("dialog", name="Not everything is saved")
    expect(asked).to_contain_text("One change has not reached Taskora yet")
    asked.get_by_role("button", name="Stay").click()
    expect(asked).to_be_hidden()
    alice.context.set_offline(False)
