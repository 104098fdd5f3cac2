"""Whatever is sent, the answer is a sentence about what is wrong, and nothing is changed by it."""

import base64
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from shared.ids import new_id
from tests.people import Person
from tests.world import Function, World, eventually

ANY_ID = "019b0000-0000-7000-8000-000000000000"
JSON = {"content-type": "application/json"}
INSIDE = ("Traceback", 'File "', ".py", "psycopg", "pydantic", "fastapi", "starlette", "SELECT", "postgresql")


def refusal(answer: httpx.Response, status: int) -> dict[str, Any]:
    """A problem as RFC 9457 says it, for the client, without a glimpse of what we are made of."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "request_id"} <= problem.keys()
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert [word for word in INSIDE if word in answer.text] == []
    return problem


@pytest.fixture
def unharmed(alice: Person) -> Iterator[None]:
    """What was refused has left nothing behind, and the function is well."""
    yield
    assert alice.events() == []
    assert alice.at("tasks").get("/api/tasks").json() == {"items": [], "next": None}


# Bodies


INVISIBLE = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "directions": "\u202e\u2066\u2069\u200f\u061c",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0",
    "braille blank": "\u2800",
    "soft hyphen, joiner": "\u00ad\u034f",
    "variation selectors": "\ufe0f\U000e0100",
    "tags": "\U000e0041\U000e007f",
    "spaces of all kinds": " \u00a0\u2003\u3000\u2028",
}
NAMED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "/api/tasks": ("tasks", "title", {}),
    "/api/lists": ("organize", "name", {}),
    "/api/tags": ("organize", "name", {}),
    "/api/filters": ("organize", "name", {"query": "today"}),
    "/api/tokens": ("accounts", "name", {"scopes": ["tasks:read"]}),
}


def called(person: Person, address: str, name: str) -> httpx.Response:
    function, field, others = NAMED[address]
    return person.at(function).post(address, json={field: name, **others})


@pytest.mark.parametrize("address", NAMED)
@pytest.mark.parametrize("invisible", INVISIBLE.values(), ids=INVISIBLE)
def test_what_nobody_sees_is_no_name(alice: Person, address: str, invisible: str) -> None:
    for name in (invisible, *invisible):
        problem = refusal(called(alice, address, name), 422)
        assert [fault["field"] for fault in problem["errors"]] == [NAMED[address][1]]


@pytest.mark.parametrize("address", NAMED)
@pytest.mark.parametrize(
    "name", ["👨\u200d👩\u200d👧", "\u2060Tea\u200b", "⠓⠊", "❤\ufe0f", "\u1112\u1161\u11ab", "\ue000", "\U0001fae8"]
)
def test_what_is_seen_is_kept_with_all_that_is_not(alice: Person, address: str, name: str) -> None:
    made = called(alice, address, name)

    assert made.status_code == 201, made.text
    assert made.json()[NAMED[address][1]] == name


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"title": }',
        b"title=Buy+milk",
        b"'title'",
        b"\x00",
        b'{"title": "Buy\nmilk"}',
        b'{"title": "Buy milk"} {}',
        b'{"title": "\xff\xfe"}',
        b'{"title": "\\x"}',
        b"[" * 100_000,
        b'{"title":' * 100_000,
    ],
    ids=lambda body: repr(body[:24]),
)
@pytest.mark.usefixtures("unharmed")
def test_what_is_not_json_is_400(alice: Person, body: bytes) -> None:
    refusal(alice.at("tasks").post("/api/tasks", content=body, headers=JSON), 400)


def text(characters: str, length: int) -> str:
    return (characters * length)[:length]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"titel": "Buy milk"}', "title"),
        ('{"title": "Buy milk", "titel": "Buy milk"}', "titel"),
        ('{"title": "Buy milk", "version": 7}', "version"),
        ('{"title": "Buy milk", "user_id": "x"}', "user_id"),
        ('{"title": "Buy milk", "__proto__": {}}', "__proto__"),
        ('{"title": "Buy milk", "a\\u0000b": 1}', "a\0b"),
        ('{"title": "Buy milk", "\\ud800": 1}', "body"),
        (json.dumps({"title": "Buy milk", "x" * 50_000: 1}), "x" * 100),
        ("{}", "title"),
        ("[]", "body"),
        ("[{}]", "body"),
        ("null", "body"),
        ("7", "body"),
        ('"Buy milk"', "body"),
        ("NaN", "body"),
        ('{"title": null}', "title"),
        ('{"title": 7}', "title"),
        ('{"title": true}', "title"),
        ('{"title": ["Buy milk"]}', "title"),
        ('{"title": {"$ne": ""}}', "title"),
        ('{"title": ""}', "title"),
        ('{"title": " \\t\\u00a0 "}', "title"),
        ('{"title": "Buy\\u0000milk"}', "title"),
        ('{"title": "\\ud800"}', "title"),
        ('{"title": "\\udc00\\ud800"}', "title"),
        ('{"title": "\ud800"}', "title"),  # and as the three bytes that UTF-8 would have for it
        (json.dumps({"title": "x" * 501}), "title"),
        (json.dumps({"title": "x" * 100_000}), "title"),
        ('{"title": "Buy milk", "title": 7}', "title"),
        ('{"title": "Buy milk", "notes": null}', "notes"),
        ('{"title": "Buy milk", "notes": "a\\u0000b"}', "notes"),
        ('{"title": "Buy milk", "notes": "\\udfff"}', "notes"),
        (json.dumps({"title": "Buy milk", "notes": "x" * 100_001}), "notes"),
        (json.dumps({"title": "Buy milk", "notes": "\N{GRINNING FACE}" * 25_001}), "notes"),
        ('{"title": "Buy milk", "status": "finished"}', "status"),
        ('{"title": "Buy milk", "status": "DONE"}', "status"),
        ('{"title": "Buy milk", "priority": 1}', "priority"),
        ('{"title": "Buy milk", "priority": 1e400}', "priority"),
        ('{"title": "Buy milk", "priority": NaN}', "priority"),
        ('{"title": "Buy milk", "priority": -Infinity}', "priority"),
        ('{"title": "Buy milk", "priority": ' + "9" * 4000 + "}", "priority"),
        ('{"title": "Buy milk", "id": "1"}', "id"),
        ('{"title": "Buy milk", "id": 1}', "id"),
        ('{"title": "Buy milk", "id": "00000000-0000-0000-0000-000000000000"}', "id"),
        ('{"title": "Buy milk", "id": "6f1a5f0e-43a7-4c0f-9a51-3c8c5bb1b3f0"}', "id"),
        ('{"title": "Buy milk", "due": "tomorrow"}', "due"),
        ('{"title": "Buy milk", "due": 20261201}', "due"),
        ('{"title": "Buy milk", "due": "2026-02-29"}', "due"),
        ('{"title": "Buy milk", "due": "2026-12-01T09:00:00Z"}', "due"),
        ('{"title": "Buy milk", "due": "0001-01-01"}', "due"),
        ('{"title": "Buy milk", "due": "9999-12-31T23:59"}', "due"),
        ('{"title": "Buy milk", "due": "2026-12-01T09:00", "zone": "Mars/Olympus"}', "zone"),
        ('{"title": "Buy milk", "due": "2026-12-01T09:00", "zone": "../../../etc/passwd"}', "zone"),
        ('{"title": "Buy milk", "due": "2026-12-01T09:00", "zone": "Europe\\u0000"}', "zone"),
        ('{"title": "Buy milk", "due": "2026-12-01", "zone": "Europe/Berlin"}', "zone"),
        ('{"title": "Buy milk", "zone": "Europe/Berlin"}', "zone"),
    ],
    ids=lambda value: value[:48].encode("unicode_escape").decode(),
)
@pytest.mark.usefixtures("unharmed")
def test_what_cannot_be_a_task_is_422_and_names_the_field(alice: Person, body: str, field: str) -> None:
    answer = alice.at("tasks").post("/api/tasks", content=body.encode(errors="surrogatepass"), headers=JSON)

    problem = refusal(answer, 422)
    assert len(answer.content) < 1000
    assert field in [fault["field"] for fault in problem.get("errors", ())] or problem["detail"].startswith(field)


@pytest.mark.usefixtures("unharmed")
def test_every_wrong_field_is_named_at_once(alice: Person) -> None:
    body = {"title": "", "status": "finished", "colour": "red"}

    problem = refusal(alice.at("tasks").post("/api/tasks", json=body), 422)

    assert {fault["field"] for fault in problem["errors"]} == set(body)


@pytest.mark.usefixtures("unharmed")
def test_a_flood_of_wrong_fields_gets_a_short_answer(alice: Person) -> None:
    body = {f"field {number}": 1 for number in range(20_000)}

    answer = alice.at("tasks").post("/api/tasks", json=body)

    refusal(answer, 422)
    assert len(answer.content) < 10_000


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "nonsense"])
@pytest.mark.usefixtures("unharmed")
def test_a_body_that_does_not_say_it_is_json_is_refused(alice: Person, content_type: str) -> None:
    """A page of another site can send these without asking the browser first."""
    body = b'{"title": "Buy milk"}'

    refusal(alice.at("tasks").post("/api/tasks", content=body, headers={"content-type": content_type}), 422)


@pytest.mark.usefixtures("unharmed")
def test_no_body_is_no_task(alice: Person) -> None:
    refusal(alice.at("tasks").post("/api/tasks"), 422)


def test_the_longest_title_and_notes_there_may_be_are_kept(alice: Person) -> None:
    title, notes = "\N{GRINNING FACE}" * 500, "\u00e4" * 50_000

    task = alice.has_task(title, notes=notes)

    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task
    assert (task["title"], task["notes"]) == (title, notes)


# Size

ONE_MB = 1_048_576


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [ONE_MB + 1, 5 * ONE_MB])
def test_more_than_a_megabyte_is_413(alice: Person, size: int, chunked: bool) -> None:
    body = b'{"title": "' + b"x" * (size - 13) + b'"}'
    assert len(body) == size

    content = iter([body[at : at + 65_536] for at in range(0, size, 65_536)]) if chunked else body
    answer = alice.at("tasks").post("/api/tasks", content=content, headers=JSON)

    refusal(answer, 413)


@pytest.mark.usefixtures("unharmed")
def test_a_megabyte_is_read(alice: Person) -> None:
    body = b'{"title": "' + b"x" * (ONE_MB - 13) + b'"}'

    assert "title" in refusal(alice.at("tasks").post("/api/tasks", content=body, headers=JSON), 422)["detail"]


# Paths and queries


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_task_of_somebody_else_cannot_be_told_from_none(alice: Person, mallory: Person, method: str) -> None:
    task = alice.has_task("Private")

    def ask(task_id: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        body = {"title": "Mine now"} if method in ("PUT", "PATCH") else None
        answer = mallory.at("tasks").request(method, f"/api/tasks/{task_id}", json=body, headers=headers)
        seen = dict(answer.headers) | {"x-request-id": "", "date": "", "ratelimit": ""}
        content = answer.content.replace(task_id.encode(), b"ID")
        return answer.status_code, seen, content.replace(answer.headers["x-request-id"].encode(), b"REQUEST")

    assert ask(task["id"]) == ask(str(new_id()))
    assert ask(task["id"], **{"if-match": '"9"'}) == ask(str(new_id()), **{"if-match": '"9"'})
    assert ask(task["id"])[0] == 404
    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task


@pytest.mark.parametrize(
    "task_id", ["1", "null", "%00", "%ff", "%ED%A0%80", "..%2F..%2Fetc%2Fpasswd", "'; DROP TABLE tasks; --", "x" * 9000]
)
def test_what_is_no_id_finds_nothing(alice: Person, task_id: str) -> None:
    answer = alice.at("tasks").get(f"/api/tasks/{task_id}")

    refusal(answer, answer.status_code)
    assert answer.status_code in (404, 422)
    assert len(answer.content) < 1000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/api", 404),
        ("GET", "/api/tasks/", 404),
        ("GET", "/api//tasks", 404),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/events", 404),
        ("GET", "/api/tasks/%2e%2e/tasks", 404),
        ("PUT", "/api/tasks", 405),
        ("DELETE", "/api/tasks", 405),
        ("TRACE", "/api/tasks", 405),
        ("OPTIONS", "/api/tasks", 405),
        ("POST", f"/api/tasks/{ANY_ID}", 405),
    ],
)
def test_where_nothing_is_a_problem_says_so(alice: Person, method: str, path: str, status: int) -> None:
    answer = alice.at("tasks").request(method, path)

    refusal(answer, status)
    assert status == 404 or answer.headers["allow"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "201"),
        ("limit", "9" * 5000),
        ("limit", "1e400"),
        ("limit", "NaN"),
        ("limit", ""),
        ("status", "finished"),
        ("status", "todo,done"),
        ("status", "\0"),
        ("cursor", ""),
        ("cursor", "nonsense"),
        ("cursor", "\0"),
        ("cursor", "\u00e4"),
        ("cursor", "x" * 9000),
        ("cursor", "AAAA"),
        ("cursor", "WyItY3JlYXRlZCIsICIyMDI2LTExLTIwIl0="),  # no place
    ],
)
def test_a_list_asked_for_wrongly_is_422(alice: Person, name: str, value: str) -> None:
    answer = alice.at("tasks").get("/api/tasks", params={name: value})

    assert name in refusal(answer, 422)["detail"]
    assert len(answer.content) < 1000


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_cursor_made_up_is_just_a_place(alice: Person, moment: str) -> None:
    task = alice.has_task("Buy milk")
    place = json.dumps(["-created", "2026-11-20T09:00:00+00:00", moment, str(new_id())])
    cursor = base64.urlsafe_b64encode(place.encode()).decode()

    answer = alice.at("tasks").get("/api/tasks", params={"cursor": cursor})

    assert answer.json() == {"items": [task] if moment.startswith("9999") else [], "next": None}


@pytest.mark.parametrize(
    ("function", "path"),
    [
        ("tasks", "/api/tasks"),
        ("tasks", "/api/tasks/search?q=milk"),
        ("tasks", "/api/tasks/deleted"),
        ("organize", "/api/lists"),
        ("organize", "/api/tags"),
        ("organize", "/api/filters"),
    ],
)
def test_a_cursor_that_is_none_is_the_field_at_fault(alice: Person, function: str, path: str) -> None:
    url = httpx.URL(path).copy_merge_params({"cursor": "nonsense"})

    problem = refusal(alice.at(function).get(url), 422)

    assert [fault["field"] for fault in problem["errors"]] == ["cursor"]


# Headers


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "session=",
        "session=nonsense",
        "session==;;=;",
        "session=" + "A" * 64,
        "session=" + "A" * 60_000,
        "session=\xe4\xf6\xfc",
        'session="\\000\\377"',
        "SESSION=x",
        "session=x; session=y",
        ";" * 1000,
    ],
    ids=lambda cookie: repr(cookie[:20]),
)
@pytest.mark.parametrize("path", ["/api/tasks", f"/api/tasks/{ANY_ID}"])
def test_a_cookie_that_is_no_session_is_401(world: World, cookie: str, path: str) -> None:
    with world.function("tasks").client() as anybody:
        answer = anybody.get(path, headers={b"cookie": cookie.encode("latin-1")})

    refusal(answer, 401)
    assert "www-authenticate" not in answer.headers


def test_a_token_is_good_for_one_person_alone(alice: Person, mallory: Person) -> None:
    """The first 16 bytes of a token say whose it is; Mallory puts Alice's before her own secret."""
    forged = alice.token[:20] + mallory.token[20:]

    with alice.world.function("tasks").client() as client:
        client.cookies.set("session", forged)
        refusal(client.get("/api/tasks"), 401)


