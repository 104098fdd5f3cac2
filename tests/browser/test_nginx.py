"""The page as nginx sends it: nothing that it needs is refused by the headers it comes with."""

from playwright.sync_api import Browser, expect

from tests.browser.somebody import Somebody
from tests.nginx import before
from tests.world import World


def test_the_page_works_behind_nginx(world: World, browser: Browser) -> None:
    with before(world) as nginx, browser.new_context(base_url=nginx.address, locale="en-GB") as context:
        alice = Somebody("Alice", nginx.address, context).with_account()
        tab = alice.opens_a_live_tab("/inbox")
        alice.has_task("Stand up")

        expect(tab.page.get_by_text("Stand up")).to_be_visible()
        assert alice.complaints == []
