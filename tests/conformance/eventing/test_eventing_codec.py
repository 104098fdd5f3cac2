"""CloudEvents on the wire: what one side writes the other reads, and the CloudEvents SDK agrees."""

import json
import string
from typing import Any

import pytest
from cloudevents.conversion import from_http, to_binary, to_structured
from cloudevents.http import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from knative.runner.eventing import cloudevents
from knative.runner.eventing.cloudevents import Event, NotAnEvent
from knative.runner.eventing.partitioning import murmur2, partition_of

texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
# The SDK writes header values as they are, so it is asked only about those which need no encoding.
plain = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;="), min_size=1, max_size=30
)
references = st.text(st.sampled_from(string.ascii_letters + string.digits + "-._~/"), min_size=1, max_size=30)
names = st.text(st.sampled_from(string.ascii_lowercase + string.digits), min_size=1, max_size=20).filter(
    lambda name: (
        name not in {"data", "id", "source", "type", "specversion", "time", "subject", "dataschema"}
        and name != "datacontenttype"
    )
)
times = st.datetimes().map(lambda time: time.isoformat() + "Z")


def events(values: st.SearchStrategy[str]) -> st.SearchStrategy[Event]:
    # The time is among them because the SDK adds one where there is none.
    required = {"specversion": st.just("1.0"), "id": values, "source": references, "type": values, "time": times}
    optional = {"subject": values, "partitionkey": values}
    standard = st.fixed_dictionaries(required, optional=optional)
    typed = st.just({"datacontenttype": "application/octet-stream"})
    return st.builds(
        lambda standard, extensions, typed, data: Event(extensions | standard | typed, data or None),
        standard, st.dictionaries(names, values, max_size=4), typed, st.binary(max_size=50),
    )  # fmt: skip


@given(events(texts))
def test_an_event_survives_http(event: Event) -> None:
    headers = cloudevents.to_http(event)

    assert all(value.isascii() and value.isprintable() for value in headers.values())
    assert cloudevents.from_http(headers, event.data or b"") == event


@given(events(texts))
def test_an_event_survives_a_record(event: Event) -> None:
    key, headers, value = cloudevents.to_record(event)

    assert cloudevents.from_record(headers, value) == event
    assert key == (event.attributes["partitionkey"].encode() if "partitionkey" in event.attributes else None)


@given(events(plain))
def test_the_sdk_reads_what_we_write(event: Event) -> None:
    read = from_http(
        CloudEvent, cloudevents.to_http(event), event.data or b"", data_unmarshaller=lambda data: data or None
    )

    assert read.get_attributes() == event.attributes
    assert read.data == event.data


@given(events(plain))
def test_we_read_what_the_sdk_writes_in_binary(event: Event) -> None:
    headers, body = to_binary(CloudEvent(dict(event.attributes), event.data))

    read = cloudevents.from_http({name.lower(): value for name, value in headers.items()}, body or b"")

    assert read == event


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
).filter(lambda document: document is not None)


@given(events(texts), documents)
def test_we_read_what_the_sdk_writes_in_structured_mode(event: Event, document: Any) -> None:
    attributes = {**event.attributes, "datacontenttype": "application/json"}
    headers, body = to_structured(CloudEvent(attributes, document))

    read = cloudevents.from_http({name.lower(): value for name, value in headers.items()}, body)

    assert read.attributes == attributes
    assert json.loads(read.data or b"") == document


@given(events(texts))
def test_structured_binary_data_arrives_as_it_was(event: Event) -> None:
    headers, body = to_structured(CloudEvent(dict(event.attributes), event.data))

    read = cloudevents.from_http({name.lower(): value for name, value in headers.items()}, body)

    assert (read.attributes, read.data or None) == (event.attributes, event.data)


@given(st.dictionaries(st.text(max_size=12) | st.just("content-type"), st.text(max_size=20), max_size=6), st.binary())
def test_whatever_comes_is_an_event_or_refused(headers: dict[str, str], body: bytes) -> None:
    headers = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/x", "ce-type": "t"} | headers

    try:
        event = cloudevents.from_http(headers, body)
    except NotAnEvent:
        return

    assert cloudevents.from_http(cloudevents.to_http(event), event.data or b"") == event


def test_kafkas_own_vectors_choose_the_same_partition() -> None:
    vectors = {
        b"21": -973932308, b"foobar": -790332482, b"a-little-bit-long-string": -985981536,
        b"a-little-bit-longer-string": -1486304829, b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
        b"abc": 479470107,
    }  # fmt: skip

    for key, hashed in vectors.items():
        assert murmur2(key) == hashed % 2**32
        assert partition_of(key, 7) == (hashed & 0x7FFFFFFF) % 7


@pytest.mark.parametrize(
    ("content_type", "data", "expected"),
    [
        ("application/json", {"a": 1}, b'{"a":1}'),
        ("application/problem+json; charset=utf-8", [1], b"[1]"),
        ("text/plain", "größer", "größer".encode()),
        (None, "text", b'"text"'),
    ],
)
def test_structured_data_is_written_as_its_type_says(content_type: str | None, data: Any, expected: bytes) -> None:
    event = {"specversion": "1.0", "id": "1", "source": "/x", "type": "t", "data": data}
    if content_type:
        event["datacontenttype"] = content_type

    read = cloudevents.from_http({"content-type": cloudevents.STRUCTURED}, json.dumps(event).encode())

    assert read.data == expected
    assert read.attributes["datacontenttype"] == (content_type or "application/json")
