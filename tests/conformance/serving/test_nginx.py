"""What only nginx has to promise, as the image `web` starts it: what is around a pod, and how it begins and ends."""

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import yaml

from knative.images import tree
from tests.nginx import NOBODY, Ingress, Names, Nginx, Served, laid_out, required
from tests.world import PATIENCE, eventually

DOMAIN = "taskora.svc.cluster.local"
ROUTES = [
    {"path": "/api/tasks", "methods": ["GET", "POST"], "function": "tasks"},
    {"path": "/api/tasks/{task_id}", "methods": ["GET"], "function": "tasks"},
    {"path": "/api/stream", "methods": ["GET"], "function": "sync"},
    {"path": "/api/new", "methods": ["GET"], "function": "new"},
]
LONGER_THAN_DEFAULTS = 63.0  # nginx would end a stream after 60 s of silence
SCRIPT = "let taskora = 'a script';\n" * 100


class Function(Served):
    """Echoes; and streams: one event at once, the next one when the suite says so."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.asked = 0
        self.left = threading.Event()  # the caller of a stream hung up
        function = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None: ...

            def do_GET(self) -> None:
                function.asked += 1
                if self.path == "/api/stream":
                    self.stream()
                elif self.path == "/api/tasks/elsewhere":
                    self.answer(b"here", "X-Accel-Redirect: /mark.svg")
                else:
                    heard = {name.lower(): value for name, value in self.headers.items()}
                    self.answer(json.dumps(heard | {"of old": "x" * 5000}).encode(), "Content-Type: application/json")

            def answer(self, body: bytes, header: str) -> None:
                head = f"HTTP/1.1 200 OK\r\nX-Request-Id: of-its-own\r\n{header}\r\nContent-Length: {len(body)}\r\n\r\n"
                self.wfile.write(head.encode() + body)

            def stream(self) -> None:
                # Without length and chunks, for then nginx would most like to wait for a whole buffer.
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 0\n\n")
                self.close_connection = True
                self.connection.settimeout(0.05)
                while not function.go_on.is_set():
                    try:
                        hung_up = self.connection.recv(1) == b""
                    except TimeoutError:
                        continue
                    if hung_up:
                        function.left.set()
                        return
                self.wfile.write(b"data: 1\n\n")

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def function() -> Iterator[Function]:
    with Function() as function:
        yield function
        function.go_on.set()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>the page")
    (folder / "assets" / "index-4f2a.js").write_text(SCRIPT)
    (folder / "mark.svg").write_text("<svg/>")
    (folder / "kram.svg").write_text("<gvs/>")
    return folder


@pytest.fixture
def services(function: Function) -> dict[str, str]:
    """By the host that a request is for; a test may let one come later."""
    return {f"{name}.{DOMAIN}": function.address for name in ("tasks", "sync")}


@pytest.fixture
def laid(tmp_path: Path, page: Path, services: dict[str, str]) -> Iterator[Callable[[], Nginx]]:
    """Trees, laid out and not started."""
    required()
    routes = tmp_path / "routes.yaml"
    routes.write_text(yaml.safe_dump({"routes": ROUTES}))
    with ExitStack() as stack:
        ingress, names = stack.enter_context(Ingress(services.get)), stack.enter_context(Names())
        yield lambda: stack.enter_context(Nginx(laid_out(routes, page), DOMAIN, ingress, names))


@pytest.fixture
def nginx(laid: Callable[[], Nginx]) -> Nginx:
    return laid().start()


# What is around it


def test_it_starts_before_the_functions_are_there(
    nginx: Nginx, services: dict[str, str], function: Function, client: httpx.Client
) -> None:
    before = client.get(f"{nginx.address}/api/new")
    services[f"new.{DOMAIN}"] = function.address
    after = client.get(f"{nginx.address}/api/new")

    assert before.status_code == 404  # the ingress knows nobody of that name
    assert after.status_code == 200


def test_a_name_that_leads_nowhere_is_a_502(laid: Callable[[], Nginx], client: httpx.Client) -> None:
    nginx = laid().start(FUNCTIONS_DOMAIN="nowhere.example")

    answer = client.get(f"{nginx.address}/api/tasks")

    assert answer.status_code == answer.json()["status"] == 502
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("trusted", "said", "believed"),
    [
        ("", "203.0.113.7", "127.0.0.1"),
        ("10.0.0.0/8", "203.0.113.7", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1 10.0.0.0/8", "6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("127.0.0.1 2001:db8::/32", "::1, 2001:db9::7, 2001:db8::1", "2001:db9::7"),
        ("127.0.0.1", "what is this", "127.0.0.1"),
    ],
)
def test_a_client_cannot_choose_its_address(
    laid: Callable[[], Nginx], client: httpx.Client, trusted: str, said: str, believed: str
) -> None:
    nginx = laid().start(TRUSTED_PROXIES=trusted)

    heard = client.get(f"{nginx.address}/api/tasks", headers={"x-forwarded-for": said, "x-real-ip": "6.6.6.6"}).json()

    assert heard["x-forwarded-for"] == believed


@pytest.mark.parametrize(("trusted", "believed"), [("", "http"), ("10.0.0.0/8", "http"), ("127.0.0.1", "https")])
def test_only_a_trusted_proxy_can_say_that_it_was_https(
    laid: Callable[[], Nginx], client: httpx.Client, trusted: str, believed: str
) -> None:
    nginx = laid().start(TRUSTED_PROXIES=trusted)
    said = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}

    assert client.get(f"{nginx.address}/api/tasks", headers=said).json()["x-forwarded-proto"] == believed


def test_a_request_has_one_id(nginx: Nginx, client: httpx.Client) -> None:
    answer = client.get(f"{nginx.address}/api/tasks", headers={"x-request-id": "request-1"})

    assert answer.headers.get_list("x-request-id") == ["request-1"]


def test_a_function_cannot_make_it_answer_something_else(nginx: Nginx, client: httpx.Client) -> None:
    assert client.get(f"{nginx.address}/api/tasks/elsewhere").text == "here"


# How long it waits


def test_a_stream_may_be_silent_for_longer_than_a_minute(
    nginx: Nginx, function: Function, client: httpx.Client
) -> None:
    with client.stream("GET", f"{nginx.address}/api/stream", timeout=2 * LONGER_THAN_DEFAULTS) as stream:
        pieces = stream.iter_raw()
        first = next(pieces)
        ended = function.left.wait(LONGER_THAN_DEFAULTS)
        function.go_on.set()
        rest = b"".join(pieces)

    assert (first, ended, rest) == (b"data: 0\n\n", False, b"data: 1\n\n")


def test_it_waits_longer_than_knative_does(nginx: Nginx) -> None:
    [silence] = re.findall(r"proxy_read_timeout (\d+)s;", nginx.file("http.conf"))

    assert int(silence) > 600


def test_a_function_that_says_nothing_for_too_long_is_a_504(
    laid: Callable[[], Nginx], function: Function, client: httpx.Client
) -> None:
    nginx = laid()
    nginx.edit("http.conf", "proxy_read_timeout 610s", "proxy_read_timeout 100ms")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        nginx.start(FUNCTIONS_PORT=str(mute.getsockname()[1]))
        answer = client.get(f"{nginx.address}/api/tasks")

    assert answer.status_code == answer.json()["status"] == 504
    assert "tasks did not answer in time" in answer.json()["detail"]


def test_who_leaves_a_stream_ends_it(nginx: Nginx, function: Function, client: httpx.Client) -> None:
    with client.stream("GET", f"{nginx.address}/api/stream") as stream:
        next(stream.iter_raw())

    assert function.left.wait(PATIENCE)


# How it begins and ends


def test_it_runs_as_anybody_and_writes_only_to_its_folder(nginx: Nginx) -> None:
    owner = Path(f"/proc/{nginx.process.pid}").stat().st_uid
    written = [path for path in nginx.tree.rglob("*") if path.stat().st_mtime != tree.MADE]

    assert owner == (NOBODY if os.geteuid() == 0 else os.geteuid())
    assert written == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"FUNCTIONS_DOMAIN": ""}, "FUNCTIONS_DOMAIN is missing"),
        ({"FUNCTIONS_DOMAIN": "x; root /"}, "FUNCTIONS_DOMAIN is no domain: x; root /"),
        ({"TRUSTED_PROXIES": "all of them"}, "one of TRUSTED_PROXIES"),
        ({"RESOLVER": "", "RESOLV_CONF": "/dev/null"}, "/dev/null names no name server"),
    ],
)
def test_what_keeps_it_from_starting_is_named(laid: Callable[[], Nginx], wrong: dict[str, str], named: str) -> None:
    nginx = laid()

    assert nginx.begin(**wrong).wait(PATIENCE) == 1
    assert named in nginx.said()


def test_it_asks_the_name_servers_of_its_pod(
    laid: Callable[[], Nginx], client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nginx = laid()
    resolv_conf = nginx.tree / "resolv.conf"
    resolv_conf.write_text("# a pod's\nsearch svc.cluster.local\nnameserver 10.96.0.10\nnameserver fd00::a%eth0\n")

    nginx.start(RESOLVER="", RESOLV_CONF=str(resolv_conf))

    assert re.search(r"resolver +10\.96\.0\.10 \[fd00::a\] ", nginx.configuration())
    assert client.get(nginx.address).status_code == 200


def test_asked_to_end_it_takes_nobody_new_and_lets_streams_go_on(
    nginx: Nginx, function: Function, client: httpx.Client
) -> None:
    with client.stream("GET", f"{nginx.address}/api/stream") as stream:
        pieces = stream.iter_raw()
        next(pieces)
        nginx.process.send_signal(signal.SIGQUIT)  # the image's STOPSIGNAL
        eventually(lambda: not nginx.listens(), "nobody new is taken")
        function.go_on.set()
        rest = b"".join(pieces)

    assert rest == b"data: 1\n\n"
    assert nginx.process.wait(PATIENCE) == 0


def test_a_stream_holds_up_the_end_only_for_so_long(
    laid: Callable[[], Nginx], function: Function, client: httpx.Client
) -> None:
    nginx = laid()
    nginx.edit("start", "worker_shutdown_timeout 565s", "worker_shutdown_timeout 1s")
    nginx.start()
    with client.stream("GET", f"{nginx.address}/api/stream") as stream:
        next(stream.iter_raw())
        nginx.process.send_signal(signal.SIGQUIT)

        assert nginx.process.wait(PATIENCE) == 0
        assert function.left.wait(PATIENCE)


# What it says


def test_it_says_one_line_for_each_request_and_nothing_that_people_wrote(nginx: Nginx, client: httpx.Client) -> None:
    asked = {"x-request-id": "request-1"}
    client.get(f"{nginx.address}/api/tasks/7f3a?q=secret", headers=asked)
    client.get(f"{nginx.address}/lists/secret", headers=asked)
    eventually(lambda: nginx.said().count("request-1") == 2, "two lines")
    [one, other] = [json.loads(line) for line in nginx.said().splitlines() if line.startswith("{")]

    assert (one["route"], one["function"], one["status"]) == ("/api/tasks/{}", "tasks", 200)
    assert (other["route"], other["function"], other["status"]) == ("", "", 200)
    assert "secret" not in nginx.said()
    assert "7f3a" not in nginx.said()


def test_it_does_not_say_which_nginx_it_is(nginx: Nginx, client: httpx.Client) -> None:
    assert client.get(nginx.address).headers["server"] == "nginx"
    assert client.get(f"{nginx.address}/api/tasks").headers["server"] == "nginx"


# The page


def test_files_are_sent_compressed_and_answers_of_functions_are_not(nginx: Nginx, client: httpx.Client) -> None:
    takes_gzip = {"accept-encoding": "gzip"}
    script = client.get(f"{nginx.address}/assets/index-4f2a.js", headers=takes_gzip)
    plain = client.get(f"{nginx.address}/assets/index-4f2a.js", headers={"accept-encoding": "identity"})
    answer = client.get(f"{nginx.address}/api/tasks", headers=takes_gzip)

    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["vary"] == "Accept-Encoding"
    assert script.text == plain.text == SCRIPT
    assert "content-encoding" not in plain.headers.keys() | answer.headers.keys()
    assert len(answer.content) > 5000


def test_two_files_of_one_length_and_age_are_not_taken_for_each_other(nginx: Nginx, client: httpx.Client) -> None:
    mark, kram = client.get(f"{nginx.address}/mark.svg"), client.get(f"{nginx.address}/kram.svg")
    asked = {"if-none-match": mark.headers["etag"], "if-modified-since": mark.headers["last-modified"]}
    unchanged, changed = (client.get(nginx.address + path, headers=asked) for path in ("/mark.svg", "/kram.svg"))
    assert mark.headers["last-modified"] == kram.headers["last-modified"]
    by_age = client.get(f"{nginx.address}/mark.svg", headers={"if-modified-since": mark.headers["last-modified"]})

    assert (unchanged.status_code, changed.status_code, by_age.status_code) == (304, 200, 200)
    assert len(mark.headers.get_list("etag")) == 1
    assert unchanged.headers["content-security-policy"] == mark.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/.function", "/.problem", "/%2efunction", "/./.function", "/start", "/http.conf"])
def test_its_own_parts_are_not_there(nginx: Nginx, client: httpx.Client, function: Function, path: str) -> None:
    answer = client.get(nginx.address + path)

    assert answer.status_code == 404 or answer.text == "<!doctype html>the page"
    assert function.asked == 0
