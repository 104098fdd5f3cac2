"""Lists of tasks: what parameters mean, in what order tasks come, and what pages promise while others write."""

import base64
import json
import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.ids import new_id
from shared.names import name_key
from tests.people import Person
from tests.world import World

Task = dict[str, Any]
TODAY = datetime.now(UTC).date()


def listed(person: Person, **asked: Any) -> list[Task]:
    answer = person.at("tasks").get("/api/tasks", params=asked)
    assert answer.status_code == 200, answer.text
    tasks: list[Task] = answer.json()["items"]
    return tasks


def titles(person: Person, **asked: Any) -> list[str]:
    return sorted(task["title"] for task in listed(person, **asked))


def paged(person: Person, **asked: Any) -> Iterator[Task]:
    """Task by task, each page asked for when it is needed."""
    cursor: str | None = None
    while True:
        answer = person.at("tasks").get("/api/tasks", params=asked | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        yield from answer.json()["items"]
        if (cursor := answer.json()["next"]) is None:
            return


def refused(person: Person, **asked: Any) -> Any:
    answer = person.at("tasks").get("/api/tasks", params=asked)
    assert answer.status_code == 422, answer.text
    return answer.json()


def has_tag(person: Person, name: str) -> str:
    id = new_id()
    person.world.rows(
        "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, %s, now(), now(), 1)",
        person.id, id, name, name_key(name),
    )  # fmt: skip
    return str(id)


def has_list(person: Person, name: str, archived: bool = False) -> str:
    id = new_id()
    person.world.rows(
        "INSERT INTO lists (user_id, id, name, name_key, position, archived, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, %s, 'a0', %s, now(), now(), 1)",
        person.id, id, name, name_key(name), archived,
    )  # fmt: skip
    return str(id)


def day(ahead: int) -> str:
    return (TODAY + timedelta(ahead)).isoformat()


# Filters


def test_a_filter_is_in_the_language_todoists_users_know(alice: Person) -> None:
    work, waiting = has_list(alice, "Work"), has_tag(alice, "waiting")
    alice.has_task("late", list=work, due=day(-9), priority="urgent")
    alice.has_task("late, waiting", list=work, due=day(-9), priority="urgent", tags=[waiting])
    alice.has_task("late, at home", due=day(-9), priority="urgent")
    alice.has_task("done", list=work, due=day(-9), priority="urgent", status="done")

    assert titles(alice, filter="(today | overdue) & #Work & !@waiting & p1") == ["late"]


def lives_in(person: Person, zone: str) -> None:
    person.world.rows("UPDATE users SET zone = %s WHERE id = %s", zone, person.id)


def test_today_is_the_users_own_wherever_that_is(alice: Person, mallory: Person) -> None:
    lives_in(alice, "Pacific/Kiritimati")
    lives_in(mallory, "Pacific/Pago_Pago")
    for person in (alice, mallory):
        for ahead in range(-2, 3):
            person.has_task(day(ahead), due=day(ahead))

    [eastern], [western] = titles(alice, filter="today"), titles(mallory, filter="today")

    assert eastern > western  # 25 hours lie between the two


def test_the_week_is_the_users_too_and_a_change_of_it_counts_at_once(alice: Person) -> None:
    for ahead in range(-9, 10):
        alice.has_task(day(ahead), due=day(ahead))
    before = titles(alice, filter="this week")

    changed = alice.at("accounts").patch("/api/me", json={"week_start": "wednesday", "zone": "Asia/Tokyo"})
    after = titles(alice, filter="this week")

    assert changed.status_code == 200, changed.text
    assert [datetime.fromisoformat(week[0]).isoweekday() for week in (before, after)] == [1, 3]
    assert len(before) == len(after) == 7


def test_a_filter_of_another_persons_names_finds_nothing(alice: Person, mallory: Person) -> None:
    alice.has_task("private", tags=[has_tag(alice, "secret")], list=has_list(alice, "Hidden"))
    mallory.has_task("mine")

    assert titles(mallory, filter="@secret | #Hidden | @sec*") == []
    assert titles(mallory, filter="!@secret") == ["mine"]


def test_archived_lists_are_left_out_of_a_filter_that_does_not_name_them(alice: Person) -> None:
    alice.has_task("old", list=has_list(alice, "Attic", archived=True))
    alice.has_task("new")

    assert titles(alice, filter="all") == ["new"]
    assert titles(alice, filter="#attic") == ["old"]
    assert titles(alice, archived=False) == ["new"]
    assert titles(alice) == ["new", "old"]


def test_of_archived_lists_a_filter_finds_what_is_in_those_it_names(alice: Person) -> None:
    for name in ("Attic", "Cellar"):
        alice.has_task(name, list=has_list(alice, name, archived=True))
    alice.has_task("new")

    assert titles(alice, filter="all & !#Work") == ["new"]
    assert titles(alice, filter="#Inbox | !#Attic") == ["new"]
    assert titles(alice, filter="#attic | no date") == ["Attic", "new"]
    assert titles(alice, filter="#attic, no date") == ["Attic", "new"]
    assert titles(alice, filter="#*") == ["Attic", "Cellar", "new"]


def test_a_filter_that_cannot_be_read_is_refused_with_the_column(alice: Person) -> None:
    problem = refused(alice, filter="p1 & todai")

    assert problem["detail"].startswith("filter, column 6: found 'todai', expected ")
    assert (problem["column"], problem["suggestion"]) == (6, "today")
    assert problem["errors"][0]["field"] == "filter"


def test_a_list_of_any_kind_is_one_statement(world: World, alice: Person) -> None:
    alice.has_task("warm", due=day(0))
    with psycopg.connect(world.postgres.admin_url, autocommit=True) as server:
        server.execute("ALTER ROLE taskora_functions SET log_min_duration_statement = 0")
        try:
            browser = alice.browsing(world.start("tasks"))
            browser.get("/api/tasks").raise_for_status()  # its session is read, and remembered
            begins_at = world.postgres.log.stat().st_size
            for sort in ("-created", "-priority,due"):
                asked = {"filter": "(today | overdue) & !@home* & #Inbox & search: warm", "sort": sort}
                assert len(browser.get("/api/tasks", params=asked).json()["items"]) == 1
        finally:
            server.execute("ALTER ROLE taskora_functions RESET log_min_duration_statement")

    said = world.postgres.log.read_bytes()[begins_at:].decode()
    assert said.count(" execute ") == 2


# Parameters


@pytest.fixture
def several(alice: Person) -> dict[str, str]:
    home, work, rare = (has_tag(alice, name) for name in ("home", "work", "rare"))
    garden = has_list(alice, "Garden")
    weed = alice.has_task("weed", list=garden, tags=[home], due=day(0), priority="high")
    alice.has_task("root", list=garden, parent=weed["id"], tags=[home, work], due=day(3), start=day(1))
    alice.has_task("pay", tags=[work], due=f"{day(-2)}T09:00:00", priority="urgent", status="in_progress")
    alice.has_task("paid", due=day(-2), status="done")
    alice.has_task("idea", reminders=[{"kind": "days_before", "days": 1}])
    return {"home": home, "work": work, "rare": rare, "garden": garden, "weed": weed["id"]}


def test_a_parameter_says_which_lists_a_filter_is_about(alice: Person) -> None:
    attic = has_list(alice, "Attic", archived=True)
    alice.has_task("old", list=attic)
    alice.has_task("new")

    assert titles(alice, filter="no date") == ["new"]
    assert titles(alice, filter="no date", list=attic) == titles(alice, filter="no date", archived="true") == ["old"]
    assert titles(alice, filter="no date", archived="false") == ["new"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"status": ["done", "in_progress"]}, "paid pay"),
        ({"priority": ["high", "urgent"]}, "pay weed"),
        ({"list": "garden"}, "root weed"),
        ({"list": ["inbox", "garden"]}, "idea paid pay root weed"),
        ({"list": "inbox"}, "idea paid pay"),
        ({"tags_any": ["home", "work"]}, "pay root weed"),
        ({"tags_all": ["home", "work"]}, "root"),
        ({"tags_none": ["home"]}, "idea paid pay"),
        ({"tags_any": ["rare"]}, ""),
        ({"parent": "weed"}, "root"),
        ({"parent": "none"}, "idea paid pay weed"),
        ({"due_from": day(0)}, "root weed"),
        ({"due_to": day(0)}, "paid pay weed"),
        ({"due_from": day(0), "due_to": day(2)}, "weed"),
        ({"due_to": f"{day(-1)}T00:00:00Z"}, "paid pay"),
        ({"start_from": day(0)}, "root"),
        ({"start_to": day(0)}, ""),
        ({"created_from": day(-1), "updated_to": day(1)}, "idea paid pay root weed"),
        ({"created_to": day(-2)}, ""),
        ({"completed_from": day(-1)}, "paid"),
        ({"overdue": "true"}, "pay"),
        ({"overdue": "false"}, "idea paid root weed"),
        ({"no_date": "true"}, "idea"),
        ({"no_date": "false", "status": "todo"}, "root weed"),
        ({"has_reminder": "true"}, "idea"),
        ({"has_reminder": "false", "list": "inbox"}, "paid pay"),
        ({"recurring": "true"}, ""),
        ({"recurring": "false", "parent": "weed"}, "root"),
        ({"filter": "@work", "status": ["done", "in_progress"]}, "pay"),
        ({"filter": "#Inbox", "status": ["done"]}, "paid"),
        ({"filter": "#Inbox", "completed_from": day(-1)}, "paid"),
        ({"filter": "no date, #Inbox", "completed_to": day(1)}, "paid"),
        ({"filter": "#Inbox & done", "status": ["in_progress"]}, ""),
        ({"filter": "#Inbox"}, "idea pay"),
        ({"filter": "p1 , p2", "tags_any": ["home"], "sort": "title"}, "weed"),
    ],
)
def test_each_parameter_narrows_the_list_and_all_can_be_combined(
    alice: Person, several: dict[str, str], asked: dict[str, Any], expected: str
) -> None:
    def named(value: Any) -> Any:
        return [named(each) for each in value] if isinstance(value, list) else several.get(value, value)

    assert titles(alice, **{name: named(value) for name, value in asked.items()}) == expected.split()


