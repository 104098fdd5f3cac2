"""A request reaches the function as it was sent, and so does the answer its caller; both as they come."""

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Install
from tests.conformance.serving.installation import service
from tests.conformance.serving.machine import environment_of


@pytest.fixture
def echo(install: Install) -> str:
    return install(service("echo")).addresses.of("echo")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_method_target_and_body_pass_unchanged(echo: str, client: httpx.Client, method: str) -> None:
    answer = client.request(method, f"{echo}/a%2Fb//c?q=%20+&q=2", content=b"\x00\xff\r\n body").json()

    assert answer["method"] == method
    assert answer["target"] == "/a%2Fb//c?q=%20+&q=2"
    assert answer["body"].encode("latin-1") == b"\x00\xff\r\n body"


def test_headers_pass_but_for_those_of_the_connection(echo: str, client: httpx.Client) -> None:
    sent = [("x-twice", "1"), ("x-twice", "2"), ("ce-id", "7"), ("te", "trailers"), ("upgrade", "h2c")]

    headers = client.get(f"{echo}/", headers=sent).json()["headers"]

    assert [value for name, value in headers if name == "x-twice"] == ["1", "2"]
    assert ["ce-id", "7"] in headers
    assert not {"te", "upgrade", "connection"} & {name for name, _ in headers}


def test_headers_that_connection_names_end_with_the_connection(echo: str, client: httpx.Client) -> None:
    sent = {"connection": "keep-alive, X-Mine", "x-mine": "1", "x-other": "2"}

    headers = dict(client.get(f"{echo}/", headers=sent).json()["headers"])

    assert "x-mine" not in headers
    assert headers["x-other"] == "2"


@pytest.mark.parametrize("status", [200, 201, 204, 304, 404, 409, 422, 500, 503])
def test_every_status_passes_with_its_headers(echo: str, client: httpx.Client, status: int) -> None:
    answer = client.get(f"{echo}/status/{status}")

    assert answer.status_code == status
    assert answer.headers["etag"] == '"7"'
    assert answer.text == ("" if status in {204, 304} else "so it is")


def test_a_head_says_the_length_and_sends_nothing(echo: str, client: httpx.Client) -> None:
    answer = client.head(f"{echo}/large/1000")
    after = client.get(f"{echo}/large/1000")

    assert answer.headers["content-length"] == "1000"
    assert answer.content == b""
    assert after.content == b"x" * 1000


def test_large_bodies_pass_both_ways(echo: str, client: httpx.Client) -> None:
    answer = client.post(f"{echo}/", content=b"y" * 3_000_000)
    large = client.get(f"{echo}/large/5000000")

    assert len(answer.json()["body"]) == 3_000_000
    assert large.content == b"x" * 5_000_000


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(echo: str) -> None:
    address = urlsplit(echo)
    head = b"POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\nconnection: close\r\n\r\n"

    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(head)
        go_on = connection.recv(100)
        connection.sendall(b"body")
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = json.loads(answer.read())["body"]

    assert go_on == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert body == "body"


def test_each_server_sent_event_arrives_before_the_next_is_made(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("events")).addresses.of("events")

    with client.stream("GET", f"{url}/stream/go/3") as stream:
        pieces = stream.iter_raw()
        for n in range(3):
            assert next(pieces) == b"data: %d\n\n" % n
            backstage.open("events", f"go-{n}")
        rest = b"".join(pieces)

    assert stream.headers["content-type"] == "text/event-stream"
    assert rest == b""


def test_each_piece_of_an_upload_arrives_before_the_next_is_sent(
    install: Install, backstage: Backstage, client: httpx.Client
) -> None:
    url = install(service("uploads")).addresses.of("uploads")

    def pieces() -> Iterator[bytes]:
        for n in range(1, 4):
            yield b"piece %d;" % n
            backstage.wait_until_said("uploads", f"piece-{n}")

    answer = client.post(f"{url}/upload", content=pieces())

    assert answer.content == b"piece 1;piece 2;piece 3;"


def test_the_environment_is_the_manifests_and_nothing_of_the_runners(install: Install, client: httpx.Client) -> None:
    settings = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings", "namespace": "conformance"},
        "data": {"BROKER": "http://told.conformance.svc.cluster.local/a", "PLAIN": "1", "OVERRIDDEN": "map"},
    }
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "hidden", "namespace": "conformance"},
        "data": {"PASSWORD": "c2VzYW1l"},
        "stringData": {"WORD": "open"},
    }
    container = {
        "envFrom": [
            {"configMapRef": {"name": "backstage"}},
            {"configMapRef": {"name": "settings"}},
            {"secretRef": {"name": "hidden"}, "prefix": "MY_"},
            {"secretRef": {"name": "not-there", "optional": True}},
        ],
        "env": [
            {"name": "OVERRIDDEN", "value": "own"},
            {"name": "ONE", "valueFrom": {"secretKeyRef": {"name": "hidden", "key": "PASSWORD"}}},
            {"name": "TWO", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "PLAIN"}}},
            {"name": "NONE", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "NO", "optional": True}}},
            {"name": "COMPOSED", "value": "$(ONE)/$(UNKNOWN)/$$(ONE)"},
        ],
    }
    installed = install(service("told", container=container), settings, secret, environment={"OF_THE_RUNNER": "1"})
    url = installed.addresses.of("told")

    env = client.get(f"{url}/environment").json()
    shown = environment_of(client.get(f"{url}/echo").json()["pid"])

    expected = {
        "PLAIN": "1",
        "OVERRIDDEN": "own",
        "MY_PASSWORD": "sesame",
        "MY_WORD": "open",
        "ONE": "sesame",
        "TWO": "1",
        "COMPOSED": "sesame/$(UNKNOWN)/$(ONE)",
        "BROKER": f"{url}/a",
        "K_SERVICE": "told",
        "K_CONFIGURATION": "told",
    }
    assert {name: env.get(name) for name in expected} == expected
    assert env["PORT"].isdecimal()
    assert env["K_REVISION"].startswith("told-")
    assert not {"NONE", "OF_THE_RUNNER"} & env.keys()
    assert "PATH=" in shown
    assert "OF_THE_RUNNER" not in shown
