"""The page as nginx sends it: nothing that it needs is refused by the headers it comes with, nor kept for too long."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from knative.images import configuration
from knative.runner.routes import Routes
from tests.browser.releasing import NEWER, released
from tests.browser.somebody import Somebody
from tests.nginx import Nginx, before
from tests.world import ROOT, World


@pytest.fixture
def nginx(world: World) -> Iterator[Nginx]:
    with before(world) as nginx:
        yield nginx


@pytest.fixture
def context(nginx: Nginx, browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=nginx.address, locale="en-GB") as context:
        yield context


def test_the_page_works_behind_nginx(nginx: Nginx, context: BrowserContext) -> None:
    alice = Somebody("Alice", nginx.address, context).with_account()
    tab = alice.opens_a_live_tab("/inbox")
    alice.has_task("Stand up")

    expect(tab.page.get_by_text("Stand up")).to_be_visible()
    tab.is_kept()
    context.set_offline(True)
    tab.page.reload()

    expect(tab.page.get_by_text("Stand up")).to_be_visible()
    assert alice.complaints == []


def test_a_newer_page_comes_through_nginx(nginx: Nginx, context: BrowserContext) -> None:
    alice = Somebody("Alice", nginx.address, context).with_account()
    tab = alice.opens_a_live_tab("/inbox")
    tab.is_kept()
    page = nginx.tree / "app/page"

    nginx.stop()
    with released(page):
        for name, text in configuration.files(Routes.read(ROOT / "knative/base/routes.yaml"), page).items():
            (page.parent / name).write_text(text)
        nginx.start()
        expect(tab.connection).to_have_text("Live")
        alice.opens_a_live_tab("/today").page.close()  # by which the browser looks whether there is a newer one
        expect(tab.page.get_by_text("A new version of Taskora is ready.")).to_be_visible()
        tab.page.get_by_role("button", name="Reload").click()

        expect(tab.page.locator("script[type=module]").first).to_have_attribute("src", re.compile(NEWER))