def test_an_expired_session_is_401(alice: Person) -> None:
    alice.world.rows("UPDATE sessions SET expires_at = now() WHERE user_id = %s", alice.id)

    refusal(alice.at("tasks").get("/api/tasks"), 401)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": ""},
        {"origin": "null"},
        {"origin": "https://evil.test"},
        {"origin": "https://evil.test", "referer": "https://taskora.test/"},
        {"origin": "https://taskora.test.evil.test"},
        {"origin": "https://eviltaskora.test"},
        {"origin": "https://taskora.test@evil.test"},
        {"origin": "https://taskora.test:8443"},
        {"origin": "ftp://taskora.test"},
        {"origin": "taskora.test"},
        {"origin": "http://["},
        {"origin": "https://evil.test", "sec-fetch-site": "cross-site"},
        {"origin": "https://taskora.test", "sec-fetch-site": "cross-site"},
        {"origin": "https://taskora.test", "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "nonsense"},
    ],
    ids=str,
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/tasks"), ("DELETE", f"/api/tasks/{ANY_ID}")])
@pytest.mark.usefixtures("unharmed")
def test_a_cookie_changes_nothing_from_another_page(
    alice: Person, headers: dict[str, str], method: str, path: str
) -> None:
    from_there = headers | {"x-forwarded-host": "taskora.test", "cookie": f"session={alice.token}"}
    with alice.world.function("tasks").client(**from_there) as browser:
        answer = browser.request(method, path, json={"title": "Buy milk"} if method == "POST" else None)

    refusal(answer, 403)


