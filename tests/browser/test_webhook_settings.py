"""Webhooks as set on the page, in a Taskora that reaches a server on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from knative.local import page
from tests.browser.conftest import PATIENCE
from tests.browser.settings import section_of, settings
from tests.browser.somebody import Somebody, Tab
from tests.browser.test_accessibility import complaints
from tests.chaos.installation import Installation
from tests.endpoint import Endpoint, endpoint
from tests.post_office import certificate
from tests.world import ROOT, eventually


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Endpoint]]:
    folder = tmp_path_factory.mktemp("reaching")
    tls, path = certificate(folder)
    page.build(ROOT / "frontend")
    installation = Installation(folder, with_kafka=False)
    installation.copy_code()
    installation.reach(path)
    with endpoint(tls) as server:
        try:
            installation.start()
            yield installation, server
        finally:
            installation.stop()


@pytest.fixture
def alice(theirs: tuple[Installation, Endpoint], browser: Browser) -> Iterator[Somebody]:
    with sitting(browser, theirs[0].address) as somebody:
        yield somebody.with_account()


@contextmanager
def sitting(browser: Browser, address: str) -> Iterator[Somebody]:
    context = browser.new_context(base_url=address, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1000)
    somebody = Somebody("Alice", address, context)
    yield somebody
    context.close()
    assert somebody.complaints == []


@pytest.fixture
def server(theirs: tuple[Installation, Endpoint]) -> Endpoint:
    return theirs[1]


def has_webhook(tab: Tab, url: str, description: str) -> str:
    """Made on the page; says its secret."""
    form = tab.page.get_by_role("form", name="New webhook")
    form.get_by_label("Address").fill(url)
    form.get_by_label("Description").fill(description)
    form.get_by_label("Only some of it").check()
    form.get_by_label("Tasks", exact=True).check()
    form.get_by_role("button", name="Create the webhook").click()
    shown = tab.page.get_by_role("region", name="Its secret")
    expect(shown.get_by_role("heading")).to_be_focused()
    secret = shown.get_by_role("code").inner_text()
    shown.get_by_role("button", name="I have it").click()
    return secret


def card(tab: Tab, description: str) -> Locator:
    return tab.page.get_by_role("listitem", name=description)


def test_a_ping_arrives_signed_and_its_delivery_is_shown(alice: Somebody, server: Endpoint) -> None:
    tab = settings(alice, "webhooks")
    secret = has_webhook(tab, f"{server.origin}/kitchen", "The dashboard in the kitchen")
    kitchen = card(tab, "The dashboard in the kitchen")
    expect(kitchen.get_by_text("Hears of: all about tasks.")).to_be_visible()

    kitchen.get_by_role("button", name="Send a ping").click()

    expect(kitchen.get_by_text("Delivered, answered 204")).to_be_visible()
    [ping] = server.at("/kitchen")
    assert ping.is_signed_with(secret)
    assert complaints(tab.page) == []
    kitchen.get_by_role("button", name="Send again").click()
    expect(kitchen.get_by_text("Delivered, answered 204")).to_be_visible()
    eventually(lambda: len(server.at("/kitchen")) == 2, "it is sent again")
    first, again = server.at("/kitchen")
    assert first.delivery == again.delivery


def test_a_webhook_is_paused_edited_and_deleted(alice: Somebody, server: Endpoint) -> None:
    tab = settings(alice, "webhooks")
    has_webhook(tab, f"{server.origin}/hall", "In the hall")
    hall = card(tab, "In the hall")

    hall.get_by_role("button", name="Pause").click()
    expect(hall.get_by_text("Paused: nothing is sent there.")).to_be_visible()
    expect(hall.get_by_role("button", name="Send a ping")).to_have_count(0)
    answers: list[Route] = []
    tab.page.route("**/api/webhooks/*", lambda route: answers.append(route))
    with tab.page.expect_request("**/api/webhooks/*"):
        hall.get_by_role("button", name="Switch on").click()
    hall.get_by_role("button", name="Edit").click()
    hall.get_by_label("Description").fill("Upstairs")
    answers[0].continue_()  # while it is edited, what was asked before is answered
    expect(hall.get_by_role("button", name="Pause")).to_be_visible()
    tab.page.unroute("**/api/webhooks/*")
    hall.get_by_label("Everything that happens in your account").check()
    hall.get_by_role("button", name="Save").click()

    upstairs = card(tab, "Upstairs")
    expect(upstairs.get_by_text("Hears of: Everything.")).to_be_visible()
    upstairs.get_by_role("button", name="Delete Upstairs").click()
    assert complaints(tab.page) == []
    upstairs.get_by_role("button", name="Delete it").click()
    expect(upstairs).to_have_count(0)
    expect(tab.page.get_by_role("heading", name="Webhooks")).to_be_focused()


def test_a_new_secret_signs_beside_the_old_one(alice: Somebody, server: Endpoint) -> None:
    tab = settings(alice, "webhooks")
    old = has_webhook(tab, f"{server.origin}/garden", "In the garden")
    garden = card(tab, "In the garden")

    garden.get_by_role("button", name="New secret").click()
    garden.get_by_role("button", name="Make a new secret").click()
    shown = garden.get_by_role("region", name="Its new secret")
    new = shown.get_by_role("code").inner_text()
    shown.get_by_role("button", name="I have it").click()
    garden.get_by_role("button", name="Send a ping").click()

    expect(garden.get_by_text("Delivered, answered 204")).to_be_visible()
    [ping] = server.at("/garden")
    assert new != old
    assert ping.is_signed_with(new)
    assert ping.is_signed_with(old)


def test_an_address_where_nothing_is_sent_is_refused_beside_its_field(alice: Somebody) -> None:
    tab = settings(alice, "webhooks")
    form = tab.page.get_by_role("form", name="New webhook")
    form.get_by_label("Address").fill("http://example.org/plain")

    form.get_by_role("button", name="Create the webhook").click()

    expect(form.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Address")).to_be_focused()
    expect(section_of(tab).get_by_role("listitem")).to_have_count(0)
