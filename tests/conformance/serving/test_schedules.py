"""PingSources: an event whenever the schedule is due, as Knative's adapter makes it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Install
from tests.conformance.serving.installation import NAMESPACE, service

EVERY_SECOND = "* * * * * *"


def ping(name: str, to: str, **spec: Any) -> dict[str, Any]:
    sink = {"ref": {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "name": to}, "uri": "/events"}
    return {
        "apiVersion": "sources.knative.dev/v1",
        "kind": "PingSource",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {"schedule": EVERY_SECOND, "sink": sink} | spec,
    }


def test_a_schedule_sends_an_event_each_time_it_is_due(install: Install, backstage: Backstage) -> None:
    extensions = {"extensions": {"tick": "second", "partitionkey": "7"}}
    install(
        service("woken"),
        ping("second", "woken", data='{"a": 1}', contentType="application/json", ceOverrides=extensions),
    )

    events = backstage.wait_for_events("woken", 3)

    headers = events[0]["headers"]
    expected = {
        "ce-specversion": "1.0",
        "ce-type": "dev.knative.sources.ping",
        "ce-source": f"/apis/v1/namespaces/{NAMESPACE}/pingsources/second",
        "ce-tick": "second",
        "ce-partitionkey": "7",
        "content-type": "application/json",
    }
    assert {name: headers.get(name) for name in expected} == expected
    assert "ce-subject" not in headers
    assert events[0]["body"] == '{"a": 1}'
    assert len({event["headers"]["ce-id"] for event in events}) == len(events)
    times = [datetime.fromisoformat(event["headers"]["ce-time"].replace("Z", "+00:00")) for event in events]
    assert abs(datetime.now(UTC) - times[-1]) < timedelta(minutes=1)
    seconds = [time.replace(microsecond=0) for time in times]
    assert len(set(seconds)) == len(seconds)  # a machine that pauses may miss one, and makes none up


def test_the_schedule_is_read_in_its_zone(install: Install, backstage: Backstage) -> None:
    """Both are due each second, of an hour that it is in one zone now and in the other it is not."""
    hour = datetime.now(UTC).hour
    this_hour_and_next = f"{hour},{(hour + 1) % 24}"
    install(
        service("here"),
        service("elsewhere"),
        ping("here", "here", schedule=f"* * {this_hour_and_next} * * *", timezone="UTC"),
        ping("elsewhere", "elsewhere", schedule=f"* * {this_hour_and_next} * * *", timezone="Asia/Kolkata"),
    )

    backstage.wait_for_events("here", 3)

    assert backstage.events("elsewhere") == []


def test_binary_data_comes_as_it_was_encoded(install: Install, backstage: Backstage) -> None:
    install(service("binary"), ping("bytes", "binary", dataBase64="aMOpbGxv", contentType="text/plain"))

    [event, *_] = backstage.wait_for_events("binary", 1)

    assert (event["body"], event["headers"]["content-type"]) == ("héllo", "text/plain")


def test_without_data_the_event_has_none(install: Install, backstage: Backstage) -> None:
    install(service("empty"), ping("bare", "empty"))

    [event, *_] = backstage.wait_for_events("empty", 1)

    assert event["body"] == ""
    assert "content-type" not in event["headers"]


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ({"schedule": "@every 5s"}, "spec.schedule: @every is not supported"),
        ({"schedule": "* * *"}, "has 3 fields"),
        ({"schedule": "61 * * * *"}, "'61' is not within 0-59"),
        ({"timezone": "Mars/Olympus"}, "there is no zone Mars/Olympus"),
        ({"data": "{}", "dataBase64": "e30="}, "both data and dataBase64"),
        ({"data": "[1]", "contentType": "application/json"}, "spec.data must be a JSON object"),
        ({"dataBase64": "%"}, "spec.dataBase64"),
        ({"ceOverrides": {"extensions": {"Not-Ok": "1"}}}, "must be lower-case letters and digits"),
        ({"sink": {"uri": "/events"}}, "spec.sink needs a ref, or an absolute uri"),
    ],
)
def test_a_schedule_that_a_cluster_would_refuse_is_refused(install: Install, spec: dict[str, Any], fault: str) -> None:
    status, said = install(service("woken"), ping("bad", "woken", **spec), start=False).run_to_its_end()

    assert status == 1
    assert f"PingSource bad: {fault}" in said or fault in said
