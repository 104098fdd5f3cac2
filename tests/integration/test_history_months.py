"""The history goes by the month: what is old enough is removed whole, and what stays is proved from there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
import pytest

from tests.deliveries import Fact, tick, work_due
from tests.histories import TABLES, activity, deliver, happened, has_month, has_none_of, numbers, verdict
from tests.people import Person
from tests.world import Function, World, eventually

THIS_MONTH = f"{datetime.now(UTC):%Y_%m}"


@pytest.fixture
def world(quiet_world: World) -> Iterator[World]:
    """In which these tests alone remove months."""
    quiet_world.door.posted.clear()
    yield quiet_world
    for table in TABLES:
        quiet_world.rows(f"DELETE FROM {table}_rest")  # noqa: S608
    quiet_world.rows("DELETE FROM chain_heads")
    quiet_world.rows("UPDATE activity_months SET ends_at = starts_at WHERE name LIKE '2020%%'")
    while quiet_world.rows("SELECT remove_activity(400)") != [(None,)]:
        pass
    quiet_world.rows("DELETE FROM activity_months WHERE removed_at IS NOT NULL")
    quiet_world.rows("SELECT make_activity_months()")


@pytest.fixture
def audit(world: World) -> Function:
    return world.function("audit")


@pytest.fixture
def tidy(world: World) -> Function:
    return world.function("tidy")


def months(world: World) -> list[object]:
    return [name for (name,) in world.rows("SELECT name FROM activity_months WHERE removed_at IS NULL ORDER BY name")]


def has_old(person: Person, *sequences: int, month: str = "2020_01") -> None:
    has_month(person.world, month)
    for sequence in sequences:
        happened(person, sequence, f"{month.replace('_', '-')}-15 12:00+00")


def parts_of(person: Person) -> dict[object, list[object]]:
    """In which part of the table each of the entries is."""
    found: dict[object, list[object]] = {}
    for part, sequence in person.world.rows(
        "SELECT tableoid::regclass::text, sequence FROM activity WHERE user_id = %s ORDER BY sequence", person.id
    ):
        found.setdefault(part, []).append(sequence)
    return found


def test_this_month_and_three_more_are_there(world: World) -> None:
    ahead = [f"{datetime.now(UTC).year + month // 12}_{month % 12 + 1:02}" for month in this_month_and(3)]

    assert set(months(world)) >= set(ahead)


def this_month_and(more: int) -> range:
    return range(datetime.now(UTC).month - 1, datetime.now(UTC).month + more)


def test_tidy_makes_the_months_that_are_missing(world: World, tidy: Function) -> None:
    last = months(world)[-2]  # before "before"
    has_none_of(world, str(last))
    assert last not in months(world)

    assert work_due("day").to(tidy).status_code == 204

    assert last in months(world)


def test_the_clock_wakes_tidy_when_a_month_is_missing(world: World) -> None:
    clock = world.function("clock")
    world.rows("UPDATE last_tidied SET day = '-infinity'")
    last = str(months(world)[-2])

    assert tick().to(clock).status_code == 204
    assert "day" not in woken(world)

    has_none_of(world, last)
    assert tick().to(clock).status_code == 204
    assert "day" in woken(world)


def woken(world: World) -> list[str | None]:
    return [posted.headers.get("ce-work") for posted in world.door.posted]


def test_the_clock_wakes_tidy_when_a_month_is_too_old(world: World, tidy: Function) -> None:
    clock = world.function("clock")
    world.rows("UPDATE last_tidied SET day = '-infinity'")
    has_month(world, "2020_01")

    assert tick().to(clock).status_code == 204
    assert "day" in woken(world)
    assert work_due("day").to(tidy).status_code == 204

    world.door.posted.clear()
    world.rows("UPDATE last_tidied SET day = '-infinity'")
    assert tick().to(clock).status_code == 204
    assert "day" not in woken(world)


def test_where_nobody_made_months_entries_are_kept_and_proved_all_the_same(
    alice: Person, world: World, audit: Function, tidy: Function
) -> None:
    for month in months(world):
        if month != "before":
            has_none_of(world, str(month))

    deliver([Fact(alice.id, 1), Fact(alice.id, 2)], audit)
    assert work_due("day").to(tidy).status_code == 204
    deliver([Fact(alice.id, 3)], audit)

    assert parts_of(alice) == {"activity_rest": [1, 2, 3]}
    assert THIS_MONTH not in months(world)
    assert len(months(world)) == 4  # those that follow
    assert verdict(alice)["entries"] == 3


def test_a_month_that_is_too_old_is_removed_and_what_stays_is_proved_from_there(
    alice: Person, audit: Function, tidy: Function
) -> None:
    has_old(alice, 1, 2)
    has_old(alice, 3, month="2020_02")
    deliver([Fact(alice.id, 4), Fact(alice.id, 5)], audit)
    before = verdict(alice)
    assert before["entries"] == 5

    assert work_due("day").to(tidy).status_code == 204

    assert numbers(activity(alice)) == [5, 4]
    said = verdict(alice)
    removed = said.pop("removed")
    assert said == before | {"entries": 2}
    assert (removed["sequence"], removed["ends_at"]) == (3, "2020-03-01T00:00:00.000000Z")
    assert {"2020_01", "2020_02"}.isdisjoint(months(alice.world))
    assert alice.world.rows("SELECT to_regclass('activity_chain_2020_01')") == [(None,)]
    anchors = alice.world.rows("SELECT sequence FROM activity_anchors WHERE user_id = %s ORDER BY sequence", alice.id)
    assert anchors == [(2,), (3,)]
    eventually(lambda: any("2020_02" in line and "history" in line for line in tidy.lines()), "the log says so")


def test_a_history_that_is_gone_goes_on(alice: Person, audit: Function, tidy: Function) -> None:
    has_old(alice, 1, 2)
    assert work_due("day").to(tidy).status_code == 204
    assert verdict(alice)["entries"] == 0

    deliver([Fact(alice.id, 1), Fact(alice.id, 2), Fact(alice.id, 4), Fact(alice.id, 3)], audit)

    assert numbers(activity(alice)) == [4, 3]
    said = verdict(alice)
    assert (said["ok"], said["entries"], said["head"]["sequence"], said["removed"]["sequence"]) == (True, 2, 4, 2)


@pytest.mark.parametrize(("days", "gone"), [("90", True), ("200", False)])
def test_how_long_it_is_kept_is_a_setting(alice: Person, world: World, days: str, gone: bool) -> None:
    has_old(alice, 1)
    world.rows("UPDATE activity_months SET ends_at = now() - interval '100 days' WHERE name = '2020_01'")
    tidy = world.start("tidy", ACTIVITY_RETENTION_DAYS=days)

    try:
        assert work_due("day").to(tidy).status_code == 204
    finally:
        tidy.kill()

    assert ("2020_01" not in months(world)) is gone


@pytest.mark.parametrize("days", ["89", "0", "-400", "a year", "400.5"])
def test_less_than_90_days_is_no_time_to_keep_it(world: World, days: str) -> None:
    with pytest.raises(AssertionError, match="ACTIVITY_RETENTION_DAYS is a number of days, 90 at least"):
        world.start("tidy", ACTIVITY_RETENTION_DAYS=days)


@pytest.mark.parametrize("days", ["89", "NULL"])
def test_nor_can_tidys_role_remove_what_is_younger(world: World, days: str) -> None:
    with psycopg.connect(world.tidy_url) as connection, pytest.raises(psycopg.errors.RaiseException, match="90 days"):
        connection.execute(f"SELECT remove_activity({days})".encode())


@pytest.mark.parametrize("function", ["remove_activity(400)", "make_activity_months()"])
def test_no_other_function_may_turn_months(world: World, function: str) -> None:
    url = world.environment["DATABASE_URL"]
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"SELECT {function}".encode())


def test_no_function_can_touch_a_month_itself(world: World) -> None:
    rights = world.rows(
        "SELECT role, relname, privilege FROM pg_class,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege,"
        " unnest(ARRAY['taskora_functions', 'taskora_tidy']) AS role"
        " WHERE relispartition AND has_table_privilege(role, oid, privilege)"
    )

    assert rights == []


def test_what_runs_as_the_owner_is_nobodys_but_tidys(world: World) -> None:
    rows = world.rows(
        "SELECT proname, role FROM pg_proc, unnest(ARRAY['public', 'taskora_functions', 'taskora_tidy']) AS role"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef AND has_function_privilege(role, oid, 'EXECUTE')"
    )

    ours = {"erase_accounts", "make_activity_months", "remove_activity"}
    assert {name for name, _ in rows} >= ours
    assert {role for name, role in rows if name in ours} == {"taskora_tidy"}


TAMPERED = {
    "a byte of what was removed last": (2, "SET hash = set_byte(hash, 3, get_byte(hash, 3) # 1) WHERE sequence = 2"),
    "of what was removed before": (1, "SET hash = set_byte(hash, 3, get_byte(hash, 3) # 1) WHERE sequence = 1"),
    "up to where, to hide more": (3, "SET sequence = 3 WHERE sequence = 2"),
    "up to where, to hide less": (0, "SET sequence = 0 WHERE sequence = 1"),
    "a byte of the seal": (2, "SET seal = set_byte(seal, 0, get_byte(seal, 0) # 1) WHERE sequence = 2"),
    "which month it was": (2, "SET ends_at = ends_at - interval '1 month' WHERE sequence = 2"),
    "when it went": (2, "SET removed_at = removed_at + interval '1 microsecond' WHERE sequence = 2"),
    "whose it is": (2, "SET user_id = gen_random_uuid() WHERE sequence = 2"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_proves_the_removed_cannot_be_changed_unseen(
    alice: Person, audit: Function, tidy: Function, what: str
) -> None:
    has_old(alice, 1)
    has_old(alice, 2, month="2020_02")
    deliver([Fact(alice.id, 3), Fact(alice.id, 4)], audit)
    assert work_due("day").to(tidy).status_code == 204
    assert verdict(alice)["ok"]
    first_bad, change = TAMPERED[what]

    alice.world.rows(f"UPDATE activity_anchors {change} AND user_id = %s", alice.id)

    said = verdict(alice)
    assert said["ok"] is False
    assert said["first_bad"]["sequence"] == first_bad, said


def test_an_anchor_that_is_gone_is_missed(alice: Person, audit: Function, tidy: Function) -> None:
    has_old(alice, 1, 2)
    deliver([Fact(alice.id, 3)], audit)
    assert work_due("day").to(tidy).status_code == 204

    alice.world.rows("DELETE FROM activity_anchors WHERE user_id = %s", alice.id)

    assert verdict(alice)["first_bad"] == {"sequence": 1, "reason": "its link in the chain is missing"}


def test_what_was_removed_only_in_part_is_found(alice: Person, audit: Function, tidy: Function) -> None:
    """An anchor that somebody set further, so that what is before it is asked for no more."""
    has_old(alice, 1)
    deliver([Fact(alice.id, number) for number in (2, 3, 4)], audit)
    assert work_due("day").to(tidy).status_code == 204

    alice.world.rows(
        "INSERT INTO activity_anchors SELECT user_id, 3, link.hash, ends_at, removed_at, '' FROM activity_anchors"
        " JOIN activity_chain AS link USING (user_id) WHERE user_id = %s AND link.sequence = 3", alice.id,
    )  # fmt: skip
    alice.world.rows("DELETE FROM activity WHERE user_id = %s AND sequence = 2", alice.id)

    assert verdict(alice)["first_bad"]["sequence"] == 2


def test_an_entry_that_waited_into_the_next_month_is_sealed_with_the_one_it_waited_for(
    alice: Person, audit: Function, tidy: Function
) -> None:
    has_old(alice, 2, 3)
    deliver([Fact(alice.id, 5), Fact(alice.id, 1), Fact(alice.id, 4)], audit)

    assert verdict(alice)["entries"] == 5
    assert parts_of(alice) == {f"activity_{THIS_MONTH}": [1, 4, 5], "activity_2020_01": [2, 3]}

    assert work_due("day").to(tidy).status_code == 204
    assert numbers(activity(alice)) == [5, 4]
    assert verdict(alice)["removed"]["sequence"] == 3


def test_a_month_in_which_an_entry_still_waits_stays(alice: Person, tidy: Function) -> None:
    has_old(alice, 2)

    assert work_due("day").to(tidy).status_code == 204

    assert "2020_01" in months(alice.world)
    eventually(lambda: any("never came" in line and str(alice.id) in line for line in tidy.lines()), "the log says so")
    alice.world.rows("DELETE FROM chain_heads WHERE user_id = %s", alice.id)
    assert work_due("day").to(tidy).status_code == 204


def test_what_comes_again_in_another_month_is_still_one_entry(alice: Person, audit: Function) -> None:
    has_old(alice, 1, 3)

    deliver([Fact(alice.id, 1), Fact(alice.id, 3)], audit)  # the one is sealed, the other waits
    assert parts_of(alice) == {"activity_2020_01": [1, 3]}

    deliver([Fact(alice.id, 2)], audit)
    assert verdict(alice)["entries"] == 3


def test_what_the_rest_has_goes_when_it_is_old_enough(alice: Person, audit: Function, tidy: Function) -> None:
    for sequence in (1, 2):
        happened(alice, sequence, "2020-05-05 12:00+00")  # no month
    deliver([Fact(alice.id, 3)], audit)
    assert parts_of(alice)["activity_rest"] == [1, 2]

    assert work_due("day").to(tidy).status_code == 204

    assert numbers(activity(alice)) == [3]
    assert verdict(alice)["removed"]["sequence"] == 2


def test_time_does_not_go_back_in_a_chain(alice: Person, audit: Function) -> None:
    """The server's clock was ahead when the entry before came: none is the older for that, and removed too early."""
    happened(alice, 1, "2090-05-05 12:00+00")

    deliver([Fact(alice.id, 2)], audit)

    assert parts_of(alice) == {"activity_rest": [1, 2]}
    assert verdict(alice)["entries"] == 2