@pytest.mark.parametrize("headers", [{"origin": "https://taskora.test"}, {"sec-fetch-site": "same-origin"}], ids=str)
def test_our_own_page_may_change_things(alice: Person, headers: dict[str, str]) -> None:
    from_here = headers | {"x-forwarded-host": "taskora.test", "cookie": f"session={alice.token}"}
    with alice.world.function("tasks").client(**from_here) as browser:
        assert browser.post("/api/tasks", json={"title": "Buy milk"}).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "\xe4", "x" * 201, "a\tb"])
@pytest.mark.usefixtures("unharmed")
def test_an_idempotency_key_is_short_and_visible(alice: Person, key: str) -> None:
    headers = {b"idempotency-key": key.encode("latin-1")}

    answer = alice.at("tasks").post("/api/tasks", json={"title": "Buy milk"}, headers=headers)

    assert "Idempotency-Key" in refusal(answer, 400)["detail"]


@pytest.mark.parametrize("request_id", ["", "short", "x" * 129, "a b c d e f", "<script>alert(1)</script>", "\xe4" * 9])
def test_a_strange_request_id_is_replaced(alice: Person, request_id: str) -> None:
    headers = {b"x-request-id": request_id.encode("latin-1")}

    answer = alice.at("tasks").get(f"/api/tasks/{new_id()}", headers=headers)

    assert answer.headers.get_list("x-request-id") == [refusal(answer, 404)["request_id"]]
    assert answer.headers["x-request-id"] != request_id