def test_a_parameter_that_may_be_one_thing_or_another_is_named_once(alice: Person) -> None:
    problem = refused(alice, list=["inbox", "work"], parent="all")

    assert [fault["field"] for fault in problem["errors"]] == ["list.1", "parent"]
    assert "UUID" in problem["errors"][0]["message"]
    assert problem["errors"][0]["message"].endswith("; or input should be 'inbox'")


def test_a_parameter_that_does_not_exist_is_refused_by_name(alice: Person) -> None:
    problem = refused(alice, statsu="done")

    assert problem["errors"] == [{"field": "statsu", "message": "there is no such parameter; did you mean status?"}]


@pytest.mark.parametrize(
    "asked",
    [
        {"due_from": "tomorrow"},
        {"due_from": "2026-02-30"},
        {"created_to": "2026-02-03T10:00:00"},
        {"created_to": "9999-12-31"},
        {"list": "outbox"},
        {"parent": "1"},
        {"sort": "colour"},
        {"sort": ""},
        {"sort": "due,-due"},
        {"limit": 0},
        {"limit": 201},
        {"filter": "\0"},
        {"filter": ""},
        {"cursor": "abc"},
        {"cursor": ""},
        {"cursor": "W10="},
        {"cursor": "WyJ4IiwgIjAwMDEtMDEtMDFUMDA6MDA6MDAiLCAieCIsICJ4Il0="},
        {"\0": "1"},
    ],
)
def test_what_makes_no_sense_is_refused(alice: Person, asked: dict[str, Any]) -> None:
    assert refused(alice, **asked)["detail"]


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    text=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
        st.sampled_from(["search: a", "@a*", "#%", "due: today", r"@\*\\"]),
    )
)
def test_no_text_of_a_filter_or_cursor_is_a_fault_of_ours(world: World, somebody: Person, text: str) -> None:
    browser = somebody.at("tasks")

    for asked in ({"filter": text}, {"cursor": text}, {"sort": text}, {"list": text}, {text: text}):
        assert browser.get("/api/tasks", params=asked).status_code in (200, 422)


