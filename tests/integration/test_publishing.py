"""What becomes of events on their way out of a function."""

import json
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest

from tests.deliveries import Delivery
from tests.people import Person
from tests.world import Door, Posted, World, eventually

HEAVY = ["й" * 50_000, '"' * 50_000, "\n" * 50_000, "\x01" * 16_666, "a" * 100_000]


@pytest.mark.parametrize("notes", HEAVY, ids=["two bytes each", "quotes", "line breaks", "control characters", "plain"])
def test_the_largest_change_there_may_be_is_an_event_that_everybody_takes(
    notes: str, alice: Person, door: Door, world: World
) -> None:
    task = alice.has_task("t" * 500, notes=notes)
    other = notes[:-1] + "b"

    changed = alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"notes": other})

    assert changed.status_code == 200, changed.text
    subject = f"task/{task['id']}"
    eventually(lambda: door.about(subject) == ["task.created", "task.updated"], "the broker has both events")
    [event] = [each for each in door.posted if each.subject == subject and each.type == "task.updated"]
    assert len(event.data) < 512_000
    taken = Delivery({name: value for name, value in event.headers.items() if name != "host"}, event.data)
    assert taken.to(world.function("audit")).status_code == 204


@pytest.mark.parametrize("notes", ["a" * 100_001, '"' * 50_001, "\x01" * 16_667])
def test_notes_that_would_be_larger_are_refused(notes: str, alice: Person) -> None:
    answer = alice.at("tasks").post("/api/tasks", json={"title": "Heavy", "notes": notes})

    assert answer.status_code == 422
    assert "notes" in answer.json()["detail"]


def test_what_is_logged_in_the_background_names_nobody(
    alice: Person, mallory: Person, door: Door, world: World
) -> None:
    own = world.start("tasks")
    with own.client(**alice_at_home(alice)) as alices, own.client(**alice_at_home(mallory)) as mallorys:
        assert alices.post("/api/tasks", json={"title": "First"}).status_code == 201
        eventually(lambda: published(world, alice) == [(None, True)], "the publisher has begun with hers")
        door.answers = 503

        assert mallorys.post("/api/tasks", json={"title": "Second"}).status_code == 201

        eventually(lambda: any("events of a topic wait" in line for line in own.lines()), "it says that events wait")
    for line in own.lines():
        if "events of a topic wait" in line:
            assert not {"user_id", "request_id"} & json.loads(line).keys()


def alice_at_home(person: Person) -> dict[str, str]:
    return {
        "origin": "https://taskora.test",
        "x-forwarded-host": "taskora.test",
        "cookie": f"session={person.token}",
    }


def test_an_interim_answer_of_the_broker_is_not_its_answer(alice: Person, world: World) -> None:
    with early_hints_and_then_yes() as url:
        own = world.start("tasks", BROKER_INGRESS_URL=url)
        with own.client(**alice_at_home(alice)) as client:
            assert client.post("/api/tasks", json={"title": "Not there yet"}).status_code == 201

        eventually(lambda: published(world, alice) == [(None, True)], "the event is published")


def published(world: World, person: Person) -> list[tuple[object, ...]]:
    return world.rows(
        "SELECT attempts, outbox IS NULL FROM events LEFT JOIN outbox USING (user_id, sequence) WHERE user_id = %s",
        person.id,
    )


class early_hints_and_then_yes:  # noqa: N801  read as a sentence
    def __enter__(self) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                self.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
                threading.Event().wait(0.3)  # so that the answer does not come in one piece with it
                self.wfile.write(b"HTTP/1.1 202 Yes\r\ncontent-length: 0\r\n\r\n")

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/taskora"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_a_broker_that_takes_its_time_is_asked_through_several_connections(alice: Person, world: World) -> None:
    with closing(SlowDoor()) as broker:
        own = world.start("tasks", BROKER_INGRESS_URL=broker.url)
        with own.client(**alice_at_home(alice)) as client:
            for number in range(20):
                assert client.post("/api/tasks", json={"title": f"Task {number}"}).status_code == 201
            broker.opened.set()

        eventually(lambda: published(world, alice) == [(None, True)] * 20, "all are published")
    assert broker.together.is_set()


class SlowDoor(Door):
    """Answers nothing before it is `opened`, and then not before there are two at once."""

    def __init__(self) -> None:
        super().__init__()
        self.opened.clear()
        self.together = threading.Event()
        self._inside: set[int] = set()

    def answer(self, event: Posted) -> int:
        self._inside.add(threading.get_ident())
        self.opened.wait()
        if event.headers["ce-sequence"] != "1":  # the first one is alone
            if len(self._inside) > 1:
                self.together.set()
            self.together.wait(5)
        self._inside.discard(threading.get_ident())
        return 202


def test_while_some_are_marked_as_published_the_next_are_on_their_way(
    alice: Person, mallory: Person, world: World
) -> None:
    with closing(Door()) as broker, psycopg.connect(world.owner_url) as holder:
        broker.opened.clear()
        own = world.start("tasks", BROKER_INGRESS_URL=broker.url)
        for person in (alice, mallory):
            with own.client(**alice_at_home(person)) as client:
                task = client.post("/api/tasks", json={"title": "Buy milk"}).json()
            if person is alice:
                holder.execute("SELECT FROM outbox WHERE user_id = %s FOR UPDATE", [alice.id])
                broker.opened.set()
                eventually(lambda: world.waiting_for_locks() == 1, "alice's event is about to be marked")

        eventually(lambda: broker.about(f"task/{task['id']}"), "mallory's event is published meanwhile", within=5)
        holder.rollback()
        for person in (alice, mallory):
            eventually(lambda person=person: published(world, person) == [(None, True)], "both are marked")  # type: ignore[misc]


def test_an_idempotency_key_is_free_again_after_a_day(alice: Person, world: World) -> None:
    browser, key = alice.at("tasks"), {"idempotency-key": "the-same-key"}
    first = browser.post("/api/tasks", json={"title": "Yesterday"}, headers=key).json()
    world.rows("UPDATE answers SET given_at = now() - interval '25 hours' WHERE user_id = %s", alice.id)

    second = browser.post("/api/tasks", json={"title": "Today"}, headers=key)
    again = browser.post("/api/tasks", json={"title": "Today"}, headers=key)

    assert second.status_code == 201
    assert second.json()["id"] != first["id"]
    assert again.json() == second.json()