def test_a_good_request_id_comes_back(alice: Person) -> None:
    answer = alice.at("tasks").get("/api/tasks", headers={"x-request-id": "request.of-Alice_1"})

    assert answer.headers["x-request-id"] == "request.of-Alice_1"


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "nonsense",
        "x" * 9000,
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\xe4",
    ],
    ids=lambda value: repr(value[:30]),
)
def test_a_strange_traceparent_goes_nowhere(alice: Person, traceparent: str) -> None:
    headers = {b"traceparent": traceparent.encode("latin-1")}

    answer = alice.at("tasks").post("/api/tasks", json={"title": "Buy milk"}, headers=headers)

    assert answer.status_code == 201
    assert alice.world.rows("SELECT traceparent FROM events WHERE user_id = %s", alice.id) == [(None,)]


def test_an_event_from_outside_is_just_a_request(alice: Person) -> None:
    """HTTP functions have no `/events`; `ce-*` headers on other paths mean nothing."""
    event = {"ce-specversion": "1.0", "ce-id": uuid4().hex, "ce-source": "/evil", "ce-type": "task.created"}

    refusal(alice.at("tasks").post("/events", json={}, headers=event), 404)
    assert alice.at("tasks").post("/api/tasks", json={"title": "Buy milk"}, headers=event).status_code == 201


