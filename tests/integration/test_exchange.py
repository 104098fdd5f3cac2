"""Everything of an account in one document."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from shared import db
from shared.callers import SCOPES
from shared.kinds import KINDS
from tests import guards
from tests.deliveries import Fact
from tests.guards import Edit
from tests.people import Person
from tests.push_service import Browser
from tests.telling import tell
from tests.world import ROOT, Function, World, eventually

# What is kept under somebody's id and is not in their export, and why.
LEFT_OUT = {
    "outbox": "what is still to be published of the events, which it has",
    "zone_changes": "how far their tasks have followed them to another zone",
    "account_mails": "a mail on its way to their own mailbox",
    "activity_chain": "seals, made of the activity",
    "activity_anchors": "the last seals of what was removed",
    "answers": "what was answered a day ago at most, a copy of what is exported",
    "chain_heads": "the last of the seals",
    "counters": "the number of the last activity",
    "digests": "when the next ones are due, made of the preferences",
}
END = b"\r\n0\r\n\r\n"  # of a document that is whole
SECRETS = ("password_hash", "token_hash", "code_hash", "secret")


NAMED = f"exchange-{uuid4()}"  # as PostgreSQL knows those of this file among all others


@pytest.fixture
def exchange(world: World) -> Iterator[Function]:
    """A process of its own, whose memory is that of one test."""
    url = f"{world.environment['DATABASE_URL']}?application_name={NAMED}"
    function = world.start("exchange", DATABASE_URL=url)
    yield function
    function.kill()


def export(person: Person) -> dict[str, Any]:
    answer = person.at("exchange").get("/api/export")
    assert answer.status_code == 200, answer.text
    exported: dict[str, Any] = answer.json()
    return exported


def made(person: Person, path: str, **body: Any) -> dict[str, Any]:
    answer = person.at("organize").post(path, json=body)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def has_tasks(person: Person, many: int, notes: str = "note") -> None:
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
        " updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'task ' || n, %s, 'todo', 'none', %s, '{}', 'a' || n, now(), now(), 1"
        " FROM generate_series(1, %s) AS n",
        person.id, notes, person.id, many,
    )  # fmt: skip


def test_everything_somebody_made_is_in_it_as_the_api_shows_it(alice: Person, mallory: Person) -> None:
    work = made(alice, "/api/lists", name="Work", color="#112233")
    tag = made(alice, "/api/tags", name="urgent")
    saved = made(alice, "/api/filters", name="Now", query="today")
    task = alice.has_task("Stand up", list=work["id"], tags=[tag["id"]], notes='"quoted" 🎉\n')
    mallory.has_task("not Alice's")

    exported = export(alice)

    assert (exported["format"], exported["version"]) == ("taskora", 1)
    assert exported["profile"] == alice.at("accounts").get("/api/me").json()
    kept = {"deleted_at": None}
    assert [each["name"] for each in exported["lists"]] == ["Inbox", "Work"]
    assert exported["lists"][1] == work | kept
    assert exported["tags"] == [tag | kept]
    assert exported["filters"] == [saved | kept]
    assert exported["tasks"] == [task | kept]
    assert exported["comments"] == []
    assert exported["series"] == []
    assert exported["second_factor"] == {"on": False, "since": None, "recovery_codes": 0}


def test_what_was_said_to_the_chat_is_in_it(alice: Person, mallory: Person) -> None:
    for person in (alice, mallory):
        person.at("chat").post("/api/chat/messages", json={"text": f"add {person.name}'s task"}).raise_for_status()

    said = alice.at("chat").get("/api/chat/messages").json()["items"]

    assert len(said) == 2
    assert export(alice)["chat_messages"] == said[::-1]


def test_what_repeats_is_in_it_with_its_series_and_reminders(alice: Person) -> None:
    reminders = [{"kind": "before", "minutes": 15}, {"kind": "absolute", "at": "2040-03-20T18:00:00"}]
    task = alice.has_task("Rent", due="2040-03-26T09:00:00", recurrence={"rule": "FREQ=MONTHLY"}, reminders=reminders)
    assert len(task["reminders"]) == 2
    series = alice.at("complete").get(f"/api/series/{task['series']}").json()

    exported = export(alice)

    assert (exported["tasks"], exported["series"]) == ([task | {"deleted_at": None}], [series | {"deleted_at": None}])
    [of_task] = exported["firings"]
    assert of_task["task"] == task["id"]
    assert [(each["reminder"], each["state"]) for each in of_task["firings"]] == [
        (reminder["id"], "pending") for reminder in reversed(task["reminders"])
    ]


def test_what_somebody_was_told_and_how_they_want_to_be_told_is_in_it(alice: Person) -> None:
    assert export(alice)["preferences"] is None
    alice.at("notify").put("/api/preferences", json={"daily_digest": "07:30"}).raise_for_status()
    browser = Browser("https://push.example.org")
    alice.at("notify").post("/api/push/subscriptions", json=browser.subscription()).raise_for_status()
    id = tell(alice, "Stand up")
    alice.world.rows(
        "INSERT INTO deliveries (user_id, notification_id, channel, id, deliver_at, outcome)"
        " VALUES (%s, %s, 'push', %s, now(), 'refused')",
        alice.id, id, id,
    )  # fmt: skip

    exported = export(alice)

    assert exported["preferences"] == alice.at("notify").get("/api/preferences").json()
    [subscription] = exported["push_subscriptions"]
    assert (subscription["host"], subscription.keys()) == ("push.example.org", {"id", "host", "created_at"})
    [told] = exported["notifications"]
    assert [told["notification"]] == alice.at("notify").get("/api/notifications").json()["items"]
    assert [(each["channel"], each["outcome"]) for each in told["deliveries"]] == [("push", "refused")]
    assert browser.path not in json.dumps(exported)


def test_what_can_be_restored_is_in_it_too(alice: Person) -> None:
    task = alice.has_task("Gone")
    alice.at("tasks").delete(f"/api/tasks/{task['id']}")

    [exported] = export(alice)["tasks"]

    assert exported["title"] == "Gone"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", exported["deleted_at"])


def test_all_activity_is_in_it_once_whether_it_has_reached_the_log_or_not(alice: Person) -> None:
    task = alice.has_task("Stand up")
    alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"title": "Sit down"})
    logged = Fact(alice.id, 1, "task.created", f"task/{task['id']}").delivery
    assert logged.to(alice.world.function("audit")).status_code == 204

    entries = export(alice)["activity"]

    assert [(entry["sequence"], entry["type"], entry["subject"]) for entry in entries] == [
        (1, "task.created", f"task/{task['id']}"),
        (2, "task.updated", f"task/{task['id']}"),
    ]
    assert entries[1]["data"]["changes"] == {"title": ["Stand up", "Sit down"]}
    assert entries[1]["data"]["task"]["title"] == "Sit down"


def test_what_lets_somebody_in_is_in_it_without_its_secrets(alice: Person) -> None:
    made_token = alice.at("accounts").post("/api/tokens", json={"name": "laptop", "scopes": ["tasks:read"]}).json()
    alice.world.rows(
        "INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES (%s, 'ciphertext', now())",
        alice.id,
    )
    alice.world.rows("INSERT INTO recovery_codes (user_id, code_hash) VALUES (%s, '\\x0102')", alice.id)
    alice.world.rows(
        "INSERT INTO identities (issuer, subject, user_id, linked_at) VALUES ('https://id.example.org', %s, %s, now())",
        str(alice.id), alice.id,
    )  # fmt: skip

    answer = alice.at("exchange").get("/api/export")
    exported = answer.json()

    token = {name: value for name, value in made_token.items() if name != "token"}
    assert exported["tokens"] == [token]
    assert len(exported["sessions"]) == 1
    assert exported["second_factor"] == {"on": True, "since": exported["second_factor"]["since"], "recovery_codes": 1}
    assert [identity["subject"] for identity in exported["identities"]] == [str(alice.id)]
    for secret in (made_token["token"], alice.token, "ciphertext", "0102"):
        assert secret not in answer.text


def test_it_is_a_file_that_nobody_keeps_on_the_way(alice: Person) -> None:
    headers = alice.at("exchange").get("/api/export").headers

    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "no-store"
    assert re.fullmatch(r'attachment; filename="taskora-\d{4}-\d\d-\d\d\.json"', headers["content-disposition"])


def test_only_a_session_exports(alice: Person, world: World) -> None:
    scopes = sorted(SCOPES)
    token = alice.at("accounts").post("/api/tokens", json={"name": "all", "scopes": scopes}).json()["token"]
    url = f"{world.function('exchange').url}/api/export"

    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers={"authorization": f"Bearer {token}"}).status_code == 403


def test_nobody_exports_without_end(alice: Person) -> None:
    answers = [alice.at("exchange").get("/api/export").status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]


def test_every_table_with_somebodys_rows_is_exported_or_left_out_for_a_reason(world: World) -> None:
    tables = {
        str(name)
        for (name,) in world.rows(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE attname = 'user_id'"
            " AND relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace"
        )
    }
    said = vars(db.queries(str(ROOT / "functions/exchange/document.py"), "document"))
    read = {kind.table for kind in KINDS.values()}
    for statement in said.values():
        read |= set(re.findall(r"\b(?:FROM|JOIN) (\w+)", statement))

    assert tables - read == set(LEFT_OUT)


def test_no_secret_is_read(world: World) -> None:
    said = vars(db.queries(str(ROOT / "functions/exchange/document.py"), "document"))

    assert not [secret for secret in SECRETS for statement in said.values() if secret in statement]


def test_a_hundred_thousand_tasks_are_exported_without_being_held(alice: Person, exchange: Function) -> None:
    has_tasks(alice, 100_000, "note " * 20)
    [(sent,)] = alice.world.rows("SELECT sum(octet_length(document)) FROM tasks WHERE user_id = %s", alice.id)
    before = memory(exchange)

    with alice.browsing(exchange).stream("GET", "/api/export") as answer:
        assert answer.status_code == 200
        exported = json.loads(answer.read())

    assert len(exported["tasks"]) == len({task["id"] for task in exported["tasks"]}) == 100_000
    assert int(str(sent)) > 40_000_000
    assert memory(exchange) - before < 24_000, "kB"


def test_long_notes_are_read_a_few_at_a_time(alice: Person, exchange: Function) -> None:
    has_tasks(alice, 600, "x" * 100_000)
    before = memory(exchange)

    exported = alice.browsing(exchange).get("/api/export").json()

    assert [len(task["notes"]) for task in exported["tasks"]] == [100_000] * 600
    assert memory(exchange) - before < 24_000, "kB"


def memory(function: Function) -> int:
    """The most that it ever had, in kB."""
    status = Path(f"/proc/{function.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def begun(person: Person, function: Function) -> socket.socket:
    """A reader whose export has begun, and who takes nothing of it yet."""
    address = urlsplit(function.url)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    reader.settimeout(20)
    reader.connect((address.hostname, address.port))
    reader.sendall(f"GET /api/export HTTP/1.1\r\nhost: taskora.test\r\ncookie: session={person.token}\r\n\r\n".encode())
    reader.recv(1, socket.MSG_PEEK)
    return reader


def exporting(world: World) -> list[tuple[object, ...]]:
    """Whoever holds on to a moment."""
    return world.rows(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'taskora_functions'"
        " AND backend_xmin IS NOT NULL AND application_name = %s",
        NAMED,
    )


def rest(reader: socket.socket) -> bytes:
    found = bytearray()
    while not found.endswith(END) and (part := reader.recv(1_000_000)):
        found += part
    return bytes(found)


def test_a_reader_that_takes_its_time_holds_nothing_up_and_sees_one_moment(
    alice: Person, exchange: Function, world: World
) -> None:
    has_tasks(alice, 400, "x" * 50_000)

    with closing(begun(alice, exchange)) as reader:
        late = alice.has_task("came later")
        world.rows("UPDATE tasks SET title = 'changed' WHERE user_id = %s", alice.id)
        answer = rest(reader)

    assert answer.endswith(END)
    assert b'"changed"' not in answer
    assert late["id"].encode() not in answer


IMPATIENT = (
    Edit("functions/exchange/download.py", "PATIENCE = 30.0", "PATIENCE = 3.0"),
    Edit("functions/exchange/download.py", "SLOWEST = 32_000", "SLOWEST = 8_000_000"),
)


@pytest.fixture
def impatient(world: World, tmp_path: Path) -> Iterator[Function]:
    """As all are, in less time than a test has."""
    code = guards.copy_of_the_code(tmp_path)
    for edit in IMPATIENT:
        guards.apply(edit, code)
    url = f"{world.environment['DATABASE_URL']}?application_name={NAMED}"
    function = world.start_from(code, "exchange", DATABASE_URL=url)
    yield function
    function.kill()


def test_a_reader_that_is_too_slow_is_left_behind_and_others_go_on(
    alice: Person, mallory: Person, impatient: Function, world: World
) -> None:
    has_tasks(mallory, 400, "x" * 50_000)

    with closing(begun(mallory, impatient)) as reader:
        assert alice.browsing(impatient).get("/api/export").status_code == 200
        eventually(lambda: reader.recv(20_000) and not exporting(world), "nothing is read any more for this one")
        answer = rest(reader)

    assert not answer.endswith(END)
    assert any("its reader is too slow" in line for line in impatient.lines())


def test_nobody_has_two_exports_at_once(alice: Person, mallory: Person, exchange: Function, world: World) -> None:
    has_tasks(mallory, 400, "x" * 50_000)

    with closing(begun(mallory, exchange)) as reader:
        second = mallory.browsing(exchange).get("/api/export")
        assert alice.browsing(exchange).get("/api/export").status_code == 200
        assert rest(reader).endswith(END)

    assert (second.status_code, second.headers["retry-after"]) == (429, "10")
    again = mallory.browsing(exchange)
    eventually(lambda: again.get("/api/export").status_code == 200, "with the end of the first, another may begin")


def test_whoever_goes_away_ends_the_reading(alice: Person, exchange: Function, world: World) -> None:
    has_tasks(alice, 400, "x" * 50_000)

    with psycopg.connect(world.owner_url) as connection:
        connection.execute("LOCK TABLE comments IN ACCESS EXCLUSIVE MODE")  # which come behind tasks
        begun(alice, exchange).close()

        eventually(lambda: not exporting(world), "nobody reads any more", within=5)  # a lock is waited for longer


def test_when_the_database_goes_away_the_document_is_cut_off(alice: Person, exchange: Function, world: World) -> None:
    has_tasks(alice, 400, "x" * 50_000)

    with closing(begun(alice, exchange)) as reader:
        with psycopg.connect(world.owner_url) as connection:
            for (pid,) in exporting(world):
                connection.execute("SELECT pg_terminate_backend(%s)", [pid])
        answer = rest(reader)

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert not answer.endswith(END)


def test_a_database_that_is_away_from_the_beginning_is_a_refusal(alice: Person, world: World) -> None:
    alice.at("exchange").get("/api/export")  # from now on it is known who Alice is
    elsewhere = world.start("exchange", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    try:
        answer = alice.browsing(elsewhere).get("/api/export")
    finally:
        elsewhere.kill()

    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "127.0.0.1" not in answer.text


def test_an_account_that_is_gone_has_nothing_to_export(alice: Person) -> None:
    alice.at("exchange").get("/api/export")
    alice.world.rows("DELETE FROM users WHERE id = %s", alice.id)

    assert alice.at("exchange").get("/api/export").status_code == 401
