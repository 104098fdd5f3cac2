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