# Not quite HTTP


@pytest.mark.parametrize(
    "request_text",
    [
        b"nonsense\r\n\r\n",
        b"GET /api/tasks HTTP/1.1\r\nhost: x\r\nno colon\r\n\r\n",
        b"GET /api/tasks HTTP/1.1\r\nhost: x\r\na: b\0c\r\n\r\n",
        b"POST /api/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: x\r\n\r\n",
        b"POST /api/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
        b"POST /api/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}",
        b"POST /api/tasks HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=repr,
)
def test_what_is_not_http_is_refused_and_the_function_is_well(world: World, request_text: bytes) -> None:
    function = world.function("tasks")

    answer = spoken_to(function, request_text)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert httpx.get(f"{function.url}/health").status_code == 200


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_whoever_hangs_up_in_the_middle_does_no_harm(alice: Person, method: str) -> None:
    function, request_id = alice.world.function("tasks"), uuid4().hex
    request = (
        f"{method} /api/tasks HTTP/1.1\r\nhost: taskora.test\r\norigin: https://taskora.test\r\n"
        f"content-type: application/json\r\ncookie: session={alice.token}\r\nx-request-id: {request_id}\r\n"
        'content-length: 50\r\n\r\n{"title":'
    )

    spoken_to(function, request.encode())

    eventually(lambda: request_id in function.log.read_text(), "the request is logged")
    [line] = [json.loads(line) for line in function.lines() if request_id in line]
    assert (line["level"], line["event"]) == ("info", "request")
    assert alice.at("tasks").get("/api/tasks").json()["items"] == []


def spoken_to(function: Function, request: bytes) -> bytes:
    """What a function says to these bytes, until it hangs up; we say no more than them."""
    server = urlsplit(function.url)
    with socket.create_connection((server.hostname, server.port or 80), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    return answer


# Logs


def test_a_refusal_is_one_line_with_the_request_id_and_nothing_of_what_was_sent(alice: Person) -> None:
    function, request_id = alice.world.function("tasks"), uuid4().hex

    body = {"title": 7, "notes": "something private"}
    alice.at("tasks").post("/api/tasks?secret=private", json=body, headers={"x-request-id": request_id})

    eventually(lambda: request_id in function.log.read_text(), "the request is logged")
    [line] = [json.loads(line) for line in function.lines() if request_id in line]
    assert (line["event"], line["status"], line["route"]) == ("request", 422, "/api/tasks")
    assert "private" not in json.dumps(line)
