"""What Prometheus reads."""

import pytest

from shared import metrics


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_counts", {})
    monkeypatch.setattr(metrics, "_durations", {})
    monkeypatch.setattr(metrics, "_histograms", {})
    monkeypatch.setattr(metrics, "_levels", {})


def test_counts_add_up_by_their_labels() -> None:
    metrics.count("events_total", kind="a")
    metrics.count("events_total", 2, kind="a")
    metrics.count("events_total", kind="b")

    assert metrics.exposition().splitlines()[:3] == [
        "# TYPE events_total counter",
        'events_total{kind="a"} 3',
        'events_total{kind="b"} 1',
    ]


def test_a_bucket_counts_everything_up_to_its_bound() -> None:
    for seconds in (0.005, 0.006, 99):
        metrics.observe_request("GET", "/", 200, seconds)

    lines = metrics.exposition()
    assert 'http_request_duration_seconds_bucket{method="GET",route="/",status="200",le="0.005"} 1\n' in lines
    assert 'http_request_duration_seconds_bucket{method="GET",route="/",status="200",le="0.01"} 2\n' in lines
    assert 'http_request_duration_seconds_bucket{method="GET",route="/",status="200",le="10.0"} 2\n' in lines
    assert 'http_request_duration_seconds_bucket{method="GET",route="/",status="200",le="+Inf"} 3\n' in lines
    assert 'http_request_duration_seconds_count{method="GET",route="/",status="200"} 3\n' in lines


def test_a_large_counter_does_not_stand_still() -> None:
    metrics.count("bytes_total", 1_234_567_890_123)
    metrics.count("bytes_total")
    metrics.observe_request("GET", "/", 200, 1_234_567.25)

    lines = metrics.exposition()
    assert "bytes_total 1234567890124\n" in lines
    assert 'http_request_duration_seconds_sum{method="GET",route="/",status="200"} 1234567.25\n' in lines


def test_a_large_histogram_does_not_stand_still() -> None:
    metrics.observe_request("GET", "/", 200, 0.001)
    [buckets] = metrics._durations.values()
    buckets[0] = 12_345_677

    metrics.observe_request("GET", "/", 200, 0.001)

    lines = metrics.exposition()
    assert 'http_request_duration_seconds_bucket{method="GET",route="/",status="200",le="0.005"} 12345678\n' in lines
    assert 'http_request_duration_seconds_count{method="GET",route="/",status="200"} 12345678\n' in lines


def test_a_label_says_what_it_was_given_and_nothing_more() -> None:
    metrics.count("events_total", kind='a\\b"} 7\nevents_total{kind="c')

    assert metrics.exposition().splitlines()[:2] == [
        "# TYPE events_total counter",
        r'events_total{kind="a\\b\"} 7\nevents_total{kind=\"c"} 1',
    ]


def test_what_is_observed_has_its_buckets_by_its_labels() -> None:
    for seconds in (0.2, 0.3):
        metrics.observe("lateness_seconds", seconds, channel="push")

    lines = metrics.exposition()
    assert "# TYPE lateness_seconds histogram\n" in lines
    assert 'lateness_seconds_bucket{channel="push",le="0.25"} 1\n' in lines
    assert 'lateness_seconds_bucket{channel="push",le="+Inf"} 2\n' in lines
    assert 'lateness_seconds_sum{channel="push"} 0.5\n' in lines
    assert 'lateness_seconds_count{channel="push"} 2\n' in lines


def test_a_level_is_what_it_was_last() -> None:
    for many in (3, 0):
        metrics.level("waiting", many)

    assert metrics.exposition().splitlines()[:2] == ["# TYPE waiting gauge", "waiting 0"]