@pytest.fixture(scope="module")
def somebody(world: World) -> Iterator[Person]:
    person = Person(world, "Alice")
    yield person
    person.leave()


# Order


def in_order(person: Person, sort: str) -> list[str]:
    return [task["title"] for task in listed(person, sort=sort)]


def test_the_most_urgent_come_first_and_among_them_what_is_due_soonest(alice: Person) -> None:
    alice.has_task("low", priority="low", due=day(1))
    alice.has_task("urgent, some time", priority="urgent")
    alice.has_task("urgent, tomorrow", priority="urgent", due=day(1))
    alice.has_task("urgent, today", priority="urgent", due=day(0))

    assert in_order(alice, "-priority,due") == ["urgent, today", "urgent, tomorrow", "urgent, some time", "low"]


def test_what_has_no_date_comes_last_up_and_down(alice: Person) -> None:
    for title, due in (("none", None), ("all day", day(1)), ("nine", f"{day(1)}T09:00:00"), ("today", day(0))):
        alice.has_task(title, due=due, start=due and due[:10])

    assert in_order(alice, "due") == ["today", "nine", "all day", "none"]
    assert in_order(alice, "-due") == ["all day", "nine", "today", "none"]
    assert in_order(alice, "start,-created") == ["today", "nine", "all day", "none"]
    assert in_order(alice, "-start,created") == ["all day", "nine", "today", "none"]


