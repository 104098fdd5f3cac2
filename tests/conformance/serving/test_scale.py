"""Processes come with requests, as many as the manifest allows, and go without them."""

import time
from concurrent.futures import FIRST_COMPLETED, wait

import httpx
import pytest

from tests.conformance.serving.backstage import PATIENCE, Backstage
from tests.conformance.serving.conftest import Callers, Install
from tests.conformance.serving.installation import service

IDLE = {"window": "6s"}


def test_requests_wait_for_the_process_that_the_first_one_starts(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    url = install(service("cold", env={"AT_START": "wait"})).addresses.of("cold")
    assert backstage.said("cold", "begin") == []

    answers = callers.get(f"{url}/echo", times=5)
    backstage.wait_until_held("cold", "start", 1)
    assert not any(answer.done() for answer in answers)
    backstage.open("cold", "start")

    assert {answer.result().json()["pid"] for answer in answers} == set(backstage.said("cold", "begin"))
    assert len(backstage.said("cold", "begin")) == 1


def test_no_request_comes_before_the_readiness_probe_is_answered_well(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("probed", env={"AT_PROBE": "wait"})).addresses.of("probed")

    client.get(f"{url}/tell")

    said = [what for _, what in backstage.everything("probed")]
    assert said == ["begin", "listen", "probe", "probe", "request"]  # the first probe was answered 503


def test_without_a_probe_a_process_is_ready_when_its_port_takes_connections(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    silent = service("unprobed", container={"readinessProbe": None})
    url = install(silent).addresses.of("unprobed")

    assert client.get(f"{url}/echo").status_code == 200

    assert backstage.said("unprobed", "probe") == []


def test_a_tcp_probe_asks_for_no_page(install: Install, backstage: Backstage, client: httpx.Client) -> None:
    tcp = service("tcp", container={"readinessProbe": {"tcpSocket": {"port": 0}}})
    url = install(tcp).addresses.of("tcp")

    assert client.get(f"{url}/echo").status_code == 200

    assert backstage.said("tcp", "probe") == []


def test_container_concurrency_is_a_hard_limit(install: Install, backstage: Backstage, callers: Callers) -> None:
    one_by_one = service("single", annotations={"max-scale": "1"}, containerConcurrency=1)
    url = install(one_by_one).addresses.of("single")
    [first] = callers.get(f"{url}/hold/first")
    backstage.wait_until_held("single", "first", 1)

    others = callers.get(f"{url}/hold/second", times=11)
    wait(others, return_when=FIRST_COMPLETED)  # one is too many for the queue, so all are as far as they get
    assert backstage.waiting("single", "second") == []
    backstage.open("single", "first")
    assert len(backstage.wait_until_held("single", "second", 1)) == 1
    backstage.open("single", "second")

    assert first.result().status_code == 200
    assert sorted(answer.result().status_code for answer in others) == [200] * 10 + [503]
    assert len(backstage.said("single", "begin")) == 1


def test_ten_requests_may_wait_for_each_that_can_run_and_the_next_is_refused(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    one_by_one = service("full", annotations={"max-scale": "1"}, containerConcurrency=1)
    url = install(one_by_one).addresses.of("full")
    first = callers.get(f"{url}/hold/gate")
    backstage.wait_until_held("full", "gate", 1)

    others = callers.get(f"{url}/hold/gate", times=11)
    [refused], _ = wait(others, return_when=FIRST_COMPLETED)
    backstage.open("full", "gate")

    assert refused.result().status_code == 503
    assert refused.result().text == "pending request queue full"
    assert sorted(answer.result().status_code for answer in first + others) == [200] * 11 + [503]


def test_without_a_limit_one_process_takes_all_requests_at_once(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    url = install(service("wide", containerConcurrency=0)).addresses.of("wide")

    answers = callers.get(f"{url}/hold/gate", times=20)
    pids = backstage.wait_until_held("wide", "gate", 20)
    backstage.open("wide", "gate")

    assert len(set(pids)) == 1
    assert {answer.result().status_code for answer in answers} == {200}


def test_more_requests_than_one_may_hold_bring_more_processes_up_to_max_scale(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    growing = service("growing", annotations={"max-scale": "3"}, containerConcurrency=1)
    url = install(growing).addresses.of("growing")

    answers = callers.get(f"{url}/hold/gate", times=6)
    pids = backstage.wait_until_held("growing", "gate", 3)
    backstage.open("growing", "gate")

    assert len(set(pids)) == 3
    assert {answer.result().status_code for answer in answers} == {200}
    assert len(backstage.said("growing", "begin")) == 3


@pytest.mark.parametrize(
    ("name", "annotations", "requests"),
    [
        ("targeted", {"target": "2", "target-utilization-percentage": "100"}, 4),
        ("utilised", {"target": "4", "target-utilization-percentage": "50"}, 4),
        ("defaulted", {"target": "3"}, 5),  # 70 % of it: five are too many for two
    ],
)
def test_the_target_is_a_soft_limit_that_brings_the_next_process(
    install: Install, backstage: Backstage, callers: Callers, name: str, annotations: dict[str, str], requests: int
) -> None:
    url = install(service(name, annotations=annotations | {"max-scale": "2"})).addresses.of(name)

    answers = callers.get(f"{url}/hold/gate", times=requests)
    first = backstage.wait_until_held(name, "gate", requests)
    begun = backstage.wait_until_said(name, "listen", times=2)
    backstage.open(name, "gate")

    assert len(set(first)) == 1
    assert len(set(begun)) == 2
    assert {answer.result().status_code for answer in answers} == {200}


def test_below_the_target_one_process_is_enough(install: Install, backstage: Backstage, callers: Callers) -> None:
    enough = service("enough", annotations={"target": "10", "max-scale": "5"})
    idle = service("meanwhile", annotations=IDLE | {"initial-scale": "1"})
    url = install(enough, idle).addresses.of("enough")

    answers = callers.get(f"{url}/hold/gate", times=6)
    backstage.wait_until_held("enough", "gate", 6)
    backstage.wait_until_said("meanwhile", "end")  # long enough for the autoscaler to make up its mind several times
    backstage.open("enough", "gate")

    assert {answer.result().status_code for answer in answers} == {200}
    assert len(backstage.said("enough", "begin")) == 1


def test_an_idle_service_is_gone_after_its_window_and_the_next_request_brings_it_back(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("idle", annotations=IDLE)).addresses.of("idle")
    before = client.get(f"{url}/echo").json()["pid"]

    backstage.wait_until_said("idle", "end")
    after = client.get(f"{url}/echo").json()["pid"]

    assert backstage.said("idle", "end") == [before]
    assert after != before


def test_what_stays_when_an_idle_neighbour_goes(install: Install, backstage: Backstage, client: httpx.Client) -> None:
    """One wait for all of them: the neighbour's window passes in the same time."""
    installed = install(
        service("kept", annotations=IDLE | {"min-scale": "2"}),
        service("retained", annotations=IDLE | {"scale-to-zero-pod-retention-period": "1h"}),
        service("delayed", annotations=IDLE | {"scale-down-delay": "1h"}),
        service("patient", annotations={"window": "1h"}),
        service("streaming", annotations=IDLE),
        service("first", annotations=IDLE | {"initial-scale": "2"}),
        service("untouched", annotations=IDLE),
        service("neighbour", annotations=IDLE),
    )
    of = installed.addresses.of
    for name in ("retained", "delayed", "patient"):
        client.get(f"{of(name)}/echo")

    with client.stream("GET", f"{of('streaming')}/stream/gate"):
        client.get(f"{of('neighbour')}/echo")
        backstage.wait_until_said("neighbour", "end")
        backstage.wait_until_said("first", "end", times=2)

        for name, processes in {"kept": 2, "retained": 1, "delayed": 1, "patient": 1, "streaming": 1}.items():
            assert len(backstage.said(name, "begin")) == processes, name
            assert backstage.said(name, "sigterm") == [], name
        assert backstage.said("untouched", "begin") == []


def test_initial_scale_is_one_where_nothing_is_said(install: Install, backstage: Backstage) -> None:
    said_nothing = service("unsaid")
    del said_nothing["spec"]["template"]["metadata"]["annotations"]["autoscaling.knative.dev/initial-scale"]

    install(said_nothing)

    assert len(backstage.wait_until_said("unsaid", "listen")) == 1


def test_scaling_down_leaves_the_requests_under_way_in_peace(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    shrinking = service(
        "shrinking",
        annotations=IDLE | {"max-scale": "2", "target-utilization-percentage": "100"},
        containerConcurrency=1,
    )
    url = install(shrinking).addresses.of("shrinking")
    [short], [long] = callers.get(f"{url}/hold/short"), callers.get(f"{url}/hold/long")
    [shorts], [longs] = (backstage.wait_until_held("shrinking", gate, 1) for gate in ("short", "long"))
    assert shorts != longs

    backstage.open("shrinking", "short")
    ended = backstage.wait_until_said("shrinking", "end")
    backstage.open("shrinking", "long")

    assert ended == [shorts]
    assert short.result().status_code == 200
    assert long.result().text == str(longs)


def test_a_process_is_asked_to_end_only_when_its_requests_have_ended(
    install: Install, backstage: Backstage, callers: Callers, client: httpx.Client
) -> None:
    two_each = {"target": "2", "target-utilization-percentage": "100", "max-scale": "2"}
    installed = install(
        service("drained", annotations=IDLE | two_each),
        service("longer", annotations={"window": "9s"}),
    )
    url = installed.addresses.of("drained")
    answers = callers.get(f"{url}/hold/short", times=3) + callers.get(f"{url}/hold/long")
    backstage.wait_until_held("drained", "short", 3)
    [first] = backstage.wait_until_held("drained", "long", 1)
    deadline = time.monotonic() + PATIENCE
    while client.get(f"{url}/echo").json()["pid"] == first:  # until the second process takes requests
        assert time.monotonic() < deadline
    answers += callers.get(f"{url}/hold/long")
    pids = backstage.wait_until_held("drained", "long", 2)
    assert len(set(pids)) == 2

    backstage.open("drained", "short")  # two are left, which one process could hold: the other is to go
    client.get(f"{installed.addresses.of('longer')}/echo")
    backstage.wait_until_said("longer", "end")
    asked_too_early = backstage.said("drained", "sigterm")
    backstage.open("drained", "long")

    assert asked_too_early == []
    assert backstage.wait_until_said("drained", "end")[0] in pids
    assert {answer.result().status_code for answer in answers} == {200}
