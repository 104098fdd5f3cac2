"""Lists, tags and saved filters, whichever it is: versions, keys, pages, strangers."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests.people import Person


@dataclass(frozen=True)
class Kind:
    name: str
    path: str
    other: dict[str, Any] = field(default_factory=dict)  # what one has to have beside a name

    def make(self, person: Person, name: str, **fields: Any) -> dict[str, Any]:
        answer = self.post(person, {"name": name, **self.other, **fields})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def post(self, person: Person, body: dict[str, Any], **headers: str) -> httpx.Response:
        return person.at("organize").post(self.path, json=body, headers=headers)

    def url(self, made: dict[str, Any]) -> str:
        return f"{self.path}/{made['id']}"

    def names(self, answer: httpx.Response) -> list[str]:
        assert answer.status_code == 200, answer.text
        return [each["name"] for each in answer.json()["items"] if not each.get("inbox")]


KINDS = [
    Kind("list", "/api/lists"),
    Kind("tag", "/api/tags"),
    Kind("filter", "/api/filters", {"query": "today"}),
]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def types(person: Person) -> list[str]:
    return [kind for _, kind, _ in person.events()]


@every_kind
def test_the_answer_says_where_it_is_and_which_version_it_has(alice: Person, kind: Kind) -> None:
    answer = kind.post(alice, {"name": "one", **kind.other})

    assert answer.headers["location"] == kind.url(answer.json())
    read = alice.at("organize").get(answer.headers["location"])
    assert (read.json(), read.headers["etag"], answer.headers["etag"]) == (answer.json(), '"1"', '"1"')


@every_kind
def test_a_client_that_was_offline_brings_its_own_id(alice: Person, kind: Kind) -> None:
    id = str(new_id())

    assert kind.make(alice, "one", id=id)["id"] == id
    assert kind.post(alice, {"name": "two", "id": id, **kind.other}).status_code == 409
    assert types(alice) == [f"{kind.name}.created"]


@every_kind
def test_asked_twice_with_one_key_it_is_made_once(alice: Person, kind: Kind) -> None:
    key = {"idempotency-key": "once"}

    first, again = (kind.post(alice, {"name": "one", **kind.other}, **key) for _ in range(2))

    assert (again.status_code, again.text, again.headers["location"]) == (201, first.text, first.headers["location"])
    assert kind.post(alice, {"name": "two", **kind.other}, **key).status_code == 422
    assert types(alice) == [f"{kind.name}.created"]


@every_kind
def test_a_change_of_what_has_changed_meanwhile_is_refused(alice: Person, kind: Kind) -> None:
    made, browser = kind.make(alice, "one"), alice.at("organize")
    now = browser.patch(kind.url(made), json={"name": "two"}, headers={"if-match": '"1"'}).json()

    late = browser.patch(kind.url(made), json={"name": "three"}, headers={"if-match": '"1"'})
    late_delete = browser.delete(kind.url(made), headers={"if-match": '"1"'})

    assert (late.status_code, late.json()["current"]) == (412, now)
    assert (late_delete.status_code, late_delete.json()["current"]) == (412, now)
    assert browser.delete(kind.url(made), headers={"if-match": '"1", "2"'}).status_code == 204


@every_kind
def test_what_is_deleted_is_gone(alice: Person, kind: Kind) -> None:
    made, browser = kind.make(alice, "one"), alice.at("organize")

    assert browser.delete(kind.url(made)).status_code == 204

    assert kind.names(browser.get(kind.path)) == []
    for answer in (browser.get(kind.url(made)), browser.delete(kind.url(made)), browser.patch(kind.url(made), json={})):
        assert (answer.status_code, answer.json()["detail"]) == (404, f"There is no {kind.name} {made['id']}.")
    assert types(alice) == [f"{kind.name}.created", f"{kind.name}.deleted"]


@every_kind
def test_pages_neither_repeat_nor_miss_while_others_come_and_go(alice: Person, kind: Kind) -> None:
    made = [kind.make(alice, f"name {number}") for number in range(6)]
    browser = alice.at("organize")
    skip_inbox = 1 if kind.name == "list" else 0

    first = browser.get(kind.path, params={"limit": 2 + skip_inbox})
    kind.make(alice, "name 9")
    browser.delete(kind.url(made[1]))  # the one the cursor stands at
    browser.delete(kind.url(made[3]))
    second = browser.get(kind.path, params={"limit": 2, "cursor": first.json()["next"]})
    third = browser.get(kind.path, params={"limit": 2, "cursor": second.json()["next"]})

    pages = [kind.names(page) for page in (first, second, third)]
    assert pages == [["name 0", "name 1"], ["name 2", "name 4"], ["name 5", "name 9"]]
    assert third.json()["next"] is None


@every_kind
@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "cursor=AAAA",
        "cursor=%00",
        "cursor=WyJhIl0=",  # no id
        "cursor=WyJhXHUwMDAwYiIsICIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAiXQ==",  # no text for a column
        "cursor=WyJcdWQ4MDAiLCAiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIl0=",
        "cursor=ä",
    ],
)
def test_a_query_that_makes_no_sense_is_refused(alice: Person, kind: Kind, query: str) -> None:
    answer = alice.at("organize").get(f"{kind.path}?{query}")

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@every_kind
@pytest.mark.parametrize(
    "asked", [{"name": None}, {"name": ""}, {"color": "red"}, {"colour": "#112233"}, {"id": "x"}], ids=str
)
def test_a_patch_that_makes_no_sense_is_refused_by_its_field(alice: Person, kind: Kind, asked: dict[str, Any]) -> None:
    made = kind.make(alice, "one")

    answer = alice.at("organize").patch(kind.url(made), json=asked)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == list(asked)


@every_kind
def test_there_is_an_end_to_how_many_one_may_have(alice: Person, kind: Kind) -> None:
    most = {"list": 500, "tag": 1000, "filter": 500}[kind.name]
    row = {
        "list": "(user_id, id, name, name_key, position, archived, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), n, n, 'a' || n, false, now(), now(), 1",
        "tag": "(user_id, id, name, name_key, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), n, n, now(), now(), 1",
        "filter": "(user_id, id, name, query, position, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), n, 'today', 'a' || n, now(), now(), 1",
    }[kind.name]
    made = most - (2 if kind.name == "list" else 1)  # the Inbox is one
    alice.world.rows(f"INSERT INTO {kind.name}s {row} FROM generate_series(1, %s) AS n", alice.id, made)

    last = kind.make(alice, "the last one")
    refused = kind.post(alice, {"name": "one too many", **kind.other})

    assert (refused.status_code, f"{most:,} {kind.name}s" in refused.json()["detail"]) == (409, True)
    assert alice.at("organize").delete(kind.url(last)).status_code == 204
    kind.make(alice, "another")


@every_kind
def test_a_strangers_is_as_absent_as_one_that_never_was(alice: Person, mallory: Person, kind: Kind) -> None:
    made, never = kind.make(alice, "secret"), {"id": str(new_id())}
    browser = mallory.at("organize")

    for method, body in (("GET", None), ("PATCH", {"name": "mine"}), ("DELETE", None)):
        strange, absent = (browser.request(method, kind.url(each), json=body) for each in (made, never))
        assert strange.status_code == absent.status_code == 404
        assert strange.json()["detail"].replace(made["id"], never["id"]) == absent.json()["detail"]
    assert kind.names(browser.get(kind.path)) == []
    assert alice.at("organize").get(kind.url(made)).json() == made


@every_kind
def test_whoever_is_not_signed_in_sees_nothing(alice: Person, kind: Kind) -> None:
    made = kind.make(alice, "secret")
    running = alice.world.function("organize")

    assert httpx.get(f"{running.url}{kind.path}").status_code == 401
    assert httpx.get(f"{running.url}{kind.url(made)}").status_code == 401
