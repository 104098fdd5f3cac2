"""The ways in that are not the password: by a mail's link, with a code, through an OpenID provider."""

import re
from collections.abc import Callable, Iterator
from typing import get_args
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from functions.accounts.oidc import Reason
from tests.browser.elsewhere import PASSWORD
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints
from tests.chaos.installation import Installation
from tests.openid_provider import Liar
from tests.people import PASSWORD_HASH
from tests.post_office import PostOffice, text_of
from tests.world import eventually

NEW = "another good password"


def link_to(email: str, office: PostOffice, number: int = 0) -> str:
    """What the mail says to open, to the letter."""
    eventually(lambda: len(office.letters_to(email)) > number, f"mail for {email}")
    found = re.search(r"^http\S+", text_of(office.letters_to(email)[number]), re.M)
    assert found
    return found[0]


# A forgotten password


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whoever_forgot_a_password_sets_another_by_the_mails_link(
    comes: Callable[..., Somebody], office: PostOffice, theme: str
) -> None:
    alice = comes("Alice", theme=theme).with_account()
    tab = comes("Alice, elsewhere", theme=theme).opens_a_tab()

    tab.page.get_by_role("button", name="Forgot your password?").click()
    tab.heads("Forgot your password?")
    assert complaints(tab.page) == []
    tab.page.get_by_label("E-mail").fill(alice.email)
    tab.page.get_by_role("button", name="Send me the link").click()
    expect(tab.page.get_by_role("heading", name="Look at your mail")).to_be_focused()
    assert complaints(tab.page) == []

    tab.page.goto(link_to(alice.email, office))
    tab.heads("Set a new password")
    assert complaints(tab.page) == []
    tab.page.get_by_label("New password", exact=True).fill(NEW)
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", name="Your password is new")).to_be_focused()
    assert complaints(tab.page) == []

    tab.page.get_by_role("button", name="Log in").click()
    tab.logs_in(alice, NEW)
    expect(tab.connection).to_have_text("Live")
    link = link_to(alice.email, office, 1)  # word of the new password, and the way back if it was somebody else's
    tab.page.goto(link)
    tab.heads("Forgot your password?")
    expect(tab.page.get_by_label("E-mail")).to_have_value(alice.email)


def test_a_link_opens_for_whoever_is_signed_in_and_ends_that(alice: Somebody, office: PostOffice) -> None:
    tab = alice.opens_a_live_tab()
    tab.page.goto("/reset")
    tab.page.get_by_role("button", name="Send me the link").click()
    tab.page.goto(link_to(alice.email, office))
    expect(tab.page).to_have_title(re.compile("^Set a new password"))

    tab.page.get_by_label("New password", exact=True).fill(NEW)
    tab.page.route(re.compile("/api/(tasks|events)"), lambda _: None)  # so that nothing else says that it has ended
    tab.page.get_by_role("button", name="Set it").click()
    tab.page.get_by_role("button", name="Log in").click()

    tab.heads("Log in")
    tab.page.unroute_all()
    tab.page.get_by_label("Password").fill(NEW)
    tab.page.keyboard.press("Enter")
    expect(tab.connection).to_have_text("Live")


def test_a_link_that_no_longer_works_says_what_to_do(comes: Callable[..., Somebody]) -> None:
    tab = comes("Alice").opens_a_tab("/reset#token=used-already")
    tab.page.get_by_label("New password", exact=True).fill(NEW)
    tab.page.get_by_role("button", name="Set it").click()

    expect(tab.page.get_by_role("heading", name="This link no longer works")).to_be_focused()
    assert complaints(tab.page) == []
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.heads("Forgot your password?")


# A new account


def test_an_account_is_confirmed_by_the_mails_link_and_its_password(
    comes: Callable[..., Somebody], office: PostOffice, taskora: Installation
) -> None:
    alice = comes("Alice")
    mail_id = asked_to_register(taskora, alice.email)
    tab = alice.opens_a_tab("/reset")
    tab.page.get_by_label("E-mail").fill(f"nobody-{mail_id}@example.org")
    tab.page.get_by_role("button", name="Send me the link").click()  # and `notify` sends what there is

    link = link_to(alice.email, office)
    tab.page.goto(link)
    tab.heads("Confirm your account")
    tab.page.get_by_label("Password").fill("not that one")
    tab.page.get_by_role("button", name="Confirm").click()
    expect(tab.page.get_by_role("alert")).to_contain_text("not the password")
    tab.page.get_by_label("Password").fill(PASSWORD)
    tab.page.get_by_role("button", name="Confirm").click()
    expect(tab.connection).to_have_text("Live")

    tab.page.goto(link)
    tab.page.get_by_label("Password").fill(PASSWORD)
    tab.page.get_by_role("button", name="Confirm").click()
    expect(tab.page.get_by_role("heading", name="This link no longer works")).to_be_focused()
    assert complaints(tab.page) == []


