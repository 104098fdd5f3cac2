"""The tabs in which people write, over HTTP, like a page does.

Whatever gets no answer, or one of 5xx, is asked again with the same key until it is answered. A tab changes only tasks
that it made, one at a time and always with If-Match, so that it knows for sure what has to be true in the end.
"""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any, ClassVar

from shared.ids import new_id
from tests.chaos.ledger import Ledger, Outcome, Task, Write
from tests.chaos.people import Browser, Person, Reply

KEPT = ("title", "notes", "status", "priority", "due", "zone", "reminders")  # as they were said
NEVER = "never to be seen"  # the title of everything that must be refused


class Tab:
    """Writes, one after another. What it does is drawn from the seed and from what it did before, not from the answers'
    timing, so a seed always makes the same wishes."""

    operations: ClassVar = {
        "create": 30, "create with id": 8, "patch": 26, "replace": 6, "complete": 12, "reopen": 6, "delete": 7,
        "ask again": 3, "key for another body": 2, "stale patch": 5, "invalid": 2,
    }  # fmt: skip

    def __init__(self, seed: int, person: Person, browser: Browser, ledger: Ledger) -> None:
        self._person, self._browser, self._ledger = person, browser, ledger
        self._chance = random.Random(f"{browser.name} in {seed}")
        self._tasks: list[Task] = []
        self._number = 0
        self._last_creation: tuple[str, dict[str, Any], Task] | None = None

    async def work(self, writes: int, beginning: float, seconds: float) -> None:
        """This many writes, spread over that time; after an outage it catches up without a pause."""
        for number in range(writes):
            moment = beginning + seconds * (number + self._chance.random()) / writes
            await asyncio.sleep(moment - time.monotonic())
            if self._chance.random() < 0.005:
                await self._person.log_out_and_in(self._browser)
            await self.write()

    async def write(self) -> None:
        self._number += 1
        operation = self._chance.choices(list(self.operations), list(self.operations.values()))[0]
        await self._write(operation)

    async def _write(self, operation: str) -> None:
        match operation:
            case "create with id":
                await self._create(operation, id=str(new_id()))
            case "ask again" if self._last_creation:
                key, body, made = self._last_creation
                await self._create_as(operation, key, body, expected=made)
            case "key for another body" if self._last_creation:
                key, body, _ = self._last_creation
                answer = await self._browser.ask(
                    "POST", "/api/tasks", body | {"title": f"{NEVER}: another body"}, Idempotency_Key=key
                )
                self._refused(operation, answer, 422)
            case "patch" | "replace" | "complete" | "reopen" | "delete" | "stale patch" if task := self._some(
                operation
            ):
                await self._change(operation, task)
            case "invalid":
                answer = await self._browser.ask(
                    "POST", "/api/tasks", {"title": NEVER, "colour": "red"}, Idempotency_Key=self._key()
                )
                self._refused(operation, answer, 422)
            case _:
                await self._create("create")

    async def _create(self, operation: str, **given: str) -> None:
        body = self._fields() | given
        await self._create_as(operation, self._key(), body, expected=None)

    async def _create_as(self, operation: str, key: str, body: dict[str, Any], expected: Task | None) -> None:
        answer = await self._browser.ask("POST", "/api/tasks", body, Idempotency_Key=key)
        if answer.status != 201:
            self._unexpected(operation, answer)
        elif expected is not None:
            self._enter(operation, answer, "accepted")
            if answer.body["id"] != expected.id:
                self._unexpected("the same key made two tasks", answer)
        else:
            self._enter(operation, answer, "accepted")
            fields = {name: body[name] for name in body if name in KEPT}
            task = self._keep(Task(answer.body["id"], fields, repeats="recurrence" in body))
            self._last_creation = (key, body, task)
            self._compare(task, answer)

    async def _change(self, operation: str, task: Task) -> None:
        path, current = f"/api/tasks/{task.id}", f'"{task.version}"'
        match operation:
            case "stale patch":
                stale = f'"{task.version - 1}"'
                answer = await self._browser.ask("PATCH", path, {"title": f"{NEVER}: stale"}, If_Match=stale)
                self._refused(operation, answer, 412)
            case "delete":
                answer = await self._browser.ask("DELETE", path, If_Match=current)
                if answer.status == 204 or (answer.status == 404 and answer.attempts > 1):
                    self._enter(operation, answer, "accepted")
                    task.changed("task.deleted")
                    task.is_deleted = True
                    self._tasks.remove(task)
                else:
                    self._lost_sight(operation, task, answer)
            case "replace":
                fields = self._fields() | {"status": task.fields["status"]}
                answer = await self._browser.ask("PUT", path, fields, If_Match=current)
                self._changed(operation, task, answer, "task.updated", fields)
            case "patch":
                fields = {"title": self._title(), "priority": self._chance.choice(("none", "low", "urgent"))}
                await self._patch(operation, task, "task.updated", fields)
            case "complete":
                await self._patch(operation, task, "task.completed", {"status": "done"})
            case _:
                await self._patch(operation, task, "task.reopened", {"status": "todo"})

    async def _patch(self, operation: str, task: Task, event: str, fields: dict[str, Any]) -> None:
        answer = await self._browser.ask("PATCH", f"/api/tasks/{task.id}", fields, If_Match=f'"{task.version}"')
        self._changed(operation, task, answer, event, fields)

    def _keep(self, task: Task) -> Task:
        self._ledger.tasks[self._person.id][task.id] = task
        self._tasks.append(task)
        return task

    def _changed(self, operation: str, task: Task, answer: Reply, event: str, fields: dict[str, Any]) -> None:
        # Asked again after an answer got lost, one hears that the version has changed: by this very wish, or wrongly.
        was_done_before = answer.status == 412 and answer.attempts > 1
        if answer.status != 200 and not was_done_before:
            self._lost_sight(operation, task, answer)
            return
        self._enter(operation, answer, "accepted")
        task.changed(event, **fields)
        self._compare(task, answer, answer.body["current"] if was_done_before else answer.body)

    def _compare(self, task: Task, answer: Reply, said: dict[str, Any] | None = None) -> None:
        said = said or answer.body
        seen = {name: said[name] for name in task.fields}
        if said["version"] != task.version or seen != task.fields:
            self._unexpected(f"{task} is said to be {said}", answer)

    def _refused(self, operation: str, answer: Reply, status: int) -> None:
        if answer.status == status:
            self._enter(operation, answer, "refused")
        else:
            self._unexpected(operation, answer)

    def _lost_sight(self, operation: str, task: Task, answer: Reply) -> None:
        self._unexpected(operation, answer)
        self._tasks.remove(task)

    def _unexpected(self, what: str, answer: Reply) -> None:
        self._ledger.wrong.append(f"{self._browser.name}, write {self._number}, {what}: {answer}")

    def _enter(self, operation: str, answer: Reply, outcome: Outcome) -> None:
        self._ledger.writes.append(
            Write(self._browser.name, operation, answer.asked, outcome, answer.attempts, answer.began, time.monotonic())
        )

    def _some(self, operation: str) -> Task | None:
        suits = self._suits(operation)
        suitable = [task for task in self._tasks if suits(task)]
        return self._chance.choice(suitable) if suitable else None

    def _suits(self, operation: str) -> Callable[[Task], bool]:
        suits: dict[str, Callable[[Task], bool]] = {
            "complete": lambda task: not task.is_done,
            "reopen": lambda task: task.is_done,
            "stale patch": lambda task: task.version > 1,
        }
        return suits.get(operation, lambda _: True)

    def _fields(self) -> dict[str, Any]:
        due = self._chance.choice(
            ({"due": None, "zone": None}, {"due": "2040-03-26", "zone": None},
             {"due": "2040-03-26T09:00:00", "zone": "Europe/Berlin"})
        )  # fmt: skip
        return {
            "title": self._title(),
            "notes": "n" * self._chance.randrange(300),
            "status": "todo",
            "priority": self._chance.choice(("none", "low", "medium", "high", "urgent")),
            **due,
        }

    def _title(self) -> str:
        return f"{self._browser.name} {self._number}"

    def _key(self) -> str:
        return f"{self._browser.name}-{self._number}".replace(" ", "-")
