"""Afterwards: what there is, held against what people were told."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared import db
from tests.chaos import firings, webhooks
from tests.chaos.endpoints import Endpoints, Subscription
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger, Task
from tests.chaos.pages import Page
from tests.chaos.people import Browser, Person

SHOWN = 5  # rows of each broken promise

wrong = db.queries(__file__, "wrong")
state = db.queries(__file__, "state")


def promises_broken(installation: Installation, ledger: Ledger) -> list[str]:
    """What the database says against the rules, and against the ledger."""
    broken = list(ledger.wrong)
    for name, question in vars(wrong).items():
        broken += _some(_words(name), installation.rows(question))
    tasks = {(row["user_id"], str(row["id"])): row for row in installation.rows(state.tasks)}
    stories = {(row["user_id"], row["subject"]): row for row in installation.rows(state.stories)}
    for person, expected in ledger.tasks.items():
        for task in expected.values():
            broken += _task_broken(task, tasks.pop((person, task.id), None))
            broken += _story_broken(task, stories.pop((person, f"task/{task.id}"), None))
    broken += _some("a task that nobody was told of", list(tasks))
    broken += _some("events about a task that nobody was told of", list(stories))
    return broken


def _task_broken(task: Task, row: dict[str, Any] | None) -> list[str]:
    if row is None:
        return [f"an accepted task is gone: {task}"]
    document = json.loads(row["document"])
    same = all(document[name] == value for name, value in task.fields.items())
    if not same or document["version"] != task.version or (row["deleted_at"] is not None) != task.is_deleted:
        return [f"a task is not as accepted: {task} is {document}, deleted at {row['deleted_at']}"]
    return []


def _story_broken(task: Task, row: dict[str, Any] | None) -> list[str]:
    """One event for each version, and no other: nothing accepted was lost, nothing was done twice."""
    told = (row["types"], row["versions"]) if row else None
    if told != (task.history, list(range(1, task.version + 1))):
        return [f"the events of a task are not what was accepted: {task} has {told}"]
    return []


def reminders_broken(installation: Installation, until: datetime) -> list[str]:
    """Who was not reminded, or twice, or of what had been called off."""
    people = firings.all_reminded(installation.rows(state.reminding))
    return _some("reminders", [what for person in people for what in person.promises_broken(until)])


def webhook_broken(installation: Installation, subscription: Subscription, endpoints: Endpoints) -> list[str]:
    events = installation.rows(state.events, user_id=subscription.user)
    received = endpoints.received.get(subscription.path, [])
    return _some("webhooks", list(webhooks.promises_broken(subscription, events, received)))


async def promises_broken_to(
    person: Person, ledger: Ledger, page: Page | None, installation: Installation
) -> list[str]:
    """What this person's own browser says against what it was told before."""
    there = {name: task for name, task in ledger.tasks[person.id].items() if not task.is_deleted}
    listed = await all_tasks(person.page)
    broken = []
    if listed.keys() != there.keys() or any(listed[name]["version"] != there[name].version for name in there):
        broken.append(f"{person.name}'s list is not what was accepted: {len(listed)} tasks instead of {len(there)}")
    answer = await person.page.ask("GET", "/api/activity/verify")
    if answer.status != 200 or not answer.body["ok"]:
        broken.append(f"{person.name}'s history does not verify: {answer.body}")
    if page is not None:
        rows = await asyncio.to_thread(installation.rows, state.things, user_id=person.id)
        there_is = {(row["kind"], row["id"]): row["document"] for row in rows}
        broken += _page_broken(page, there_is | {("task", id): task for id, task in listed.items()})
    return broken


def _page_broken(page: Page, there_is: dict[tuple[str, str], dict[str, Any]]) -> list[str]:
    broken, name = list(page.wrong), page.browser.name
    if page.resyncs:
        broken.append(f"{name} was told {page.resyncs} times to load everything anew")
    differing = [thing for thing in page.things.keys() | there_is if page.things.get(thing) != there_is.get(thing)]
    if differing:
        kinds = dict(Counter(kind for kind, _ in differing))
        broken.append(f"{name} stands at number {page.number}, and some of what it holds is not the truth: {kinds}")
    return broken


async def all_tasks(browser: Browser) -> dict[str, dict[str, Any]]:
    tasks: dict[str, dict[str, Any]] = {}
    query = "limit=200"
    while True:
        answer = await browser.ask("GET", f"/api/tasks?{query}")
        if answer.status != 200:
            return tasks
        tasks |= {task["id"]: task for task in answer.body["items"]}
        if answer.body["next"] is None:
            return tasks
        query = f"limit=200&cursor={answer.body['next']}"


def _some(what: str, rows: Sequence[object]) -> list[str]:
    more = f" … and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return [f"{what}: {'; '.join(str(row) for row in rows[:SHOWN])}{more}"] if rows else []


def _words(name: str) -> str:
    return name.replace("_", " ")
