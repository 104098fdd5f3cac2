"""The time limits of a request, and of a process that is asked to end."""

import socket
from urllib.parse import urlsplit

import httpx

from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Callers, Install
from tests.conformance.serving.installation import service
from tests.conformance.serving.machine import wait_until_gone


def test_timeout_seconds_ends_a_request_that_is_not_answered(install: Install, client: httpx.Client) -> None:
    url = install(service("slow", timeoutSeconds=1)).addresses.of("slow")

    answer = client.get(f"{url}/hold/for-ever")

    assert (answer.status_code, answer.text) == (504, "request timeout")


def test_timeout_seconds_ends_a_stream_that_flows(install: Install, client: httpx.Client) -> None:
    url = install(service("flowing", timeoutSeconds=1)).addresses.of("flowing")

    answer = client.get(f"{url}/stream/for-ever")

    assert (answer.status_code, answer.text) == (200, "data: 0\n\nrequest timeout")


def test_timeout_seconds_ends_an_answer_that_nobody_reads(install: Install, client: httpx.Client) -> None:
    one_by_one = service("unread", annotations={"max-scale": "1"}, timeoutSeconds=1, containerConcurrency=1)
    address = urlsplit(install(one_by_one).addresses.of("unread"))

    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((address.hostname, address.port))
        connection.sendall(b"GET /large/50000000 HTTP/1.1\r\nhost: x\r\n\r\n")
        assert connection.recv(1) == b"H"
        others = (client.get(f"{address.geturl()}/echo").status_code for _ in range(10))

        assert 200 in others  # the unread answer has left its place to them


def test_the_wait_for_a_cold_process_counts(install: Install, client: httpx.Client) -> None:
    url = install(service("frozen", timeoutSeconds=1, env={"AT_START": "wait"})).addresses.of("frozen")

    answer = client.get(f"{url}/echo")

    assert (answer.status_code, answer.text) == (504, "request timeout")


def test_response_start_timeout_seconds_is_for_the_first_byte_only(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    late = service("late", timeoutSeconds=60, responseStartTimeoutSeconds=1)
    url = install(late).addresses.of("late")

    with client.stream("GET", f"{url}/stream/flow/1") as stream:
        other = client.get(f"{url}/hold/for-ever")  # the second that it takes passes for the stream as well
        backstage.open("late", "flow-0")
        streamed = stream.read()

    assert (other.status_code, other.text) == (504, "request timeout")
    assert streamed == b"data: 0\n\n"


def test_idle_timeout_seconds_is_for_the_silence_between_two_bytes(install: Install, client: httpx.Client) -> None:
    url = install(service("silent", timeoutSeconds=60, idleTimeoutSeconds=1)).addresses.of("silent")

    answer = client.get(f"{url}/stream/for-ever")

    assert answer.text == "data: 0\n\nrequest timeout"


def test_a_process_that_ignores_sigterm_is_killed_after_timeout_seconds(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    stubborn = service("stubborn", annotations={"window": "6s"}, timeoutSeconds=1, env={"AT_SIGTERM": "ignore"})
    installed = install(stubborn)
    pid = client.get(f"{installed.addresses.of('stubborn')}/echo").json()["pid"]

    assert backstage.wait_until_said("stubborn", "sigterm") == [pid]
    wait_until_gone([pid])

    assert backstage.said("stubborn", "end") == []
    assert f"process {pid} did not end" in installed.said()


def test_a_caller_who_leaves_gives_his_place_to_the_next(
    install: Install, backstage: Backstage, callers: Callers, client: httpx.Client
) -> None:
    one_by_one = service("left", annotations={"max-scale": "1"}, containerConcurrency=1)
    url = install(one_by_one).addresses.of("left")

    with client.stream("GET", f"{url}/stream/for-ever"):
        [next_one] = callers.get(f"{url}/echo")
        assert not next_one.done()

    assert next_one.result().status_code == 200
