"""The operator's command: see what could not be delivered, and have it delivered again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from shared.ids import new_id
from tests.happenings import said_of
from tests.operators import dead_letters, told
from tests.people import Person
from tests.world import ROOT, World, eventually


@pytest.fixture
def world(nothing_waits: World) -> World:
    return nothing_waits


def has_letter(
    world: World, reason: str = "422: no", *, to: str = "audit", type: str = "task.updated", id: str | None = None,
    data: bytes = '{"task":"Café"}'.encode(), transient: bool = False, due_in: str = "0", delivered: bool = False,
) -> str:  # fmt: skip
    letter_id = id or str(new_id())
    world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, attempts,"
        " next_attempt_at, delivered_at) VALUES ('/taskora/tasks', %s, %s, %s, %s, %s, %s, %s, 3,"
        " now() + %s::interval, CASE WHEN %s THEN now() END)",
        letter_id, to, type, '{"ce-subject": "task/1"}', data, reason, transient, due_in, delivered,
    )  # fmt: skip
    return letter_id


def has_many(world: World, number: int) -> None:
    """Each with as much data as there often is."""
    world.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at)"
        " SELECT '/taskora/tasks', gen_random_uuid()::text, 'audit', 'task.updated', '{}',"
        "        convert_to(repeat('x', 10000), 'UTF8'), '422: no', false, now() FROM generate_series(1, %s)",
        number,
    )


def has_refused_event(person: Person) -> str:
    person.world.rows("UPDATE counters SET value = 1 WHERE user_id = %s", person.id)
    [(event_id,)] = person.world.rows(
        "WITH refused AS (INSERT INTO outbox (user_id, sequence, attempts, next_attempt_at, refusal)"
        " VALUES (%s, 1, 1, now(), 'the broker answered 413'))"
        " INSERT INTO events (user_id, sequence, id, topic, type, source, subject, data, happened_at) VALUES (%s, 1,"
        " gen_random_uuid(), 'task-events', 'task.created', '/taskora/tasks', 'task/1', %s, now()) RETURNING id",
        person.id,
        person.id,
        said_of("task.created"),
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

    listed = told(world, "list")
    assert "422: It is not signed by this Taskora." in line_of(waiting, listed)
    assert "the broker answered 413" in line_of(refused, listed)
    assert tried_again not in listed
    assert delivered not in listed

    everything = told(world, "list", "--all", "--limit", "4")
    assert "tried again" in line_of(tried_again, everything)
    assert "delivered" in line_of(delivered, everything)
    assert waiting in everything


def line_of(letter_id: str, table: str) -> str:
    [line] = [line for line in table.splitlines() if letter_id in line]
    return line


def test_an_empty_list_says_so(world: World) -> None:
    assert told(world, "list") == "No dead letters.\n"


def test_one_dead_letter_is_shown_whole(world: World, alice: Person) -> None:
    letter = has_letter(world, "500: first\nsecond")
    refused = has_refused_event(alice)

    shown = told(world, "show", letter)
    assert "500: first\nsecond" in shown
    assert '"ce-subject": "task/1"' in shown
    assert '{"task":"Café"}' in shown

    assert "the broker answered 413" in told(world, "show", refused)


def test_what_is_replayed_is_due_and_relays_again(world: World, alice: Person) -> None:
    letter, other = has_letter(world), has_letter(world)
    refused = has_refused_event(alice)

    assert "2 due" in told(world, "replay", letter, refused)

    assert due(world) == {letter, refused}
    assert world.rows("SELECT attempts FROM dead_letters WHERE id = %s", letter) == [(0,)]
    assert other in told(world, "list")


def test_everything_of_one_reason_is_replayed(world: World) -> None:
    unsigned = has_letter(world, "422: It is not SIGNED by this Taskora.")
    has_letter(world, "422: It is not a CloudEvent.")

    assert "1 due" in told(world, "replay", "--reason", "not signed")

    assert due(world) == {unsigned}


def test_everything_that_waits_is_replayed(world: World, alice: Person) -> None:
    letters = {has_letter(world), has_letter(world), has_refused_event(alice)}

    assert "3 due" in told(world, "replay", "--all")

    assert due(world) == letters


def test_what_was_delivered_or_is_in_relays_hands_is_not_given_to_it_twice(world: World) -> None:
    has_letter(world, delivered=True)
    in_hand = has_letter(world, transient=True, due_in="25 seconds")
    pausing = has_letter(world, transient=True, due_in="20 minutes")

    assert "1 due" in told(world, "replay", "--all")

    assert due(world) == {pausing}
    assert in_hand not in due(world)
    assert "0 due" in told(world, "replay", "--all")


@pytest.mark.parametrize("reason", ["100%", "a_b", "it's", 'say "no"', "back\\slash", "%s", ".*"])
def test_a_reason_is_taken_as_it_is_written(world: World, reason: str) -> None:
    meant = has_letter(world, f"422: {reason}, it said")
    has_letter(world, "422: 100 axb its say no backslash s . it said")

    assert "1 due" in told(world, "replay", "--reason", reason)

    assert due(world) == {meant}


def test_letters_are_chosen_by_function_and_type_too(world: World, alice: Person) -> None:
    meant = has_letter(world, to="sync", type="task.created")
    others = has_letter(world, to="sync"), has_letter(world, type="task.created")
    refused = has_refused_event(alice)

    listed = told(world, "list", "--subscriber", "sync", "--type", "task.created")
    assert meant in listed
    assert not [letter for letter in (*others, refused) if letter in listed]
    assert "1 due" in told(world, "replay", "--subscriber", "sync", "--type", "task.created")
    assert due(world) == {meant}

    assert "1 due" in told(world, "replay", "--subscriber", "broker")
    assert due(world) == {meant, refused}


def test_one_that_died_at_two_functions_is_replayed_to_the_one_that_is_named(world: World) -> None:
    letter = has_letter(world, to="audit")
    has_letter(world, to="sync", id=letter)

    assert "1 due" in told(world, "replay", letter, "--subscriber", "sync")

    assert world.rows("SELECT subscriber FROM dead_letters WHERE transient") == [("sync",)]


def test_one_that_was_delivered_is_not_replayed_and_the_command_says_so(world: World) -> None:
    delivered, soon, unknown = has_letter(world, delivered=True), has_letter(world, transient=True, due_in="9 s"), "x"

    ran = dead_letters(world, "replay", delivered, soon, unknown)

    assert f"{delivered} to audit was delivered at 20" in ran.stdout
    assert f"{soon} to audit is tried again at 20" in ran.stdout
    assert "0 due" in ran.stdout
    assert (ran.returncode, ran.stderr) == (1, "There is no dead letter x.\n")
    assert due(world) == set()


def test_programs_get_a_line_of_json_for_each(world: World, alice: Person) -> None:
    letter, refused = has_letter(world, "500: first\nsecond"), has_refused_event(alice)
    binary = has_letter(world, data=b"\xff\x00")
    delivered = has_letter(world, delivered=True)

    listed = lines_of(world, "list", "--all")
    assert [line["id"] for line in listed] == [letter, refused, binary, delivered]
    assert (listed[0]["state"], listed[0]["reason"], listed[0]["attempts"]) == ("waits", "500: first\nsecond", 3)

    [shown] = lines_of(world, "show", letter)
    assert (shown["headers"], shown["data"]) == ({"ce-subject": "task/1"}, '{"task":"Café"}')
    assert {"data", "headers"} <= lines_of(world, "show", refused)[0].keys()
    assert lines_of(world, "show", binary)[0]["data_base64"] == "/wA="

    assert lines_of(world, "replay", letter, delivered) == [
        {"id": letter, "subscriber": "audit", "outcome": "due"},
        {"id": delivered, "subscriber": "audit", "outcome": "delivered"},
    ]


def lines_of(world: World, *words: str) -> list[Any]:
    return [json.loads(line) for line in told(world, *words, "--json").splitlines()]


def test_very_many_are_counted_by_what_they_have_in_common(world: World, alice: Person) -> None:
    has_many(world, 300)
    for number in range(3):
        has_letter(world, f"503: away\nfor the {number}th time", to="sync", transient=True)
    has_refused_event(alice)
    has_letter(world, delivered=True)

    counted = lines_of(world, "reasons")
    assert [(line["letters"], line["subscriber"], line["state"], line["reason"]) for line in counted] == [
        (300, "audit", "waits", "422: no"),
        (3, "sync", "tried again", "503: away"),
        (1, "broker", "waits", "the broker answered 413"),
    ]

    listed = told(world, "list", "--limit", "2").splitlines()
    assert len(listed) == 4
    assert listed[-1] == "There are more. --limit shows them, `reasons` counts them."


def test_ten_thousand_are_replayed_in_the_memory_of_a_few(world: World) -> None:
    has_many(world, 1)
    few = memory_of(world, "replay", "--all")
    has_many(world, 10_000)

    assert memory_of(world, "replay", "--all") < few + 8_000

    assert len(due(world)) == 10_001


def memory_of(world: World, *words: str) -> int:
    """At most, in kB."""
    with begun(world, *words) as command, (world.folder / "said").open("w") as said:
        assert command.stdout is not None
        shutil.copyfileobj(command.stdout, said)
        _, status, usage = os.wait4(command.pid, 0)
        command.returncode = os.waitstatus_to_exitcode(status)
    assert command.returncode == 0
    return usage.ru_maxrss


@contextmanager
def begun(world: World, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Nobody reads what it says until the test does, so it stops when the pipe is full."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": world.environment["DATABASE_URL"]}
    command = [sys.executable, "-m", "functions.relay.dead_letters", *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()


def test_a_replay_that_dies_half_way_holds_nothing_and_is_finished_by_the_next(world: World) -> None:
    has_many(world, 10_000)
    with begun(world, "replay", "--all") as command:
        eventually(lambda: due(world), "it is half way")
        eventually(lambda: ("idle",) in states(world), "it waits for somebody to read, and in no transaction")
        command.kill()
    eventually(lambda: not states(world), "it is gone")
    done = len(due(world))

    assert 0 < done < 10_000
    assert f"{10_000 - done} due" in told(world, "replay", "--all")
    assert len(due(world)) == 10_000


def states(world: World) -> list[tuple[object, ...]]:
    """Of the connections that replay."""
    return world.rows(
        "SELECT state FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()", "%replayed AS (%"
    )


def test_two_operators_at_once_replay_each_once(world: World) -> None:
    has_many(world, 5_000)
    with (
        begun(world, "replay", "--all", "--json") as first,
        begun(world, "replay", "--all", "--json") as second,
        ThreadPoolExecutor(2) as readers,
    ):
        heard = list(readers.map(lambda command: command.communicate(timeout=60)[0], (first, second)))

    replayed = [json.loads(line)["id"] for lines in heard for line in lines.splitlines()]
    assert len(replayed) == len(set(replayed)) == 5_000


def test_what_somebody_else_has_in_hand_is_neither_waited_for_nor_replayed(world: World, alice: Person) -> None:
    letter, free, refused = has_letter(world), has_letter(world), has_refused_event(alice)
    with psycopg.connect(world.owner_url) as another:
        another.execute("SELECT FROM dead_letters WHERE id = %s FOR UPDATE", [letter])
        another.execute("SELECT FROM outbox FOR UPDATE")

        heard = told(world, "replay", letter, free, refused)

    assert "1 due" in heard
    assert f"{letter} to audit is in other hands just now; ask again" in heard
    assert f"{refused} to broker is in other hands just now; ask again" in heard
    assert due(world) == {free}


def test_what_fails_again_while_others_are_replayed_is_left_for_the_next_time(world: World) -> None:
    has_many(world, 5_000)
    with begun(world, "replay", "--all", "--json") as command:
        eventually(lambda: due(world), "it is half way")
        world.rows("UPDATE dead_letters SET transient = false WHERE transient")  # relay was quick, and they fail again
        heard, _ = command.communicate(timeout=60)

    replayed = [json.loads(line)["id"] for line in heard.splitlines()]
    assert len(replayed) == len(set(replayed)) == 5_000
    assert 0 < len(due(world)) < 5_000


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["show", "nothing"], "There is no dead letter with this id."),
        (["replay"], "say which: by id, --reason, --type … or --all"),
        (["replay", "--all", "--reason", "x"], "--all goes with nothing else"),
        (["replay", "--all", "an-id"], "--all goes with nothing else"),
        (["replay", "--reason", ""], "it is empty"),
        (["replay", "nothing", "nobody"], "There is no dead letter nobody, nothing."),
        (["list", "--limit", "0"], "it is a number from 1"),
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
