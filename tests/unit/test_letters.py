"""A mail goes to the one address it is for, whatever that looks like, and has the headers that we gave it."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses
from uuid import UUID

from hypothesis import assume, example, given
from hypothesis import strategies as st

from functions.accounts.addresses import plausible
from functions.notify.letters import Letter
from functions.notify.smtp import as_message
from tests.post_office import text_of

ENCODED = "=?utf-8?q?a=0D=0ABcc=3Ab?="
PIECES = ["a", ENCODED, "\u00fc", "\u05d0", "\uff0c", "\uff1d", *".=?,;:<>()[]'\"\\/!#"]
SAID = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


@example(ENCODED, "example")
@example("a", ENCODED)
@given(SAID, SAID)
def test_whatever_looks_like_an_address_is_one_and_writes_no_headers(name: str, host: str) -> None:
    address = f"{name}@{host}.org"
    assume(is_plausible(address))

    message = as_message(Letter(UUID(int=7), address, datetime.now(UTC), "Hello", ("Read this:",), "x"), "us@here.test")

    to = Address(username=name, domain=f"{host}.org").addr_spec
    written = message_from_bytes(message.as_bytes(policy=policy.SMTPUTF8), policy=policy.SMTPUTF8)
    assert [where for _, where in getaddresses([message["To"]])] == [to]
    assert written["To"] == to
    assert written.keys() == message.keys()
    assert written.get_body(("plain",))


def is_plausible(address: str) -> bool:
    try:
        return plausible(address) == address
    except ValueError:
        return False


@example(ENCODED)
@example(f"Pay {ENCODED} rent")
@example("x" * 150)
@given(SAID)
def test_a_subject_says_what_it_says_and_writes_no_headers(subject: str) -> None:
    written = as_it_goes_out(Letter(UUID(int=7), "a@b.org", datetime.now(UTC), subject, ("Read this:",), "x"))

    assert written["Subject"] == subject
    assert [name for name in written if name.lower() == "bcc"] == []
    assert text_of(written).splitlines() == ["Read this:", "", "x", "", "-- ", "Taskora"]


def test_a_mail_program_reads_the_link_of_one_click_however_long_it_is() -> None:
    link = f"https://taskora.example.org/api/notifications/unsubscribe?token={'a' * 80}"
    letter = Letter(UUID(int=7), "a@b.org", datetime.now(UTC), "Hello", ("Read this:",), "x", unsubscribe=link)

    lines = as_message(letter, "us@here.test").as_bytes(policy=policy.SMTP).decode("ascii").split("\r\n")

    assert f"List-Unsubscribe: <{link}>" in lines


def as_it_goes_out(letter: Letter) -> EmailMessage:
    message = as_message(letter, "us@here.test")
    written = message_from_bytes(message.as_bytes(policy=policy.SMTP), _class=EmailMessage, policy=policy.SMTP)
    assert written.keys() == message.keys()
    return written
