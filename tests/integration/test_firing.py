"""A reminder fires once, at its time, whatever happens to those who fire it."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from functions.remind.firing import AT_ONCE
from tests.deliveries import event, tick, work_due
from tests.families import has_many
from tests.people import Person
from tests.reminding import is_reminded, states, told
from tests.world import Door, Function, World, eventually


@pytest.fixture
def world(quiet_world: World) -> World:
    """In which nobody else is reminded of anything."""
    quiet_world.rows("DELETE FROM firings")
    quiet_world.door.posted.clear()
    return quiet_world


@pytest.fixture
def remind(world: World) -> Function:
    return world.function("remind")


SOON = 2  # seconds, on a machine that is busy with other tests


@contextmanager
def held(world: World, *functions: Function) -> Iterator[list[Future[httpx.Response]]]:
    """While the functions have been told, have looked, and hold what told them."""
    published = "SELECT count(*) FROM outbox JOIN firings USING (user_id)"
    eventually(lambda: world.rows(published) == [(0,)], "nobody else has anything to do")
    [(before,)] = world.rows("SELECT clock_timestamp()")
    looked = (
        "SELECT pid FROM pg_stat_activity WHERE usename = 'taskora_functions' AND state = 'idle' AND query = 'COMMIT'"
        " AND datname = current_database() AND query_start > %s"
    )
    with ThreadPoolExecutor(len(functions)) as broker:
        answers = [broker.submit(work_due("reminders").to, function) for function in functions]
        eventually(lambda: len(world.rows(looked, before)) >= len(functions), "they have looked")
        yield answers


def fires(function: Function) -> None:
    assert work_due("reminders").to(function).status_code == 204


def titles(notification: dict[str, Any]) -> list[str]:
    return [task["title"] for task in notification["tasks"]]


def silently(person: Person) -> int:
    [(many,)] = person.world.rows("SELECT count(*) FROM notifications WHERE user_id = %s AND silent", person.id)
    return int(str(many))


def test_a_reminder_fires_at_its_time(alice: Person, remind: Function, door: Door) -> None:
    task = alice.has_task("Stand up", due="2040-03-26T09:00:00", zone="Europe/Berlin")
    reminder = is_reminded(alice, task, ahead=1.5)

    fires(remind)

    [notification] = told(alice)
    assert 0 <= notification["late"] < SOON
    assert notification["kind"] == "reminder"
    assert notification["tasks"] == [
        {"id": task["id"], "title": "Stand up", "due": task["due"], "zone": task["zone"], "reminders": [str(reminder)]}
    ]
    assert states(alice) == ["fired"]
    subjects = [f"notification/{notification['id']}", f"reminder/{task['id']}"]
    assert alice.events()[-2:] == [(2, "notification.created", subjects[0]), (3, "reminder.due", subjects[1])]
    eventually(
        lambda: [door.about(subject) for subject in subjects] == [["notification.created"], ["reminder.due"]], ""
    )


def test_what_is_said_of_it_names_the_reminder_and_the_notification(
    alice: Person, remind: Function, door: Door
) -> None:
    task = alice.has_task("Stand up", due="2040-03-26")
    reminder = is_reminded(alice, task)

    fires(remind)

    eventually(lambda: door.about(f"reminder/{task['id']}"), "it is said")
    [said] = [json.loads(posted.data) for posted in door.posted if posted.type == "reminder.due"]
    [(fire_at,)] = alice.world.rows("SELECT instant(fire_at) FROM firings WHERE user_id = %s", alice.id)
    assert said["reminder"] == {
        "task": task["id"],
        "title": "Stand up",
        "due": "2040-03-26",
        "zone": None,
        "reminders": [{"id": str(reminder), "fire_at": fire_at}],
    }
    assert said["notification"] == told(alice)[0]["id"]
    assert said["actor"]["via"] == "system"


def test_with_nothing_due_soon_nobody_is_kept(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=140)

    fires(remind)

    assert states(alice) == ["pending"]


def test_what_comes_twice_fires_once(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"))
    delivery = work_due("reminders")

    for _ in range(2):
        assert delivery.to(remind).status_code == 204

    assert len(told(alice)) == 1


def test_two_processes_share_the_work_and_double_nothing(alice: Person, world: World, remind: Function) -> None:
    people = [Person(world, f"Person {number}") for number in range(20)]
    task = {person.id: person.has_task("Stand up") for person in people}
    for person in people:
        for number in range(20):
            is_reminded(person, task[person.id], ahead=2 + number / 20)
    other = world.start("remind")

    with held(world, remind, other) as answers:
        assert [answer.result().status_code for answer in answers] == [204, 204]
    other.kill()
    for person in people:
        person.leave()

    assert {state for person in people for state in states(person)} == {"fired"}
    said = "SELECT count(DISTINCT reminder), count(*) FROM notifications, json_array_elements(tasks) AS task,"
    said += " json_array_elements_text(task -> 'reminders') AS reminder WHERE user_id = ANY (%s)"
    assert world.rows(said, [person.id for person in people]) == [(400, 400)]


def test_who_is_killed_while_holding_has_lost_nothing(alice: Person, world: World, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=1.5)
    killed = world.start("remind")

    with held(world, killed) as [answer]:
        killed.kill()
        with pytest.raises(httpx.HTTPError):
            answer.result()
    fires(remind)

    [notification] = told(alice)
    assert notification["late"] < 5


def test_who_is_told_to_end_hands_it_back_at_once(alice: Person, world: World) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=60)
    ending = world.start("remind")

    with held(world, ending) as [answer]:
        began = datetime.now(UTC)
        assert ending.terminate() == 0
        assert answer.result().status_code == 503

    assert (datetime.now(UTC) - began).total_seconds() < 3
    assert states(alice) == ["pending"]


def test_the_newest_request_is_held_and_those_before_it_are_answered(alice: Person, world: World) -> None:
    task = alice.has_task("Stand up")
    is_reminded(alice, task, ahead=60)
    remind = world.start("remind")

    with held(world, remind) as [first], held(world, remind) as [second]:
        assert first.result().status_code == 204
        assert not second.done()
        world.rows("UPDATE firings SET fire_at = now() WHERE user_id = %s", alice.id)
        with held(world, remind) as [third]:
            assert {second.result().status_code, third.result().status_code} == {204}
    remind.kill()

    assert states(alice) == ["fired"]


def test_a_clock_that_jumps_or_a_word_that_is_lost_costs_seconds(alice: Person, world: World, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=60)

    with held(world, remind) as [answer]:
        alice.world.rows("UPDATE firings SET fire_at = now() WHERE user_id = %s", alice.id)
        assert answer.result().status_code == 204

    assert states(alice) == ["fired"]
    [(late,)] = alice.world.rows(
        "SELECT settled_at - fire_at < '5.5 seconds' FROM firings WHERE user_id = %s", alice.id
    )
    assert late is True


def test_what_is_completed_at_that_very_moment_does_not_fire(
    alice: Person, mallory: Person, world: World, remind: Function
) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=0.5)
    is_reminded(mallory, mallory.has_task("Sit down"), ahead=0.6)

    with psycopg.connect(alice.world.owner_url) as completing:
        completing.execute("SELECT FROM counters WHERE user_id = %s FOR UPDATE", [alice.id])  # or it may fire before
        with held(world, remind) as [answer]:
            completing.execute(
                "UPDATE firings SET state = 'cancelled', settled_at = now() WHERE user_id = %s", [alice.id]
            )
            eventually(lambda: states(mallory) == ["fired"], "nobody else waits for it")
            completing.commit()
            assert answer.result().status_code == 204

    assert states(alice) == ["cancelled"]
    assert told(alice) == []


OVER = {
    "done": "UPDATE tasks SET status = 'done', completed_at = now() WHERE id = %s",
    "deleted": "UPDATE tasks SET deleted_at = now() WHERE id = %s",
}


@pytest.mark.parametrize("how", OVER)
def test_a_task_that_is_over_is_not_reminded_of_whatever_the_ledger_says(
    alice: Person, remind: Function, how: str
) -> None:
    task = alice.has_task("Stand up")
    is_reminded(alice, task)
    alice.world.rows(OVER[how], task["id"])

    fires(remind)

    assert states(alice) == ["cancelled"]
    assert told(alice) == []


def test_those_of_one_task_at_one_time_are_told_together(alice: Person, remind: Function) -> None:
    task = alice.has_task("Stand up")
    reminders = [is_reminded(alice, task, ahead=-number, saved=0) for number in range(3)]

    fires(remind)

    [notification] = told(alice)
    assert set(notification["tasks"][0]["reminders"]) == {str(reminder) for reminder in reminders}
    assert states(alice) == ["fired"] * 3


def test_those_of_one_task_are_told_together_however_many_others_are_due(
    alice: Person, mallory: Person, remind: Function
) -> None:
    """One transaction picks the first of them as its last, and the second no more."""
    has_missed(mallory, mallory.has_task("Sit down"), AT_ONCE - 1, saved="0 s")
    task = alice.has_task("Stand up")
    reminders = [is_reminded(alice, task, ahead=number - 3, saved=0) for number in range(2)]

    fires(remind)

    [notification] = told(alice)
    assert notification["tasks"][0]["reminders"] == [str(reminder) for reminder in reminders]


def test_what_was_due_when_it_was_saved_fires_at_once_and_is_not_late(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=-3 * 86400, saved=0)

    fires(remind)

    [notification] = told(alice)
    assert notification["late"] < 1
    assert alice.world.rows("SELECT urgent, silent FROM notifications WHERE user_id = %s", alice.id) == [(True, False)]


def test_what_is_urgent_is_so_at_any_hour(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up", priority="urgent"))
    is_reminded(alice, alice.has_task("Sit down", priority="high"))

    fires(remind)

    rows = alice.world.rows("SELECT tasks #>> '{0,title}', urgent FROM notifications WHERE user_id = %s", alice.id)
    assert dict(rows) == {"Stand up": True, "Sit down": False}  # type: ignore[arg-type]


def test_after_an_outage_who_missed_more_than_five_is_told_of_all_at_once(
    alice: Person, mallory: Person, remind: Function
) -> None:
    for person, many in ((alice, 6), (mallory, 5)):
        for number in range(many):
            is_reminded(person, person.has_task(f"task {number}"), ahead=number - 3600)

    fires(remind)

    of_all, *each = told(alice)
    assert titles(of_all) == [f"task {number}" for number in range(6)]
    assert [notification["total"] for notification in each] == [1] * 6
    assert (len(told(mallory)), silently(mallory), silently(alice)) == (5, 0, 6)
    assert 3590 < of_all["late"] < 3620


def test_what_is_too_late_or_over_is_not_among_what_somebody_missed(alice: Person, remind: Function) -> None:
    for number in range(5):
        is_reminded(alice, alice.has_task(f"too late {number}"), ahead=-90_000)
        is_reminded(alice, alice.has_task(f"over {number}", status="done"), ahead=-3600)
    is_reminded(alice, alice.has_task("Stand up"), ahead=-3600)

    fires(remind)

    assert [titles(notification) for notification in told(alice)].count(["Stand up"]) == 1
    assert silently(alice) == 5


def test_who_has_saved_something_before_an_outage_may_sleep_after_it(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=-7200, saved=-3600)

    fires(remind)

    assert alice.world.rows("SELECT urgent, silent FROM notifications WHERE user_id = %s", alice.id) == [(False, False)]


def test_who_missed_very_many_beside_others_is_still_told_of_all_at_once(
    alice: Person, mallory: Person, remind: Function
) -> None:
    """More than one transaction would have picked of them."""
    tasks = [person.has_task("Stand up") for person in (alice, mallory)]
    has_missed(alice, tasks[0], 400)
    has_missed(mallory, tasks[1], 400)

    fires(remind)

    for person in (alice, mallory):
        assert len(told(person)) == 2
        assert set(states(person)) == {"fired"}


def test_who_missed_more_than_one_transaction_takes_is_told_of_all_at_once(alice: Person, remind: Function) -> None:
    many = 2 * AT_ONCE + 3
    has_many(alice, alice.has_task("Everything"), many)
    alice.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at)"
        " SELECT user_id, id, gen_random_uuid(), now() - interval '1 h' - make_interval(secs => random()),"
        "        now() - interval '2 h' FROM tasks WHERE user_id = %s AND parent_id IS NOT NULL",
        alice.id,
    )

    fires(remind)

    loud = "SELECT total, json_array_length(tasks) FROM notifications WHERE user_id = %s AND NOT silent"
    assert alice.world.rows(loud, alice.id) == [(many, 50)]
    assert (set(states(alice)), silently(alice)) == ({"fired"}, many)


def has_missed(person: Person, task: dict[str, Any], many: int, saved: str = "2 days") -> None:
    person.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at)"
        " SELECT %s, %s, gen_random_uuid(), now() - make_interval(mins => 10 + n), now() - %s::interval"
        " FROM generate_series(1, %s) AS n",
        person.id, task["id"], saved, many,
    )  # fmt: skip


def test_what_is_more_than_a_day_late_is_in_the_page_and_nowhere_else(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"), ahead=-86_500)
    is_reminded(alice, alice.has_task("Sit down"), ahead=-86_300)

    fires(remind)

    assert states(alice) == ["expired", "fired"]
    assert {notification["tasks"][0]["title"] for notification in told(alice)} == {"Stand up", "Sit down"}
    assert silently(alice) == 1
    assert [kind for _, kind, _ in alice.events()].count("reminder.due") == 1


def test_who_has_one_does_not_wait_for_who_has_a_thousand(alice: Person, mallory: Person, remind: Function) -> None:
    task = alice.has_task("Stand up")
    alice.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at, turn)"
        " SELECT %s, %s, gen_random_uuid(), now() - interval '5 s', now() - interval '1 h', least(n / 10, 100)"
        " FROM generate_series(0, 1499) AS n",
        alice.id, task["id"],
    )  # fmt: skip
    is_reminded(mallory, mallory.has_task("Sit down"))
    alice.world.rows("UPDATE firings SET fire_at = (SELECT min(fire_at) FROM firings)")

    fires(remind)

    [(when,)] = alice.world.rows("SELECT settled_at FROM firings WHERE user_id = %s", mallory.id)
    before = "SELECT count(*) FROM firings WHERE user_id = %s AND settled_at < %s"
    assert alice.world.rows(before, alice.id, when) == [(0,)]
    assert set(states(alice)) == {"fired"}


@pytest.mark.usefixtures("anything_may_be_said")
def test_very_many_are_in_their_pages_before_the_broker_hears_of_them(
    alice: Person, remind: Function, door: Door
) -> None:
    tasks = [alice.has_task(f"task {number}")["id"] for number in range(AT_ONCE // 10 + 5)]
    alice.world.rows(
        "INSERT INTO firings (user_id, task_id, reminder_id, fire_at, planned_at)"
        " SELECT %s, id, gen_random_uuid(), now() - make_interval(secs => number / 10.0), now() - interval '1 h'"
        " FROM unnest(%s::uuid[]) WITH ORDINALITY AS task (id, number), generate_series(1, 10)",
        alice.id, tasks,
    )  # fmt: skip

    fires(remind)

    assert set(states(alice)) == {"fired"}
    eventually(
        lambda: "outbox" in [posted.headers.get("ce-work") for posted in door.posted], "relay is told of the rest"
    )
    of_relay = "SELECT count(*) > 0 FROM outbox WHERE user_id = %s AND next_attempt_at <= now() AND attempts = 0"
    assert alice.world.rows(of_relay, alice.id) == [(True,)]
    assert work_due("outbox").to(alice.world.function("relay")).status_code == 204
    left = "SELECT count(*) FROM outbox WHERE user_id = %s"
    eventually(lambda: alice.world.rows(left, alice.id) == [(0,)], "all of it is published")


def test_whose_account_is_gone_keeps_nobody(alice: Person, mallory: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"))
    is_reminded(mallory, mallory.has_task("Sit down"), ahead=0.5)
    alice.world.rows("DELETE FROM counters WHERE user_id = %s", alice.id)

    fires(remind)

    assert (states(alice), states(mallory)) == (["pending"], ["fired"])


def test_who_is_not_one_of_us_is_not_believed(alice: Person, remind: Function) -> None:
    is_reminded(alice, alice.has_task("Stand up"))

    assert work_due("reminders").having(signature="00").to(remind).status_code == 422
    assert event("reminder.scheduled", subject="reminder/1").to(remind).status_code == 422

    assert states(alice) == ["pending"]


def test_the_clock_wakes_those_who_fire_two_minutes_ahead(alice: Person, world: World, door: Door) -> None:
    clock = world.function("clock")
    task = alice.has_task("Stand up")
    is_reminded(alice, task, ahead=140)
    assert tick().to(clock).status_code == 204
    assert "reminders" not in [posted.headers.get("ce-work") for posted in door.posted]

    is_reminded(alice, task, ahead=130)
    assert tick().to(clock).status_code == 204
    assert "reminders" in [posted.headers.get("ce-work") for posted in door.posted]


def test_the_clock_says_how_many_are_two_minutes_late(alice: Person, world: World) -> None:
    clock, task = world.function("clock"), alice.has_task("Stand up")
    is_reminded(alice, task, ahead=-100)
    is_reminded(alice, task, ahead=-1000, saved=-60)
    is_reminded(alice, task, ahead=-130)

    assert tick().to(clock).status_code == 204

    assert "overdue_reminders 1\n" in metrics(clock)
    assert any("more than two minutes late" in line for line in clock.lines())


def test_how_late_they_were_is_counted(alice: Person, world: World) -> None:
    remind = world.start("remind")
    is_reminded(alice, alice.has_task("Stand up"), ahead=-3)

    fires(remind)

    assert 'reminder_lateness_seconds_bucket{channel="in_app",le="2.5"} 0\n' in metrics(remind)
    assert 'reminder_lateness_seconds_bucket{channel="in_app",le="10.0"} 1\n' in metrics(remind)
    remind.kill()


def metrics(function: Function) -> str:
    with function.client() as client:
        return client.get("/metrics").text