def test_who_reads_the_history_is_not_disturbed_and_holds_up_nobody(
    alice: Person, world: World, audit: Function, tidy: Function
) -> None:
    has_old(alice, 1)

    with ThreadPoolExecutor(2) as others, psycopg.connect(world.owner_url) as reader:
        reader.execute("SELECT FROM activity")
        removing = others.submit(work_due("day").to, tidy)
        eventually(lambda: world.waiting_for_locks() >= 1, "tidy waits for the tables")
        assert others.submit(Fact(alice.id, 2).delivery.to, audit).result(timeout=5).status_code == 204
        assert removing.result().status_code == 503
    assert numbers(activity(alice)) == [2, 1]

    assert work_due("day").to(tidy).status_code == 204
    assert numbers(activity(alice)) == [2]


def test_of_whom_something_is_removed_is_looked_up_and_not_searched_for(world: World) -> None:
    """Or it would take the square of how many they are, for nothing is known of a table that was empty."""
    has_month(world, "2020_01")
    world.rows("DELETE FROM activity_anchors")
    world.plans_by_what_is_in("activity_anchors")
    world.rows(
        "WITH head AS (INSERT INTO chain_heads SELECT gen_random_uuid(), 1, '' FROM generate_series(1, 50) RETURNING *)"
        " INSERT INTO activity_chain SELECT user_id, 1, '', '', '2020-01-15 12:00+00' FROM head"
    )

    with psycopg.connect(world.owner_url) as owner:
        owner.execute("SELECT remove_activity(400)")
        read = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'activity_anchors'"
        assert owner.execute(read.encode()).fetchall() == [(1,)]  # those just made, once


