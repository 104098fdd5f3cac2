"""A PATCH, PUT or DELETE whose answer was lost is sent again under its Idempotency-Key: nothing more happens, and the
answer is the first one. What is made with POST is asked again in the tests of what makes it."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests import api
from tests.families import line, now, patched, url
from tests.people import Person
from tests.repeating import everything, has_occurrence, occurrences, undone
from tests.world import Function, World

WEEKLY = {"recurrence": {"rule": "FREQ=WEEKLY"}}
FUTURE = {"scope": "future"}
QUARTER = {"kind": "before", "minutes": 15}


@dataclass
class Sent:
    """A request, and the key that it is sent under each time."""

    person: Person
    function: str
    method: str
    path: str
    said: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)

    def without_key(self) -> httpx.Response:
        return self.person.at(self.function).request(self.method, self.path, **self.said)

    def __call__(self, through: Function | None = None, version: int | None = None) -> httpx.Response:
        browser = self.person.browsing(through) if through else self.person.at(self.function)
        headers = {"idempotency-key": self.key} | ({"if-match": f'"{version}"'} if version else {})
        return browser.request(self.method, self.path, headers=headers, **self.said)


def to_task(method: str, params: dict[str, str] | None = None, **fields: Any) -> Callable[[Person], Sent]:
    def sent(person: Person) -> Sent:
        task = line(person, "Buy milk", "Go there")[0]
        return Sent(person, "tasks", method, url(task), {"params": params, **({"json": fields} if fields else {})})

    return sent


def to_occurrence(method: str, params: dict[str, str] | None = None, **fields: Any) -> Callable[[Person], Sent]:
    def sent(person: Person) -> Sent:
        task = has_occurrence(person, reminders=[QUARTER])
        return Sent(person, "tasks", method, url(task), {"params": params, **({"json": fields} if fields else {})})

    return sent


def to_a(kind: str, method: str, params: dict[str, str] | None = None, **fields: Any) -> Callable[[Person], Sent]:
    """A list, tag or filter, which two tasks are in or have."""

    def sent(person: Person) -> Sent:
        made = person.at("organize").post(f"/api/{kind}", json={"name": "Work"} | FILTERED.get(kind, {}))
        id = made.json()["id"]
        for title in ("Buy milk", "Go there"):
            person.has_task(title, **{"lists": {"list": id}, "tags": {"tags": [id]}}.get(kind, {}))
        said = {"params": params, **({"json": fields} if fields else {})}
        return Sent(person, "organize", method, f"/api/{kind}/{id}", said)

    return sent


FILTERED = {"filters": {"query": "today"}}


def to_comment(method: str, **fields: Any) -> Callable[[Person], Sent]:
    def sent(person: Person) -> Sent:
        made = person.at("tasks").post(url(person.has_task("Trip"), "/comments"), json={"text": "Rome?"}).json()
        return Sent(person, "tasks", method, f"/api/comments/{made['id']}", {"json": fields} if fields else {})

    return sent


def to_reminder(person: Person) -> Sent:
    task = person.has_task("Pay the rent", due="2040-03-26T09:00:00", reminders=[QUARTER])
    return Sent(person, "remind", "DELETE", url(task, f"/reminders/{task['reminders'][0]['id']}"))


def to_webhook(method: str, **fields: Any) -> Callable[[Person], Sent]:
    def sent(person: Person) -> Sent:
        wanted = {"url": "https://example.org/hook/a-secret", "active": False}
        made = person.at("webhooks").post("/api/webhooks", json=wanted).json()
        return Sent(person, "webhooks", method, f"/api/webhooks/{made['id']}", {"json": fields} if fields else {})

    return sent


def to_chat(person: Person) -> Sent:
    person.at("chat").post("/api/chat/messages", json={"text": "hello"})
    return Sent(person, "chat", "DELETE", "/api/chat/messages")


WAYS: dict[str, Callable[[Person], Sent]] = {
    "PATCH a task": to_task("PATCH", title="Buy bread"),
    "PATCH a task and what is below it": to_task("PATCH", status="done"),
    "PATCH reminders": to_task("PATCH", due="2040-03-26T09:00:00", reminders=[QUARTER]),
    "PUT a task": to_task("PUT", title="Buy bread", priority="high"),
    "DELETE a task": to_task("DELETE"),
    "PATCH an occurrence": to_occurrence("PATCH", title="Sit down"),
    "PATCH how it repeats": to_occurrence("PATCH", **WEEKLY),
    "PATCH so that it repeats no more": to_occurrence("PATCH", recurrence=None),
    "PATCH all that follow": to_occurrence("PATCH", FUTURE, title="Sit down"),
    "PATCH an occurrence to its end": to_occurrence("PATCH", status="done"),
    "PUT all that follow": to_occurrence("PUT", FUTURE, title="Sit down", due="2040-03-26T10:00:00"),
    "DELETE an occurrence": to_occurrence("DELETE"),
    "DELETE all that follow": to_occurrence("DELETE", FUTURE),
    "DELETE a reminder": to_reminder,
    "PATCH a comment": to_comment("PATCH", text="Paris"),
    "DELETE a comment": to_comment("DELETE"),
    "PATCH a list": to_a("lists", "PATCH", name="Home"),
    "DELETE a list": to_a("lists", "DELETE"),
    "DELETE a list but not its tasks": to_a("lists", "DELETE", {"tasks": "move_to_inbox"}),
    "PATCH a tag": to_a("tags", "PATCH", name="home"),
    "DELETE a tag": to_a("tags", "DELETE"),
    "PATCH a filter": to_a("filters", "PATCH", query="tomorrow"),
    "DELETE a filter": to_a("filters", "DELETE"),
    "PATCH a webhook": to_webhook("PATCH", description="Kitchen"),
    "DELETE a webhook": to_webhook("DELETE"),
    "DELETE what was said": to_chat,
}


def everything_said(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    named = ("etag", "content-type", "content-length", "taskora-activity", "location", "cache-control")
    return answer.status_code, answer.content, {name: value for name in named if (value := answer.headers.get(name))}


def whole(person: Person) -> dict[str, Any]:
    """All that one may undo a change of."""
    return everything(person, "lists", "tags", "filters", "comments")


@pytest.fixture(scope="module")
def elsewhere(world: World) -> Iterator[Callable[[str], Function]]:
    """Another process of a function: whoever comes to the same one may wait in it."""
    with ExitStack() as started:

        @cache
        def another(name: str) -> Function:
            function = world.start(name)
            started.callback(function.terminate)
            return function

        yield another


@pytest.fixture(params=WAYS)
def send(request: pytest.FixtureRequest, alice: Person) -> Sent:
    return WAYS[request.param](alice)


def test_nothing_more_happens_and_the_answer_is_the_first_one(send: Sent, alice: Person) -> None:
    first = send()
    events, there = alice.events(), everything(alice)

    answers = [send() for _ in range(2)]

    assert first.is_success, first.text
    assert first.headers["taskora-activity"]
    assert [everything_said(answer) for answer in answers] == [everything_said(first)] * 2
    assert [answer.headers.get("idempotency-replayed") for answer in (first, *answers)] == [None, "true", "true"]
    assert (alice.events(), everything(alice)) == (events, there)


@pytest.mark.parametrize("way", WAYS)
def test_with_a_key_the_answer_is_what_it_is_without(way: str, alice: Person, mallory: Person) -> None:
    answers = [WAYS[way](alice)(), WAYS[way](mallory).without_key()]

    keyed, plain = (named_alike(answer) for answer in answers)
    assert keyed == plain
    assert [kind for _, kind, _ in alice.events()] == [kind for _, kind, _ in mallory.events()]


def named_alike(answer: httpx.Response) -> tuple[int, list[str], dict[str, Any]]:
    """But for what differs each time."""
    body = answer.json() if answer.content else {}
    same = {name: value for name, value in body.items() if name in ("title", "name", "text", "query", "status", "due")}
    headers = [name for name in answer.headers if name not in ("date", "connection")]
    return answer.status_code, headers, same | {"etag": answer.headers.get("etag"), "fields": sorted(body)}


def test_sent_twice_at_once_it_is_done_once(
    send: Sent, alice: Person, world: World, elsewhere: Callable[[str], Function]
) -> None:
    before, other = len(alice.events()), elsewhere(send.function)

    with ThreadPoolExecutor(2) as hands, world.everyone_waits_for(alice.id, waiting=2):
        answers = [hands.submit(send), hands.submit(send, other)]

    one, another = (everything_said(answer.result()) for answer in answers)
    assert one == another
    assert one[0] in (200, 204)
    operations = alice.world.rows(
        "SELECT DISTINCT data ->> 'operation' FROM events WHERE user_id = %s AND sequence > %s", alice.id, before
    )
    assert len(operations) == 1


def test_its_key_is_no_other_requests(send: Sent, alice: Person) -> None:
    send()
    task, before = alice.has_task("Another"), alice.events()

    others = [
        Sent(alice, "tasks", "PATCH", url(task), {"json": {"title": "Other"}}, send.key),
        Sent(alice, "tasks", "DELETE", url(task), {}, send.key),
        Sent(alice, "tasks", "POST", "/api/tasks", {"json": {"title": "Other"}}, send.key),
    ]
    answers = [other() for other in others]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert all("Idempotency-Key" in answer.json()["detail"] for answer in answers)
    assert alice.events() == before


def test_whatever_changes_something_and_says_so_heeds_its_key(world: World) -> None:
    takes = {each for each in api.operations() if each.method not in ("get", "post") and takes_a_key(each)}
    tried = set()
    for way in WAYS.values():
        somebody = Person(world, "Somebody")
        sent = way(somebody)
        tried |= {each for each in takes if is_of(each, sent)}
        somebody.leave()

    assert tried
    assert takes - tried == set()


def takes_a_key(operation: api.Operation) -> bool:
    return "Idempotency-Key" in [each["name"] for each in operation.said.get("parameters", [])]


def is_of(operation: api.Operation, sent: Sent) -> bool:
    path = re.sub(r"\{\w+\}", "[^/]+", operation.path)
    return operation.method.upper() == sent.method and re.fullmatch(path, sent.path) is not None


def test_what_was_so_already_is_not_done_later_on(alice: Person) -> None:
    """It was asked for and answered before somebody thought otherwise."""
    task = alice.has_task("Buy milk")
    send = Sent(alice, "tasks", "PATCH", url(task), {"json": {"title": "Buy milk"}})
    first = send()
    patched(alice, task, title="Buy bread")

    again = send()

    assert everything_said(again) == everything_said(first)
    assert "taskora-activity" not in again.headers
    assert now(alice, task)["title"] == "Buy bread"


def test_it_is_answered_though_what_it_was_about_has_changed_or_is_gone(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    send = Sent(alice, "tasks", "PATCH", url(task), {"json": {"title": "Buy bread"}})
    first = send(version=1)
    patched(alice, task, title="Buy beer")
    changed = send(version=1)
    alice.at("tasks").delete(url(task))

    assert everything_said(changed) == everything_said(send()) == everything_said(first)
    assert [kind for _, kind, _ in alice.events()] == ["task.created", "task.updated", "task.updated", "task.deleted"]


def test_what_was_refused_may_be_asked_under_its_key_again(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    send = Sent(alice, "tasks", "PATCH", url(task), {"json": {"title": "Buy bread"}})
    missing = Sent(alice, "tasks", "DELETE", url({"id": str(uuid4())}))

    answers = [send(version=7), send(version=1), missing(), missing()]

    assert [answer.status_code for answer in answers] == [412, 200, 404, 404]
    assert now(alice, task)["title"] == "Buy bread"


def test_after_a_day_a_key_is_free_again(alice: Person) -> None:
    task, key = alice.has_task("Buy milk"), uuid4().hex
    for title in ("Buy bread", "Buy beer", "Buy tea"):
        alice.world.rows("UPDATE answers SET given_at = now() - interval '25 hours' WHERE user_id = %s", alice.id)
        send = Sent(alice, "tasks", "PATCH", url(task), {"json": {"title": title}}, key)

        answers = [send() for _ in range(2)]

        assert [answer.json()["title"] for answer in answers] == [title, title]
    alice.world.rows("UPDATE answers SET given_at = now() - interval '25 hours' WHERE user_id = %s", alice.id)
    gone = Sent(alice, "tasks", "DELETE", url(task), {}, key)
    assert [gone().status_code for _ in range(2)] == [204, 204]
    assert [number for number, _, _ in alice.events()] == [1, 2, 3, 4, 5]


def test_a_key_is_its_persons_alone(alice: Person, mallory: Person) -> None:
    mine, hers, key = alice.has_task("Buy milk"), mallory.has_task("Buy milk"), uuid4().hex

    answers = [
        Sent(alice, "tasks", "DELETE", url(mine), {}, key)(),
        Sent(mallory, "tasks", "DELETE", url(hers), {}, key)(),
    ]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert [person.events()[-1][1] for person in (alice, mallory)] == ["task.deleted"] * 2


@pytest.mark.parametrize("way", [name for name in WAYS if not name.endswith(("webhook", "said"))])
def test_what_the_repeated_answer_names_can_be_undone_once(way: str, alice: Person) -> None:
    send = WAYS[way](alice)
    before = whole(alice)
    send()

    again = send()
    undone(alice, again)

    assert whole(alice) == before
    twice = alice.at("tasks").post(f"/api/activity/{again.headers['taskora-activity']}/undo")
    assert twice.status_code == 409


def test_what_is_undone_stays_so_when_it_is_sent_again(alice: Person) -> None:
    task = has_occurrence(alice)
    send = Sent(alice, "tasks", "DELETE", url(task))
    undone(alice, send())

    assert send().status_code == 204
    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "todo", 1)]


def test_an_occurrence_that_is_deleted_is_skipped_and_no_more(alice: Person) -> None:
    task = has_occurrence(alice)
    send = Sent(alice, "tasks", "DELETE", url(task))

    assert [send().status_code for _ in range(2)] == [204, 204]

    assert occurrences(alice, task) == [("2040-03-26T09:00:00", "cancelled", 1), ("2040-03-27T09:00:00", "todo", 2)]


@pytest.mark.parametrize(
    "said", [{"json": WEEKLY}, {"json": {"title": "Sit down"}, "params": FUTURE}], ids=["rule", "scope"]
)
def test_a_series_is_begun_anew_once(alice: Person, said: dict[str, Any]) -> None:
    task = has_occurrence(alice)
    send = Sent(alice, "tasks", "PATCH", url(task), said)

    assert len({send().json()["series"] for _ in range(2)}) == 1

    segments = alice.world.rows("SELECT state FROM series WHERE user_id = %s ORDER BY segment", alice.id)
    assert segments == [("ended",), ("active",)]


def test_where_a_webhook_is_stands_in_no_answer_that_is_kept(alice: Person) -> None:
    send = WAYS["PATCH a webhook"](alice)

    assert send().json() == send().json()

    assert "a-secret" in send().text
    assert "a-secret" not in str(alice.world.rows("SELECT * FROM answers WHERE user_id = %s", alice.id))
