"""Whatever somebody does, in whatever order: undone backwards, everything is as it was; undone alone, exactly that is.

Hypothesis makes the stories up. A person of their own lives each, through HTTP, with the functions that people use.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import Person
from tests.world import World

Document: TypeAlias = dict[str, Any]
State: TypeAlias = dict[tuple[str, str], Document]  # every document that is there, but for its version
Step: TypeAlias = tuple[str, int, int, int]  # what is done, and three numbers that choose to what and how

KEPT_BY_ITSELF = {"version", "updated_at"}
TABLES = {
    "task": "tasks",
    "series": "series",
    "list": "lists",
    "tag": "tags",
    "filter": "filters",
    "comment": "comments",
}


class Life:
    """What one person does. A step that cannot be taken, as with nothing there yet, is none."""

    def __init__(self, world: World) -> None:
        self.person = Person(world, "Alice")
        self.activities: list[str] = []
        self.ids: dict[str, list[str]] = {kind: [] for kind in TABLES}
        self.ids["list"].append(str(self.person.id))
        self.states = [self.state()]
        self.address = ""
        for step in BEGINNING:
            assert self.takes(step)

    def takes(self, step: Step) -> bool:
        """Whether anything is different now."""
        what, *numbers = step
        answer = STEPS[what](self, *numbers)
        if answer is None:
            return False
        assert answer.status_code < 500, answer.text
        if answer.status_code == 201:
            kind = answer.headers["location"].split("/")[2].removesuffix("s")
            self.ids[kind].append(answer.json()["id"])
        if what == "go on":
            self.ids["task"] += [next["id"] for next in [answer.json().get("next")] if next]
        if "taskora-activity" not in answer.headers:
            return False
        self.activities.append(answer.headers["taskora-activity"])
        self.states.append(self.state())
        return True

    def asks(self, method: str, address: str, **body: Any) -> httpx.Response:
        self.address = address
        is_organized = address.startswith(("/api/lists", "/api/tags", "/api/filters"))
        of_series = address.startswith("/api/series") or address.endswith(("/complete", "/reopen", "/skip"))
        function = "organize" if is_organized else "complete" if of_series else "tasks"
        if "/reminders" in address:
            function = "remind"
        return self.person.at(function).request(method, address, json=body or None)

    def undoes(self, activity: str) -> httpx.Response:
        return self.asks("POST", f"/api/activity/{activity}/undo")

    def one(self, kind: str, number: int) -> str | None:
        there = self.ids[kind]
        return there[-1 - number % len(there)] if there else None

    def chosen(self, kind: str, number: int) -> list[str]:
        return [id for place, id in enumerate(self.ids[kind][-4:]) if number >> place & 1]

    def state(self) -> State:
        found = {}
        for kind, table in TABLES.items():
            rows = self.person.world.rows(
                f"SELECT document FROM {table} WHERE user_id = %s AND deleted_at IS NULL",  # noqa: S608
                self.person.id,
            )
            for (text,) in rows:
                document = json.loads(str(text))
                found[kind, document["id"]] = {
                    name: value for name, value in document.items() if name not in KEPT_BY_ITSELF
                }
        return found

    def everything(self) -> list[tuple[object, ...]]:
        """With versions, with what is deleted, and with the number of the last event."""
        rows = self.person.world.rows("SELECT value::text, '' FROM counters WHERE user_id = %s", self.person.id)
        for table in TABLES.values():
            rows += self.person.world.rows(
                f"SELECT document, deleted_at::text FROM {table} WHERE user_id = %s ORDER BY id",  # noqa: S608
                self.person.id,
            )
        return rows

    def changes(self, activity: str) -> dict[tuple[str, str], dict[str, Any]]:
        """What the operation of this activity says that it changed of each thing."""
        rows = self.person.world.rows(
            "SELECT type, subject, data -> 'changes' FROM events WHERE user_id = %s AND data ->> 'operation' ="
            " (SELECT data ->> 'operation' FROM events WHERE id = %s) ORDER BY sequence",
            self.person.id, activity,
        )  # fmt: skip
        said: dict[tuple[str, str], dict[str, Any]] = {}
        for event_type, subject, changes in rows:
            kind, _, id = str(subject).partition("/")
            made = {"deleted": [True, False]} if str(event_type).endswith((".created", ".recurred")) else {}
            assert isinstance(changes, dict)
            for name, (before, after) in (made | changes).items():
                first = said.setdefault((kind, id), {}).get(name, (before, None))[0]
                said[kind, id][name] = (first, after)
        return said


def reminders(a: int, b: int) -> list[dict[str, Any]]:
    some: list[dict[str, Any]] = [
        {"kind": "days_before", "days": b % 3, "at": (None, "18:00")[b % 2]},
        {"kind": "absolute", "at": ("2026-12-01T08:00:00", "2020-12-01T08:00:00")[b % 2]},
    ]
    return [each for place, each in enumerate(some) if a >> place & 1]


def remind(life: Life, a: int, b: int, c: int) -> httpx.Response | None:
    """By one more, or again later, or by one less."""
    task = life.one("task", a)
    there = life.asks("GET", f"/api/tasks/{task}").json().get("reminders")
    if task is None or c % 3 == 0 or not there:
        said = ({"kind": "before", "minutes": b}, {"kind": "days_before", "days": b})[c % 2]
        answer = life.asks("POST", f"/api/tasks/{task}/reminders", **said)
        return no_thing(answer)
    address = f"/api/tasks/{task}/reminders/{there[b % len(there)]['id']}"
    if c % 3 == 1:
        return life.asks("DELETE", address)
    return life.asks("POST", f"{address}/snooze", minutes=b + 1)


def no_thing(answer: httpx.Response) -> httpx.Response:
    """What was made is a part of something."""
    answer.status_code = 200 if answer.status_code == 201 else answer.status_code
    return answer


def create_task(life: Life, a: int, b: int, c: int) -> httpx.Response:
    parent = life.one("task", b) if a % 3 == 0 else None
    fields: dict[str, Any] = {"list": life.one("list", b)} if parent is None and a % 2 else {"parent": parent}
    due = (None, "2026-12-01", "2026-12-01T09:00:00")[c % 3]
    if c % 5 == 4:
        fields["reminders"] = reminders(a, b)
    if b % 4 == 1:
        fields["recurrence"] = {"rule": ("FREQ=DAILY", "FREQ=WEEKLY;COUNT=2")[c % 2], "missed": ("skip", "each")[a % 2]}
    return life.asks("POST", "/api/tasks", title=f"Task {a}", due=due, tags=life.chosen("tag", c), **fields)


def go_on(life: Life, a: int, b: int, _: int) -> httpx.Response | None:
    """With an occurrence of a task that repeats, or back to it."""
    task = life.one("task", a)
    step = ("complete", "complete", "reopen", "skip")[b % 4]
    answer = life.asks("POST", f"/api/tasks/{task}/{step}") if task else None
    return answer if answer is not None and answer.status_code == 200 else None


def repeat(life: Life, a: int, b: int, c: int) -> httpx.Response | None:
    """From some occurrence on, or no more; or have it wait."""
    task = life.one("task", a)
    if task is None:
        return None
    series = life.asks("GET", f"/api/tasks/{task}").json().get("series")
    if series and c % 2:
        return life.asks("POST", f"/api/series/{series}/{('pause', 'resume', 'end')[b % 3]}")
    if b % 4 == 3:
        return life.asks("PATCH", f"/api/tasks/{task}?scope=future", title=f"Title {c % 3}")
    said = (None, {"rule": "FREQ=DAILY;INTERVAL=3", "kind": "after_completion"}, {"rule": "FREQ=MONTHLY"})[b % 4 % 3]
    return life.asks("PATCH", f"/api/tasks/{task}", recurrence=said)


def change_task(life: Life, a: int, b: int, c: int) -> httpx.Response | None:
    patch = (
        {"title": f"Title {b % 3}"},
        {"status": ("todo", "done", "in_progress", "cancelled")[b % 4]},
        {"status": "done", "notes": f"{b}"},
        {"due": ("2026-12-01", "2026-12-02T10:00:00", None)[b % 3]},
        {"tags": life.chosen("tag", b)},
        {"list": life.one("list", b)},
        {"parent": life.one("task", b)},
        {"parent": None},
        {"priority": "high", "start": "2026-12-01"},
        {"reminders": reminders(a, b)},
    )[c % 10]
    task = life.one("task", a)
    return life.asks("PATCH", f"/api/tasks/{task}", **patch) if task else None


def delete(kind: str) -> Callable[..., httpx.Response | None]:
    def step(life: Life, a: int, b: int, _: int) -> httpx.Response | None:
        tasks = "?tasks=move_to_inbox" if kind == "list" and b % 2 else ""
        id = life.one(kind, a)
        return life.asks("DELETE", f"/api/{kind}s/{id}{tasks}") if id else None

    return step


def create(kind: str) -> Callable[..., httpx.Response | None]:
    def step(life: Life, a: int, _: int, __: int) -> httpx.Response | None:
        more = {"query": "today"} if kind == "filter" else {}
        return life.asks("POST", f"/api/{kind}s", name=f"Name {a % 4}", **more)

    return step


def rename(kind: str) -> Callable[..., httpx.Response | None]:
    def step(life: Life, a: int, b: int, _: int) -> httpx.Response | None:
        id = life.one(kind, a)
        return life.asks("PATCH", f"/api/{kind}s/{id}", name=f"Name {b % 4}") if id else None

    return step


def restore(life: Life, a: int, _: int, __: int) -> httpx.Response | None:
    task = life.one("task", a)
    return life.asks("POST", f"/api/tasks/{task}/restore") if task else None


def merge(life: Life, a: int, b: int, _: int) -> httpx.Response | None:
    tag = life.one("tag", a)
    return life.asks("POST", f"/api/tags/{tag}/merge", into=life.one("tag", b)) if tag else None


def undo_something(life: Life, a: int, _: int, __: int) -> httpx.Response:
    return life.undoes(life.activities[-1 - a % len(life.activities)])


def change_many(life: Life, a: int, b: int, c: int) -> httpx.Response:
    said: dict[str, Any] = (
        {"change": {"status": ("done", "todo")[b % 2], "add_tags": life.chosen("tag", b)}},
        {"change": {"due_day": "2026-12-03", "remove_tags": life.chosen("tag", b)}},
        {"change": {"list": life.one("list", b)}},
        {"move": {"at": "first", "parent": life.one("task", b)}},
        {"delete": True},
        {"restore": True},
    )[c % 6]
    return life.asks("POST", "/api/tasks/bulk", ids=life.chosen("task", a | 1), **said)


def move(life: Life, a: int, b: int, _: int) -> httpx.Response:
    return life.asks("POST", f"/api/tasks/{life.one('task', a)}/move", before=life.one("task", b))


def duplicate(life: Life, a: int, _: int, __: int) -> httpx.Response:
    return life.asks("POST", f"/api/tasks/{life.one('task', a)}/duplicate")


def comment(life: Life, a: int, b: int, c: int) -> httpx.Response:
    known = life.one("comment", a)
    if known is None or c % 3 == 0:
        return life.asks("POST", f"/api/tasks/{life.one('task', a)}/comments", text=f"Comment {b}")
    if c % 3 == 1:
        return life.asks("PATCH", f"/api/comments/{known}", text=f"Comment {b}")
    return life.asks("DELETE", f"/api/comments/{known}")


STEPS: dict[str, Callable[..., httpx.Response | None]] = {
    "create a task": create_task,
    "change a task": change_task,
    "go on": go_on,
    "repeat": repeat,
    "remind": remind,
    "delete a task": delete("task"),
    "restore a task": restore,
    "change many tasks": change_many,
    "move a task": move,
    "duplicate a task": duplicate,
    "comment": comment,
    "merge two tags": merge,
    "undo something": undo_something,
}
for each in ("list", "tag", "filter"):
    STEPS |= {f"create a {each}": create(each), f"rename a {each}": rename(each), f"delete a {each}": delete(each)}

BEGINNING = [
    ("create a tag", 0, 0, 0), ("create a tag", 1, 0, 0), ("create a list", 0, 0, 0), ("create a list", 1, 0, 0),
    ("create a task", 1, 0, 3), ("create a task", 0, 0, 1), ("create a task", 2, 0, 2), ("create a task", 2, 1, 2),
]  # fmt: skip
OFTEN = [
    *STEPS,
    *["create a task"] * 3,
    *["change a task"] * 6,
    *["change many tasks"] * 4,
    *["comment"] * 3,
    *["go on"] * 6,
    *["remind"] * 3,
]
numbers = st.integers(0, 63)
stories = st.lists(st.tuples(st.sampled_from(OFTEN), numbers, numbers, numbers), min_size=3, max_size=25)
UNHURRIED = settings(max_examples=20, suppress_health_check=list(HealthCheck))


@contextmanager
def life_in(world: World) -> Iterator[Life]:
    life = Life(world)
    yield life
    life.person.leave()


@UNHURRIED
@given(stories)
def test_undone_backwards_everything_is_as_it_was(world: World, story: list[Step]) -> None:
    with life_in(world) as life:
        for step in story:
            life.takes(step)

        for activity, before in reversed(list(zip(life.activities, life.states, strict=False))):
            answer = life.undoes(activity)
            assert answer.status_code == 200, answer.text
            assert life.state() == before


@UNHURRIED
@given(stories, numbers)
def test_undone_alone_it_is_exactly_what_is_undone_or_nothing(world: World, story: list[Step], chosen: int) -> None:
    with life_in(world) as life:
        for step in story:
            life.takes(step)
        activity = life.activities[chosen % len(life.activities)]
        before, all_before = life.state(), life.everything()

        answer = life.undoes(activity)

        if answer.status_code != 200:
            assert answer.status_code == 409, answer.text
            assert life.everything() == all_before
            return
        after = life.state()
        said = life.changes(activity)
        for thing in before.keys() | after.keys() | said.keys():
            was, fields = before.get(thing), {name: value for name, (value, _) in said.get(thing, {}).items()}
            is_there = not fields.pop("deleted", was is None)
            assert (thing in after) == is_there
            if is_there and was is not None:
                assert after[thing] == was | fields | {name: after[thing][name] for name in {"due_at"} & fields.keys()}
