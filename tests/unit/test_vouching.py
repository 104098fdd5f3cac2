"""What one function says for another is believed of the very request it was said of, and for a minute."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared import config, vouching
from shared.ids import new_id

ALICE, MALLORY = new_id(), new_id()  # by what they have shown
HERE = ("POST", "/api/tasks")


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    names = ("K_SERVICE", "FUNCTION_SOURCE", "DATABASE_URL", "REDIS_URL", "BROKER_INGRESS_URL")
    for name in names:
        monkeypatch.setenv(name, "x")
    keys_are("new key,old key", monkeypatch)
    yield
    config.settings.cache_clear()


def keys_are(keys: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT_SIGNING_KEYS", keys)
    config.settings.cache_clear()


def said() -> bytes:
    return vouching.said("chat", ALICE, *HERE).encode()


def test_it_is_believed_of_the_request_it_was_said_of() -> None:
    assert vouching.heard(said(), ALICE, *HERE) == "chat"


@pytest.mark.parametrize(
    ("credential", "method", "path"),
    [(MALLORY, *HERE), (ALICE, "PATCH", HERE[1]), (ALICE, HERE[0], "/api/tasks/bulk")],
)
def test_it_is_believed_of_no_other(credential: object, method: str, path: str) -> None:
    assert vouching.heard(said(), credential, method, path) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("seconds", [-61, 61])
def test_it_is_not_believed_at_another_time(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    before = said()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)

    assert vouching.heard(before, ALICE, *HERE) is None


def test_while_keys_rotate_both_are_good(monkeypatch: pytest.MonkeyPatch) -> None:
    before = said()

    keys_are("newer key,new key", monkeypatch)
    assert vouching.heard(before, ALICE, *HERE) == "chat"

    keys_are("newest key,newer key", monkeypatch)
    assert vouching.heard(before, ALICE, *HERE) is None


@given(st.binary(max_size=200))
@example(b"chat;1;00")
@example(b"system;1;00")
@example("chat;\u00b2;00".encode())
@example(b"chat;99999999999;\xff")
def test_what_is_made_up_says_nothing(header: bytes) -> None:
    assert vouching.heard(header, ALICE, *HERE) is None
