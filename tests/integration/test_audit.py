"""The activity log keeps everything once, in order, sealed; and says so when somebody touched it."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from functions.audit.main import sql
from shared.ids import new_id
from tests.deliveries import Delivery, Fact, event, work_due
from tests.histories import activity, deliver, numbers, verdict
from tests.people import Person
from tests.world import Function, World, eventually

LATE = "2026-03-03T12:00:00Z"


@pytest.fixture
def audit(world: World) -> Function:
    return world.function("audit")


def happened_to(person: Person, count: int, **fields: Any) -> list[Fact]:
    return [Fact(person.id, sequence, **fields) for sequence in range(1, count + 1)]


def test_everything_a_user_did_is_listed_newest_first_as_it_was_said(alice: Person, audit: Function) -> None:
    first = Fact(alice.id, 1, "task.created", "task/7")
    second = Fact(alice.id, 2, "task.updated", "task/7", {"title": ["Milk", "Oat milk"]})

    deliver([first, second], audit)

    page = activity(alice)
    assert numbers(page) == [2, 1]
    assert page["next"] is None
    newest = page["items"][0]
    assert newest.pop("time").endswith("Z")
    assert newest == {
        "id": str(second.id),
        "sequence": 2,
        "type": "task.updated",
        "subject": "task/7",
        "title": None,
        "tasks": [],
        "actor": {"user": str(alice.id), "via": "web", "token": None, "name": "Alice", "token_name": None},
        "operation": str(second.id),
        "changes": {"title": ["Milk", "Oat milk"]},
        "missed": None,
    }


def test_what_a_real_change_published_becomes_its_entry(alice: Person, world: World, audit: Function) -> None:
    task = alice.has_task("Buy milk", priority="high")
    subject = f"task/{task['id']}"
    eventually(lambda: world.door.about(subject), "the broker has the event")
    [posted] = [posted for posted in world.door.posted if posted.headers.get("ce-subject") == subject]

    assert Delivery(posted.headers, posted.data).to(audit).status_code == 204

    [entry] = activity(alice)["items"]
    assert (entry["id"], entry["type"], entry["subject"]) == (posted.headers["ce-id"], "task.created", subject)
    assert verdict(alice)["ok"]


def test_what_happens_to_a_task_that_repeats_is_told_with_what_was_missed(
    alice: Person, world: World, audit: Function
) -> None:
    task = alice.has_task("Vitamins", due="2026-03-01", recurrence={"rule": "FREQ=DAILY"})
    answer = alice.at("complete").post(f"/api/tasks/{task['id']}/complete", json={"completed_at": LATE})
    following = answer.json()["next"]
    eventually(lambda: world.door.about(f"task/{following['id']}"), "the broker has the last event")
    for posted in world.door.posted:
        if posted.headers.get("ce-partitionkey") == str(alice.id):
            assert Delivery(posted.headers, posted.data).to(audit).status_code == 204

    entries = [(entry["type"], entry["subject"], entry["changes"]) for entry in activity(alice)["items"]]

    (recurred, *_), (completed, _, changes), (created, *_), (began, *_) = entries
    assert [recurred, completed, created, began] == [
        "task.recurred",
        "task.completed",
        "task.created",
        "series.created",
    ]
    assert changes["status"] == ["todo", "done"]
    assert activity(alice, subject=f"task/{following['id']}")["items"][0]["missed"] == {
        "count": 2,
        "slots": ["2026-03-02", "2026-03-03"],
        "ordinals": [2, 3],
    }
    assert verdict(alice)["ok"]


def test_an_event_that_comes_twice_is_one_entry(alice: Person, audit: Function) -> None:
    [fact] = happened_to(alice, 1)

    deliver([fact, fact], audit)

    assert numbers(activity(alice)) == [1]
    assert verdict(alice)["entries"] == 1


def test_entries_wait_for_those_before_them_to_be_sealed(alice: Person, audit: Function, world: World) -> None:
    first, second, third, fourth = happened_to(alice, 4)

    deliver([third, second], audit)
    assert numbers(activity(alice)) == [3, 2]
    assert sealed(alice) == []

    deliver([first], audit)
    assert sealed(alice) == [1, 2, 3]

    deliver([fourth], audit)
    assert verdict(alice)["entries"] == 4


def sealed(person: Person) -> list[object]:
    rows = person.world.rows("SELECT sequence FROM activity_chain WHERE user_id = %s ORDER BY sequence", person.id)
    return [sequence for (sequence,) in rows]


def test_a_crowd_of_deliveries_in_any_order_and_twice_makes_one_chain(alice: Person, audit: Function) -> None:
    facts = happened_to(alice, 60) * 2
    random.Random(7).shuffle(facts)

    with ThreadPoolExecutor(8) as dispatchers:
        answers = list(dispatchers.map(lambda fact: fact.delivery.to(audit).status_code, facts))

    assert set(answers) == {204}
    assert sealed(alice) == list(range(1, 61))
    assert verdict(alice)["entries"] == 60


def test_two_processes_make_one_chain_of_what_comes_in_any_order_and_twice(
    alice: Person, audit: Function, world: World
) -> None:
    facts = happened_to(alice, 40) * 2
    random.Random(7).shuffle(facts)
    other = world.start("audit")

    try:
        with ThreadPoolExecutor(8) as dispatchers:
            answers = list(
                dispatchers.map(lambda fact, to: fact.delivery.to(to).status_code, facts, [audit, other] * 40)
            )
    finally:
        other.kill()

    assert set(answers) == {204}
    assert sealed(alice) == list(range(1, 41))
    assert verdict(alice)["entries"] == 40


def test_the_link_after_a_wait_sees_what_was_committed_meanwhile(alice: Person, audit: Function, world: World) -> None:
    """Two processes wait for the head: whoever is second must see the entry of the first, or the chain ends there."""
    first, second = happened_to(alice, 2)
    another = world.start("audit")
    world.rows("INSERT INTO chain_heads (user_id) VALUES (%s)", alice.id)

    with ThreadPoolExecutor(2) as dispatchers, psycopg.connect(world.owner_url) as holder:
        holder.execute("SELECT FROM chain_heads WHERE user_id = %s FOR UPDATE", [alice.id])
        answers = [dispatchers.submit(second.delivery.to, audit), dispatchers.submit(first.delivery.to, another)]
        eventually(lambda: world.waiting_for_locks() == 2, "both wait for the head of the chain")
        holder.rollback()

    assert [answer.result().status_code for answer in answers] == [204, 204]
    assert sealed(alice) == [1, 2]


@pytest.mark.parametrize(
    "delivery",
    [
        pytest.param(event("task.updated", partitionkey="someone", sequence="1"), id="unsigned"),
        pytest.param(event("task.updated", sequence="1").signed(b"another key"), id="signed by somebody else"),
        pytest.param(replace(event("task.updated").signed(), data=b'{"task":{}}'), id="with other data"),
        pytest.param(event("task.updated").signed().having(id="1"), id="under another id"),
        pytest.param(
            event("task.updated", partitionkey="a", sequence="1").signed().having(sequence="2"), id="renumbered"
        ),
        pytest.param(event("task.updated", partitionkey="a").signed().having(partitionkey="b"), id="of another user"),
        pytest.param(event("task.updated", partitionkey="nobody", sequence="1").signed(), id="of nobody"),
        pytest.param(Fact(new_id(), 1, subject="a%00b").delivery, id="with a NUL"),
        pytest.param(Fact(new_id(), 1, subject="a%C2%85b").delivery, id="with a control character"),
        pytest.param(event("task.updated").having(specversion=None), id="not a CloudEvent"),
        pytest.param(event("task.updated").having(specversion="0.3"), id="of another version"),
        pytest.param(event("task.updated").having(id=None), id="without an id"),
        pytest.param(Delivery({"content-type": "text/plain"}, b"\xff\x00 hello"), id="no event at all"),
        pytest.param(Delivery({"content-type": "application/cloudevents+json"}, b"{}"), id="structured"),
    ],
)
def test_what_is_not_ours_is_refused_for_good(delivery: Delivery, audit: Function) -> None:
    answer = delivery.to(audit)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_forged_event_leaves_no_trace(alice: Person, audit: Function) -> None:
    [fact] = happened_to(alice, 1)

    assert fact.delivery.signed(b"guessed").to(audit).status_code == 422

    assert activity(alice)["items"] == []


def test_a_signed_event_without_a_number_is_no_activity(audit: Function) -> None:
    assert event("system.something").signed().to(audit).status_code == 204
    assert work_due("day").to(audit).status_code == 204


def test_an_event_that_was_signed_with_the_key_before_is_taken(world: World, alice: Person) -> None:
    [fact] = happened_to(alice, 1)
    audit = world.start("audit", EVENT_SIGNING_KEYS="the next key,the key of the tests")
    try:
        assert fact.delivery.to(audit).status_code == 204
        assert Fact(alice.id, 2).delivery.signed(b"the next key").to(audit).status_code == 204
    finally:
        audit.kill()


def test_pages_neither_skip_nor_repeat(alice: Person, audit: Function) -> None:
    facts = happened_to(alice, 7)
    deliver(facts[:6], audit)

    first = activity(alice, limit=4)
    deliver(facts[6:], audit)
    second = activity(alice, limit=4, cursor=first["next"])

    assert numbers(first) + numbers(second) == [6, 5, 4, 3, 2, 1]
    assert second["next"] is None


def test_activity_is_found_by_what_it_is_about_and_by_its_type(alice: Person, audit: Function) -> None:
    deliver(
        [
            Fact(alice.id, 1, "task.created", "task/1"),
            Fact(alice.id, 2, "task.created", "task/2"),
            Fact(alice.id, 3, "task.completed", "task/1"),
        ],
        audit,
    )

    assert numbers(activity(alice, subject="task/1")) == [3, 1]
    assert numbers(activity(alice, type="task.created")) == [2, 1]
    assert numbers(activity(alice, subject="task/1", type="task.completed")) == [3]


@pytest.mark.parametrize("query", ["cursor=0", "cursor=x", f"cursor={2**63}", "limit=0", "limit=201", "subject=%00"])
def test_a_query_that_makes_no_sense_is_refused(alice: Person, audit: Function, query: str) -> None:
    answer = alice.at("audit").get(f"/api/activity?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_nobody_sees_the_activity_of_another(alice: Person, mallory: Person, audit: Function) -> None:
    deliver([Fact(alice.id, 1, "task.created", "task/secret")], audit)

    assert activity(mallory, subject="task/secret")["items"] == []
    assert verdict(mallory)["entries"] == 0
    assert httpx.get(f"{audit.url}/api/activity").status_code == 401
    assert httpx.get(f"{audit.url}/api/activity/verify").status_code == 401


def test_a_whole_history_is_proved_and_its_head_can_be_remembered(alice: Person, audit: Function) -> None:
    deliver(happened_to(alice, 3), audit)

    said = verdict(alice)
    assert said == {"ok": True, "entries": 3, "head": {"sequence": 3, "hash": said["head"]["hash"]}}
    assert len(said["head"]["hash"]) == 64

    deliver([Fact(alice.id, 4)], audit)
    assert verdict(alice)["head"]["hash"] != said["head"]["hash"]


TAMPERED = {
    "the type of an entry": (3, "UPDATE activity SET type = 'task.deleted' WHERE user_id = %(user)s AND sequence = 3"),
    "the subject of an entry": (3, "UPDATE activity SET subject = 'task/9' WHERE user_id = %(user)s AND sequence = 3"),
    "the id of an entry": (3, "UPDATE activity SET id = gen_random_uuid() WHERE user_id = %(user)s AND sequence = 3"),
    "a microsecond of an entry": (
        3,
        "UPDATE activity SET happened_at = happened_at + interval '1 microsecond'"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "a byte of a detail": (
        3,
        "UPDATE activity_details SET detail = replace(detail, '\"web\"', '\"wed\"')"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "a detail and its hash": (
        3,
        "WITH detail AS (UPDATE activity_details SET detail = '{}' WHERE user_id = %(user)s AND sequence = 3)"
        " UPDATE activity SET detail_hash = sha256('{}') WHERE user_id = %(user)s AND sequence = 3",
    ),
    "a byte of a link": (
        3,
        "UPDATE activity_chain SET hash = set_byte(hash, 5, get_byte(hash, 5) # 1)"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "what a link follows": (
        4,
        "UPDATE activity_chain SET previous = set_byte(previous, 0, get_byte(previous, 0) # 1)"
        " WHERE user_id = %(user)s AND sequence = 4",
    ),
    "an entry and its own link": (
        4,
        "WITH entry AS (UPDATE activity SET type = 'task.deleted' WHERE user_id = %(user)s AND sequence = 3"
        " RETURNING *) UPDATE activity_chain AS link SET hash = activity_hash(previous, entry::activity) FROM entry"
        " WHERE link.user_id = %(user)s AND link.sequence = 3",
    ),
    "a removed entry": (3, "DELETE FROM activity WHERE user_id = %(user)s AND sequence = 3"),
    "a removed detail": (3, "DELETE FROM activity_details WHERE user_id = %(user)s AND sequence = 3"),
    "a removed link": (3, "DELETE FROM activity_chain WHERE user_id = %(user)s AND sequence = 3"),
    "the first link removed": (1, "DELETE FROM activity_chain WHERE user_id = %(user)s AND sequence = 1"),
    "the last link removed": (5, "DELETE FROM activity_chain WHERE user_id = %(user)s AND sequence = 5"),
    "the last link removed and the head set back": (
        5,
        "WITH cut AS (DELETE FROM activity_chain WHERE user_id = %(user)s AND sequence = 5 RETURNING previous)"
        " UPDATE chain_heads SET sequence = 4, hash = previous FROM cut WHERE user_id = %(user)s",
    ),
    "the last entry removed with every trace": (
        5,
        "WITH cut AS (DELETE FROM activity_chain WHERE user_id = %(user)s AND sequence = 5 RETURNING previous),"
        " entry AS (DELETE FROM activity WHERE user_id = %(user)s AND sequence = 5)"
        " UPDATE chain_heads SET sequence = 4, hash = previous FROM cut WHERE user_id = %(user)s",
    ),
    "everything removed": (
        1,
        "WITH links AS (DELETE FROM activity_chain WHERE user_id = %(user)s),"
        " entries AS (DELETE FROM activity WHERE user_id = %(user)s)"
        " DELETE FROM chain_heads WHERE user_id = %(user)s",
    ),
    "the head": (5, "UPDATE chain_heads SET hash = '' WHERE user_id = %(user)s"),
    "two details changed places": (
        2,
        "UPDATE activity_details AS to_one SET detail = other.detail FROM activity_details AS other"
        " WHERE to_one.user_id = %(user)s AND other.user_id = %(user)s"
        " AND (to_one.sequence, other.sequence) IN ((2, 3), (3, 2))",
    ),
    "two entries changed places": (
        2,
        "UPDATE activity AS to_one SET id = other.id, type = other.type, subject = other.subject,"
        " happened_at = other.happened_at, detail_hash = other.detail_hash FROM activity AS other"
        " WHERE to_one.user_id = %(user)s AND other.user_id = %(user)s"
        " AND (to_one.sequence, other.sequence) IN ((2, 3), (3, 2))",
    ),
    "two links changed places": (
        2,
        "UPDATE activity_chain AS to_one SET previous = other.previous, hash = other.hash FROM activity_chain AS other"
        " WHERE to_one.user_id = %(user)s AND other.user_id = %(user)s"
        " AND (to_one.sequence, other.sequence) IN ((2, 3), (3, 2))",
    ),
    "how an entry came": (3, "UPDATE activity SET filled = true WHERE user_id = %(user)s AND sequence = 3"),
    "through what it was done": (3, "UPDATE activity SET via = 'api' WHERE user_id = %(user)s AND sequence = 3"),
    "the token it was done with": (3, "UPDATE activity SET token = 'a' WHERE user_id = %(user)s AND sequence = 3"),
    "the tasks it is about": (3, "UPDATE activity SET tasks = '{a}' WHERE user_id = %(user)s AND sequence = 3"),
    "the hash of a detail": (
        3,
        "UPDATE activity SET detail_hash = set_byte(detail_hash, 31, get_byte(detail_hash, 31) # 1)"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "when an entry was recorded": (
        3,
        "UPDATE activity SET recorded_at = recorded_at + interval '1 microsecond'"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the month of an entry": (
        3,
        "UPDATE activity SET recorded_at = recorded_at - interval '100 days' WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the months of an entry, its detail and its link": (
        3,
        "WITH entry AS (UPDATE activity SET recorded_at = '-infinity' WHERE user_id = %(user)s AND sequence = 3),"
        " detail AS (UPDATE activity_details SET recorded_at = '-infinity' WHERE user_id = %(user)s AND sequence = 3)"
        " UPDATE activity_chain SET recorded_at = '-infinity' WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the month of a link": (
        3,
        "UPDATE activity_chain SET recorded_at = recorded_at - interval '100 days'"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the month of a detail": (
        3,
        "UPDATE activity_details SET recorded_at = recorded_at - interval '100 days'"
        " WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the number of an entry": (3, "UPDATE activity SET sequence = 30 WHERE user_id = %(user)s AND sequence = 3"),
    "the number of a link": (3, "UPDATE activity_chain SET sequence = 30 WHERE user_id = %(user)s AND sequence = 3"),
    "the number of a detail": (
        3,
        "UPDATE activity_details SET sequence = 30 WHERE user_id = %(user)s AND sequence = 3",
    ),
    "whose an entry is": (
        3,
        "UPDATE activity SET user_id = gen_random_uuid() WHERE user_id = %(user)s AND sequence = 3",
    ),
    "whose a link is": (
        3,
        "UPDATE activity_chain SET user_id = gen_random_uuid() WHERE user_id = %(user)s AND sequence = 3",
    ),
    "whose a detail is": (
        3,
        "UPDATE activity_details SET user_id = gen_random_uuid() WHERE user_id = %(user)s AND sequence = 3",
    ),
    "the number of the head": (5, "UPDATE chain_heads SET sequence = 4 WHERE user_id = %(user)s"),
    "two whole entries exchanged numbers": (
        2,
        "WITH entry AS (UPDATE activity SET sequence = 12 - sequence WHERE user_id = %(user)s AND sequence IN (2, 3)),"
        " detail AS (UPDATE activity_details SET sequence = 12 - sequence"
        "             WHERE user_id = %(user)s AND sequence IN (2, 3)),"
        " link AS (UPDATE activity_chain SET sequence = 12 - sequence WHERE user_id = %(user)s AND sequence IN (2, 3))"
        " SELECT;"
        " UPDATE activity SET sequence = sequence - 7 WHERE user_id = %(user)s AND sequence IN (9, 10);"
        " UPDATE activity_details SET sequence = sequence - 7 WHERE user_id = %(user)s AND sequence IN (9, 10);"
        " UPDATE activity_chain SET sequence = sequence - 7 WHERE user_id = %(user)s AND sequence IN (9, 10)",
    ),
    "an entry that is there once more": (
        3,
        "INSERT INTO activity SELECT user_id, sequence, id, type, subject, happened_at, detail_hash, filled,"
        " recorded_at - interval '100 days' FROM activity WHERE user_id = %(user)s AND sequence = 3",
    ),
    "a detail that is there once more": (
        3,
        "INSERT INTO activity_details SELECT user_id, sequence, '{}', recorded_at - interval '100 days'"
        " FROM activity_details WHERE user_id = %(user)s AND sequence = 3",
    ),
    "a link that is there once more": (
        3,
        "INSERT INTO activity_chain SELECT user_id, sequence, previous, hash, recorded_at - interval '100 days'"
        " FROM activity_chain WHERE user_id = %(user)s AND sequence = 3",
    ),
    "an entry that was put behind all, with its link": (
        6,
        "WITH entry AS (INSERT INTO activity SELECT user_id, 6, id, type, subject, happened_at, detail_hash, filled,"
        " recorded_at FROM activity WHERE user_id = %(user)s AND sequence = 5 RETURNING *)"
        " INSERT INTO activity_chain SELECT user_id, 6, head.hash, activity_hash(head.hash, entry::activity),"
        " entry.recorded_at FROM entry JOIN chain_heads AS head USING (user_id)",
    ),
    "an entry that nobody sealed": (
        6,
        "INSERT INTO activity SELECT user_id, 6, id, type, subject, happened_at, detail_hash FROM activity"
        " WHERE user_id = %(user)s AND sequence = 5",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_first_entry_that_somebody_touched_is_named(alice: Person, audit: Function, what: str) -> None:
    first_bad, statement = TAMPERED[what]
    deliver([Fact(alice.id, sequence, subject=f"task/{sequence}") for sequence in range(1, 6)], audit)
    alice.world.rows("UPDATE counters SET value = 5 WHERE user_id = %s", alice.id)
    assert verdict(alice)["ok"]

    with psycopg.connect(alice.world.owner_url) as owner:
        psycopg.ClientCursor(owner).execute(statement.encode(), {"user": alice.id})

    said = verdict(alice)
    assert said["ok"] is False
    assert said["first_bad"]["sequence"] == first_bad, said


def test_no_entry_is_looked_up_for_itself_to_prove_the_whole(alice: Person, world: World) -> None:
    """In every month there is, that is: whoever has most of them would wait longer than anybody waits."""
    world.rows(
        "SELECT record_activity(%s, number, gen_random_uuid(), 'task.updated', 'task/1', now(), '{}')"
        " FROM generate_series(1, 500) AS number", alice.id,
    )  # fmt: skip

    with psycopg.connect(world.owner_url) as owner:
        for way in ("hashjoin", "mergejoin", "material"):  # as if the server took them for few
            owner.execute(f"SET enable_{way} = off".encode())
        found = owner.execute(sql.verify.encode(), {"user_id": alice.id}).fetchone()
        read = "SELECT sum(idx_scan + seq_scan) FROM pg_stat_xact_user_tables WHERE relname LIKE 'activity%'"
        looks = owner.execute(read.encode()).fetchone()

    assert found
    assert found[-1] is None
    assert looks
    assert looks[0] < 500, looks


def test_an_entry_on_its_way_is_not_missing(alice: Person, audit: Function) -> None:
    alice.has_task("Buy milk")

    assert verdict(alice) == {"ok": True, "entries": 0, "head": {"sequence": 0, "hash": ""}}


TABLES = ["activity", "activity_chain", "activity_details", "activity_anchors"]
PARTS = [f"{table}_{part}" for table in TABLES[:3] for part in ("before", "rest", f"{datetime.now(UTC):%Y_%m}")]


@pytest.mark.parametrize("table", TABLES + PARTS)
@pytest.mark.parametrize("statement", ["UPDATE {} SET user_id = user_id", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_function_can_change_the_past(world: World, table: str, statement: str) -> None:
    for url in (world.environment["DATABASE_URL"], world.tidy_url):
        with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.format(table).encode())


def test_no_function_can_change_an_event(world: World) -> None:
    for url in (world.environment["DATABASE_URL"], world.tidy_url):
        with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE events SET data = data")


@pytest.fixture
def nobody_else_is_behind(world: World) -> None:
    """What other tests did is younger than it may be: one step has not the time for all of them."""
    world.rows("UPDATE events SET happened_at = now() WHERE happened_at < now() - interval '5 minutes'")


@pytest.mark.usefixtures("nobody_else_is_behind")
def test_what_never_came_is_filled_in_from_the_events_and_reported(
    alice: Person, audit: Function, world: World
) -> None:
    has_old_tasks(alice, 3)
    [(event_id,)] = world.rows("SELECT id FROM events WHERE user_id = %s AND sequence = 2", alice.id)

    assert work_due("history").to(audit).status_code == 204

    entries = activity(alice)["items"]
    assert [entry["sequence"] for entry in entries] == [3, 2, 1]
    assert entries[1]["id"] == str(event_id)
    assert verdict(alice)["entries"] == 3
    assert world.rows("SELECT filled FROM activity WHERE user_id = %s", alice.id) == [(True,)] * 3
    eventually(lambda: any(str(alice.id) in line and "filled" in line for line in audit.lines()), "the log says so")


@pytest.mark.usefixtures("nobody_else_is_behind")
def test_what_two_fill_in_at_once_is_reported_once(alice: Person, audit: Function, world: World) -> None:
    has_old_tasks(alice, 1)
    world.rows("INSERT INTO chain_heads (user_id) VALUES (%s)", alice.id)

    with ThreadPoolExecutor(2) as dispatchers, psycopg.connect(world.owner_url) as holder:
        holder.execute("SELECT FROM chain_heads WHERE user_id = %s FOR UPDATE", [alice.id])
        answers = [dispatchers.submit(work_due("history").to, audit) for _ in range(2)]
        eventually(lambda: world.waiting_for_locks() == 2, "both have found the gap")
        holder.rollback()

    assert [answer.result().status_code for answer in answers] == [204, 204]
    assert verdict(alice)["entries"] == 1
    assert len([line for line in audit.lines() if str(alice.id) in line and "filled in" in line]) == 1


def has_old_tasks(person: Person, number: int) -> None:
    """Whose events never reached the history."""
    for _ in range(number):
        person.has_task("Milk")
    person.world.rows("UPDATE events SET happened_at = now() - interval '11 minutes' WHERE user_id = %s", person.id)


@pytest.mark.usefixtures("nobody_else_is_behind")
def test_only_the_gap_is_filled_and_what_comes_late_changes_nothing(
    alice: Person, audit: Function, world: World
) -> None:
    has_old_tasks(alice, 3)
    eventually(lambda: len(published(world, alice)) == 3, "the broker has all three")
    by_number = {posted.headers["ce-sequence"]: posted for posted in published(world, alice)}
    late, *others = (Delivery(by_number[number].headers, by_number[number].data) for number in ("2", "1", "3"))
    assert {delivery.to(audit).status_code for delivery in others} == {204}

    assert work_due("history").to(audit).status_code == 204
    assert late.to(audit).status_code == 204

    filled = world.rows("SELECT filled FROM activity WHERE user_id = %s ORDER BY sequence", alice.id)
    assert filled == [(False,), (True,), (False,)]
    assert verdict(alice)["entries"] == 3


def published(world: World, person: Person) -> list[Any]:
    return [posted for posted in list(world.door.posted) if posted.headers.get("ce-partitionkey") == str(person.id)]


@pytest.mark.usefixtures("nobody_else_is_behind")
def test_a_young_event_is_left_to_its_delivery(alice: Person, audit: Function, world: World) -> None:
    for title in ("Milk", "Bread"):
        alice.has_task(title)
    world.rows(
        "UPDATE events SET happened_at = now() - interval '11 minutes' WHERE user_id = %s AND sequence = 1", alice.id
    )

    assert work_due("history").to(audit).status_code == 204

    assert numbers(activity(alice)) == [1]


def test_unsigned_work_is_refused(audit: Function) -> None:
    assert event("work.due", work="history").to(audit).status_code == 422


def test_while_the_database_is_away_the_event_is_kept_for_later(alice: Person, audit: Function, world: World) -> None:
    *before, fact = happened_to(alice, 9)
    with ThreadPoolExecutor(8) as dispatchers:  # so that the process holds all the connections it may
        assert set(dispatchers.map(lambda fact: fact.delivery.to(audit).status_code, before)) == {204}
    world.postgres.stop()
    try:
        away = fact.delivery.to(audit)
    finally:
        world.postgres.start_again()

    assert away.status_code == 503
    assert "retry-after" in away.headers
    eventually(lambda: fact.delivery.to(audit).status_code == 204, "the same event is taken")
    assert verdict(alice)["entries"] == 9
