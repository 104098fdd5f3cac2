"""Talking to PostgreSQL: values, statements, transactions and connections, through `db` as functions use it."""

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from functions.audit import entries
from functions.notify import kept
from functions.tasks import undo
from shared import changes, db, entities, libpq, making, pg_text, pool
from shared.kinds import KINDS
from shared.problems import Unavailable
from tests.inside import a_function_of, run
from tests.world import ROOT, World, eventually

ASK = "SELECT %(value)s::text AS value"
PID = "SELECT pg_backend_pid() AS pid"
SLEEP = "SELECT pg_sleep(60)::text"
ODD = [
    "",
    " ",
    "a",
    "NULL",
    "null",
    "{}",
    "{a,b}",
    'quo"te',
    "it's",
    "back\\slash",
    "\\",
    '\\"',
    "a,b",
    "日本 🎉",
    "a\nb\tc",
]


@pytest.fixture(autouse=True)
def here(world: World) -> Iterator[None]:
    with a_function_of(world):
        yield


async def single(query: Any, **values: object) -> Any:
    async with db.single() as tx:
        return (await tx.one(query, **values)).popitem()[1]


def sessions(world: World) -> list[int]:
    return [
        int(str(pid))
        for (pid,) in world.rows(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'taskora_functions' AND datname = current_database()"
        )
    ]


async def until(question: Any, wanted: str) -> None:
    await asyncio.to_thread(eventually, question, wanted)


# Values


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(("text", text) for text in ODD),
        ("bigint", 2**63 - 1),
        ("bigint", -(2**63)),
        ("boolean", True),
        ("boolean", False),
        ("uuid", uuid4()),
        ("bytea", b""),
        ("bytea", bytes(range(256))),
        ("date", date(1, 1, 1)),
        ("date", date(9999, 12, 31)),
        ("time", time(23, 59, 59, 999999)),
        ("timestamptz", datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
        ("timestamptz", datetime(2026, 11, 20, 9, 30, 0, 120, tzinfo=timezone(timedelta(hours=-9, minutes=-30)))),
        ("uuid[]", []),
        ("uuid[]", [uuid4(), uuid4()]),
        ("double precision", 0.1),
    ],
)
def test_a_value_comes_back_as_it_went(kind: str, value: object) -> None:
    assert run(single(f"SELECT %(value)s::{kind} AS value", value=value)) == value


@pytest.mark.parametrize("kind", ["text", "bigint", "uuid", "timestamptz", "bytea", "uuid[]", "json"])
def test_nothing_is_nothing_of_every_kind(kind: str) -> None:
    assert run(single(f"SELECT %(value)s::{kind} AS value", value=None)) is None


def test_an_array_holds_what_is_in_it_whatever_that_is() -> None:
    there = [*ODD, None]

    back = run(single("SELECT to_json(%(value)s::text[])::text AS value", value=there))

    assert json.loads(back) == there


def test_a_name_stands_for_one_value_wherever_it_stands_and_a_percent_sign_is_doubled() -> None:
    assert pg_text.numbered("%(b)s %% %(a)s %(b)s") == ("$1 % $2 $1", ("b", "a"))
    assert run(single("SELECT %(a)s::int + %(b)s::int * %(a)s::int %% 4 AS value", a=3, b=2)) == 5


def test_a_text_that_postgres_would_cut_is_not_sent() -> None:
    with pytest.raises(ValueError, match="NUL"):
        run(single(ASK, value="before\0after"))


