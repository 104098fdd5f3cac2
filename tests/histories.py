"""Histories as years leave them: entries of a month long ago, sealed as audit seals them."""

from typing import Any

from shared.ids import new_id
from tests.deliveries import Fact
from tests.people import Person
from tests.world import Function, World

TABLES = ("activity", "activity_details", "activity_chain")


def has_month(world: World, name: str) -> None:
    year, month = (int(part) for part in name.split("_"))
    ends = f"{year + month // 12}-{month % 12 + 1:02}-01 00:00+00"
    if world.rows("SELECT FROM activity_months WHERE name = %s", name):
        return
    for table in TABLES:
        world.rows(f"CREATE TABLE {table}_{name} (LIKE {table}_rest INCLUDING ALL)")
        world.rows(
            f"ALTER TABLE {table} ATTACH PARTITION {table}_{name}"
            f" FOR VALUES FROM ('{year}-{month:02}-01 00:00+00') TO ('{ends}')"
        )
    starts = f"{year}-{month:02}-01 00:00+00"
    world.rows("INSERT INTO activity_months VALUES (%s, %s, %s)", name, starts, ends)


def has_none_of(world: World, name: str) -> None:
    """As if nobody had made it."""
    for table in TABLES:
        world.rows(f"DROP TABLE {table}_{name}")
    world.rows("DELETE FROM activity_months WHERE name = %s", name)


def happened(person: Person, sequence: int, at: str, recorded_at: str | None = None) -> None:
    """Recorded at that time, or another, and sealed if it is the next."""
    person.world.rows("INSERT INTO chain_heads (user_id) VALUES (%s) ON CONFLICT DO NOTHING", person.id)
    person.world.rows(
        "WITH entry AS (INSERT INTO activity (user_id, sequence, id, type, subject, happened_at, detail_hash,"
        "   recorded_at) SELECT %s, %s, %s, 'task.updated', 'task/1', %s, sha256('{}'), %s RETURNING *)"
        " INSERT INTO activity_details (user_id, sequence, detail, recorded_at)"
        " SELECT user_id, sequence, '{}', recorded_at FROM entry",
        person.id, sequence, new_id(), at, recorded_at or at,
    )  # fmt: skip
    person.world.rows("SELECT extend_chain(%s)", person.id)


def deliver(facts: list[Fact], to: Function) -> None:
    for fact in facts:
        assert fact.delivery.to(to).status_code == 204


def activity(person: Person, **query: Any) -> dict[str, Any]:
    answer = person.at("audit").get("/api/activity", params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def numbers(page: dict[str, Any]) -> list[int]:
    return [entry["sequence"] for entry in page["items"]]


def verdict(person: Person) -> dict[str, Any]:
    answer = person.at("audit").get("/api/activity/verify")
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said
