"""Everybody sees changes of their own and no others, and only events of ours ring."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from shared.envelope import Envelope
from shared.ids import new_id
from tests.happenings import deliver, happen, hears, opened, signed
from tests.people import Person
from tests.streams import Page, Refused
from tests.world import Function, World, eventually


def test_every_page_of_a_person_sees_it_and_nobody_elses_does(
    alice: Person, mallory: Person, by_bell: Function
) -> None:
    with (
        opened(alice, by_bell) as one,
        opened(alice, by_bell) as two,
        opened(mallory, by_bell, query="?since=0") as spy,
    ):
        [event] = happen(alice)
        deliver(event, by_bell)
        one.until_number(1)
        two.until_number(1)
        [own] = happen(mallory)
        deliver(own, by_bell)
        spy.until_number(1)

    assert [change["id"] for change in one.changes] == [change["id"] for change in two.changes] == [event.id]
    assert [change["id"] for change in spy.changes] == [own.id]


def test_of_what_two_do_at_the_same_moment_each_sees_their_own(
    alice: Person, mallory: Person, by_bell: Function
) -> None:
    with opened(alice, by_bell) as hers, opened(mallory, by_bell) as theirs, ThreadPoolExecutor(8) as at_once:
        created = {
            person.name: [at_once.submit(person.has_task, person.name) for _ in range(20)]
            for person in (alice, mallory)
        }
        tasks = {name: {task.result()["id"] for task in each} for name, each in created.items()}
        for person in (alice, mallory):
            deliver(happen(person)[0], by_bell)
        for page in (hers, theirs):
            page.until_number(21)

    for person, page in ((alice, hers), (mallory, theirs)):
        asked = person.at("sync").get("/api/changes", params={"since": 0}).json()["items"]
        assert page.numbers == list(range(1, 22))
        assert page.changes == asked
        assert {change["task"]["id"] for change in page.changes[:-1]} == tasks[person.name]


def test_what_is_read_for_many_at_once_goes_to_whose_it_is(alice: Person, mallory: Person, by_heads: Function) -> None:
    with opened(alice, by_heads) as hers, opened(mallory, by_heads) as theirs:
        for number in range(1, 6):  # one look finds both
            alices, mallorys = happen(alice), happen(mallory)
            hers.until_number(number)
            theirs.until_number(number)
            assert hers.changes[-1]["id"] == alices[0].id
            assert theirs.changes[-1]["id"] == mallorys[0].id


def test_no_number_and_no_name_of_another_shows_what_is_anothers(
    alice: Person, mallory: Person, by_bell: Function
) -> None:
    alices = {event.id for event in happen(alice, 5)}
    mallorys = {event.id for event in happen(mallory, 3)}
    named = f"user_id={alice.id}&user={alice.id}&subject=user/{alice.id}&key={alice.id}"

    for number in (0, 2, 5):
        with opened(mallory, by_bell, number, f"?since={number}&{named}") as page:
            if number > 3:
                page.until_named("resync")
            else:
                page.until(lambda many=3 - number: len(page.numbers) == many, "it is told")  # type: ignore[misc]
        told = {change["id"] for change in page.changes}
        assert page.numbers == list(range(number + 1, 4))
        assert told <= mallorys
        assert (page.named("resync") != []) == (number > 3)
        asked = mallory.at("sync").get(
            f"/api/changes?since={number}&{named}", headers={"ce-partitionkey": str(alice.id)}
        )
        assert not alices & {change["id"] for change in asked.json()["items"]}


def test_a_bell_says_nothing_but_that_there_may_be_something(alice: Person, mallory: Person, by_bell: Function) -> None:
    """Whoever could ring it, with whatever: what is told is read from the database."""
    with opened(alice, by_bell) as page, redis.Redis.from_url(alice.world.valkey.url) as client:
        eventually(lambda: hears(alice.world.valkey, alice), "her bell is heard")
        for said in (b"", b"\xff\x00", b'{"sequence": 7}', f"bell:{mallory.id}".encode()):
            assert client.publish(f"bell:{alice.id}", said) == 1
            client.publish(f"bell:{mallory.id}", said)
        happen(mallory)
        client.publish(f"bell:{mallory.id}", "")
        [event] = happen(alice)
        client.publish(f"bell:{alice.id}", "")
        page.until_number(1)

    assert [frame.event for frame in page.frames] == ["hello", "message"]
    assert page.changes[0]["id"] == event.id


@pytest.mark.parametrize(
    ("scope", "until", "status"),
    [
        ("tasks:read", None, 403), ("tasks:write", None, 403), ("profile:read", None, 403),
        ("activity:read", "now() - interval '1 second'", 401), ("activity:read", "now() + interval '1 day'", 200),
    ],
)  # fmt: skip
def test_a_program_listens_with_a_token_for_that_which_is_still_good(
    alice: Person, sync: Function, scope: str, until: str | None, status: int
) -> None:
    asked = {"name": "program", "scopes": [scope]}
    made = alice.at("accounts").post("/api/tokens", json=asked).json()
    if until:
        alice.world.rows(f"UPDATE tokens SET expires_at = {until} WHERE id = %s", made["id"])  # noqa: S608

    if status == 200:
        with Page(sync.url, made["token"]):
            pass
    else:
        with pytest.raises(Refused, match=str(status)):
            Page(sync.url, made["token"])


@pytest.mark.parametrize("last_event_id", [99, 2**63 - 1, 10**30, "yesterday", "-1", "٣"])
def test_a_number_that_never_was_is_answered_by_loading_anew(
    alice: Person, sync: Function, last_event_id: object
) -> None:
    happen(alice, 3)

    with opened(alice, sync, str(last_event_id).encode().decode("latin-1")) as page:
        page.until(lambda: page.named("resync") == [{"head": 3}], "it is told to load everything anew")

    assert page.numbers == []


def test_events_of_another_make_ring_nobody(alice: Person, world: World, sync: Function) -> None:
    [event] = happen(alice)
    forged = signed(world, event.type, event.data, event.id, key="a guess", **without_signature(event))
    unsigned = Envelope(event.id, event.source, event.type, without_signature(event), event.data)
    altered = Envelope(event.id, event.source, event.type, event.attributes, event.data + b" ")
    anothers = event.attributes | {"partitionkey": str(new_id())}
    moved = Envelope(event.id, event.source, event.type, anothers, event.data)

    with redis.Redis.from_url(world.valkey.url) as client, client.pubsub() as ear:
        ear.psubscribe("bell:*")
        assert ear.get_message(timeout=5)
        answers = [deliver(each, sync) for each in (forged, unsigned, altered, moved)]
        assert deliver(event, sync) == 204
        heard = ear.get_message(timeout=5)
        more = ear.get_message(timeout=0)

    assert answers == [422, 422, 422, 422]
    assert heard
    assert heard["channel"] == f"bell:{alice.id}".encode()
    assert more is None


def without_signature(event: Envelope) -> dict[str, str]:
    return {name: value for name, value in event.attributes.items() if name != "signature"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"{}"),
        ({"content-type": "application/cloudevents+json"}, b'{"specversion":"1.0","id":"1","source":"/","type":"x"}'),
        ({"ce-specversion": "0.3", "ce-id": "1", "ce-source": "/", "ce-type": "task.created"}, b"{}"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-type": "task.created"}, b"{}"),
        ({"ce-specversion": "1.0", "ce-id": "1", "ce-source": "/", "ce-type": "task.created"}, b"\xff\x00"),
    ],
)
def test_what_is_no_event_of_ours_is_unreadable(sync: Function, headers: dict[str, str], body: bytes) -> None:
    with sync.client() as trigger:
        assert trigger.post("/events", headers=headers, content=body).status_code == 422


def test_an_event_with_a_number_and_no_person_is_unreadable(world: World, sync: Function) -> None:
    event = signed(world, "task.created", b"{}", sequence="1", partitionkey="nobody")

    assert deliver(event, sync) == 422


def test_a_type_that_sync_does_not_know_is_as_good_as_any(alice: Person, world: World, by_bell: Function) -> None:
    with opened(alice, by_bell) as page:
        happen(alice)
        event = signed(world, "chat.message", b"{}", sequence="1", partitionkey=str(alice.id))
        assert deliver(event, by_bell) == 204
        page.until_number(1)

    assert deliver(signed(world, "system.started", b"{}"), by_bell) == 204


def test_without_a_session_there_is_nothing_to_see(world: World, sync: Function) -> None:
    with sync.client() as nobody:
        assert nobody.get("/api/changes").status_code == 401
        assert nobody.get("/api/events/stream").status_code == 401
        nobody.cookies.set("session", "x" * 60)
        assert nobody.get("/api/events/stream").status_code == 401


@pytest.mark.parametrize("since", ["x", "-1", str(2**63)])
def test_a_stream_since_what_is_no_number_is_refused(alice: Person, since: str) -> None:
    assert alice.at("sync").get(f"/api/events/stream?since={since}").status_code == 422
