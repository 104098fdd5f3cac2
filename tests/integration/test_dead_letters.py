"""The operator's command: see what could not be delivered, and have it delivered again."""

import os
import subprocess
import sys

import pytest

from shared.ids import new_id
from tests.people import Person
from tests.world import ROOT, World


@pytest.fixture
def world(quiet_world: World) -> World:
    quiet_world.rows("TRUNCATE users, tasks, events, outbox, answers, dead_letters CASCADE")
    return quiet_world


def dead_letters(world: World, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """As in a pod or a shell: it needs the database's address and nothing else."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": world.environment["DATABASE_URL"]} | changed
    command = [sys.executable, "-m", "functions.relay.dead_letters", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def said(world: World, *words: str) -> str:
    ran = dead_letters(world, *words)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout


def has_letter(
    world: World, reason: str = "422: no", *, transient: bool = False, due_in: str = "0", delivered: bool = False
) -> str:
    letter_id = str(new_id())
    world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, attempts,"
        " next_attempt_at, delivered_at) VALUES ('/taskora/tasks', %s, 'audit', 'task.updated', %s, %s, %s, %s, 3,"
        " now() + %s::interval, CASE WHEN %s THEN now() END)",
        letter_id, '{"ce-subject": "task/1"}', '{"task":"Café"}'.encode(), reason, transient, due_in, delivered,
    )  # fmt: skip
    return letter_id


def has_refused_event(person: Person) -> str:
    person.world.rows("UPDATE counters SET value = 1 WHERE user_id = %s", person.id)
    [(event_id,)] = person.world.rows(
        "WITH refused AS (INSERT INTO outbox (user_id, sequence, attempts, next_attempt_at, refusal)"
        " VALUES (%s, 1, 1, now(), 'the broker answered 413'))"
        " INSERT INTO events (user_id, sequence, id, topic, type, source, subject, data, happened_at) VALUES (%s, 1,"
        " gen_random_uuid(), 'task-events', 'task.created', '/taskora/tasks', 'task/1', '{}', now()) RETURNING id",
        person.id,
        person.id,
    )
    return str(event_id)


def due(world: World) -> set[str]:
    """What relay will deliver."""
    rows = world.rows(
        "SELECT id FROM dead_letters WHERE transient AND delivered_at IS NULL AND next_attempt_at <= now()"
        " UNION ALL SELECT id::text FROM events JOIN outbox USING (user_id, sequence) WHERE refusal IS NULL"
        " AND next_attempt_at <= now()"
    )
    return {str(letter_id) for (letter_id,) in rows}


def test_the_list_shows_what_waits_for_an_operator(world: World, alice: Person) -> None:
    waiting = has_letter(world, "422: It is not signed by this Taskora.\nand more")
    refused = has_refused_event(alice)
    tried_again = has_letter(world, transient=True)
    delivered = has_letter(world, delivered=True)

    listed = said(world, "list")
    assert "422: It is not signed by this Taskora." in line_of(waiting, listed)
    assert "the broker answered 413" in line_of(refused, listed)
    assert tried_again not in listed
    assert delivered not in listed

    everything = said(world, "list", "--all")
    assert "tried again" in line_of(tried_again, everything)
    assert "delivered" in line_of(delivered, everything)
    assert waiting in everything


def line_of(letter_id: str, table: str) -> str:
    [line] = [line for line in table.splitlines() if letter_id in line]
    return line


def test_an_empty_list_says_so(world: World) -> None:
    assert said(world, "list") == "No dead letters.\n"


def test_one_dead_letter_is_shown_whole(world: World, alice: Person) -> None:
    letter = has_letter(world, "500: first\nsecond")
    refused = has_refused_event(alice)

    shown = said(world, "show", letter)
    assert "500: first\nsecond" in shown
    assert '"ce-subject": "task/1"' in shown
    assert '{"task":"Café"}' in shown

    assert "the broker answered 413" in said(world, "show", refused)


def test_what_is_replayed_is_due_and_relays_again(world: World, alice: Person) -> None:
    letter, other = has_letter(world), has_letter(world)
    refused = has_refused_event(alice)

    assert "2 due" in said(world, "replay", letter, refused)

    assert due(world) == {letter, refused}
    assert world.rows("SELECT attempts FROM dead_letters WHERE id = %s", letter) == [(0,)]
    assert other in said(world, "list")


def test_everything_of_one_reason_is_replayed(world: World) -> None:
    unsigned = has_letter(world, "422: It is not SIGNED by this Taskora.")
    has_letter(world, "422: It is not a CloudEvent.")

    assert "1 due" in said(world, "replay", "--reason", "not signed")

    assert due(world) == {unsigned}


def test_everything_that_waits_is_replayed(world: World, alice: Person) -> None:
    letters = {has_letter(world), has_letter(world), has_refused_event(alice)}

    assert "3 due" in said(world, "replay", "--all")

    assert due(world) == letters


def test_what_was_delivered_or_is_in_relays_hands_is_not_given_to_it_twice(world: World) -> None:
    has_letter(world, delivered=True)
    in_hand = has_letter(world, transient=True, due_in="25 seconds")
    pausing = has_letter(world, transient=True, due_in="20 minutes")

    assert "1 due" in said(world, "replay", "--all")

    assert due(world) == {pausing}
    assert in_hand not in due(world)
    assert "0 due" in said(world, "replay", "--all")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["show", "nothing"], "There is no dead letter with this id."),
        (["replay"], "one of the arguments"),
        (["replay", "--all", "--reason", "x"], "not allowed with"),
        ([], "required"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(world: World, words: list[str], complaint: str) -> None:
    ran = dead_letters(world, *words)

    assert ran.returncode != 0
    assert complaint in ran.stderr.splitlines()[-1]


def test_a_missing_or_wrong_address_is_said_in_a_line(world: World) -> None:
    missing = dead_letters(world, "list", DATABASE_URL="")
    wrong = dead_letters(world, "list", DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing")

    assert missing.stderr == "DATABASE_URL is not set.\n"
    assert wrong.stderr.startswith("The database cannot be reached: ")
    assert "Traceback" not in wrong.stderr
