"""Tags: what tasks are marked with."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.ids import new_id
from tests.people import Person
from tests.world import Door, eventually


def has_tag(person: Person, name: str, **fields: Any) -> dict[str, Any]:
    answer = person.at("organize").post("/api/tags", json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def url(tag: dict[str, Any]) -> str:
    return f"/api/tags/{tag['id']}"


def names(person: Person) -> list[str]:
    return [tag["name"] for tag in person.at("organize").get("/api/tags").json()["items"]]


def merge(person: Person, tag: dict[str, Any], into: dict[str, Any], **headers: str) -> httpx.Response:
    return person.at("organize").post(f"{url(tag)}/merge", json={"into": into["id"]}, headers=headers)


def now(person: Person, task: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = person.at("tasks").get(f"/api/tasks/{task['id']}").json()
    return found


def happened(person: Person, behind: int) -> list[tuple[object, ...]]:
    """Type, subject, `changes` and operation of every event behind this one."""
    return person.world.rows(
        "SELECT type, subject, data->'changes', data->>'operation' FROM events"
        " WHERE user_id = %s AND sequence > %s ORDER BY sequence",
        person.id, behind,
    )  # fmt: skip


def test_tags_have_a_colour_and_come_by_name(alice: Person) -> None:
    for name in ("waiting", "Errands", "äpfel", "at home"):
        has_tag(alice, name)
    tag = has_tag(alice, "URGENT", color="#FF0000")

    assert names(alice) == ["at home", "Errands", "URGENT", "waiting", "äpfel"]
    assert tag == {
        "id": tag["id"],
        "name": "URGENT",
        "color": "#ff0000",
        "created_at": tag["created_at"],
        "updated_at": tag["created_at"],
        "version": 1,
    }


@pytest.mark.parametrize("again", ["Straße", "STRASSE", "strasse", " straße ", "\uff33traße"])
def test_a_name_is_there_once_however_it_is_written(alice: Person, mallory: Person, again: str) -> None:
    tag = has_tag(alice, "Straße")

    answer = alice.at("organize").post("/api/tags", json={"name": again})

    assert (answer.status_code, answer.json()["existing"]) == (409, tag)
    assert has_tag(mallory, again)["id"] != tag["id"]


def test_a_tag_is_not_renamed_to_another(alice: Person) -> None:
    work, other = has_tag(alice, "work"), has_tag(alice, "job")

    answer = alice.at("organize").patch(url(other), json={"name": "Work"})

    assert (answer.status_code, answer.json()["existing"]) == (409, work)
    assert names(alice) == ["job", "work"]


def test_a_tag_may_be_written_otherwise(alice: Person) -> None:
    work = has_tag(alice, "work")

    assert alice.at("organize").patch(url(work), json={"name": "Work"}).json()["name"] == "Work"


def test_the_name_of_a_deleted_tag_is_free(alice: Person) -> None:
    alice.at("organize").delete(url(has_tag(alice, "work")))

    assert has_tag(alice, "work")["version"] == 1


def test_a_new_name_changes_no_task(alice: Person) -> None:
    work = has_tag(alice, "work")
    task = alice.has_task("Stand up", tags=[work["id"]])

    alice.at("organize").patch(url(work), json={"name": "job", "color": "#112233"})

    assert now(alice, task) == task
    assert [kind for _, kind, _ in alice.events()] == ["tag.created", "task.created", "tag.updated"]


def test_a_deleted_tag_is_taken_off_every_task_in_one_operation(alice: Person) -> None:
    work, home = has_tag(alice, "work"), has_tag(alice, "home")
    both = alice.has_task("both", tags=[work["id"], home["id"]])
    one = alice.has_task("one", tags=[work["id"]], status="done")
    other = alice.has_task("other", tags=[home["id"]])
    before = len(alice.events())

    assert alice.at("organize").delete(url(work)).status_code == 204

    assert [now(alice, task)["tags"] for task in (both, one, other)] == [[home["id"]], [], [home["id"]]]
    assert [now(alice, task)["version"] for task in (both, one, other)] == [2, 2, 1]
    said = happened(alice, before)
    assert said[0][:3] == ("tag.deleted", f"tag/{work['id']}", {"deleted": [False, True]})
    assert sorted(map(json.dumps, (each[:3] for each in said[1:]))) == sorted(
        json.dumps(("task.updated", f"task/{task['id']}", {"tags": [task["tags"], after]}))
        for task, after in ((both, [home["id"]]), (one, []))
    )
    assert len({operation for *_, operation in said}) == 1


def test_merged_every_task_has_the_one_that_stays_once_and_in_its_place(alice: Person) -> None:
    job, work, home = (has_tag(alice, name) for name in ("job", "work", "home"))
    first = alice.has_task("first", tags=[job["id"], home["id"]])
    both = alice.has_task("both", tags=[work["id"], job["id"]])
    before = len(alice.events())

    answer = merge(alice, job, work)

    assert (answer.status_code, answer.json(), answer.headers["etag"]) == (200, work, '"1"')
    assert now(alice, first)["tags"] == [work["id"], home["id"]]
    assert now(alice, both)["tags"] == [work["id"]]
    assert names(alice) == ["home", "work"]
    said = happened(alice, before)
    assert [kind for kind, *_ in said] == ["tag.deleted", "task.updated", "task.updated"]
    assert len({operation for *_, operation in said}) == 1


def test_merging_again_with_the_same_key_is_the_same_answer(alice: Person) -> None:
    job, work = has_tag(alice, "job"), has_tag(alice, "work")

    first, again = (merge(alice, job, work, **{"idempotency-key": "once"}) for _ in range(2))

    assert (first.status_code, first.text) == (again.status_code, again.text) == (200, again.text)
    assert merge(alice, job, work).status_code == 404


def test_a_merge_of_what_has_changed_meanwhile_is_refused(alice: Person) -> None:
    job, work = has_tag(alice, "job"), has_tag(alice, "work")
    alice.at("organize").patch(url(job), json={"name": "jobs"})

    assert merge(alice, job, work, **{"if-match": '"1"'}).status_code == 412
    assert names(alice) == ["jobs", "work"]


def test_a_tag_is_merged_with_another_that_is_there(alice: Person, mallory: Person) -> None:
    job, strange, never = has_tag(alice, "job"), has_tag(mallory, "work"), {"id": str(new_id())}

    answers = [merge(alice, job, into) for into in (strange, never, job)]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert answers[0].json()["detail"] == answers[1].json()["detail"] == "into: there is no such tag."
    assert [fault["field"] for answer in answers for fault in answer.json()["errors"]] == ["into"] * 3
    assert merge(mallory, job, strange).status_code == 404
    assert names(alice) == ["job"]


def tagged(person: Person, tag: dict[str, Any], many: int) -> None:
    person.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, created_at,"
        " updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'task ' || n, repeat('note ', 20), 'todo', 'none', %s, ARRAY[%s::uuid],"
        " 'a' || n, now(), now(), 1 FROM generate_series(1, %s) AS n",
        person.id, person.id, tag["id"], many,
    )  # fmt: skip


def test_ten_thousand_tasks_change_in_one_operation_without_coming_here(alice: Person, door: Door) -> None:
    job, work = has_tag(alice, "job"), has_tag(alice, "work")
    tagged(alice, job, 10_000)
    memory = rss(alice)

    answer = merge(alice, job, work)

    assert answer.status_code == 200, answer.text
    [(left, moved)] = alice.world.rows(
        "SELECT count(*) FILTER (WHERE tags @> ARRAY[%s::uuid]), count(*) FILTER (WHERE tags = ARRAY[%s::uuid])"
        " FROM tasks WHERE user_id = %s",
        job["id"], work["id"], alice.id,
    )  # fmt: skip
    assert (left, moved) == (0, 10_000)
    numbers = [number for number, _, _ in alice.events()]
    assert numbers == list(range(1, 10_004))
    assert rss(alice) - memory < 32_000, "kB, at the most that it ever was"
    eventually(lambda: any(each.headers.get("ce-work") == "outbox" for each in door.posted), "relay is woken")
    [(data,)] = alice.world.rows("SELECT data FROM events WHERE user_id = %s AND sequence = 10003", alice.id)
    assert isinstance(data, dict)
    assert data["changes"] == {"tags": [[job["id"]], [work["id"]]]}
    assert data["task"] == now(alice, data["task"])
    assert data["actor"] == {"user": str(alice.id), "via": "web", "token": None}
    assert has_tag(alice, "afterwards")["version"] == 1  # the counter is where the events are


def rss(person: Person) -> int:
    status = Path(f"/proc/{person.world.function('organize').process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def test_more_than_ten_thousand_are_refused_before_anything_changes(alice: Person) -> None:
    job, work = has_tag(alice, "job"), has_tag(alice, "work")
    tagged(alice, job, 10_001)

    answers = [merge(alice, job, work), alice.at("organize").delete(url(job))]

    for answer in answers:
        assert (answer.status_code, "10,001 tasks" in answer.json()["detail"]) == (409, True)
    assert names(alice) == ["job", "work"]
    assert len(alice.events()) == 2


@pytest.mark.parametrize(
    "name", ["a & b", "C++", "50%", "@work", "a,b", "(x)", "\\", "'; DROP TABLE tags --", "🎉", "日本"]
)
def test_a_name_may_have_any_sign(alice: Person, name: str) -> None:
    tag = has_tag(alice, name)

    assert tag["name"] == name
    assert alice.at("organize").get(url(tag)).json() == tag
    assert UUID(tag["id"]).version == 7


def test_a_name_that_is_a_whole_text_when_written_out_is_refused(alice: Person) -> None:
    answer = alice.at("organize").post("/api/tags", json={"name": "ﷺ" * 100})

    assert answer.status_code == 422
