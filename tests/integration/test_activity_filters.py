"""The activity is found by task, actor, kind and time, in any combination, page by page, without reading all of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.audit import entries, main
from shared import db
from shared.ids import new_id
from tests.deliveries import Delivery, Fact
from tests.histories import activity, deliver, numbers
from tests.inside import a_function_of, run
from tests.people import Person
from tests.world import Function, World, eventually

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TASKS = [str(uuid4()) for _ in range(5)]
TOKENS = [str(uuid4()) for _ in range(2)]
MANY = 3000


@pytest.fixture
def audit(world: World) -> Function:
    return world.function("audit")


def about(task: str, person: Person) -> list[Fact]:
    """What happens to a task and around it; the last two are about others."""
    other = str(new_id())
    return [
        Fact(person.id, 1, "task.created", f"task/{task}", thing={"title": "Milk"}),
        Fact(person.id, 2, "comment.created", "comment/1", thing={"task": task, "text": "Oat"}),
        Fact(person.id, 3, "reminder.due", "reminder/1", thing={"task": task, "title": "Milk, again"}),
        Fact(
            person.id, 4, "notification.created", "notification/1",
            thing={"tasks": [{"id": other, "title": "Bread"}, {"id": task, "title": "Milk"}]},
        ),
        Fact(person.id, 5, "comment.created", "comment/2", thing={"task": other, "text": "x" * 300}),
        Fact(person.id, 6, "list.created", "list/1", thing={"name": "Home"}),
    ]  # fmt: skip


def test_a_tasks_activity_is_its_own_and_what_is_told_of_it(alice: Person, audit: Function) -> None:
    task = str(new_id())
    deliver(about(task, alice), audit)

    assert numbers(activity(alice, task=task)) == [4, 3, 2, 1]
    assert numbers(activity(alice, task=task, kind="comment.*")) == [2]
    assert numbers(activity(alice, task=str(new_id()))) == []


def test_each_entry_says_what_it_is_about(alice: Person, audit: Function) -> None:
    task = str(new_id())
    deliver(about(task, alice), audit)

    entries = activity(alice)["items"]

    titles = ["Home", "x" * 200, "Bread", "Milk, again", "Oat", "Milk"]
    assert [entry["title"] for entry in entries] == titles
    assert [task in entry["tasks"] for entry in entries] == [False, False, True, True, True, False]


def test_what_real_changes_say_is_found_by_the_task(alice: Person, world: World, audit: Function) -> None:
    task = alice.has_task("Buy milk")
    alice.has_task("Buy bread")
    said = alice.at("tasks").post(f"/api/tasks/{task['id']}/comments", json={"text": "Oat"})
    assert said.status_code == 201, said.text
    eventually(lambda: len(published(alice)) >= 3, "the broker has all")
    for delivery in published(alice):
        assert delivery.to(audit).status_code == 204

    entries = activity(alice, task=task["id"])["items"]

    assert [(entry["type"], entry["title"]) for entry in entries] == [
        ("comment.created", "Oat"),
        ("task.created", "Buy milk"),
    ]


def published(person: Person) -> list[Delivery]:
    posted = list(person.world.door.posted)
    return [
        Delivery(each.headers, each.data) for each in posted if each.headers.get("ce-partitionkey") == str(person.id)
    ]


def test_who_did_it_is_told_by_name_as_long_as_the_token_is_there(alice: Person, audit: Function) -> None:
    token = new_id()
    alice.world.rows(
        "INSERT INTO tokens (user_id, id, token_hash, name, scopes, created_at)"
        " VALUES (%s, %s, uuid_send(gen_random_uuid()), 'script', '{}', now())", alice.id, token,
    )  # fmt: skip
    deliver([Fact(alice.id, 1, via="api", token=str(token)), Fact(alice.id, 2)], audit)

    by_hand, by_script = (entry["actor"] for entry in activity(alice)["items"])

    assert by_hand == {"user": str(alice.id), "via": "web", "token": None, "name": "Alice", "token_name": None}
    assert by_script == by_hand | {"via": "api", "token": str(token), "token_name": "script"}
    alice.world.rows("DELETE FROM tokens WHERE id = %s", token)
    assert activity(alice)["items"][1]["actor"]["token_name"] is None


def test_what_the_release_before_filled_in_says_by_what_it_was_done(alice: Person, audit: Function) -> None:
    """It knows no column for that, and fills in beside this one until all of it has ended."""
    deliver([Fact(alice.id, 1)], audit)
    alice.world.rows(
        "WITH entry AS (INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash)"
        "   SELECT user_id, 2, gen_random_uuid(), type, subject, happened_at, detail_hash FROM activity"
        "    WHERE user_id = %s RETURNING *)"
        " INSERT INTO activity_details (user_id, sequence, detail)"
        " SELECT user_id, 2, detail FROM activity_details WHERE user_id IN (SELECT user_id FROM entry)", alice.id,
    )  # fmt: skip
    alice.world.rows("SELECT extend_chain(%s)", alice.id)

    filled, recorded = (entry["actor"] for entry in activity(alice)["items"])

    assert filled == recorded


def test_the_actor_is_a_filter(alice: Person, audit: Function) -> None:
    deliver(
        [
            Fact(alice.id, 1),
            Fact(alice.id, 2, via="api", token=TOKENS[0]),
            Fact(alice.id, 3, via="mcp", token=TOKENS[1]),
            Fact(alice.id, 4, via="api", token=TOKENS[1]),
        ],
        audit,
    )

    assert numbers(activity(alice, via="web")) == [1]
    assert numbers(activity(alice, via="api")) == [4, 2]
    assert numbers(activity(alice, token=TOKENS[1])) == [4, 3]
    assert numbers(activity(alice, token=TOKENS[1], via="mcp")) == [3]
    assert numbers(activity(alice, via="chat")) == []


def test_what_comes_while_a_page_is_made_is_no_reason_to_repeat(
    alice: Person, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def page(tx: db.Transaction, below: int) -> tuple[list[int], int | None]:
        wanted = entries.Asked(alice.id, {"subject": "task/1", "type": "task.created"})
        documents, following = await wanted.page(tx, 1, below)
        return [json.loads(document)["sequence"] for document in documents], following

    async def two_pages() -> list[int]:
        async with db.transaction() as tx:
            one = tx.one

            async def later(query: LiteralString, **values: object) -> db.Row:
                happens(alice, 7, created=[4])
                return await one(query, **values)

            monkeypatch.setattr(tx, "one", later)
            first, following = await page(tx, main.LAST)
        async with db.transaction() as tx:
            second, _ = await page(tx, following or 0)
        return first + second

    monkeypatch.setattr(entries, "LOOKED_AT", 3)
    for number in range(1, 7):
        happens(alice, number, created=[4])

    with a_function_of(world):
        assert run(two_pages()) == [4]


def test_a_page_that_had_a_look_at_enough_goes_on_behind_the_last_of_them(
    alice: Person, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 13):
        happens(alice, number, created=[12, 9, 8, 7, 6, 5, 1])
    wanted = entries.Asked(alice.id, {"subject": "task/1", "type": "task.created"})

    async def pages() -> list[list[int]]:
        found, below = list[list[int]](), main.LAST
        while below:
            async with db.transaction() as tx:
                documents, following = await wanted.page(tx, 2, below)
            found, below = [*found, [json.loads(document)["sequence"] for document in documents]], following or 0
        return found

    monkeypatch.setattr(entries, "LOOKED_AT", 3)
    with a_function_of(world):
        assert run(pages()) == [[12], [9, 8], [7, 6], [5], [1]]


def happens(person: Person, number: int, created: list[int]) -> None:
    """To one task, which is created with these numbers."""
    person.world.rows(
        "SELECT record_activity(%s, %s, %s, %s, 'task/1', now(), '{}')",
        person.id, number, new_id(), "task.created" if number in created else "task.updated",
    )  # fmt: skip


def test_nobody_finds_the_activity_of_another(alice: Person, mallory: Person, audit: Function) -> None:
    task = str(new_id())
    deliver(about(task, alice), audit)
    deliver([Fact(alice.id, 7, via="api", token=TOKENS[0])], audit)

    for query in ({"task": task}, {"token": TOKENS[0]}, {"kind": "task.*"}, {"via": "api"}, {"from": str_of(BEGIN)}):
        assert activity(mallory, **query) == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("task=7", "UUID"),
        ("token=mine", "UUID"),
        ("via=phone", "'web', 'api', 'chat', 'mcp' or 'system'"),
        ("kind=tasks", "as task.*"),
        ("kind=*", "as task.*"),
        ("kind=task.%25", "as task.*"),
        ("from=yesterday", "an instant like 2026-11-20T08:30:00Z"),
        ("to=2026-11-20", "an instant like 2026-11-20T08:30:00Z"),
        ("from=2026-11-20T08:30:00", "an instant like 2026-11-20T08:30:00Z"),
        ("from=2026-11-20T08:30:00Z&to=2026-11-20T08:30:00Z", "after `from`"),
        ("cursor=-1", "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_what_can(
    alice: Person, audit: Function, query: str, remedy: str
) -> None:
    answer = alice.at("audit").get(f"/api/activity?{query}")

    assert answer.status_code == 422
    assert remedy in json.dumps(answer.json()["errors"])


@dataclass(frozen=True)
class Kept:
    """An entry as the model knows it."""

    sequence: int
    type: str
    task: str | None
    via: str
    token: str | None
    at: datetime


def kept(sequence: int) -> Kept:
    """Of all kinds by turns; one in a thousand is rare, and the clock is put back twice by less than an hour."""
    kind = (
        "user.profile_changed"
        if sequence % 1000 == 7
        else ("task.created", "task.updated", "comment.created")[sequence % 3]
    )
    via, token = ("api", TOKENS[0]) if sequence % 4 == 0 else ("chat", None) if sequence % 997 == 5 else ("web", None)
    back = timedelta(minutes=50) if sequence > MANY / 3 else timedelta()
    task = None if kind.startswith("user") else TASKS[sequence % len(TASKS)]
    return Kept(sequence, kind, task, via, token, BEGIN + sequence * timedelta(minutes=7) - back)


ENTRIES = [kept(sequence) for sequence in range(1, MANY + 1)]


def str_of(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@pytest.fixture(scope="module")
def somebody(world: World) -> Iterator[Person]:
    """To whom all of this has happened."""
    person = Person(world, "Somebody")
    facts = [
        {
            "number": entry.sequence,
            "type": entry.type,
            "about": f"task/{entry.task}" if entry.type.startswith("task") else f"comment/{entry.sequence}",
            "at": str_of(entry.at),
            "said": {
                entry.type.partition(".")[0]: {"task": entry.task},
                "actor": {"user": str(person.id), "via": entry.via, "token": entry.token},
            },
        }
        for entry in ENTRIES
    ]
    world.rows(
        "SELECT record_activity(%s, number, gen_random_uuid(), type, about, at, said::text) FROM"
        " json_to_recordset(%s) AS fact (number bigint, type text, about text, at timestamptz, said json)"
        " ORDER BY number", person.id, json.dumps(facts),
    )  # fmt: skip
    yield person
    person.leave()


def matches(entry: Kept, query: dict[str, Any]) -> bool:
    checks: dict[str, Callable[[Any], bool]] = {
        "task": lambda task: entry.task == task,
        "via": lambda via: entry.via == via,
        "token": lambda token: entry.token == token,
        "type": lambda kind: entry.type == kind,
        "kind": lambda kind: entry.type == kind or (kind.endswith(".*") and entry.type.startswith(kind[:-1])),
        "from": lambda begin: entry.at >= datetime.fromisoformat(begin),
        "to": lambda end: entry.at < datetime.fromisoformat(end),
    }
    return all(checks[name](value) for name, value in query.items() if name in checks)


moments = st.integers(0, MANY).map(lambda sequence: BEGIN + sequence * timedelta(minutes=7))
spans: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.just({}),
    st.builds(lambda at: {"from": str_of(at)}, moments),
    st.builds(lambda at: {"to": str_of(at)}, moments),
    st.builds(
        lambda at, hours: {"from": str_of(at), "to": str_of(at + timedelta(hours=hours))}, moments, st.integers(1, 900)
    ),
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from([*TASKS, str(uuid4())]),
        "via": st.sampled_from(["web", "api", "chat", "mcp"]),
        "token": st.sampled_from(TOKENS),
        "type": st.sampled_from(["task.created", "user.profile_changed", "task.deleted"]),
        "kind": st.sampled_from(["task.*", "comment.*", "user.*", "list.*", "task.updated", "user.profile_changed"]),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=filters, span=spans, limit=st.sampled_from([7, 50, 200]))
def test_any_filters_together_find_each_entry_once(
    somebody: Person, filters: dict[str, Any], span: dict[str, Any], limit: int
) -> None:
    query = filters | span
    found: list[int] = []
    cursor: dict[str, Any] = {}
    pages = 0

    while pages == 0 or cursor:
        page = activity(somebody, **query, limit=limit, **cursor)
        assert len(page["items"]) <= limit
        found += numbers(page)
        cursor = {"cursor": page["next"]} if page["next"] else {}
        pages += 1
        if pages > 12:  # far enough; the first of them are compared
            break

    expected = [entry.sequence for entry in reversed(ENTRIES) if matches(entry, query)]
    assert found == expected[: len(found)]
    assert cursor or len(found) == len(expected)