def test_titles_are_in_order_whatever_their_case_and_accents(alice: Person) -> None:
    for title in ("zebra", "Émile", "apple", "Banana", "emil", "äpfel", "Zoo"):
        alice.has_task(title)

    assert in_order(alice, "title") == ["apple", "äpfel", "Banana", "emil", "Émile", "zebra", "Zoo"]
    assert in_order(alice, "-title") == ["Zoo", "zebra", "Émile", "emil", "Banana", "äpfel", "apple"]


def test_the_manual_order_is_that_of_the_positions(alice: Person) -> None:
    for title, position in (("third", "a0V"), ("first", "Zz"), ("second", "a0")):
        alice.has_task(title, position=position)

    assert in_order(alice, "manual") == ["first", "second", "third"]


KEYS = ["priority", "due", "start", "created", "updated", "completed", "title", "manual"]
PRIORITIES = ["none", "low", "medium", "high", "urgent"]


@pytest.fixture(scope="module")
def crowd(world: World) -> Iterator[list[Task]]:
    """Some tasks of few different values, so that many are level in most keys."""
    chance, person = random.Random(5), Person(world, "Alice")
    for number in range(60):
        due = chance.choice([None, "2026-11-20", "2026-11-20T09:00:00", "2026-11-20T10:00:00", "2026-11-21"])
        zone = chance.choice([None, "Asia/Tokyo"]) if due and "T" in due else None
        person.has_task(
            chance.choice(["a", "B", "c" * 70 + str(number % 2)]), due=due, zone=zone,
            start=chance.choice([None, "2026-11-20", "2026-11-21"]), priority=chance.choice(PRIORITIES),
            status=chance.choice(["todo", "done"]), position=chance.choice(["a0", "a1"]),
        )  # fmt: skip
    for column in ("created_at", "updated_at"):
        person.world.rows(f"UPDATE tasks SET {column} = date_trunc('second', {column}) WHERE user_id = %s", person.id)  # noqa: S608
    person.world.rows("UPDATE tasks SET completed_at = created_at WHERE status = 'done' AND user_id = %s", person.id)
    tasks = listed(person, limit=200)
    for task in tasks:
        task["person"] = person
    yield tasks
    person.leave()


def as_sorted(tasks: list[Task], sort: str) -> list[str]:
    """Sorted by one key after another, the last one first: Python's sort keeps what is level as it was."""
    steps = [(each.removeprefix("-"), each.startswith("-")) for each in sort.split(",")]
    tasks = sorted(tasks, key=lambda task: task["id"], reverse=steps[0][1])
    for key, down in reversed(steps):
        name = {
            "created": "created_at",
            "updated": "updated_at",
            "completed": "completed_at",
            "manual": "position",
        }.get(key, key)
        if key == "priority":
            tasks.sort(key=lambda task: PRIORITIES.index(task["priority"]), reverse=down)
        elif key == "due":
            tasks.sort(key=lambda task: (task["due"] or "")[11:] or "behind", reverse=down)
            tasks.sort(key=lambda task: (task["due"] or "")[:10], reverse=down)
        elif key == "title":
            tasks.sort(key=lambda task: task["title"].lower()[:60], reverse=down)
        else:
            tasks.sort(key=lambda task: task[name] or "", reverse=down)
        if key in ("due", "start", "completed"):
            tasks.sort(key=lambda task: task[name] is None)
    return [task["id"] for task in tasks]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True),
    downs=st.lists(st.booleans(), min_size=4, max_size=4),
    limit=st.integers(1, 70),
)
def test_pages_of_any_size_in_any_order_show_each_task_once(
    crowd: list[Task], keys: list[str], downs: list[bool], limit: int
) -> None:
    sort = ",".join("-" * down + key for key, down in zip(keys, downs, strict=False))

    seen = [task["id"] for task in paged(crowd[0]["person"], sort=sort, limit=max(limit, 3))]

    assert seen == as_sorted(crowd, sort)