@pytest.mark.parametrize("size", [1_000_000, 30_000_000])
def test_what_is_larger_than_any_buffer_arrives_whole(size: int) -> None:
    there = "ä" * (size // 2)

    assert run(single(ASK, value=there)) == there


# Statements


def statements() -> Iterator[tuple[str, str]]:
    for path in [*ROOT.glob("functions/*/*.sql"), *ROOT.glob("shared/*.sql")]:
        for name, text in vars(db.queries(str(path), path.stem)).items():
            if name in PARTS or name in WAYS_TO_ENTRIES:
                continue
            label = f"{path.parent.name}/{path.stem}/{name}"
            if re.search(r"{\w+}", text):
                yield from filled(label, text)
                continue
            if text.endswith(" AS changes;"):
                yield f"{label}/of many", changes.in_many(text)
            if "FROM counter\n" not in text:
                yield label, text
                continue
            for answered in (False, True):
                for own in ("if_free", "when_free"):
                    at_once = making.at_once(text, answered, getattr(making.sql, own))
                    yield f"{label}/at once, {own}{', to be repeated' * answered}", at_once
            yield f"{label}/in a change", changes.in_change(text)


WHAT_IS_SOUGHT = {
    "{condition}": "true",
    "{conditions}": "",
    "{siblings}": "list_id = %(list)s AND parent_id = %(parent)s",
    "{keys}": "title AS key",
    "{keys_order}": "key",
    "{order}": "id",
    "{rows}": "9",
    "{narrowed}": "true",
}
PARTS = {"at_once", "when_free", "if_free", "with_answer", "with_change", "in_change", "in_order", "in_many"}
PARTS |= {"asked", "in_list", "below_parent"}
WAYS_TO_ENTRIES = ("by_number", "by_subject", "by_token", "by_task", "by_kind")


def filled(label: str, text: Any) -> Iterator[tuple[str, str]]:
    """What is said of every kind of things, or of what somebody looks for, in all its forms."""
    for blank, text_there in WHAT_IS_SOUGHT.items():
        text = text.replace(blank, text_there)
    if not re.search(r"{\w+}", text):
        yield label, text
        return
    if "{taken}" in text:
        for name in ("plan", "take"):
            yield f"{label}/{name}", kept.with_all(getattr(kept.sql, name))
        return
    if "{looked_at}" in text:
        for way in WAYS_TO_ENTRIES:
            yield f"{label}/{way}", text.replace("{looked_at}", getattr(entries.sql, way))
        return
    if "{log}" in text:
        for log in undo.LOGS:
            yield f"{label}/{log}", undo.from_log(text, log)
        return
    for kind in KINDS.values():
        if "{column}" in text:
            for place in kind.places:
                if place.several == label.endswith("several"):
                    yield f"{label}/{kind.name}/{place.field}", undo.of_place(text, kind, place)
        elif "{key}" not in text:
            own = entities.filled(text, kind)
            if "{asked}" not in own:
                yield f"{label}/{kind.name}", own
                continue
            for answered in (False, True):
                yield f"{label}/{kind.name}{', to be repeated' * answered}", changes.in_order(own, answered)
        elif kind.key:
            yield f"{label}/{kind.name}", undo.by_key(text, kind.table, kind.key)


STATEMENTS = dict(statements())


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_server_knows_the_type_of_every_parameter(world: World, name: str) -> None:
    with psycopg.connect(world.owner_url) as connection:
        prepared = connection.pgconn.prepare(b"", libpq.Statement(STATEMENTS[name]).text)

    assert prepared.status == psycopg.pq.ExecStatus.COMMAND_OK, prepared.get_error_message()


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_column_is_of_a_kind_that_can_be_read(world: World, name: str) -> None:
    with psycopg.connect(world.owner_url) as connection:
        connection.pgconn.prepare(b"", libpq.Statement(STATEMENTS[name]).text)
        described = connection.pgconn.describe_prepared(b"")

    kinds = {described.fname(column): described.ftype(column) for column in range(described.nfields)}
    assert {column for column, kind in kinds.items() if kind not in pg_text.READERS} == set()


def test_after_a_statement_that_failed_the_connection_is_as_good_as_before() -> None:
    async def story() -> None:
        before = await single(PID)
        for wrong in ("SELECT 1 / 0 AS value", "SELECT nonsense", "SELECT 1 AS value FROM nowhere"):
            for _ in range(2):
                with pytest.raises(db.Refused):
                    await single(wrong)
        assert await single(PID) == before

    run(story())


def test_a_refusal_says_what_broke_and_shows_nobodys_row(world: World) -> None:
    async def story() -> None:
        with pytest.raises(db.Refused) as refused:
            await single("SELECT (%(value)s::text)::uuid AS value", value="something private")
        assert (refused.value.sqlstate, "private" in str(refused.value)) == ("22P02", False)

        connection = await libpq.connect(world.owner_url)
        twice = libpq.Statement(
            "INSERT INTO migrations (name, digest) SELECT 'something private', '' FROM generate_series(1, 2)"
        )
        with pytest.raises(db.Refused) as refused:
            await connection.trip([(twice, {})])
        assert (refused.value.constraint, refused.value.sqlstate) == ("migrations_pkey", "23505")
        assert "private" not in str(refused.value)
        connection.close()

    run(story())


# Transactions


@pytest.fixture
def table(world: World) -> str:
    name = f"table_{uuid4().hex}"
    world.rows(f"CREATE TABLE {name} (number int UNIQUE DEFERRABLE INITIALLY DEFERRED, word text)")
    world.rows(f"GRANT ALL ON {name} TO taskora_functions")
    return name


def numbers(world: World, table: str) -> list[object]:
    return sorted(number for (number, *_) in world.rows(f"TABLE {table}"))  # type: ignore[type-var]


async def insert(tx: db.Transaction, table: str, number: int) -> int:
    return await tx.run(into(table), number=number)


def into(table: str) -> Any:
    return f"INSERT INTO {table} VALUES (%(number)s)"  # noqa: S608


async def whole(*parts: Callable[[db.Transaction], Awaitable[object]]) -> None:
    async with db.transaction() as tx:
        for part in parts:
            await part(tx)


def test_a_transaction_is_kept_whole_or_not_at_all(world: World, table: str) -> None:
    async def story() -> None:
        async with db.transaction() as tx:
            tx.later(into(table), number=1)
            assert await tx.run(into(table), number=2) == 1
            tx.later(into(table), number=3)
        with pytest.raises(ZeroDivisionError):
            await whole(lambda tx: insert(tx, table, 4), lambda tx: 1 // 0)  # type: ignore[arg-type, return-value]
        with pytest.raises(db.Refused):
            await whole(lambda tx: insert(tx, table, 5), lambda tx: tx.run("SELECT 1 / 0"))
        await whole()

    run(story())

    assert numbers(world, table) == [1, 2, 3]


def test_a_transaction_that_is_rolled_back_leaves_its_connection_as_it_was() -> None:
    async def story() -> None:
        before = await single(PID)
        with pytest.raises(ZeroDivisionError):
            await whole(lambda tx: tx.one(PID), lambda tx: 1 // 0)  # type: ignore[arg-type, return-value]
        assert await single(PID) == before

    run(story())


def test_a_connection_is_not_given_back_in_the_midst_of_a_transaction() -> None:
    async def story() -> None:
        before = await single(PID)
        with pytest.raises(db.Refused):
            async with db.transaction() as tx:
                tx.later("SELECT 1 / 0")
        assert await single(PID) != before

    run(story())


def test_what_only_the_commit_refuses_is_refused(world: World, table: str) -> None:
    async def story() -> None:
        with pytest.raises(db.Refused, match="23505"):
            await whole(lambda tx: insert(tx, table, 1), lambda tx: insert(tx, table, 1))
        await single(ASK, value="still there")

    run(story())

    assert numbers(world, table) == []


def test_a_statement_whose_table_changed_is_prepared_again(world: World, table: str) -> None:
    select: Any = f"TABLE {table}"

    async def story() -> None:
        async with db.single() as tx:
            assert await tx.run(select) == 0
        pid = await single(PID)
        world.rows(f"ALTER TABLE {table} ADD COLUMN moment timestamptz")
        async with db.single() as tx:
            await tx.run(select)
        assert await single(PID) == pid

        world.rows(f"ALTER TABLE {table} DROP COLUMN word")
        with pytest.raises(Unavailable):
            await whole(lambda tx: tx.one(PID), lambda tx: tx.run(select))
        await whole(lambda tx: tx.one(PID), lambda tx: tx.run(select))

    run(story())


def test_a_statement_that_a_pooler_has_forgotten_is_prepared_again() -> None:
    async def story() -> None:
        await single(ASK, value="first")
        async with db.single() as tx:
            await tx.run("DEALLOCATE ALL")
        assert await single(ASK, value="second") == "second"

    run(story())


PREPARED = "SELECT count(*) AS many FROM pg_prepared_statements"


def test_of_ever_new_statements_only_some_are_kept() -> None:
    async def story() -> None:
        for number in range(libpq.KEPT + 50):
            text = db.composed("SELECT", f"%(value)s::text || '{number}'", "AS value")
            assert await single(text, value="shape ") == f"shape {number}"
        assert await single(PREPARED) <= libpq.KEPT + 1  # the last one goes when this one has come

    run(story())

    assert libpq.statement.cache_info().currsize <= libpq.KEPT  # type: ignore[attr-defined]


HELD = "SELECT coalesce(sum(octet_length(statement)), 0) AS many FROM pg_prepared_statements"


def test_long_statements_are_kept_as_far_as_they_have_so_much_text_together() -> None:
    async def story() -> None:
        for number in range(50):
            text = db.composed("SELECT", f"%(value)s::text || '{number}'", "AS value --", "x" * 12_000)
            assert await single(text, value="shape ") == f"shape {number}"
        assert libpq.KEPT_TEXT // 2 < await single(HELD) <= libpq.KEPT_TEXT

    run(story())


def test_a_statement_that_is_used_all_the_time_stays_prepared() -> None:
    named = "SELECT min(name) AS name FROM pg_prepared_statements WHERE statement = 'SELECT $1::text AS value'"

    async def story() -> None:
        await single(ASK, value="first")
        before = await single(named)
        for number in range(libpq.KEPT + 50):
            await single(db.composed("SELECT", str(number)))
            await single(ASK, value="again")
        assert before == await single(named)

    run(story())


def test_statements_that_fail_do_not_add_up_either() -> None:
    async def story() -> None:
        for number in range(libpq.KEPT + 50):
            with pytest.raises(db.Refused):
                await single(db.composed("SELECT 1 / %(zero)s::int AS value --", str(number)), zero=0)
        for number in range(2):
            assert await single(ASK, value=str(number)) == str(number)
        assert await single(PREPARED) <= libpq.KEPT + 1  # the last one goes when this one has come

    run(story())


def test_a_statement_said_many_times_on_one_trip_is_prepared_once() -> None:
    async def story() -> None:
        text = db.statement("SELECT %(value)s::text AS value")
        rows = await db.trip([(text, {"value": str(number)}) for number in range(5)])
        assert rows == [{"value": str(number)} for number in range(5)]
        assert await single(db.composed(PREPARED, "WHERE statement = 'SELECT $1::text AS value'")) == 1

    run(story())


# Connections


def test_who_is_cancelled_in_a_statement_leaves_no_connection_behind(world: World, table: str) -> None:
    async def story() -> None:
        for _ in range(2 * pool.SIZE):
            begun = asyncio.create_task(whole(lambda tx: insert(tx, table, 1), lambda tx: tx.run(SLEEP)))
            await until(lambda: asleep(world), "it sleeps")
            begun.cancel()
            with pytest.raises(asyncio.CancelledError):
                await begun
            world.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%'")
            assert await single(ASK, value="next") == "next"

    run(story())

    assert numbers(world, table) == []


def asleep(world: World) -> bool:
    return (
        world.rows("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND usename = 'taskora_functions'")
        != []
    )


def test_a_server_that_ends_in_a_statement_is_away_and_then_back(world: World) -> None:
    async def story() -> None:
        asked = asyncio.create_task(single(SLEEP))
        await until(lambda: asleep(world), "it sleeps")
        world.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        with pytest.raises(Unavailable) as away:
            await asked
        assert "57P01" in str(away.value.__cause__)
        assert await single(ASK, value="back") == "back"

    run(story())


def test_a_connection_that_ended_while_idle_is_not_used_again(world: World) -> None:
    async def story() -> None:
        before = await single(PID)
        world.rows("SELECT pg_terminate_backend(%s)", before)
        await until(lambda: before not in sessions(world), "the server has ended it")
        assert await single(PID) != before

    run(story())


def test_the_server_s_operators_see_whose_a_connection_is() -> None:
    asked = "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"

    assert run(single(asked)) == "tests"


def test_there_are_never_more_connections_than_said(world: World) -> None:
    async def story() -> None:
        pids = await asyncio.gather(
            *(single("SELECT pg_backend_pid() AS pid, pg_sleep(0.02)::text") for _ in range(40))
        )
        assert len(pids) == 40
        assert len(set(sessions(world)) - before) <= pool.SIZE

    before = set(sessions(world))
    run(story())


def test_whoever_waits_too_long_or_behind_too_many_hears_so(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(pool, "MOST_QUEUED", 3)

    async def story() -> None:
        hold, here = asyncio.Event(), pool.of_this_loop()

        async def holder() -> None:
            async with db.single():
                await hold.wait()

        held = [asyncio.create_task(holder()) for _ in range(pool.SIZE)]
        await until(lambda: len(here._held) == pool.SIZE, "all are taken")
        loop = asyncio.get_running_loop()
        began = loop.time()
        waiting = [asyncio.create_task(single(ASK, value="")) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="busy"):
            await single(ASK, value="one too many")
        assert loop.time() - began < 1
        waiting[0].cancel()
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(each) for each in told] == [asyncio.CancelledError, Unavailable, Unavailable]
        assert pool.WAIT <= loop.time() - began < pool.WAIT + 2
        hold.set()
        await asyncio.gather(*held)
        assert await single(ASK, value="free") == "free"

    run(story())


@pytest.mark.parametrize("gone", [False, True], ids=["a connection", "the room for one"])
def test_who_goes_when_it_is_his_turn_leaves_it_to_the_next(gone: bool) -> None:
    async def story() -> None:
        here = pool.of_this_loop()
        held = [await here.take() for _ in range(pool.SIZE)]
        leaving = [asyncio.create_task(here.take()) for _ in range(pool.SIZE)]
        staying = asyncio.create_task(here.take())
        await asyncio.sleep(0)

        for connection in held:
            if gone:
                connection.close()
            here.give_back(connection)
        for each in leaving:
            each.cancel()

        here.give_back(await staying)

    run(story())


def test_an_idle_connection_is_given_up_after_a_while(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(pool, "IDLE_AT_MOST", 0.3)

    async def story() -> None:
        pid = await single(PID)
        await until(lambda: pid not in sessions(world), "it is closed")
        assert await single(PID) != pid

    run(story())


def test_a_statement_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "HELD_AT_MOST", 0.3)

    async def story() -> None:
        with pytest.raises(Unavailable):
            await single(SLEEP)

    run(story())


def test_a_statement_that_was_given_up_ends_in_the_server_too(world: World) -> None:
    for url in (world.environment["DATABASE_URL"], world.tidy_url):
        with psycopg.connect(url) as connection:
            [row] = connection.execute("SELECT extract(epoch FROM current_setting('statement_timeout')::interval)")
        assert pool.HELD_AT_MOST < row[0] <= 3 * pool.HELD_AT_MOST


def test_two_loops_may_begin_at_once_each_with_its_own_connections() -> None:
    answers: list[int] = []
    together = threading.Barrier(2)

    def begin() -> None:
        async def story() -> None:
            answers.extend(await asyncio.gather(*(single("SELECT 1 AS one") for _ in range(20))))

        together.wait()
        run(story())

    threads = [threading.Thread(target=begin) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert answers == [1] * 40


def test_a_host_is_found_by_its_name_and_refused_without_one(world: World) -> None:
    server = urlsplit(world.owner_url)
    named = world.owner_url.replace(f"{server.hostname}:", "localhost:")

    async def story() -> None:
        connection = await libpq.connect(named)
        connection.close()
        with pytest.raises(libpq.Lost):
            await libpq.connect(named.replace("localhost", "nowhere.invalid"))
        with pytest.raises(libpq.Lost):
            await libpq.connect(world.owner_url.replace(str(server.port), "1"))

    run(story())


def test_the_process_that_ends_closes_what_it_has(world: World) -> None:
    pid = run(single(PID))

    eventually(lambda: pid not in sessions(world), "the connection has ended")


# The binding


def test_of_psycopg_only_the_binding_is_loaded_until_somebody_wants_more() -> None:
    program = """
import sys
from shared import db
loaded = {name for name in sys.modules if name.startswith("psycopg.")}
assert not loaded & {"psycopg.connection", "psycopg.cursor", "psycopg.types", "psycopg.adapt"}, loaded
import psycopg
from psycopg.rows import dict_row
assert psycopg.pq is sys.modules["psycopg.pq"]
assert issubclass(psycopg.errors.UniqueViolation, psycopg.IntegrityError)
assert psycopg.connect
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=30)
