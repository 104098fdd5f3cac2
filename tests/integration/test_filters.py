"""Filters: what PostgreSQL finds for any expression is what a second, plain reading of it in Python finds.

`Said` pairs a text with its meaning, made together by chance, and knows nothing of how Taskora reads texts.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import words
from shared.filters.conditions import Condition
from shared.filters.language import parse
from shared.filters.spans import Clock
from shared.ids import new_id
from shared.names import name_key
from shared.positions import last
from tests.people import Person
from tests.world import World

# Clocks change on or about these days; in Havana midnight comes twice, in Beirut it does not come.
ANCHORS = [
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 4, 30, tzinfo=UTC),
    datetime(2028, 2, 28, 12, tzinfo=UTC),
]
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
]
STATUSES = ["todo", "in_progress", "done", "cancelled"]
PRIORITIES = ["none", "low", "medium", "high", "urgent"]
TAGS = ["home", "Homework", "waiting", "ä&ö", "50%", "a_b"]
LISTS = ["Work", "Side Projects", "Wörk", "(old)", "Attic"]
TITLES = ["Buy milk", "MILK and bread", "Über Straße", "call (mum) & dad", "100% done"]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass
class Known:
    """A task as the plain reading sees it."""

    id: UUID
    title: str
    notes: str
    status: str
    priority: str
    due_on: date | None
    due_time: time | None
    zone: str | None
    due_at: datetime | None
    start_on: date | None
    inside: str  # its list's name
    tags: list[str]
    parent: UUID | None
    created: datetime
    updated: datetime
    completed: datetime | None
    series: UUID | None
    reminders: list[dict[str, object]]


@dataclass
class Asker:
    now: datetime
    zone: str
    week_start: int

    def day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    @property
    def today(self) -> date:
        return self.day(self.now)

    def due(self, task: Known) -> date | None:
        return self.day(task.due_at) if task.zone and task.due_at else task.due_on

    def of(self, task: Known, about: str) -> date | None:
        if about in ("due", "date"):
            return self.due(task)
        if about == "start":
            return task.start_on
        moment = {"created": task.created, "updated": task.updated, "completed": task.completed}[about]
        return self.day(moment) if moment else None


Fits = Callable[[Known, Asker], bool]


@dataclass(repr=False)
class Said:
    text: str
    fits: Fits
    of_status: bool = False
    of_attic: bool = False  # names the list that is archived

    def __repr__(self) -> str:
        return repr(self.text)


class Filled:
    def __init__(self, person: UUID, tasks: list[Known], connection: psycopg.Connection[Any]) -> None:
        self.person, self.tasks, self.connection = person, tasks, connection

    def found(self, text: str, asker: Asker) -> set[UUID]:
        condition = Condition(parse(text), Clock(asker.now, asker.zone, asker.week_start))
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in condition.values.items()}
        mine = "SELECT id FROM tasks WHERE user_id = %(user_id)s AND deleted_at IS NULL AND "
        query = mine + condition.text
        rows = self.connection.execute(query.encode(), values | {"user_id": self.person}).fetchall()
        return {id for (id,) in rows}


@pytest.fixture(scope="module")
def filled(world: World) -> Iterator[Filled]:
    """Some hundred tasks about the days when clocks change, many of them to the minute at midnight."""
    chance = random.Random(11)
    person = Person(world, "Alice")
    mallory = Person(world, "Mallory")
    with psycopg.connect(world.owner_url, autocommit=True) as connection:
        for owner in (person, mallory):
            ids = {kind: {name: new_id() for name in names} for kind, names in (("lists", LISTS), ("tags", TAGS))}
            for name, id in ids["lists"].items():
                connection.execute(
                    "INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at,"
                    " version) VALUES (%s, %s, %s, %s, 'a0', %s, now(), now(), 1)",
                    [owner.id, id, name, name_key(name), name == "Attic"],
                )
            for name, id in ids["tags"].items():
                connection.execute(
                    "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)"
                    " VALUES (%s, %s, %s, %s, now(), now(), 1)",
                    [owner.id, id, name, name_key(name)],
                )
            tasks: list[Known] = []
            for _ in range(240):
                tasks.append(task := some_task(chance, [each for each in tasks if each.parent is None]))
                list_id = owner.id if task.inside == "Inbox" else ids["lists"][task.inside]
                connection.execute(
                    "INSERT INTO tasks (user_id, id, title, notes, words, status, priority, due_on, due_time, zone,"
                    " due_at, start_on, list_id, parent_id, tags, position, created_at, updated_at, completed_at,"
                    " series_id, ordinal, reminders, version)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
                    " %s, 1)",
                    [owner.id, task.id, task.title, task.notes, words.of_task(task.title, task.notes), task.status,
                     task.priority, task.due_on, task.due_time, task.zone, task.due_at, task.start_on, list_id,
                     task.parent, [ids["tags"][tag] for tag in task.tags], last(), task.created, task.updated,
                     task.completed, task.series, task.series and 1, json.dumps(task.reminders)],
                )  # fmt: skip
            if owner is person:
                kept = tasks
        yield Filled(person.id, kept, connection)


def some_task(chance: random.Random, others: list[Known]) -> Known:
    anchor, zone = chance.choice(ANCHORS), chance.choice(ZONES)

    def moment() -> datetime:
        if chance.random() < 0.5:  # about midnight somewhere
            day = anchor.date() + timedelta(chance.randint(-3, 3))
            midnight = datetime.combine(day, time(), ZoneInfo(chance.choice(ZONES)))
            return midnight.astimezone(UTC) + timedelta(minutes=chance.choice([-61, -60, -1, 0, 1, 59, 60, 61]))
        return anchor + timedelta(minutes=chance.randint(-60 * 24 * 40, 60 * 24 * 40))

    due_on = chance.choice([None, *(anchor.date() + timedelta(chance.randint(-9, 9)) for _ in range(4))])
    due_time = (
        time(chance.choice([0, 0, 1, 9, 23]), chance.choice([0, 30, 59])) if due_on and chance.random() < 0.6 else None
    )
    own_zone = zone if due_time and chance.random() < 0.6 else None
    due_at = datetime.combine(due_on, due_time, ZoneInfo(zone)).astimezone(UTC) if due_on and due_time else None
    status = chance.choice(STATUSES)
    parent = chance.choice(others) if others and chance.random() < 0.3 else None
    return Known(
        id=new_id(), title=chance.choice(TITLES), notes=chance.choice(["", "bring MILK", "\\ % _"]), status=status,
        priority=chance.choice(PRIORITIES), due_on=due_on, due_time=due_time, zone=own_zone, due_at=due_at,
        start_on=chance.choice([None, anchor.date() + timedelta(chance.randint(-9, 9))]),
        inside=parent.inside if parent else chance.choice(["Inbox", *LISTS]), parent=parent.id if parent else None,
        tags=chance.sample(TAGS, chance.randint(0, 3)), created=moment(), updated=moment(),
        completed=moment() if status == "done" else None, series=new_id() if chance.random() < 0.2 else None,
        reminders=[{"kind": "before", "minutes": 5}] if chance.random() < 0.3 else [],
    )  # fmt: skip


# What can be said, with what it means


def is_open(task: Known) -> bool:
    return task.status not in ("done", "cancelled")


def late(task: Known, asker: Asker) -> bool:
    passed = task.due_at < asker.now if task.due_at else task.due_on is not None and task.due_on < asker.today
    return is_open(task) and passed


WORDS: list[Said] = [
    Said("all", lambda task, _: True),
    Said("view all", lambda task, _: True),
    Said("overdue", late),
    Said("od", late),
    Said("no date", lambda task, _: task.due_on is None),
    Said("no due date", lambda task, _: task.due_on is None),
    Said("no start", lambda task, _: task.start_on is None),
    Said("no time", lambda task, _: task.due_on is not None and task.due_time is None),
    Said("no priority", lambda task, _: task.priority == "none"),
    Said("no tags", lambda task, _: not task.tags),
    Said("no labels", lambda task, _: not task.tags),
    Said("subtask", lambda task, _: task.parent is not None),
    Said("no parent", lambda task, _: task.parent is None),
    Said("recurring", lambda task, _: task.series is not None),
    Said("has reminder", lambda task, _: bool(task.reminders)),
    Said("no reminders", lambda task, _: not task.reminders),
    Said("open", lambda task, _: is_open(task), of_status=True),
    Said("in progress", lambda task, _: task.status == "in_progress", of_status=True),
    Said("done", lambda task, _: task.status == "done", of_status=True),
    Said("cancelled", lambda task, _: task.status == "cancelled", of_status=True),
    Said("any status", lambda task, _: True, of_status=True),
    Said("#Inbox", lambda task, _: task.inside == "Inbox"),
    Said("#side projects", lambda task, _: task.inside == "Side Projects"),
    Said("## WÖRK", lambda task, _: task.inside == "Wörk"),
    Said(r"#\(old\)", lambda task, _: task.inside == "(old)"),
    Said('#"(old)"', lambda task, _: task.inside == "(old)"),
    Said("#W*rk", lambda task, _: task.inside in ("Work", "Wörk")),
    Said("#nowhere", lambda task, _: False),
    Said("#attic", lambda task, _: task.inside == "Attic", of_attic=True),
    Said("@home", lambda task, _: "home" in task.tags),
    Said("@HOME*", lambda task, _: bool({"home", "Homework"} & {*task.tags})),
    Said(r"@home\*", lambda task, _: False),
    Said("@*", lambda task, _: bool(task.tags)),
    Said(r"@Ä\&Ö", lambda task, _: "ä&ö" in task.tags),
    Said("@50%", lambda task, _: "50%" in task.tags),
    Said("@5%*", lambda task, _: False),
    Said("@a_*", lambda task, _: "a_b" in task.tags),
    Said("search: milk", lambda task, _: "milk" in f"{task.title} {task.notes}".lower()),
    Said("search: bre MIL", lambda task, _: "bread" in task.title),
    Said("search: uber", lambda task, _: "Über" in task.title),
    Said('search: "(mum) & dad"', lambda task, _: "(mum) & dad" in task.title),
    Said("search: %", lambda task, _: False),
    Said("p1", lambda task, _: task.priority == "urgent"),
    Said("p2", lambda task, _: task.priority == "high"),
    Said("p3", lambda task, _: task.priority == "medium"),
    Said("p4", lambda task, _: task.priority == "low"),
]  # fmt: skip

Days = Callable[[Asker, bool], tuple[date, date]]  # the first and the last, of something that is to come or has been


def nearest(start: date, step: int, wanted: Callable[[date], bool]) -> date:
    while not wanted(start):
        start += timedelta(step)
    return start


def one(day: Callable[[Asker, bool], date]) -> Days:
    return lambda asker, gone: (day(asker, gone), day(asker, gone))


def week(asker: Asker, ahead: int) -> tuple[date, date]:
    first = nearest(asker.today, -1, lambda day: day.isoweekday() == asker.week_start) + timedelta(7 * ahead)
    return first, first + timedelta(6)


def month(asker: Asker, ahead: int) -> tuple[date, date]:
    first = asker.today.replace(day=1)
    for _ in range(ahead):
        first = (first + timedelta(31)).replace(day=1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


@st.composite
def phrases(draw: st.DrawFn, point: bool = False) -> tuple[str, Days]:
    number = draw(st.integers(1, 40))
    weekday = draw(st.integers(0, 6))
    day = draw(st.sampled_from(ANCHORS)).date() + timedelta(draw(st.integers(-9, 9)))

    def named_weekday(asker: Asker, gone: bool) -> date:
        start = asker.today if gone else asker.today + timedelta(1)
        return nearest(start, -1 if gone else 1, lambda each: each.weekday() == weekday)

    def in_next_week(asker: Asker, gone: bool) -> date:
        return nearest(week(asker, 1)[0], 1, lambda each: each.weekday() == weekday)

    def yearly(asker: Asker, gone: bool) -> date:
        return nearest(asker.today, -1 if gone else 1, lambda each: (each.month, each.day) == (day.month, day.day))

    some: list[tuple[str, Days]] = [
        ("today", one(lambda asker, _: asker.today)),
        ("tomorrow", one(lambda asker, _: asker.today + timedelta(1))),
        ("yesterday", one(lambda asker, _: asker.today - timedelta(1))),
        (f"+{number} days", one(lambda asker, _: asker.today + timedelta(number))),
        (f"in {number} days", one(lambda asker, _: asker.today + timedelta(number))),
        (f"-{number} days", one(lambda asker, _: asker.today - timedelta(number))),
        (f"{number} weeks ago", one(lambda asker, _: asker.today - timedelta(7 * number))),
        (f"next {number} days", lambda asker, _: (asker.today, asker.today + timedelta(number - 1))),
        (f"last {number} days", lambda asker, _: (asker.today - timedelta(number - 1), asker.today)),
        (DAYS[weekday], one(named_weekday)),
        (DAYS[weekday][:3], one(named_weekday)),
        (f"next {DAYS[weekday]}", one(in_next_week)),
        ("this week", lambda asker, _: week(asker, 0)),
        ("next week", lambda asker, _: week(asker, 1)),
        ("last week", lambda asker, _: week(asker, -1)),
        ("this month", lambda asker, _: month(asker, 0)),
        ("next month", lambda asker, _: month(asker, 1)),
        (day.isoformat(), one(lambda _, __: day)),
        (f"{day.day}.{day.month}.{day.year}", one(lambda _, __: day)),
        (f"{day.day} {MONTHS[day.month - 1]} {day.year}", one(lambda _, __: day)),
        (f"{MONTHS[day.month - 1]} {day.day}", one(yearly)),
        (f"{day.day} {MONTHS[day.month - 1]}", one(yearly)),
    ]  # fmt: skip
    if point:
        some.append((f"{number} days", one(lambda asker, _: asker.today + timedelta(number))))
    else:
        some.append((f"{number} days", lambda asker, _: (asker.today, asker.today + timedelta(number - 1))))
    return draw(st.sampled_from(some))


@st.composite
def about_time(draw: st.DrawFn) -> Said:
    about = draw(st.sampled_from(["due", "date", "start", "created", "updated", "completed"]))
    side = draw(st.sampled_from(["", "before", "after"]))
    gone = about in ("created", "updated", "completed")
    text, days = draw(phrases(point=bool(side)))

    def fits(task: Known, asker: Asker) -> bool:
        day, (first, behind) = asker.of(task, about), days(asker, gone)
        if day is None:
            return False
        return day < first if side == "before" else day > behind if side == "after" else first <= day <= behind

    return Said(f"{about} {side}: {text}".replace(" :", ":"), fits, of_status=about == "completed")


@st.composite
def bare_days(draw: st.DrawFn) -> Said:
    text, days = draw(phrases())

    def fits(task: Known, asker: Asker) -> bool:
        day, (first, behind) = asker.due(task), days(asker, False)
        return day is not None and first <= day <= behind

    return Said(text, fits)


@st.composite
def moments(draw: st.DrawFn) -> Said:
    hours = draw(st.integers(-60, 60))
    about, side = draw(st.sampled_from(["due", "created"])), draw(st.sampled_from(["before", "after"]))

    def fits(task: Known, asker: Asker) -> bool:
        moment = asker.now + timedelta(hours=hours)
        if about == "due" and task.due_at is None:
            day = asker.day(moment)
            return task.due_on is not None and (task.due_on < day if side == "before" else task.due_on > day)
        at = task.due_at if about == "due" else task.created
        assert at
        return at < moment if side == "before" else at >= moment

    return Said(f"{about} {side}: {hours:+} hours", fits)


def joined(parts: list[Said], sign: str) -> Said:
    every = all if sign == "&" else any
    return Said(
        f" {sign} ".join(f"({part.text})" for part in parts),
        lambda task, asker: every(part.fits(task, asker) for part in parts),
        of_status=any(part.of_status for part in parts),
        of_attic=any(part.of_attic for part in parts),
    )


def negated(part: Said) -> Said:
    return Said(f"!({part.text})", lambda task, asker: not part.fits(task, asker), part.of_status, part.of_attic)


@st.composite
def any_case(draw: st.DrawFn, said: Said) -> Said:
    text = draw(st.sampled_from([said.text, said.text.upper(), said.text.title(), f"  {said.text} "]))
    return Said(text.replace(" ", draw(st.sampled_from([" ", "   "]))) if '"' not in text else text,
                said.fits, said.of_status, said.of_attic)  # fmt: skip


LEAVES = st.one_of(st.sampled_from(WORDS), about_time(), bare_days(), moments()).flatmap(any_case)


@st.composite
def combined(draw: st.DrawFn, parts: st.SearchStrategy[Said]) -> Said:
    if draw(st.booleans()):
        return negated(draw(parts))
    return joined(draw(st.lists(parts, min_size=2, max_size=3)), draw(st.sampled_from("&|")))


EXPRESSIONS = st.recursive(LEAVES, combined, max_leaves=6)
ASKERS = st.builds(
    Asker,
    st.sampled_from(ANCHORS).flatmap(
        lambda anchor: st.integers(-3 * 24 * 4, 3 * 24 * 4).map(
            lambda quarters: anchor + timedelta(minutes=15 * quarters)
        )
    ),
    st.sampled_from(ZONES),
    st.integers(1, 7),
)
OFTEN = settings(max_examples=400, suppress_health_check=list(HealthCheck))


def meant(said: Said, task: Known, asker: Asker) -> bool:
    """A filter that says nothing of a status is about open tasks; archived lists that it does not name are left out."""
    implied = (said.of_status or is_open(task)) and (said.of_attic or task.inside != "Attic")
    return implied and said.fits(task, asker)


@OFTEN
@given(said=EXPRESSIONS, asker=ASKERS)
def test_postgresql_finds_what_a_plain_reading_finds(filled: Filled, said: Said, asker: Asker) -> None:
    assert filled.found(said.text, asker) == {task.id for task in filled.tasks if meant(said, task, asker)}, (
        f"{said.text!r} {asker}"
    )


@settings(OFTEN, max_examples=100)
@given(parts=st.lists(EXPRESSIONS, min_size=2, max_size=3), asker=ASKERS)
def test_what_stands_between_commas_comes_together_and_each_means_what_it_means_alone(
    filled: Filled, parts: list[Said], asker: Asker
) -> None:
    found = filled.found(" , ".join(part.text for part in parts), asker)

    assert found == {task.id for task in filled.tasks if any(meant(part, task, asker) for part in parts)}


@settings(OFTEN, max_examples=100)
@given(said=EXPRESSIONS, asker=ASKERS)
def test_not_is_the_opposite_whatever_is_missing(filled: Filled, said: Said, asker: Asker) -> None:
    """Among all statuses and lists, so that nothing is implied."""
    everywhere = "any status & (#* | !#*)"

    found = filled.found(f"{everywhere} & ({said.text})", asker)
    others = filled.found(f"{everywhere} & !({said.text})", asker)

    assert found | others == {task.id for task in filled.tasks}
    assert not found & others


@settings(OFTEN, max_examples=200)
@given(
    parts=st.lists(LEAVES, min_size=2, max_size=5),
    signs=st.lists(st.sampled_from("&|"), min_size=4, max_size=4),
    asker=ASKERS,
)
def test_and_binds_more_closely_than_or(filled: Filled, parts: list[Said], signs: list[str], asker: Asker) -> None:
    text, grouped = parts[0].text, [[parts[0].text]]
    for part, sign in zip(parts[1:], signs, strict=False):
        text += f" {sign} {part.text}"
        grouped = [*grouped[:-1], [*grouped[-1], part.text]] if sign == "&" else [*grouped, [part.text]]

    assert filled.found(text, asker) == filled.found(" | ".join(f"({' & '.join(group)})" for group in grouped), asker)
