"""What is said about a task: written, read, changed, deleted, and safe to show."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.ids import new_id
from tests.families import Task, field_at_fault, url
from tests.people import Person

Comment = dict[str, Any]


def said(person: Person, task: Task, text: str, **fields: Any) -> Comment:
    answer = person.at("tasks").post(url(task, "/comments"), json={"text": text, **fields})
    assert answer.status_code == 201, answer.text
    comment: Comment = answer.json()
    return comment


def at(comment: Comment) -> str:
    return f"/api/comments/{comment['id']}"


def page(person: Person, task: Task, **asked: Any) -> Any:
    answer = person.at("tasks").get(url(task, "/comments"), params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def texts(found: Any) -> list[str]:
    return [comment["text"] for comment in found["items"]]


def types(person: Person) -> list[str]:
    return [kind for _, kind, _ in person.events()]


def test_a_comment_is_kept_shown_safely_and_announced(alice: Person) -> None:
    task = alice.has_task("Trip")

    answer = alice.at("tasks").post(url(task, "/comments"), json={"text": " **Now** <script>alert(1)</script>\n"})
    comment = answer.json()

    assert comment == {
        "id": comment["id"],
        "task": task["id"],
        "text": "**Now** <script>alert(1)</script>",
        "html": "<p><strong>Now</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
        "created_at": comment["created_at"],
        "updated_at": comment["created_at"],
        "version": 1,
    }
    assert (answer.headers["location"], answer.headers["etag"]) == (at(comment), '"1"')
    read = alice.at("tasks").get(at(comment))
    assert (read.json(), read.headers["etag"]) == (comment, '"1"')
    assert alice.events()[-1][1:] == ("comment.created", f"comment/{comment['id']}")


def test_comments_are_read_from_the_first_on_in_pages(alice: Person) -> None:
    task, other = alice.has_task("Trip"), alice.has_task("Other")
    comments = [said(alice, task, str(number)) for number in range(5)]
    said(alice, other, "elsewhere")

    first = page(alice, task, limit=2)
    alice.at("tasks").delete(at(comments[1]))  # the row the cursor stands at
    second = page(alice, task, limit=2, cursor=first["next"])
    third = page(alice, task, limit=2, cursor=second["next"])

    assert [texts(each) for each in (first, second, third)] == [["0", "1"], ["2", "3"], ["4"]]
    assert third["next"] is None
    assert page(alice, alice.has_task("Quiet")) == {"items": [], "next": None}


def test_comments_of_the_very_same_moment_are_on_one_page_each(alice: Person) -> None:
    task = alice.has_task("Trip")
    for number in range(3):
        said(alice, task, str(number))
    alice.world.rows("UPDATE comments SET created_at = '2026-11-20 09:00:00.123456Z' WHERE user_id = %s", alice.id)

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        found = page(alice, task, limit=1, **cursor)
        seen += texts(found)
        if found["next"] is None:
            break
        cursor = {"cursor": found["next"]}

    assert seen == ["0", "1", "2"]


def test_a_comment_is_rewritten(alice: Person) -> None:
    comment = said(alice, alice.has_task("Trip"), "Now")

    answer = alice.at("tasks").patch(at(comment), json={"text": "*Later*"}, headers={"if-match": '"1"'})
    again = alice.at("tasks").patch(at(comment), json={"text": "*Later*"})

    assert answer.json() == comment | {
        "text": "*Later*", "html": "<p><em>Later</em></p>\n", "version": 2, "updated_at": answer.json()["updated_at"]
    }  # fmt: skip
    assert answer.headers["etag"] == '"2"'
    assert again.json() == answer.json()
    assert types(alice)[-2:] == ["comment.created", "comment.updated"]


def test_a_deleted_comment_is_gone_until_that_is_undone(alice: Person) -> None:
    task = alice.has_task("Trip")
    comment = said(alice, task, "Now")

    answer = alice.at("tasks").delete(at(comment), headers={"if-match": '"1"'})
    assert (answer.status_code, alice.at("tasks").get(at(comment)).status_code) == (204, 404)
    assert page(alice, task)["items"] == []
    undone = alice.at("tasks").post(f"/api/activity/{answer.headers['taskora-activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert texts(page(alice, task)) == ["Now"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_of_something_older_is_refused(alice: Person, method: str) -> None:
    comment = said(alice, alice.has_task("Trip"), "Now")
    newer = alice.at("tasks").patch(at(comment), json={"text": "Later"}).json()

    body = {"text": "Never"} if method == "PATCH" else None
    answer = alice.at("tasks").request(method, at(comment), json=body, headers={"if-match": '"1"'})

    assert (answer.status_code, answer.json()["current"]) == (412, newer)


def test_what_was_said_about_a_deleted_task_is_not_there_until_it_is_back(alice: Person) -> None:
    task = alice.has_task("Trip")
    comment = said(alice, task, "Now")
    browser = alice.at("tasks")
    browser.delete(url(task))

    answers = [
        browser.get(url(task, "/comments")),
        browser.post(url(task, "/comments"), json={"text": "x"}),
        browser.get(at(comment)),
        browser.patch(at(comment), json={"text": "x"}),
        browser.delete(at(comment)),
    ]
    browser.post(url(task, "/restore"))

    assert {answer.status_code for answer in answers} == {404}
    assert browser.get(at(comment)).json() == comment


def test_somebody_elses_comments_are_not_there(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Trip")
    comment = said(alice, task, "Secret")
    nowhere = {"id": str(new_id())}

    def asked(of_task: Task, of_comment: Comment) -> list[tuple[int, str]]:
        browser = mallory.at("tasks")
        answers: list[httpx.Response] = [
            browser.get(url(of_task, "/comments")),
            browser.get(url(of_task, "/notes")),
            browser.post(url(of_task, "/comments"), json={"text": "x"}),
            browser.get(at(of_comment)),
            browser.patch(at(of_comment), json={"text": "x"}),
            browser.delete(at(of_comment)),
        ]
        hidden = [each.json()["detail"].replace(of_task["id"], "").replace(of_comment["id"], "") for each in answers]
        return list(zip([each.status_code for each in answers], hidden, strict=True))

    assert asked(task, comment) == asked(nowhere, nowhere)
    assert {status for status, _ in asked(task, comment)} == {404}
    assert texts(page(alice, task)) == ["Secret"]


def test_a_client_that_was_offline_brings_its_own_id(alice: Person) -> None:
    task, own = alice.has_task("Trip"), str(new_id())

    assert said(alice, task, "Now", id=own)["id"] == own
    again = alice.at("tasks").post(url(task, "/comments"), json={"text": "Later", "id": own})
    assert again.status_code == 409


def test_a_comment_sent_again_gets_its_first_answer(alice: Person) -> None:
    task, key = alice.has_task("Trip"), {"idempotency-key": uuid4().hex}

    answers = [alice.at("tasks").post(url(task, "/comments"), json={"text": "Now"}, headers=key) for _ in range(2)]

    assert answers[0].content == answers[1].content
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert texts(page(alice, task)) == ["Now"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": " \n"},
        {"text": None},
        {"text": "x" * 10_001},
        {"text": "a\0b"},
        {"text": "\ud800"},
        {"text": "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|\n" * 4_000},
    ],
    ids=lambda body: str(body)[:24],
)
def test_what_cannot_be_said_is_refused(alice: Person, body: dict[str, Any]) -> None:
    answer = alice.at("tasks").post(
        url(alice.has_task("Trip"), "/comments"), content=json.dumps(body), headers={"content-type": "application/json"}
    )

    assert field_at_fault(answer) == "text"


HEAVY = ["\x01" * 10_000, '"' * 10_000, "й" * 10_000, "\N{GRINNING FACE}" * 10_000, "- [ ] a\n" * 900]


@pytest.mark.parametrize("text", HEAVY, ids=["control", "quotes", "two bytes", "four bytes", "markup"])
def test_the_largest_change_of_a_comment_is_an_event_that_everybody_takes(alice: Person, text: str) -> None:
    comment = said(alice, alice.has_task("Trip"), text)
    alice.at("tasks").patch(at(comment), json={"text": text[:-1] + "b"})

    [(largest,)] = alice.world.rows("SELECT max(octet_length(data::text)) FROM events WHERE user_id = %s", alice.id)

    assert int(str(largest)) < 512_000
    assert types(alice) == ["task.created", "comment.created", "comment.updated"]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwgImIiXQ==", "WyIyMDI2LTExLTIwIl0="])
def test_a_cursor_of_ones_own_is_refused(alice: Person, cursor: str) -> None:
    answer = alice.at("tasks").get(url(alice.has_task("Trip"), "/comments"), params={"cursor": cursor})

    assert field_at_fault(answer) == "cursor"


def test_notes_are_shown_safely_too(alice: Person) -> None:
    task = alice.has_task("Trip", notes="- [x] pack\n\n<img src=x onerror=alert(1)>")

    answer = alice.at("tasks").get(url(task, "/notes"))

    assert answer.headers["etag"] == '"1"'
    assert answer.json() == {
        "html": '<ul>\n<li><input checked="checked" disabled="disabled" type="checkbox"> pack</li>\n</ul>\n'
        "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"
    }
