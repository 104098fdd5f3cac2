"""Saved filters: questions that somebody asks again."""

from typing import Any

import pytest

from tests.people import Person


def has_filter(person: Person, name: str, query: str = "today", **fields: Any) -> dict[str, Any]:
    answer = person.at("organize").post("/api/filters", json={"name": name, "query": query, **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def url(saved: dict[str, Any]) -> str:
    return f"/api/filters/{saved['id']}"


def names(person: Person) -> list[str]:
    return [each["name"] for each in person.at("organize").get("/api/filters").json()["items"]]


def test_a_filter_keeps_its_query_as_it_was_written(alice: Person) -> None:
    saved = has_filter(alice, "Now", " (today | overdue) &  #Work ", color="#00FF00")

    assert saved == {
        "id": saved["id"],
        "name": "Now",
        "query": " (today | overdue) &  #Work ",
        "color": "#00ff00",
        "position": saved["position"],
        "created_at": saved["created_at"],
        "updated_at": saved["created_at"],
        "version": 1,
    }
    assert alice.events() == [(1, "filter.created", f"filter/{saved['id']}")]


@pytest.mark.parametrize(
    ("query", "column"), [("today &", 8), ("", 1), ("(p1", 4), ("p1 )", 4), ("@", 2), ("nonsense", 1)]
)
def test_a_query_that_cannot_be_read_is_refused_with_its_column(alice: Person, query: str, column: int) -> None:
    saved = has_filter(alice, "Now")

    for answer in (
        alice.at("organize").post("/api/filters", json={"name": "Bad", "query": query}),
        alice.at("organize").patch(url(saved), json={"query": query}),
    ):
        assert (answer.status_code, answer.json()["column"]) == (422, column), answer.text
        assert answer.json()["expected"]
        assert answer.json()["errors"][0]["field"] == "query"
    assert alice.at("organize").get(url(saved)).json() == saved


def test_a_filter_needs_a_query(alice: Person) -> None:
    saved = has_filter(alice, "Now")

    assert alice.at("organize").post("/api/filters", json={"name": "Bad"}).status_code == 422
    assert alice.at("organize").patch(url(saved), json={"query": None}).status_code == 422


def test_filters_come_in_the_order_they_are_moved_to(alice: Person) -> None:
    _, b, c = (has_filter(alice, name) for name in "abc")

    moved = alice.at("organize").post(f"{url(c)}/move", json={"before": b["id"]})

    assert (moved.status_code, moved.json()["version"]) == (200, 2)
    assert names(alice) == ["a", "c", "b"]
    assert [kind for _, kind, _ in alice.events()][3:] == ["filter.updated"]


def test_moving_again_with_the_same_key_moves_once(alice: Person) -> None:
    a, b = has_filter(alice, "a"), has_filter(alice, "b")
    key = {"idempotency-key": "once"}

    first = alice.at("organize").post(f"{url(a)}/move", json={"at": "last"}, headers=key)
    alice.at("organize").post(f"{url(b)}/move", json={"at": "last"})
    again = alice.at("organize").post(f"{url(a)}/move", json={"at": "last"}, headers=key)

    assert again.text == first.text
    assert names(alice) == ["a", "b"]


def test_a_filter_is_not_moved_beside_a_list(alice: Person) -> None:
    saved = has_filter(alice, "a")

    assert alice.at("organize").post(f"{url(saved)}/move", json={"after": str(alice.id)}).status_code == 422


def test_deleting_a_filter_changes_no_task(alice: Person) -> None:
    task, saved = alice.has_task("Stand up"), has_filter(alice, "a")

    assert alice.at("organize").delete(url(saved)).status_code == 204
    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task
