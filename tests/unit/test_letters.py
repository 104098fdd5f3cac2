"""A mail goes to the one address it is for, whatever that looks like, and has the headers that we gave it."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.utils import getaddresses
from uuid import UUID

from hypothesis import assume, example, given
from hypothesis import strategies as st

from functions.accounts.addresses import plausible
from functions.notify.letters import Letter
from functions.notify.smtp import as_message

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
