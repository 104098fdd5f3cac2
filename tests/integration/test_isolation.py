"""What is somebody else's is for everybody as if it were not: the same status, the same body, the same work.

Operations, and the places in them where an id may stand, are read from the API document: a new route is tried here
without being named. A new kind of id makes a test fail until it is said below how to make one.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests import api, telling
from tests.api import Operation, Place
from tests.people import Person
from tests.push_service import Browser
from tests.world import World

AROUND, PUBLISHED = {"BEGIN", "COMMIT", "ROLLBACK"}, "DELETE FROM outbox"

Mallory = Callable[[], Person]

MAKERS: dict[str, Callable[[Person], str]] = {
    "activity_id": lambda person: activity_of(person),
    "task_id": lambda person: made(
        person, "tasks", "/api/tasks", {"title": secret_of(person), "reminders": [reminder_of(person)]}
    ),
    "reminder_id": lambda person: reminder_of(person)["id"],
    "series_id": lambda person: series_of(person),
    "list_id": lambda person: made(person, "organize", "/api/lists", {"name": secret_of(person)}),
    "tag_id": lambda person: made(person, "organize", "/api/tags", {"name": f"{secret_of(person)} {new_id()}"}),
    "filter_id": lambda person: made(person, "organize", "/api/filters", {"name": secret_of(person), "query": "today"}),
    "comment_id": lambda person: made(
        person, "tasks", f"/api/tasks/{MAKERS['task_id'](person)}/comments", {"text": secret_of(person)}
    ),
    "notification_id": lambda person: str(telling.tell(person, secret_of(person))),
    "subscription_id": lambda person: made(
        person, "notify", "/api/push/subscriptions", Browser("https://push.example.org").subscription()
    ),
    "webhook_id": lambda person: webhook_of(person),
    "delivery_id": lambda person: delivery_of(person),
    "session_id": lambda person: another_session(person),
    "token_id": lambda person: made(
        person, "accounts", "/api/tokens", {"name": secret_of(person), "scopes": ["tasks:read"]}
    ),
}


def secret_of(person: Person) -> str:
    return f"Secret of {person.id}"


def reminder_of(person: Person) -> dict[str, str]:
    """The same one in each of their tasks: ids of reminders are their task's."""
    return {"id": str(UUID(int=person.id.int ^ 1)), "kind": "absolute", "at": "2040-03-26T09:00:00"}


def made(person: Person, function: str, path: str, body: dict[str, Any]) -> str:
    answer = person.at(function).post(path, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def series_of(person: Person) -> str:
    repeats = {"title": secret_of(person), "recurrence": {"rule": "FREQ=DAILY"}}
    answer = person.at("tasks").post("/api/tasks", json=repeats)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["series"])


def webhook_of(person: Person) -> str:
    asked = {"url": "https://hooks.example.org/", "description": secret_of(person)}
    return made(person, "webhooks", "/api/webhooks", asked)


def delivery_of(person: Person) -> str:
    answer = person.at("webhooks").post(f"/api/webhooks/{webhook_of(person)}/ping")
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def activity_of(person: Person) -> str:
    answer = person.at("tasks").post("/api/tasks", json={"title": secret_of(person)})
    assert answer.status_code == 201, answer.text
    return answer.headers["taskora-activity"]


def another_session(person: Person) -> str:
    session_id = new_id()
    person.world.rows(
        "INSERT INTO sessions (user_id, id, token_hash, created_at, expires_at)"
        " VALUES (%s, %s, %s, now(), now() + interval '1 day')",
        person.id, session_id, token_hash(new_token(person.id)),
    )  # fmt: skip
    return str(session_id)


class Statements:
    """What functions ask PostgreSQL, as its log tells it; without what follows an answer, its events' publication."""

    BEGINS = re.compile(r"^\d{4}-.*?LOG:  execute \S+: ", re.MULTILINE)
    LINE = re.compile(r"^\d{4}-", re.MULTILINE)

    def __init__(self, log: Path) -> None:
        self._log = log

    def of(self, request: Callable[[], object]) -> list[str]:
        began = self._log.stat().st_size
        request()
        with self._log.open("rb") as log:
            log.seek(began)
            text = log.read().decode()
        found = [self.LINE.split(part)[0] for part in self.BEGINS.split(text)[1:]]
        asked = [" ".join(each.split()) for each in found]
        return sorted(each for each in asked if each not in AROUND and PUBLISHED not in each)


