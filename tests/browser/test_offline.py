"""Without a network the page opens and works; what was done then is sent in its order when there is one again."""

from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab


def completed(tab: Tab, title: str) -> None:
    tab.page.get_by_role("checkbox", name=title).click()


def test_what_is_done_offline_outlives_a_reload_and_is_sent_in_order(alice: Somebody) -> None:
    today = alice.today().isoformat()
    rent, milk = alice.has_task("Pay the rent", due=today), alice.has_task("Buy milk", due=today)
    tab = alice.opens_a_live_tab()
    tab.is_kept()
    expect(tab.page.get_by_text("Buy milk")).to_be_visible()

    alice.context.set_offline(True)
    completed(tab, "Pay the rent")
    completed(tab, "Buy milk")
    expect(tab.page.get_by_role("button", name="2 changes waiting")).to_be_visible()
    tab.page.reload()
    expect(tab.page.get_by_role("button", name="2 changes waiting")).to_be_visible()
    sent: list[str] = []
    tab.page.on("response", lambda answer: sent.append(answer.url) if answer.url.endswith("/complete") else None)
    with tab.page.expect_response(lambda answer: answer.url.endswith(f"/{milk['id']}/complete")):
        alice.context.set_offline(False)
    expect(tab.connection).to_have_text("Live")

    assert [url.split("/")[-2] for url in sent] == [rent["id"], milk["id"]]
    assert {alice.now_has(task)["status"] for task in (rent, milk)} == {"done"}


def test_what_the_page_has_not_fetched_yet_takes_nothing_else_away(alice: Somebody) -> None:
    alice.context.add_init_script("delete Navigator.prototype.serviceWorker")  # so that nothing is kept of the page
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.connection).to_have_text("Live")
    expect(tab.task("Buy milk")).to_be_visible()
    tab.page.evaluate("window.neverReloaded = true")

    alice.context.set_offline(True)
    tab.title("Buy milk").click()
    expect(tab.page.get_by_text("Opening the task…")).to_be_visible()
    expect(tab.task("Buy milk")).to_be_visible()
    alice.context.set_offline(False)
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Buy milk")

    alice.context.set_offline(True)
    tab.place("Calendar").click()
    expect(tab.page.get_by_text("Loading…")).to_be_visible()
    alice.context.set_offline(False)
    expect(tab.calendar.grid).to_be_visible()
    assert tab.page.evaluate("window.neverReloaded")


def test_what_is_undone_from_the_activity_waits_for_the_network_too(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent")
    alice.changes(task, title="Pay the new rent")
    tab = alice.opens_a_live_tab("/activity")
    change = tab.entry("Changed “Pay the new rent”")
    expect(change).to_be_visible()
    tab.is_kept()

    alice.context.set_offline(True)
    change.get_by_role("button", name="Undo").click()
    expect(change.get_by_role("button", name="Undo")).to_have_text("Not sent yet")
    tab.place("Inbox").click()
    tab.shows("Pay the rent")
    tab.page.reload()
    tab.shows("Pay the rent")
    tab.page.get_by_role("button", name="1 change waiting").click()
    waiting = tab.page.get_by_role("dialog", name="Not sent yet")
    expect(waiting.get_by_text("Undone: Changed “Pay the new rent”")).to_be_visible()
    with tab.page.expect_response(lambda answer: answer.url.endswith("/undo")):
        alice.context.set_offline(False)

    expect(waiting.get_by_text("Everything you did is saved.")).to_be_visible()
    assert alice.now_has(task)["title"] == "Pay the rent"
