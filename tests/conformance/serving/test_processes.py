"""What happens when processes die: a function's, the zygote, the runner itself."""

import resource
import signal
import sys
import time
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path

import httpx
import pytest

from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Callers, Install
from tests.conformance.serving.installation import service
from tests.conformance.serving.machine import PATIENCE, children_of, is_there, kill, wait_until_gone


def test_a_request_whose_process_dies_is_answered_502_and_the_next_one_by_another_process(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    installed = install(service("mortal"))
    url = installed.addresses.of("mortal")

    answer = client.post(f"{url}/exit/7")
    client.get(f"{url}/echo").raise_for_status()

    assert answer.status_code == 502
    assert len(set(backstage.said("mortal", "begin"))) == 2
    installed.wait_until_said("exit status 7")


def test_a_request_that_kills_its_process_is_tried_with_one_more_at_most(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("fragile")).addresses.of("fragile")

    answer = client.get(f"{url}/exit/7")

    assert answer.status_code == 502
    assert len(backstage.said("fragile", "listen")) == 2


def test_a_process_killed_while_idle_costs_no_request(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("killed")).addresses.of("killed")
    pid = client.get(f"{url}/echo").json()["pid"]

    kill(pid, signal.SIGKILL)
    answer = client.get(f"{url}/echo")

    assert answer.status_code == 200
    assert answer.json()["pid"] != pid


def test_a_process_that_is_killed_again_and_again_is_replaced_each_time(install: Install, client: httpx.Client) -> None:
    url = install(service("hunted")).addresses.of("hunted")
    pids = set()

    for _ in range(6):
        answer = client.get(f"{url}/echo")
        assert answer.status_code == 200
        pids.add(answer.json()["pid"])
        kill(answer.json()["pid"], signal.SIGKILL)

    assert len(pids) == 6


def test_an_answer_cut_in_the_middle_does_not_look_whole(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("torn")).addresses.of("torn")

    broken = None
    try:
        with client.stream("GET", f"{url}/half") as answer:
            backstage.open("torn", "half")
            answer.read()
    except httpx.HTTPError as error:
        broken = error

    assert isinstance(broken, (httpx.RemoteProtocolError, httpx.ReadError))


def test_a_function_that_cannot_start_is_said_in_few_lines_and_answered_503(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    installed = install(service("hopeless", env={"AT_START": "fail"}))
    url = installed.addresses.of("hopeless")

    answers = [client.get(f"{url}/echo") for _ in range(20)]

    assert {answer.status_code for answer in answers} == {503}
    assert "hopeless does not start: exit status 3" in answers[0].text
    assert 1 <= installed.said().count("hopeless: a process failed: exit status 3") <= 3


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux takes files away from another process")
def test_a_machine_out_of_files_costs_the_requests_of_that_time_only(install: Install, client: httpx.Client) -> None:
    installed = install(service("poor"))
    url = installed.addresses.of("poor")
    kill(client.get(f"{url}/echo").json()["pid"], signal.SIGKILL)

    before = resource.prlimit(installed.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(installed.process.pid, resource.RLIMIT_NOFILE, (3, before[1]))
    refused = client.get(f"{url}/echo")
    resource.prlimit(installed.process.pid, resource.RLIMIT_NOFILE, before)

    assert refused.status_code == 503
    assert "poor does not start: OSError: [Errno 24] Too many open files" in refused.text
    deadline = time.monotonic() + PATIENCE
    while client.get(f"{url}/echo").status_code == 503:  # until the pause before the next try is over
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_zygotes_death_is_said_and_survived(install: Install, client: httpx.Client) -> None:
    installed = install(service("orphan"))
    url = installed.addresses.of("orphan")
    pid = client.get(f"{url}/echo").json()["pid"]
    [zygote] = children_of(installed.process.pid)

    kill(zygote, signal.SIGKILL)
    wait_until_gone([zygote, pid])
    answer = client.get(f"{url}/echo")

    assert answer.status_code == 200
    assert "the zygote is gone (killed by SIGKILL)" in installed.said()


def test_the_zygotes_death_with_orders_unread_is_survived_all_the_same(
    install: Install, callers: Callers, client: httpx.Client
) -> None:
    installed = install(service("orphan"), service("unborn", containerConcurrency=1))
    pid = client.get(f"{installed.addresses.of('orphan')}/echo").json()["pid"]
    [zygote] = children_of(installed.process.pid)

    kill(zygote, signal.SIGSTOP)
    unborn = callers.get(f"{installed.addresses.of('unborn')}/echo", times=11)
    wait(unborn, return_when=FIRST_COMPLETED)  # one is too many for the queue, so the others have had a process ordered
    assert client.get(f"{installed.addresses.of('orphan')}/echo").json()["pid"] == pid
    kill(zygote, signal.SIGKILL)
    wait_until_gone([zygote, pid])

    assert client.get(f"{installed.addresses.of('orphan')}/echo").status_code == 200
    assert sorted(answer.result().status_code for answer in unborn) == [200] * 10 + [503]


def test_a_part_that_everything_needs_takes_the_runner_with_it(install: Install) -> None:
    lying = ["--preload", "tests/conformance/serving/lying_zygote.py"]

    status, said = install(service("lied-to"), arguments=lying, start=False).run_to_its_end()

    assert status == 1
    assert "the zygote's keeper ended, and the runner ends with it" in said


def test_when_the_runner_is_killed_no_process_is_left(install: Install, client: httpx.Client) -> None:
    installed = install(service("last"), service("least"))
    pids = [client.get(f"{installed.addresses.of(name)}/echo").json()["pid"] for name in ("last", "least")]
    [zygote] = children_of(installed.process.pid)

    installed.process.kill()
    installed.process.wait()

    wait_until_gone([zygote, *pids])


def test_ctrl_c_lets_requests_under_way_end_and_leaves_no_process(
    install: Install, backstage: Backstage, callers: Callers
) -> None:
    installed = install(service("ending"))
    [answer] = callers.get(f"{installed.addresses.of('ending')}/hold/gate")
    [pid] = backstage.wait_until_held("ending", "gate", 1)
    [zygote] = children_of(installed.process.pid)

    installed.process.send_signal(signal.SIGINT)
    backstage.wait_until_said("ending", "sigterm")
    backstage.open("ending", "gate")

    assert installed.process.wait(30) == 0
    assert answer.result().status_code == 200
    assert not is_there(pid)
    assert not is_there(zygote)
    assert "killed" not in installed.said()


def test_a_module_that_cannot_be_preloaded_is_said_and_spares_the_others(
    install: Install, client: httpx.Client
) -> None:
    installed = install(service("spared"), arguments=["--preload", "tests/conformance/serving/no_such_module.py"])

    answer = client.get(f"{installed.addresses.of('spared')}/echo")

    assert answer.status_code == 200
    assert "no_such_module.py could not be imported" in installed.said()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process name itself")
def test_a_process_is_called_what_its_function_is_called(install: Install, client: httpx.Client) -> None:
    url = install(service("known-by-name")).addresses.of("known-by-name")

    pid = client.get(f"{url}/echo").json()["pid"]

    assert Path(f"/proc/{pid}/comm").read_text().strip() == "known-by-name"


def test_what_a_function_prints_passes_unchanged(install: Install, client: httpx.Client) -> None:
    installed = install(service("talking"))

    client.get(f"{installed.addresses.of('talking')}/log/hello")

    installed.wait_until_said('{"event": "hello"}\n')