@pytest.fixture(scope="module")
def statements(world: World) -> Iterator[Statements]:
    world.rows("ALTER ROLE taskora_functions SET log_statement = 'all'")
    world.rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'taskora_functions'")
    yield Statements(world.postgres.log)
    world.rows("ALTER ROLE taskora_functions RESET log_statement")


def named(places: list[tuple[Operation, Place]]) -> list[Any]:
    return [pytest.param(operation, place, id=f"{operation} {place}") for operation, place in places]


FOUND = [(operation, place) for operation in api.operations() for place in operation.places()]
PLACES = named(FOUND)
PATHS = named([(operation, place) for operation, place in FOUND if place.where == "path"])


def own_things(person: Person, operation: Operation) -> dict[str, str]:
    return {kind: MAKERS[kind](person) for kind in operation.needs}


def kinds() -> set[str]:
    return {name for operation in api.operations() for name in operation.path_parameters}


def kinds_for(place: Place) -> list[str]:
    """In a path the name says what it is; elsewhere it may be anything."""
    return [place.name[0]] if place.where == "path" else sorted(MAKERS)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_it_is_known_here_how_to_make_each_kind(kind: str) -> None:
    assert kind in MAKERS, f"say in MAKERS how somebody comes to a {kind}"


@pytest.fixture
def another_mallory(world: World) -> Iterator[Mallory]:
    """Somebody new for each request: what was asked before makes no difference."""
    with ExitStack() as people:

        def comes() -> Person:
            person = Person(world, "Mallory")
            people.callback(person.leave)
            return person

        yield comes


@pytest.mark.parametrize(("operation", "place"), PLACES)
def test_somebody_elses_is_answered_as_what_never_was(
    operation: Operation, place: Place, alice: Person, another_mallory: Mallory
) -> None:
    def answer(id: str, alone: bool) -> httpx.Response:
        mallory = another_mallory()
        return operation.ask(mallory, own_things(mallory, operation), place, id, alone)

    theirs = {kind: MAKERS[kind](alice) for kind in kinds_for(place)}
    for alone in (False, True) if place.where == "body" else (False,):
        of_nothing = seen(answer(str(new_id()), alone))  # which is of no kind
        for kind, id in theirs.items():
            of_alices = answer(id, alone)

            assert seen(of_alices) == of_nothing, kind
            assert secret_of(alice) not in of_alices.text


@pytest.mark.parametrize(("operation", "place"), PLACES)
def test_somebody_elses_takes_the_same_work_as_what_never_was(
    operation: Operation, place: Place, alice: Person, another_mallory: Mallory, statements: Statements
) -> None:
    """Whoever measures the time learns nothing either."""

    def work(id: str) -> list[str]:
        mallory = another_mallory()
        own = own_things(mallory, operation)
        mallory.at("tasks").get("/api/tasks")  # from now on it is known who this is
        return statements.of(lambda: operation.ask(mallory, own, place, id))

    for_alices = work(MAKERS[kinds_for(place)[0]](alice))

    assert for_alices == work(str(new_id()))
    assert for_alices or place.where != "path"


@pytest.mark.parametrize(("operation", "place"), PATHS)
def test_and_ones_own_is_answered_otherwise(operation: Operation, place: Place, alice: Person) -> None:
    """Or the test before would see no difference where there is none to be seen."""
    own = own_things(alice, operation)

    of_ones_own = operation.ask(alice, own, place, MAKERS[place.name[0]](alice))

    assert of_ones_own.status_code != operation.ask(alice, own, place, str(new_id())).status_code
    assert of_ones_own.status_code < 500


@pytest.mark.parametrize("operation", [each for each in api.operations() if each.method == "get"], ids=str)
def test_nothing_of_somebody_else_is_in_what_one_reads(operation: Operation, alice: Person, mallory: Person) -> None:
    theirs = {kind: make(alice) for kind, make in MAKERS.items()}
    if operation.is_stream:
        return  # what a stream carries is tried where streams are

    answer = operation.ask(mallory, own_things(mallory, operation))

    assert not [kind for kind, id in theirs.items() if id in answer.text]
    assert str(alice.id) not in answer.text


def seen(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """All of an answer, but for what is new each time: ids, moments, keys of positions."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", answer.text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "MOMENT", text)
    text = re.sub(r'"position": ?"[^"]*"', "POSITION", text)
    return answer.status_code, text, sorted(answer.headers)
