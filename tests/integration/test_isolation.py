"""What is somebody else's is for everybody as if it were not: the same status, the same body, the same work.

Operations, and the places in them where an id may stand, are read from the API document: a new route is tried here
without being named. A new kind of id makes a test fail until it is said below how to make one.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from shared.sessions import new_token, token_hash
from tests import api
from tests.api import Operation, Place
from tests.people import Person
from tests.world import World

MARK = "Alice's own secret word: xylophone"

AROUND, PUBLISHED = {"BEGIN", "COMMIT", "ROLLBACK"}, "published_at"

MAKERS: dict[str, Callable[[Person], str]] = {
    "activity_id": lambda person: activity_of(person),
    "task_id": lambda person: made(person, "tasks", "/api/tasks", {"title": MARK}),
    "list_id": lambda person: made(person, "organize", "/api/lists", {"name": MARK}),
    "tag_id": lambda person: made(person, "organize", "/api/tags", {"name": f"{MARK} {new_id()}"}),
    "filter_id": lambda person: made(person, "organize", "/api/filters", {"name": MARK, "query": "today"}),
    "session_id": lambda person: another_session(person),
    "token_id": lambda person: made(person, "accounts", "/api/tokens", {"name": MARK, "scopes": ["tasks:read"]}),
}


def made(person: Person, function: str, path: str, body: dict[str, Any]) -> str:
    answer = person.at(function).post(path, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def activity_of(person: Person) -> str:
    answer = person.at("tasks").post("/api/tasks", json={"title": MARK})
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
    world.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'taskora_functions'")
    yield Statements(world.postgres.log)
    world.rows("ALTER ROLE taskora_functions RESET log_statement")


def named(places: list[tuple[Operation, Place]]) -> list[Any]:
    return [pytest.param(operation, place, id=f"{operation} {place}") for operation, place in places]


FOUND = [(operation, place) for operation in api.operations() for place in operation.places()]
PLACES = named(FOUND)
PATHS = named([(operation, place) for operation, place in FOUND if place.where == "path"])


def kinds() -> set[str]:
    return {name for operation in api.operations() for name in operation.path_parameters}


def kinds_for(place: Place) -> list[str]:
    """In a path the name says what it is; elsewhere it may be anything."""
    return [place.name[0]] if place.where == "path" else sorted(MAKERS)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_it_is_known_here_how_to_make_each_kind(kind: str) -> None:
    assert kind in MAKERS, f"say in MAKERS how somebody comes to a {kind}"


@pytest.mark.parametrize(("operation", "place"), PLACES)
def test_somebody_elses_is_answered_as_what_never_was(
    operation: Operation, place: Place, alice: Person, mallory: Person
) -> None:
    for kind in kinds_for(place):
        theirs = MAKERS[kind](alice)
        others = {name: MAKERS[name](mallory) for name in operation.path_parameters}

        of_alices = operation.ask(mallory, others, place, theirs)
        of_nothing = operation.ask(mallory, others, place, str(new_id()))

        assert seen(of_alices) == seen(of_nothing), kind
        assert MARK not in of_alices.text


@pytest.mark.parametrize(("operation", "place"), PLACES)
def test_somebody_elses_takes_the_same_work_as_what_never_was(
    operation: Operation, place: Place, alice: Person, mallory: Person, statements: Statements
) -> None:
    """Whoever measures the time learns nothing either."""
    kind = kinds_for(place)[0]
    theirs = MAKERS[kind](alice)
    others = {name: MAKERS[name](mallory) for name in operation.path_parameters}
    operation.ask(mallory, others, place, str(new_id()))  # from now on it is known who Mallory is

    for_alices = statements.of(lambda: operation.ask(mallory, others, place, theirs))
    for_nothing = statements.of(lambda: operation.ask(mallory, others, place, str(new_id())))

    assert for_alices == for_nothing
    assert for_alices or place.where != "path"


@pytest.mark.parametrize(("operation", "place"), PATHS)
def test_and_ones_own_is_answered_otherwise(operation: Operation, place: Place, alice: Person) -> None:
    """Or the test before would see no difference where there is none to be seen."""
    own = MAKERS[place.name[0]](alice)
    others = {name: MAKERS[name](alice) for name in operation.path_parameters}

    of_ones_own = operation.ask(alice, others, place, own)

    assert of_ones_own.status_code != operation.ask(alice, others, place, str(new_id())).status_code
    assert of_ones_own.status_code < 500


@pytest.mark.parametrize("operation", [each for each in api.operations() if each.method == "get"], ids=str)
def test_nothing_of_somebody_else_is_in_what_one_reads(operation: Operation, alice: Person, mallory: Person) -> None:
    theirs = {kind: make(alice) for kind, make in MAKERS.items()}
    own = {kind: make(mallory) for kind, make in MAKERS.items()}
    if operation.is_stream:
        return  # what a stream carries is tried where streams are

    answer = operation.ask(mallory, own)

    assert not [kind for kind, id in theirs.items() if id in answer.text]
    assert str(alice.id) not in answer.text


def seen(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """All of an answer, but for what is new each time: ids, moments, keys of positions."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", answer.text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "MOMENT", text)
    text = re.sub(r'"position": ?"[^"]*"', "POSITION", text)
    return answer.status_code, text, sorted(answer.headers)
