"""Lists: what tasks are put in, in the order that somebody gave them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.people import Person


def has_list(person: Person, name: str, **fields: Any) -> dict[str, Any]:
    answer = person.at("organize").post("/api/lists", json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def url(a_list: dict[str, Any]) -> str:
    return f"/api/lists/{a_list['id']}"


def inbox(person: Person) -> str:
    return f"/api/lists/{person.id}"


def lists(person: Person, **query: Any) -> list[dict[str, Any]]:
    answer = person.at("organize").get("/api/lists", params={"limit": 200} | query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def names(person: Person, **query: Any) -> list[str]:
    return [each["name"] for each in lists(person, **query)]


def move(person: Person, a_list: dict[str, Any], **where: Any) -> httpx.Response:
    return person.at("organize").post(f"{url(a_list)}/move", json=where)


def types(person: Person) -> list[str]:
    return [kind for _, kind, _ in person.events()]


def test_everybody_has_an_inbox_and_puts_lists_behind_it(alice: Person) -> None:
    work, home = has_list(alice, "  Work \n stuff ", color="#FF8800"), has_list(alice, "Home")

    assert names(alice) == ["Inbox", "Work stuff", "Home"]
    assert [each["inbox"] for each in lists(alice)] == [True, False, False]
    assert work == {
        "id": work["id"],
        "name": "Work stuff",
        "color": "#ff8800",
        "position": work["position"],
        "archived": False,
        "inbox": False,
        "created_at": work["created_at"],
        "updated_at": work["created_at"],
        "version": 1,
    }
    assert alice.events() == [(1, "list.created", f"list/{work['id']}"), (2, "list.created", f"list/{home['id']}")]


def test_a_list_is_renamed_recoloured_and_archived(alice: Person) -> None:
    work = has_list(alice, "Work", color="#ff8800")

    renamed = alice.at("organize").patch(url(work), json={"name": "Job", "color": None})
    archived = alice.at("organize").patch(url(work), json={"archived": True})

    assert renamed.json() == work | {
        "name": "Job",
        "color": None,
        "version": 2,
        "updated_at": renamed.json()["updated_at"],
    }
    assert archived.headers["etag"] == '"3"'
    assert names(alice, archived=False) == ["Inbox"]
    assert names(alice, archived=True) == ["Job"]
    assert names(alice) == ["Inbox", "Job"]
    assert types(alice) == ["list.created", "list.updated", "list.updated"]


def test_asking_for_what_is_so_already_says_nothing(alice: Person) -> None:
    work = has_list(alice, "Work")

    assert alice.at("organize").patch(url(work), json={"name": " Work"}).json() == work
    assert alice.at("organize").patch(url(work), json={}).json() == work
    assert types(alice) == ["list.created"]


def test_the_tasks_of_an_archived_list_stay_as_they_are(alice: Person) -> None:
    work = has_list(alice, "Work")
    task = alice.has_task("Stand up", list=work["id"])

    alice.at("organize").patch(url(work), json={"archived": True})

    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task
    assert alice.has_task("Sit down", list=work["id"])["list"] == work["id"]


@pytest.mark.parametrize("asked", [{"name": "Eingang"}, {"archived": True}], ids=str)
def test_the_inbox_keeps_its_name_and_is_not_archived(alice: Person, asked: dict[str, Any]) -> None:
    answer = alice.at("organize").patch(inbox(alice), json=asked)

    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "The Inbox keeps its name, and is neither archived nor deleted.",
    )


@pytest.mark.parametrize("tasks", ["delete", "move_to_inbox"])
def test_the_inbox_is_not_deleted_nor_what_is_in_it(alice: Person, tasks: str) -> None:
    task = alice.has_task("Stand up")

    assert alice.at("organize").delete(inbox(alice), params={"tasks": tasks}).status_code == 409
    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task
    assert types(alice) == ["task.created"]


def test_the_inbox_has_a_colour_and_a_place_like_any_other(alice: Person) -> None:
    work = has_list(alice, "Work")

    assert alice.at("organize").patch(inbox(alice), json={"color": "#000000"}).json()["color"] == "#000000"
    move(alice, work, at="first")
    assert names(alice) == ["Work", "Inbox"]


def test_with_a_list_go_its_tasks_in_one_operation(alice: Person) -> None:
    work, home = has_list(alice, "Work"), has_list(alice, "Home")
    parent = alice.has_task("Plan", list=work["id"])
    child = alice.has_task("Think", list=work["id"], parent=parent["id"])
    done = alice.has_task("Begin", list=work["id"], status="done")
    kept = alice.has_task("Cook", list=home["id"])

    assert alice.at("organize").delete(url(work)).status_code == 204

    assert names(alice) == ["Inbox", "Home"]
    assert [each["id"] for each in alice.at("tasks").get("/api/tasks").json()["items"]] == [kept["id"]]
    gone = alice.events()[6:]
    assert gone[0][1:] == ("list.deleted", f"list/{work['id']}")
    assert {subject for _, kind, subject in gone[1:] if kind == "task.deleted"} == {
        f"task/{each['id']}" for each in (parent, child, done)
    }
    assert len(operations(alice)[6:]) == 4
    assert len(set(operations(alice)[6:])) == 1


def test_or_its_tasks_move_to_the_inbox_with_their_subtasks(alice: Person) -> None:
    work = has_list(alice, "Work")
    parent = alice.has_task("Plan", list=work["id"])
    child = alice.has_task("Think", list=work["id"], parent=parent["id"])
    before = len(alice.events())

    assert alice.at("organize").delete(url(work), params={"tasks": "move_to_inbox"}).status_code == 204

    for task in (parent, child):
        now = alice.at("tasks").get(f"/api/tasks/{task['id']}").json()
        assert now == task | {"list": str(alice.id), "version": 2, "updated_at": now["updated_at"]}
    assert sorted(types(alice)[before:]) == ["list.deleted", "task.updated", "task.updated"]
    assert changes(alice, f"task/{child['id']}") == {"list": [work["id"], str(alice.id)]}


def operations(person: Person) -> list[object]:
    rows = person.world.rows("SELECT data->>'operation' FROM events WHERE user_id = %s ORDER BY sequence", person.id)
    return [operation for (operation,) in rows]


def changes(person: Person, subject: str) -> object:
    """What the last event about it says that changed."""
    [(said,)] = person.world.rows(
        "SELECT data->'changes' FROM events WHERE user_id = %s AND subject = %s ORDER BY sequence DESC LIMIT 1",
        person.id, subject,
    )  # fmt: skip
    return said


def test_lists_come_in_the_order_they_are_moved_to(alice: Person) -> None:
    a, b, c = (has_list(alice, name) for name in "abc")

    assert move(alice, c, at="first").json()["version"] == 2
    assert names(alice) == ["c", "Inbox", "a", "b"]
    move(alice, a, after=b["id"])
    assert names(alice) == ["c", "Inbox", "b", "a"]
    move(alice, a, before=b["id"])
    assert names(alice) == ["c", "Inbox", "a", "b"]
    move(alice, c, at="last")
    assert names(alice) == ["Inbox", "a", "b", "c"]
    assert types(alice)[3:] == ["list.updated"] * 4


def test_moving_to_where_it_stands_is_no_change(alice: Person) -> None:
    a, b = has_list(alice, "a"), has_list(alice, "b")

    assert move(alice, b, after=a["id"]).json() == b
    assert move(alice, b, at="last").json() == b
    assert types(alice) == ["list.created", "list.created"]


def test_between_two_that_share_a_place_is_room(alice: Person) -> None:
    a, b, c = (has_list(alice, name, position="a5") for name in "abc")

    move(alice, c, after=a["id"])

    assert names(alice) == ["Inbox", "a", "c", "b"]
    assert len({each["position"] for each in lists(alice)}) == 4
    assert b["version"] == 1


def test_moves_at_the_same_time_all_count(alice: Person) -> None:
    made = [has_list(alice, str(number)) for number in range(6)]

    with ThreadPoolExecutor(6) as clicks, alice.world.everyone_waits_for(alice.id, waiting=4):
        answers = [clicks.submit(move, alice, each, after=str(alice.id)) for each in made]

    assert {answer.result().status_code for answer in answers} == {200}
    assert sorted(names(alice)[1:]) == list("012345")
    assert len({each["position"] for each in lists(alice)}) == 7


def test_keys_stay_short_however_often_somebody_moves(alice: Person) -> None:
    a, b = has_list(alice, "a"), has_list(alice, "b")

    for _ in range(200):
        move(alice, a, after=str(alice.id))
        move(alice, b, after=str(alice.id))

    assert names(alice) == ["Inbox", "b", "a"]
    assert max(len(each["position"]) for each in lists(alice)) <= 60


NOBODYS = "01a1fe0c-a27c-7123-9ede-a813889af089"


@pytest.mark.parametrize(
    "where",
    [{}, {"at": "middle"}, {"at": "first", "before": NOBODYS}, {"before": NOBODYS}, {"after": 1}],
    ids=str,
)
def test_a_move_to_nowhere_is_refused(alice: Person, where: dict[str, Any]) -> None:
    assert move(alice, has_list(alice, "a"), **where).status_code == 422


@pytest.mark.parametrize("things", ["lists", "filters"])
def test_a_move_is_made_from_the_version_that_it_names(alice: Person, things: str) -> None:
    organize, query = alice.at("organize"), {"query": "today"} if things == "filters" else {}
    made = [organize.post(f"/api/{things}", json={"name": name} | query).json() for name in "ab"]

    moved, late = (
        organize.post(f"/api/{things}/{made[0]['id']}/move", json={"at": "last"}, headers={"if-match": '"1"'})
        for _ in range(2)
    )

    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
    assert (late.status_code, late.json()["current"]) == (412, moved.json())


def test_a_list_does_not_stand_beside_itself_or_beside_a_strangers(alice: Person, mallory: Person) -> None:
    mine, strange = has_list(alice, "a"), has_list(mallory, "b")

    assert [fault["field"] for fault in move(alice, mine, after=mine["id"]).json()["errors"]] == ["after"]
    assert move(alice, mine, after=strange["id"]).json()["detail"] == f"after: there is no {strange['id']} here."


def test_counts_say_what_is_to_be_done_in_each_list(alice: Person, mallory: Person) -> None:
    work = has_list(alice, "Work")
    for status in ("todo", "in_progress", "done", "cancelled"):
        alice.has_task(status, list=work["id"], status=status)
    task = alice.has_task("gone", list=work["id"])
    alice.at("tasks").delete(f"/api/tasks/{task['id']}")
    mallory.has_task("not Alice's")

    assert [(each["name"], each["open"]) for each in lists(alice, counts=True)] == [("Inbox", 0), ("Work", 2)]
    assert "open" not in lists(alice)[0]


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", "#12345g", "112233", "#11223 ", "#112233\n", 5])
def test_a_colour_is_six_hexadecimal_digits(alice: Person, color: object) -> None:
    assert alice.at("organize").post("/api/lists", json={"name": "a", "color": color}).status_code == 422


@pytest.mark.parametrize("name", ["", " ", "\n", "a\0b", "a\x07", "\u200b", "x" * 101, None, 7])
def test_a_name_shows_something(alice: Person, name: object) -> None:
    assert alice.at("organize").post("/api/lists", json={"name": name}).status_code == 422