def test_two_that_remove_at_once_remove_each_month_once(alice: Person, world: World) -> None:
    has_old(alice, 1)
    has_old(alice, 2, month="2020_02")

    def remove() -> object:
        while True:
            with suppress(psycopg.errors.LockNotAvailable), psycopg.connect(world.tidy_url) as another:
                return another.execute("SELECT remove_activity(400)").fetchone()

    with psycopg.connect(world.tidy_url) as one, ThreadPoolExecutor(1) as others:
        assert one.execute("SELECT remove_activity(400)").fetchone() == ("2020_01",)
        removing = others.submit(remove)
        eventually(lambda: world.waiting_for_locks() == 1, "the other one waits for it")
        one.commit()
        assert removing.result() == ("2020_02",)

    assert verdict(alice)["removed"]["sequence"] == 2


def test_an_account_that_is_erased_keeps_its_seals_in_all_months(alice: Person, world: World, tidy: Function) -> None:
    has_old(alice, 1)
    happened(alice, 2, str(datetime.now(UTC)))
    world.rows("UPDATE users SET deleted_at = now(), email_key = NULL WHERE id = %s", alice.id)
    world.rows("DELETE FROM outbox")

    assert work_due("erasure").to(tidy).status_code == 204

    left = {
        table: world.rows(f"SELECT count(*) FROM {table} WHERE user_id = %s", alice.id)  # noqa: S608
        for table in TABLES
    }
    assert left == {"activity": [(2,)], "activity_details": [(0,)], "activity_chain": [(2,)]}
