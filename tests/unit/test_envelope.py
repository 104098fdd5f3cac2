"""Events on the wire: as the CloudEvents SDK reads and writes them, and signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cloudevents.conversion import to_binary
from cloudevents.http import CloudEvent, from_http
from hypothesis import given
from hypothesis import strategies as st

from shared import config, envelope
from shared.envelope import Envelope, Unreadable
from shared.ids import new_id

ALICE = new_id()


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    names = ("K_SERVICE", "FUNCTION_SOURCE", "DATABASE_URL", "REDIS_URL", "BROKER_INGRESS_URL")
    for name, value in {**dict.fromkeys(names, "x"), "EVENT_SIGNING_KEYS": "new key,old key"}.items():
        monkeypatch.setenv(name, value)
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


def an_event(data: bytes = b'{"task":{}}') -> Envelope:
    named = envelope.attributes(
        ALICE, 7, "task/1", datetime(2026, 11, 20, tzinfo=UTC), "/eventing/schemas/x.json", None, False
    )
    return Envelope("event-1", "/taskora/tasks", "task.created", named, data)


def test_the_sdk_reads_what_we_write() -> None:
    event = from_http(an_event().headers(), an_event().data)

    assert (event["id"], event["type"], event["source"]) == ("event-1", "task.created", "/taskora/tasks")
    assert (event["sequence"], event["partitionkey"], event["subject"]) == ("7", str(ALICE), "task/1")
    assert event.data == {"task": {}}


def test_we_read_what_the_sdk_writes() -> None:
    written = CloudEvent({"id": "1", "type": "t", "source": "/s", "work": "day"}, {"a": 1})

    read = envelope.read(*to_binary(written))

    assert (read.id, read.type, read.source, read.attributes["work"]) == ("1", "t", "/s", "day")
    assert read.data == b'{"a": 1}'


def test_a_signed_event_is_ours() -> None:
    signed = an_event().signed()

    assert envelope.read(signed.headers(), signed.data).verified() == signed


@pytest.mark.parametrize(
    "forge",
    [
        lambda event: replace(event, id="event-2"),
        lambda event: replace(event, type="task.deleted"),
        lambda event: replace(event, source="/taskora/accounts"),
        lambda event: replace(event, attributes={**event.attributes, "subject": "task/2"}),
        lambda event: replace(event, attributes={**event.attributes, "time": "1999-01-01T00:00:00Z"}),
        lambda event: replace(event, attributes={**event.attributes, "work": "day"}),
        lambda event: replace(event, data=b'{"task":{"title":"mine"}}'),
        lambda event: replace(event, attributes={**event.attributes, "sequence": "8"}),
        lambda event: replace(event, attributes={**event.attributes, "partitionkey": str(new_id())}),
        lambda event: replace(event, attributes={**event.attributes, "signature": "é"}),
        lambda event: replace(event, attributes={**event.attributes, "signature": ""}),
    ],
)
def test_a_changed_event_is_not_ours(forge: object) -> None:
    assert callable(forge)
    forged = forge(an_event().signed())

    with pytest.raises(Unreadable, match="not signed"):
        envelope.read(forged.headers(), forged.data).verified()


@pytest.mark.parametrize("written", ["2026-11-20T00:00:00Z", "2026-11-20T00:00:00.000Z", "2026-11-20T01:00:00+01:00"])
def test_a_time_may_be_written_another_way_and_stays_signed(written: str) -> None:
    signed = an_event().signed()

    assert replace(signed, attributes={**signed.attributes, "time": written}).is_signed()


def test_while_keys_rotate_both_are_good(monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_new = an_event().signed()
    monkeypatch.setenv("EVENT_SIGNING_KEYS", "newer key,new key")
    config.settings.cache_clear()

    assert with_the_new.is_signed()

    monkeypatch.setenv("EVENT_SIGNING_KEYS", "newest key,newer key")
    config.settings.cache_clear()

    assert not with_the_new.is_signed()


@pytest.mark.parametrize("missing", ["ce-specversion", "ce-id", "ce-source", "ce-type"])
def test_what_lacks_an_attribute_is_no_event(missing: str) -> None:
    headers = an_event().headers()
    del headers[missing]

    with pytest.raises(Unreadable):
        envelope.read(headers, b"{}")


def test_an_attribute_may_hold_any_text() -> None:
    event = replace(an_event(), attributes={"subject": 'Überfall 100 % "now" €'})

    headers = event.headers()

    assert headers["ce-subject"] == "%C3%9Cberfall%20100%20%25%20%22now%22%20%E2%82%AC"
    assert envelope.read(headers, event.data) == event


@given(st.binary(max_size=200), st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_an_event_comes_back_as_it_was(data: bytes, subject: str) -> None:
    event = replace(an_event(data), attributes={"subject": subject})

    assert envelope.read(event.headers(), data) == event
