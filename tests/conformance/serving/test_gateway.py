"""The gateway: the one public door, with the page, the routes, and nothing of what is for inside only.

Every promise is held to both who keep it: the runner's own gateway, and nginx as the image `web` starts it. What takes
`by_runner` is the runner's alone: sentences of its activator, which in a cluster are Knative's, in plain text.
"""

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from knative.gateway import PASSED
from knative.images import configuration
from knative.local.page import compress
from tests import guards
from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Callers, Install
from tests.conformance.serving.function import LONG_AGO
from tests.conformance.serving.installation import NAMESPACE, RunnerInstallation, backstage_settings, service
from tests.guards import Edit
from tests.nginx import Ingress, Names, Nginx, by_host, laid_out, required

ROUTES = [
    {"path": "/api/echo", "methods": ["GET", "POST"], "function": "echo"},
    {"path": "/api/echo/{id}", "methods": ["GET", "PUT", "DELETE"], "function": "echo"},
    {"path": "/api/echo/special", "methods": ["POST"], "function": "special"},
    {"path": "/api/echo/{id}/deeper", "methods": ["GET"], "function": "echo"},
    {"path": "/stream/{gate}/{number}", "methods": ["GET"], "function": "echo"},
    {"path": "/hold/{gate}", "methods": ["GET"], "function": "narrow"},
    {"path": "/stuck/{gate}", "methods": ["GET"], "function": "late"},
    {"path": "/exit/{status}", "methods": ["POST"], "function": "special"},
    {"path": "/status/{status}", "methods": ["GET"], "function": "echo"},
    {"path": "/api/broken", "methods": ["GET"], "function": "broken"},
]
OWN_PAGE = "default-src 'self'"
LONG_SCRIPT = "let taskora = 'a script';\n" * 100


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outside = tmp_path_factory.mktemp("outside")
    folder = outside / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>the page")
    (folder / "assets" / "index-4f2a.js").write_text("the script")
    (folder / "assets" / "long-77aa.js").write_text(LONG_SCRIPT)
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "api").mkdir()
    (folder / "api" / "openapi.json").write_text('{"openapi": "3.1.0"}')
    (folder / "api" / "other.json").write_text("not for you")
    (folder / ".secret").write_text("not for you")
    (outside / "beside.txt").write_text("not for you")
    (folder / "link.txt").symlink_to(outside / "beside.txt")
    compress(folder)
    return folder


@pytest.fixture(scope="module")
def behind() -> Iterator[Backstage]:
    with Backstage() as backstage:
        yield backstage


@pytest.fixture(scope="module")
def installed(page: Path, behind: Backstage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunnerInstallation]:
    """One for all tests here: none of them ends it."""
    services = [
        backstage_settings(behind.address),
        service("echo"),
        service("special"),
        service("narrow", annotations={"max-scale": "1"}, containerConcurrency=1),
        service("late", timeoutSeconds=1),
        service("broken", env={"AT_START": "fail"}),
    ]
    with RunnerInstallation(tmp_path_factory.mktemp("gateway"), services, ROUTES, page) as installed:
        yield installed
        behind.let_all_go()


@pytest.fixture(scope="module")
def by_runner(installed: RunnerInstallation) -> str:
    return installed.addresses.gateway


@pytest.fixture(scope="module")
def by_nginx(installed: RunnerInstallation, page: Path) -> Iterator[str]:
    with nginx_before(installed, page) as address:
        yield address


@contextmanager
def nginx_before(installed: RunnerInstallation, page: Path) -> Iterator[str]:
    required()
    domain, tree = f"{NAMESPACE}.svc.cluster.local", laid_out(installed.routes, page)
    with (
        Ingress(by_host(installed.addresses.services, domain)) as ingress,
        Names() as names,
        Nginx(tree, domain, ingress, names) as nginx,
    ):
        yield nginx.start().address


@pytest.fixture(scope="module", params=["by_runner", "by_nginx"])
def gateway(request: pytest.FixtureRequest) -> str:
    address: str = request.getfixturevalue(request.param)
    return address


def is_problem(answer: httpx.Response, status: int) -> bool:
    body = answer.json()
    return (
        answer.status_code == body["status"] == status
        and answer.headers["content-type"] == "application/problem+json"
        and body["request_id"] == answer.headers["x-request-id"]
        and body.keys() == {"type", "title", "status", "detail", "request_id"}
    )


# Routes


def test_a_route_leads_to_its_function_with_path_and_query_as_they_were(gateway: str, client: httpx.Client) -> None:
    answer = client.put(f"{gateway}/api/echo/a%20b?q=%2F", content=b"body").json()

    assert (answer["method"], answer["target"], answer["body"]) == ("PUT", "/api/echo/a%20b?q=%2F", "body")


