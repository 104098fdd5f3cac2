"""A browser has one cookie for all its tabs. What a page asks in one person's name is not done in another's."""

from typing import Any

import httpx
import pytest

from shared.ids import new_id
from tests import api
from tests.api import Operation
from tests.newcomers import browser
from tests.people import Person
from tests.world import World

SIGNED_IN = [each for each in api.operations() if each.said["security"]]


def ask(person: Person, operation: Operation, meant: object) -> httpx.Response:
    address = operation.path
    for name in operation.path_parameters:
        address = address.replace(f"{{{name}}}", str(new_id()))
    headers = {"if-user": str(meant)}
    return person.at(operation.function).request(operation.method, address, headers=headers, json=operation.body)


@pytest.mark.parametrize("operation", SIGNED_IN, ids=str)
def test_whoever_means_another_is_refused_and_nothing_happens(
    operation: Operation, alice: Person, mallory: Person
) -> None:
    answer = ask(mallory, operation, meant=alice.id)

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/OtherPerson")
    assert str(mallory.id) not in answer.text
    assert alice.events() == mallory.events() == []


def test_what_alice_left_to_send_is_not_done_as_mallory_and_is_done_once_she_is_back(
    alice: Person, mallory: Person
) -> None:
    tasks, left = mallory.at("tasks"), new_id()
    asked: dict[str, Any] = {
        "headers": {"if-user": str(alice.id), "idempotency-key": str(left)},
        "json": {"id": str(left), "title": "Only mine"},
    }
    refused = tasks.post("/api/tasks", **asked)
    tasks.cookies.set("session", alice.token)  # she has logged in again, in the same browser

    done = tasks.post("/api/tasks", **asked)

    assert (refused.status_code, done.status_code) == (401, 201)
    assert mallory.events() == []
    assert [subject for _, _, subject in alice.events()] == [f"task/{left}"]


@pytest.mark.parametrize("written", [str, lambda id: str(id).upper()])
def test_whoever_is_meant_is_served(alice: Person, written: Any) -> None:
    answer = alice.at("accounts").get("/api/me", headers={"if-user": written(alice.id)})

    assert answer.json()["id"] == str(alice.id)


@pytest.mark.parametrize("meant", [b"", b"me", "\u00fc".encode(), b"0" * 5000])
def test_what_is_nobodys_id_means_nobody_who_is_here(alice: Person, meant: bytes) -> None:
    answer = alice.at("accounts").get("/api/me", headers={b"if-user": meant})

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/OtherPerson")


def test_without_any_session_it_is_only_said_to_log_in(alice: Person, world: World) -> None:
    with browser(world.function("accounts")) as stranger:
        answer = stranger.get("/api/me", headers={"if-user": str(alice.id)})

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/SignInRequired")


def test_a_token_has_a_person_too(alice: Person, mallory: Person) -> None:
    made = mallory.at("accounts").post("/api/tokens", json={"name": "Mine", "scopes": ["tasks:read"]}).json()
    by_token = {"authorization": f"Bearer {made['token']}"}

    def status(meant: Person) -> int:
        return alice.at("tasks").get("/api/tasks", headers=by_token | {"if-user": str(meant.id)}).status_code

    assert (status(alice), status(mallory)) == (401, 200)