def asked_to_register(taskora: Installation, email: str) -> str:
    """As where REGISTRATION is by-mail; here it is not."""
    mail_id = str(uuid4())
    taskora.rows(
        "INSERT INTO account_mails (id, kind, email, email_key, requested_at, next_attempt_at)"
        " VALUES (%(id)s, 'registration', %(email)s, %(email)s, now(), now())",
        id=mail_id, email=email,
    )  # fmt: skip
    taskora.rows(
        "INSERT INTO registrations VALUES (%(id)s, %(password_hash)s, 'Alice', 'UTC', 'en', 'monday', 'system')",
        id=mail_id, password_hash=PASSWORD_HASH,
    )  # fmt: skip
    return mail_id


# A second factor


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_has_a_second_factor_is_asked_for_the_code_next(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice").with_account()
    _, recovery_codes = alice.has_second_factor()
    tab = comes("Alice, elsewhere", theme=theme).opens_a_tab()

    tab.logs_in(alice)
    expect(tab.page.get_by_label("Code", exact=True)).to_be_focused()
    expect(tab.page.get_by_role("alert")).to_have_count(0)  # nothing is refused
    assert complaints(tab.page) == []
    tab.page.keyboard.type("123")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("alert")).to_contain_text("This code is wrong")
    assert complaints(tab.page) == []

    tab.page.get_by_label("Code", exact=True).fill(recovery_codes[0])
    tab.page.keyboard.press("Enter")
    expect(tab.connection).to_have_text("Live")


def test_whoever_cannot_say_the_code_can_start_again(alice: Somebody, comes: Callable[..., Somebody]) -> None:
    alice.has_second_factor()
    tab = comes("Mallory").opens_a_tab()
    tab.logs_in(alice)

    tab.page.get_by_role("button", name="Start again").click()

    tab.heads("Log in")
    expect(tab.page.get_by_role("alert")).to_have_count(0)  # nothing is refused
    expect(tab.page.get_by_label("Password")).to_have_value("")


# An OpenID provider


@pytest.fixture
def ada(provider: Liar) -> Iterator[str]:
    """Her address. She is signed in at the provider."""
    email = f"ada-{uuid4()}@example.org"
    provider.next_says = {"sub": uuid4().hex, "email": email, "name": "Ada"}
    yield email
    provider.turns_back = False


def test_whoever_signs_in_at_the_provider_is_in(ada: str, comes: Callable[..., Somebody]) -> None:
    tab = comes("Ada").opens_a_tab()

    tab.page.get_by_role("link", name="Sign in with Example").click()

    expect(tab.connection).to_have_text("Live")
    expect(tab.page.get_by_text("Ada", exact=True)).to_be_visible()


def test_whoever_turns_back_there_is_told_so_once(ada: str, provider: Liar, comes: Callable[..., Somebody]) -> None:
    provider.turns_back = True
    alice = comes("Alice").with_account()
    tab = comes("Alice, elsewhere").opens_a_tab()

    tab.page.get_by_role("link", name="Sign in with Example").click()

    expect(tab.page.get_by_role("alert")).to_contain_text("You turned back")
    assert complaints(tab.page) == []
    tab.logs_in(alice)
    expect(tab.connection).to_have_text("Live")
    expect(tab.page.get_by_text("You turned back")).to_have_count(0)


def test_whoever_links_an_account_is_told_so_inside(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/?sign-in=linked")

    expect(tab.page.get_by_text("you can sign in there, too")).to_be_visible()
    expect(tab.page).to_have_url(re.compile(r"/today$"))


def test_whatever_becomes_of_it_has_words(comes: Callable[..., Somebody]) -> None:
    somebody = comes("Somebody")
    said = set()
    for reason in get_args(Reason):
        tab = somebody.opens_a_tab(f"/?sign-in={reason}")
        expect(tab.page.get_by_role("alert")).not_to_be_empty()
        said.add(tab.page.get_by_role("alert").inner_text())
        tab.page.close()

    assert len(said) == len(get_args(Reason))
