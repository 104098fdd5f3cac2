"""The autoscaler's arithmetic, with times as literal values."""

from dataclasses import replace

from knative.runner.autoscaler import Autoscaler
from knative.runner.manifests import Service

TEN_EACH = Service(
    name="s", namespace="n", cluster_local=True, env={}, container_concurrency=0, timeout_seconds=300,
    response_start_timeout_seconds=300, idle_timeout_seconds=0, readiness_path=None, min_scale=0, max_scale=0,
    initial_scale=1, target=10, window=60, scale_down_delay=0, retention=0,
)  # fmt: skip


def test_a_steady_load_gets_a_process_for_each_target() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0)
    autoscaler.load.change(0, 25)

    assert autoscaler.decide(60, ready=2) == 3


def test_a_load_exactly_at_the_target_is_not_above_it() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0.3)
    autoscaler.load.change(0.3, 10)

    assert {autoscaler.decide(0.3 + n, ready=1) for n in range(1, 120)} == {1}


def test_a_rush_is_seen_by_the_panic_window_long_before_the_average_moves() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0)
    autoscaler.load.change(0, 1)
    autoscaler.load.change(100, 40)

    assert autoscaler.decide(106, ready=1) == 4


def test_in_a_panic_nothing_is_taken_away_until_a_window_has_passed() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0)
    autoscaler.load.change(0, 40)
    assert autoscaler.decide(6, ready=1) == 4
    autoscaler.load.change(6, 1)

    assert autoscaler.decide(30, ready=4) == 4
    assert autoscaler.decide(65, ready=4) == 4
    assert autoscaler.decide(67, ready=4) == 1


def test_nothing_is_wanted_when_a_whole_window_was_empty() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0)
    autoscaler.load.change(10, 1)
    autoscaler.load.change(10.01, 0)

    assert autoscaler.decide(69, ready=1) == 1
    assert autoscaler.decide(72, ready=1) == 0


def test_a_burst_after_a_pause_is_not_averaged_with_the_pause() -> None:
    autoscaler = Autoscaler(TEN_EACH, now=0)
    autoscaler.load.change(10_000, 35)

    assert autoscaler.decide(10_002, ready=1) == 4


def test_min_and_max_scale_bound_it() -> None:
    bounded = Autoscaler(replace(TEN_EACH, min_scale=2, max_scale=3), now=0)

    assert bounded.decide(60, ready=2) == 2
    bounded.load.change(60, 1000)
    assert bounded.decide(120, ready=2) == 3


def test_scale_down_delay_goes_by_the_most_that_was_wanted_meanwhile() -> None:
    autoscaler = Autoscaler(replace(TEN_EACH, scale_down_delay=100), now=0)
    autoscaler.load.change(0, 15)
    assert autoscaler.decide(60, ready=2) == 2
    autoscaler.load.change(60, 1)

    assert autoscaler.decide(155, ready=2) == 2
    assert autoscaler.decide(300, ready=2) == 1


def test_the_last_process_stays_for_the_retention_period_after_the_window() -> None:
    autoscaler = Autoscaler(replace(TEN_EACH, retention=30), now=0)
    autoscaler.load.change(0, 1)
    autoscaler.load.change(1, 0)

    assert autoscaler.decide(62, ready=1) == 1
    assert autoscaler.decide(91, ready=1) == 1
    assert autoscaler.decide(92, ready=1) == 0