def test_a_filter_holds_on_every_page(alice: Person) -> None:
    for number in range(12):
        alice.has_task(str(number), priority="urgent" if number % 2 else "low", due=day(number % 3))

    assert [task["title"] for task in paged(alice, filter="p1", sort="due,created", limit=2)] == [
        "3",
        "9",
        "1",
        "7",
        "5",
        "11",
    ]


# Cursors


@pytest.mark.parametrize(
    "other", [{"sort": "due"}, {"filter": "p2"}, {"status": "done"}, {"filter": "p1", "limit": 2, "sort": "-title"}]
)
def test_a_cursor_of_another_sort_or_filter_is_refused(alice: Person, other: dict[str, Any]) -> None:
    for number in range(3):
        alice.has_task(str(number), priority="urgent")
    first = alice.at("tasks").get("/api/tasks", params={"filter": "p1", "limit": 1}).json()

    assert "another sort or filter" in refused(alice, **other, cursor=first["next"])["detail"]
    assert len(listed(alice, filter="p1", limit=200, cursor=first["next"])) == 2


def test_what_was_today_on_the_first_page_is_so_on_all(alice: Person) -> None:
    """A cursor knows its moment: with an older one, what is overdue by now was not yet."""
    for number in range(3):
        alice.has_task(str(number), due=day(-1))
    first = alice.at("tasks").get("/api/tasks", params={"filter": "overdue", "limit": 1}).json()

    question, now, *place = json.loads(base64.urlsafe_b64decode(first["next"]))
    earlier = json.dumps([question, (datetime.fromisoformat(now) - timedelta(3)).isoformat(), *place])

    assert len(listed(alice, filter="overdue", cursor=first["next"])) == 2
    assert listed(alice, filter="overdue", cursor=base64.urlsafe_b64encode(earlier.encode()).decode()) == []


def test_while_others_write_pages_show_each_task_that_stays_exactly_once(alice: Person) -> None:
    """Three writers create, delete, and change what decides of the order; a reader pages all the while."""
    staying = {
        alice.has_task(f"stays {number}", priority=PRIORITIES[number % 5], due=day(number % 7))["id"]
        for number in range(40)
    }
    restless = [alice.has_task(f"restless {number}")["id"] for number in range(20)]
    ended = threading.Event()
    faults: list[httpx.Response] = []

    def write(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(
            base_url=alice.at("tasks").base_url, headers=alice.at("tasks").headers, cookies=alice.at("tasks").cookies
        ) as browser:
            while not ended.is_set():
                made = browser.post("/api/tasks", json={"title": "new", "priority": chance.choice(PRIORITIES)})
                moved = browser.patch(
                    f"/api/tasks/{chance.choice(restless)}",
                    json={
                        "due": day(chance.randint(-5, 9)),
                        "priority": chance.choice(PRIORITIES),
                        "title": chance.choice("abc"),
                    },
                )
                gone = browser.delete(f"/api/tasks/{made.json()['id']}")
                faults.extend(answer for answer in (made, moved, gone) if answer.status_code >= 400)

    writers = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for writer in writers:
        writer.start()
    try:
        for sort in ("-created", "created", "-priority,due", "due", "-due,title", "title", "manual", "-updated"):
            seen = [task["id"] for task in paged(alice, sort=sort, limit=7)]
            assert sorted(id for id in seen if id in staying) == sorted(staying), sort
    finally:
        ended.set()
        for writer in writers:
            writer.join()
    assert not faults


def test_a_task_that_moves_is_shown_where_it_is_when_its_page_is_read(alice: Person) -> None:
    tasks = {title: alice.has_task(title) for title in ("b", "d", "f", "h")}
    pages = paged(alice, sort="title", limit=1)
    first = next(pages)

    def becomes(title: str, another: str) -> None:
        alice.at("tasks").patch(f"/api/tasks/{tasks[title]['id']}", json={"title": another}).raise_for_status()

    becomes("b", "g")  # was shown, and moves behind what was shown: comes again, and says a later version
    becomes("h", "a")  # was to come, and moves before it: does not come any more
    becomes("d", "e")  # moves among what is to come

    rest = list(pages)
    assert [first["title"], *(task["title"] for task in rest)] == ["b", "e", "f", "g"]
    assert rest[-1]["id"] == first["id"]
    assert rest[-1]["version"] > first["version"]
