"""Who may come in: passwords, second steps, providers, other devices and programs, as set on the page."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser import camera
from tests.browser.elsewhere import PASSWORD
from tests.browser.settings import section_of, settings
from tests.browser.somebody import Somebody, Tab
from tests.browser.test_accessibility import complaints
from tests.chaos.installation import Installation
from tests.openid_provider import Liar

NEW = "another good password"


# Password


def test_a_new_password_lets_in_where_the_old_one_did(alice: Somebody, comes: Callable[..., Somebody]) -> None:
    tab = settings(alice, "password")
    tab.page.get_by_label("Current password").fill("not her password")
    tab.page.get_by_label("New password").fill(NEW)
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_label("Current password")).to_be_focused()
    said = section_of(tab).get_by_text("not your password").filter(visible=True)
    expect(said).to_have_text(["this is not your password"])  # once, and beside its field

    tab.page.get_by_label("Current password").fill(PASSWORD)
    tab.page.keyboard.press("Enter")

    expect(section_of(tab).get_by_text("That is your password now.")).to_be_visible()
    expect(tab.page.get_by_label("New password")).to_have_value("")
    elsewhere = comes("Alice, elsewhere").opens_a_tab()
    elsewhere.logs_in(alice, PASSWORD)
    expect(elsewhere.page.get_by_role("alert")).to_contain_text("wrong")
    elsewhere.logs_in(alice, NEW)
    expect(elsewhere.connection).to_have_text("Live")


# Two steps


def test_two_step_login_is_set_up_used_and_switched_off(
    alice: Somebody, comes: Callable[..., Somebody], taskora: Installation
) -> None:
    tab = settings(alice, "two-step")
    tab.page.get_by_label("Your password").fill(PASSWORD)
    tab.page.get_by_role("button", name="Set it up").click()
    expect(tab.page.get_by_role("heading", name="Tell your authenticator")).to_be_focused()
    secret = tab.page.get_by_role("code").inner_text().replace(" ", "")
    link = tab.page.get_by_role("link", name="open it there").get_attribute("href")
    assert link is not None
    assert parse_qs(urlsplit(link).query)["secret"] == [secret]
    assert complaints(tab.page) == []

    tab.page.get_by_label("Code", exact=True).fill("12")
    tab.page.get_by_role("button", name="Switch it on").click()
    expect(tab.page.get_by_label("Code", exact=True)).to_have_attribute("aria-invalid", "true")
    totp = pyotp.TOTP(secret)
    tab.page.get_by_label("Code", exact=True).fill(totp.now())
    tab.page.get_by_role("button", name="Switch it on").click()

    expect(tab.page.get_by_role("heading", name="Keep these recovery codes")).to_be_focused()
    codes = tab.page.get_by_role("code").inner_text().split()
    assert len(codes) == 10
    assert complaints(tab.page) == []
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Download them").click()
    assert codes[0] in download.value.path().read_text()
    tab.page.get_by_role("button", name="I have it").click()
    expect(section_of(tab).get_by_text("10 recovery codes are left.")).to_be_visible()

    elsewhere = comes("Alice, elsewhere").opens_a_tab()
    elsewhere.logs_in(alice)
    elsewhere.page.get_by_label("Code", exact=True).fill(codes[0])
    elsewhere.page.keyboard.press("Enter")
    expect(elsewhere.connection).to_have_text("Live")

    tab.page.get_by_role("button", name="New recovery codes").click()
    tab.page.get_by_label("Your password").fill(PASSWORD)
    tab.page.get_by_label("Code", exact=True).fill(codes[1])
    tab.page.get_by_role("button", name="Show me new codes").click()
    expect(tab.page.get_by_role("heading", name="Keep these recovery codes")).to_be_focused()
    renewed = tab.page.get_by_role("code").inner_text().split()
    assert not set(renewed) & set(codes)
    tab.page.get_by_role("button", name="I have it").click()

    tab.page.get_by_role("button", name="Switch it off").click()
    tab.page.get_by_label("Your password").fill(PASSWORD)
    tab.page.get_by_label("Code", exact=True).fill(renewed[0])
    tab.page.get_by_role("button", name="Switch it off").click()
    expect(section_of(tab).get_by_text("Two-step login is off.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_is_told_the_secret_by_its_camera(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    tab = settings(alice, "two-step")
    tab.page.get_by_label("Your password").fill(PASSWORD)
    tab.page.get_by_role("button", name="Set it up").click()

    code = tab.page.get_by_role("img", name="QR code")
    expect(code).to_be_visible()

    link = tab.page.get_by_role("link", name="open it there").get_attribute("href")
    assert camera.read(code) == [link]
    assert complaints(tab.page) == []


# Devices


def test_another_device_is_logged_out_from_here(alice: Somebody, comes: Callable[..., Somebody]) -> None:
    elsewhere = comes("Alice, elsewhere").opens_a_tab()
    elsewhere.logs_in(alice)
    expect(elsewhere.connection).to_have_text("Live")
    tab = settings(alice, "sessions")
    expect(section_of(tab).get_by_text("On 2 devices")).to_be_visible()
    expect(section_of(tab).get_by_text("Chrome on Linux").first).to_be_visible()
    assert complaints(tab.page) == []

    tab.page.get_by_role("button", name=re.compile("^Log out Chrome on Linux")).click()

    expect(section_of(tab).get_by_text("Only here")).to_be_visible()
    expect(elsewhere.page.get_by_text("Your session has ended.")).to_be_visible()


def test_logging_out_everywhere_is_asked_for_twice(alice: Somebody) -> None:
    tab = settings(alice, "sessions")
    tab.page.get_by_role("button", name="Log out everywhere").click()
    expect(tab.page.get_by_role("button", name="Keep")).to_be_focused()

    tab.page.get_by_role("button", name="Log out everywhere").click()

    tab.heads("Log in")


# Programs


def test_a_token_opens_what_it_may_until_it_is_revoked(alice: Somebody, taskora: Installation) -> None:
    alice.has_task("Buy milk")
    tab = settings(alice, "tokens")
    tab.page.get_by_label("Name").fill("The script on my laptop")
    tab.page.get_by_label("It ends").select_option("In a week")
    tab.page.get_by_role("button", name="Create the token").click()
    expect(tab.page.get_by_role("heading", name="Your token “The script on my laptop”")).to_be_focused()
    token = section_of(tab).get_by_role("region", name="Your token").get_by_role("code").inner_text()
    assert complaints(tab.page) == []

    def asks(method: str, **content: object) -> httpx.Response:
        shown = {"authorization": f"Bearer {token}"}
        return httpx.request(method, f"{taskora.address}/api/tasks", headers=shown, **content)  # type: ignore[arg-type]

    assert [task["title"] for task in asks("GET").json()["items"]] == ["Buy milk"]
    assert asks("POST", json={"title": "It may not"}).status_code == 403
    tab.page.get_by_role("button", name="I have it").click()
    expect(tab.page.get_by_text(token)).to_have_count(0)
    tab.page.get_by_role("button", name="Revoke The script on my laptop").click()
    tab.page.get_by_role("button", name="Revoke it").click()

    expect(section_of(tab).get_by_text("There are none.")).to_be_visible()
    assert asks("GET").status_code == 401


def test_a_token_that_may_nothing_is_refused_beside_its_boxes(alice: Somebody) -> None:
    tab = settings(alice, "tokens")
    tab.page.get_by_label("Name").fill("Nothing")
    tab.page.get_by_role("checkbox", name="Read tasks").uncheck()

    tab.page.get_by_role("button", name="Create the token").click()

    expect(tab.page.get_by_text("Choose at least one.")).to_be_visible()


def test_two_quick_clicks_make_one_token(alice: Somebody) -> None:
    tab = settings(alice, "tokens")
    tab.page.get_by_label("Name").fill("Once")

    tab.page.get_by_role("button", name="Create the token").dblclick()

    expect(tab.page.get_by_role("heading", name="Your token “Once”")).to_be_visible()
    assert len(alice.context.request.get("/api/tokens").json()["items"]) == 1


# A provider


@pytest.fixture
def signed_in_there(provider: Liar) -> Iterator[None]:
    provider.next_says = {"sub": uuid4().hex, "email": f"{uuid4()}@example.org", "name": "Alice"}
    yield
    provider.turns_back = False


@pytest.mark.usefixtures("signed_in_there")
def test_an_account_is_linked_with_the_provider_and_unlinked(alice: Somebody) -> None:
    tab: Tab = settings(alice, "provider")
    tab.page.get_by_label("Your password").fill(PASSWORD)

    tab.page.get_by_role("button", name="Link Example").click()

    expect(tab.page.get_by_text("you can sign in there, too")).to_be_visible()
    tab = settings(alice, "provider")
    expect(section_of(tab).get_by_text("You may sign in with Example.")).to_be_visible()
    tab.page.get_by_role("button", name="Unlink Example").click()
    tab.page.get_by_role("button", name="Unlink it").click()
    expect(section_of(tab).get_by_text("Your account is not linked with Example.")).to_be_visible()