def test_a_written_segment_goes_before_a_parameter(gateway: str, client: httpx.Client) -> None:
    special = client.post(f"{gateway}/api/echo/special").json()
    other = client.put(f"{gateway}/api/echo/other").json()

    assert special["pid"] != other["pid"]


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/other.json",
        "/api/openapi.json/",
        "/api/%6fpenapi.json",
        "/api/echo/",
        "/api/echo/7/deeper/still",
        "/api/echo//deeper",
        "/api/echo/../deeper",
        "/api/echo/%2e%2e/deeper",
        "/api/echo/%2E",
        "/api/echo/..%2F..%2Fevents",
        "/api/echo/a%2Fdeeper",
        "/api/echo/a%5Cb",
    ],
)
def test_there_is_nothing_at_an_unknown_path_of_the_api(gateway: str, path: str) -> None:
    status, headers, body = raw(gateway, f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")

    assert (status, json.loads(body)["status"]) == (404, 404)
    assert headers["content-type"] == "application/problem+json"


def test_no_name_holds_the_byte_zero(gateway: str) -> None:
    status, headers, body = raw(gateway, "GET /api/echo/a%00b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")

    assert status == json.loads(body)["status"]
    assert status in {400, 404}  # nginx takes it for no address at all
    assert headers["content-type"] == "application/problem+json"


def test_a_known_path_says_which_methods_it_has(gateway: str, client: httpx.Client) -> None:
    answer = client.post(f"{gateway}/api/echo/7")

    assert is_problem(answer, 405)
    assert answer.headers["allow"] == "DELETE, GET, PUT"


@pytest.mark.parametrize("path", ["/events", "/health", "/metrics", "/ready"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_for_inside_only_has_no_way_in(gateway: str, client: httpx.Client, path: str, method: str) -> None:
    answer = client.request(method, gateway + path, headers={"ce-id": "1", "ce-specversion": "1.0"})

    assert answer.status_code == (404 if method == "GET" else 405)


@pytest.mark.parametrize(
    ("route", "fault"),
    [
        ({"path": "/events", "methods": ["POST"], "function": "echo"}, "/events is for inside only"),
        ({"path": "/api/x", "methods": ["FETCH"], "function": "echo"}, "methods must be a list out of"),
        ({"path": "api/x", "methods": ["GET"], "function": "echo"}, "is no path such as"),
        ({"path": "/api/x", "methods": ["GET"], "function": "nobody"}, "there is no Service nobody"),
        ({"path": "/api/x", "methods": ["GET"], "function": "echo", "auth": 1}, "takes path, methods and function"),
    ],
)
def test_a_route_that_cannot_be_is_refused_at_the_start(install: Install, route: dict[str, object], fault: str) -> None:
    status, said = install(service("echo"), routes=[route], start=False).run_to_its_end()

    assert status == 1
    assert fault in said


# What goes in


def test_nobody_outside_can_say_what_only_those_inside_may(gateway: str, client: httpx.Client) -> None:
    lies = {
        "ce-id": "1",
        "CE-Type": "task.completed",
        "via": "1.1 inside",
        "x-forwarded-for": "10.0.0.1",
        "X-Forwarded-Host": "evil.example",
        "x-forwarded-proto": "https",
        "forwarded": "for=10.0.0.1",
        "x-real-ip": "10.0.0.1",
        "x_forwarded_for": "10.0.0.1",
        "Ce_Id": "1",
        "kne-something": "1",
        "x-of-tomorrow": "1",
        "connection": "x-hop",
        "x-hop": "1",
    }

    said = dict(client.get(f"{gateway}/api/echo", headers=lies).json()["headers"])

    outside = {name for name in said if name not in PASSED}
    assert outside <= {"host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-request-id", "connection"}
    assert said["x-forwarded-for"] == "127.0.0.1"
    assert said["x-forwarded-proto"] == "http"
    assert said["x-forwarded-host"] == urlsplit(gateway).netloc
    assert said["host"] == "echo.conformance.svc.cluster.local"


def says_an_event_of_nobodys(gateway: str, client: httpx.Client) -> bool:
    said = dict(client.get(f"{gateway}/api/echo", headers={"ce-type": "task.completed"}).json()["headers"])
    return said.get("ce-type") == "task.completed"


def test_without_the_runners_list_of_what_passes_anybody_can(
    install: Install, by_runner: str, client: httpx.Client, tmp_path: Path
) -> None:
    code = guards.copy_of_the_code(tmp_path / "code", ("knative", "shared"))
    guards.apply(Edit("knative/gateway.py", '    "accept",\n', '    "accept",\n    "ce-type",\n'), code)
    unguarded = install(service("echo"), routes=ROUTES[:1], code=code).addresses.gateway

    assert not says_an_event_of_nobodys(by_runner, client)
    assert says_an_event_of_nobodys(unguarded, client)


def test_without_nginxs_list_of_what_passes_anybody_can(
    installed: RunnerInstallation, page: Path, by_nginx: str, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configuration, "PASSED", (*PASSED, "ce-type"))
    with nginx_before(installed, page) as unguarded:
        assert not says_an_event_of_nobodys(by_nginx, client)
        assert says_an_event_of_nobodys(unguarded, client)


@pytest.mark.parametrize(
    ("given", "kept"), [("req-12345678", True), (None, False), ("short", False), ("a b" * 9, False), ("x" * 129, False)]
)
def test_every_request_has_an_id(gateway: str, client: httpx.Client, given: str | None, kept: bool) -> None:
    answer = client.get(f"{gateway}/api/echo", headers={"x-request-id": given} if given else {})
    inside = [value for name, value in answer.json()["headers"] if name == "x-request-id"]

    assert inside == [answer.headers["x-request-id"]]
    assert (inside == [given]) is kept
    assert len(inside[0]) >= 8


def test_what_a_client_may_say_passes(gateway: str, client: httpx.Client) -> None:
    given = {name: f"a {name}" for name in PASSED}

    said = dict(client.get(f"{gateway}/api/echo", headers=given).json()["headers"])

    assert {name: said[name] for name in given} == given


def test_a_body_of_a_megabyte_passes_and_one_byte_more_does_not(gateway: str, client: httpx.Client) -> None:
    just = client.post(f"{gateway}/api/echo", content=b"x" * 1_048_576)
    more = client.post(f"{gateway}/api/echo", content=b"x" * 1_048_577)

    assert len(just.json()["body"]) == 1_048_576
    assert is_problem(more, 413)


def test_a_body_that_does_not_say_its_length_is_measured(gateway: str, client: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 65_536

    answer = client.post(f"{gateway}/api/echo", content=endless())

    assert is_problem(answer, 413)


def test_a_too_large_body_is_refused_before_it_is_sent(gateway: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(gateway).netloc, timeout=10)
    connection.putrequest("POST", "/api/echo")
    connection.putheader("expect", "100-continue")
    connection.putheader("content-length", "50000000")
    connection.endheaders()

    answer = connection.getresponse()

    assert answer.status == 413
    connection.close()


# What comes out


def test_server_sent_events_pass_one_by_one(gateway: str, behind: Backstage, client: httpx.Client) -> None:
    gate = f"go-{urlsplit(gateway).port}"
    with client.stream("GET", f"{gateway}/stream/{gate}/2") as stream:
        pieces = stream.iter_raw()
        for n in range(2):
            assert next(pieces) == b"data: %d\n\n" % n
            behind.open("echo", f"{gate}-{n}")
        assert b"".join(pieces) == b""

    assert stream.headers["content-type"] == "text/event-stream"


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 405, 409, 412, 422, 429, 500, 501, 503])
def test_what_a_function_says_passes_as_it_is(gateway: str, client: httpx.Client, status: int) -> None:
    answer = client.get(f"{gateway}/status/{status}")

    assert (answer.status_code, answer.text) == (status, "so it is")
    assert (answer.headers["etag"], answer.headers["set-cookie"]) == ('"7"', "a=b")
    assert (answer.headers["cache-control"], answer.headers["last-modified"]) == ("private", LONG_AGO)


@pytest.mark.parametrize("path", ["/", "/api/echo", "/api/nothing", "/assets/index-4f2a.js", "/status/500"])
def test_every_answer_is_guarded(gateway: str, client: httpx.Client, path: str) -> None:
    headers = client.get(gateway + path).headers

    assert OWN_PAGE in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-request-id"]
    assert "python" not in headers["server"].lower() or path in {"/api/echo", "/status/500"}  # that is the function's


def test_a_busy_function_is_a_503_that_says_when_to_come_back(
    gateway: str, behind: Backstage, callers: Callers, by_runner: str
) -> None:
    gate = f"gate-{urlsplit(gateway).port}"
    held = callers.get(f"{gateway}/hold/{gate}")
    behind.wait_until_held("narrow", gate, 1)
    others = callers.get(f"{gateway}/hold/{gate}", times=11)
    [refused], _ = wait(others, return_when=FIRST_COMPLETED)
    behind.open("narrow", gate)

    assert gateway != by_runner or is_problem(refused.result(), 503)
    assert refused.result().headers["retry-after"] == "1"
    assert sorted(answer.result().status_code for answer in held + others) == [200] * 11 + [503]


def test_what_a_function_fails_to_answer_is_a_problem(gateway: str, client: httpx.Client) -> None:
    late = client.get(f"{gateway}/stuck/for-ever")
    dead = client.post(f"{gateway}/exit/1")

    assert is_problem(late, 504)
    assert is_problem(dead, 502)


def test_a_function_that_does_not_start_is_a_503(gateway: str, client: httpx.Client, by_runner: str) -> None:
    absent = client.get(f"{gateway}/api/broken")

    assert absent.status_code == 503
    assert absent.headers["retry-after"] == "1"
    assert "does not start" in absent.text
    assert gateway != by_runner or is_problem(absent, 503)


# The page


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/today", "/lists/7/tasks", "/today?x=%2e%2e", "/a.b", "/" + 300 * "a"]
)
def test_every_other_address_shows_the_page(gateway: str, client: httpx.Client, path: str) -> None:
    answer = client.get(gateway + path)

    assert (answer.status_code, answer.text) == (200, "<!doctype html>the page")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_hashed_files_are_kept_for_ever_and_missing_ones_are_no_page(gateway: str, client: httpx.Client) -> None:
    script = client.get(f"{gateway}/assets/index-4f2a.js")
    missing = client.get(f"{gateway}/assets/index-0000.js")
    unthinkable = client.get(f"{gateway}/assets/{300 * 'a'}.js")

    assert script.text == "the script"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert missing.status_code == 404
    assert unthinkable.status_code == 404


def test_what_is_compressed_beside_a_file_is_sent_to_who_takes_it(gateway: str, client: httpx.Client) -> None:
    script = client.get(f"{gateway}/assets/long-77aa.js", headers={"accept-encoding": "gzip"})
    plain = client.get(f"{gateway}/assets/long-77aa.js", headers={"accept-encoding": "identity"})

    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert script.text == plain.text == LONG_SCRIPT


def test_other_files_are_asked_for_each_time(gateway: str, client: httpx.Client) -> None:
    first = client.get(f"{gateway}/manifest.webmanifest")
    again = client.get(f"{gateway}/manifest.webmanifest", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["content-type"] == "application/manifest+json"
    assert first.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


def test_the_document_of_the_api_is_a_file_of_the_page(gateway: str, client: httpx.Client) -> None:
    first = client.get(f"{gateway}/api/openapi.json")
    again = client.get(f"{gateway}/api/openapi.json", headers={"if-none-match": first.headers["etag"]})
    posted = client.post(f"{gateway}/api/openapi.json")

    assert (first.status_code, first.json()) == (200, {"openapi": "3.1.0"})
    assert first.headers["content-type"] == "application/json"
    assert first.headers["cache-control"] == "no-cache"
    assert OWN_PAGE in first.headers["content-security-policy"]
    assert again.status_code == 304
    assert is_problem(posted, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/../beside.txt",
        "/%2e%2e/beside.txt",
        "/..%2fbeside.txt",
        "/assets/../../beside.txt",
        "/.secret",
        "/assets/..%5c..%5cbeside.txt",
        "/link.txt",
        "/%00",
        "/%ff",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_pages_folder(gateway: str, path: str) -> None:
    status, _, body = raw(gateway, f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")

    assert status in {200, 400, 404}
    assert b"not for you" not in body
    assert b"root:" not in body


def test_the_page_can_only_be_read(gateway: str, client: httpx.Client) -> None:
    answer, head = client.post(f"{gateway}/today"), client.head(f"{gateway}/today")

    assert is_problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"
    assert (head.status_code, head.content) == (200, b"")


def test_without_a_page_the_api_works(install: Install, client: httpx.Client) -> None:
    gateway = install(service("echo"), routes=ROUTES[:1]).addresses.gateway

    assert client.get(f"{gateway}/api/echo").status_code == 200
    assert client.get(f"{gateway}/").status_code == 404
    assert client.get(f"{gateway}/api/openapi.json").status_code == 404


# Bad input


@pytest.mark.parametrize(
    "request_",
    [
        "GET http://evil.example/api/echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "GET * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        "nonsense\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    ],
)
def test_what_is_no_request_for_us_is_a_400(gateway: str, client: httpx.Client, request_: str) -> None:
    status, _, _ = raw(gateway, request_)

    assert status == 400
    assert client.get(f"{gateway}/api/echo").status_code == 200


def test_a_line_that_is_no_header_reaches_nobody(gateway: str) -> None:
    status, _, body = raw(gateway, "GET /api/echo HTTP/1.1\r\nhost: x\r\nx-bad\r\nconnection: close\r\n\r\n")

    assert status == 400 or b"x-bad" not in body  # nginx passes over it


def raw(gateway: str, request: str) -> tuple[int, dict[str, str], bytes]:
    """Send exactly these bytes; clients would tidy them up."""
    address = urlsplit(gateway)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
