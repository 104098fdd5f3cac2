"""A tab whose tasks remind of themselves within seconds, or come again; and often something else is decided first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from shared.ids import new_id
from tests.chaos.ledger import Task
from tests.chaos.tabs import Tab

SOON = (3, 20)  # seconds
UNSAID = {"default_reminders": {"timed": {"kind": "before", "minutes": 0}}}  # what a task gets that says nothing


class RemindedTab(Tab):
    operations: ClassVar = {
        "create": 40, "put off": 10, "snooze": 10, "complete": 14, "reopen": 7, "delete": 5, "ask again": 2,
        "repeat": 6, "complete occurrence": 12, "read notifications": 4,
    }  # fmt: skip

    async def work(self, writes: int, beginning: float, seconds: float) -> None:
        answer = await self._browser.ask("PUT", "/api/preferences", UNSAID)
        if answer.status != 200:
            self._unexpected("preferences", answer)
        await super().work(writes, beginning, seconds)

    async def _write(self, operation: str) -> None:
        match operation:
            case "put off" if task := self._some(operation):
                await self._patch(operation, task, "task.updated", {"due": self._soon(), "title": self._title()})
            case "snooze" if task := self._some(operation):
                await self._snooze(operation, task)
            case "repeat":
                body = self._fields() | {"recurrence": {"rule": "FREQ=DAILY"}}
                await self._create_as(operation, self._key(), body, expected=None)
            case "complete occurrence" if task := self._some(operation):
                await self._complete_occurrence(operation, task)
            case "read notifications":
                answer = await self._browser.ask("POST", "/api/notifications/read", {}, Idempotency_Key=self._key())
                if answer.status == 200:
                    self._enter(operation, answer, "accepted")
                else:
                    self._unexpected(operation, answer)
            case _:
                await super()._write(operation)

    async def _snooze(self, operation: str, task: Task) -> None:
        own = [each for each in task.fields["reminders"] if each["kind"] != "snooze"]
        path = f"/api/tasks/{task.id}/reminders/{own[0]['id']}/snooze"
        answer = await self._browser.ask("POST", path, {"until": f"{self._soon()}Z"}, Idempotency_Key=self._key())
        if answer.status != 200:
            self._lost_sight(operation, task, answer)
            return
        self._enter(operation, answer, "accepted")
        if answer.body not in task.fields["reminders"]:  # else it was to come at this very second already
            task.changed("task.updated", reminders=[*own, answer.body])

    async def _complete_occurrence(self, operation: str, task: Task) -> None:
        path = f"/api/tasks/{task.id}/complete"
        answer = await self._browser.ask("POST", path, Idempotency_Key=self._key())
        if answer.status != 200 or not answer.body["next"]:
            self._lost_sight(operation, task, answer)
            return
        self._enter(operation, answer, "accepted")
        task.changed("task.completed", status="done")
        following = answer.body["next"]
        fields = {name: following[name] for name in ("title", "due", "zone", "status")}
        self._keep(Task(following["id"], fields, history=["task.recurred"], repeats=True))

    def _suits(self, operation: str) -> Callable[[Task], bool]:
        match operation:
            case "complete occurrence":
                return lambda task: task.repeats and not task.is_done
            case "put off":
                return lambda task: not task.repeats and not task.is_done
            case "snooze":
                return lambda task: bool(task.fields.get("reminders")) and not task.repeats and not task.is_done
            case _:
                common = super()._suits(operation)
                return lambda task: not task.repeats and common(task)

    def _fields(self) -> dict[str, Any]:
        due = self._soon()
        fields = {"title": self._title(), "status": "todo", "due": due, "zone": "UTC"}
        own = {"id": str(new_id()), "kind": "before", "minutes": 0}
        apart = {"id": str(new_id()), "kind": "absolute", "at": self._soon()}
        match self._chance.randrange(3):
            case 0:
                return fields  # and gets what it always gets
            case 1:
                return fields | {"reminders": [own]}
            case _:
                return fields | {"reminders": [own, apart]}

    def _soon(self) -> str:
        at = datetime.now(UTC) + timedelta(seconds=self._chance.uniform(*SOON))
        return at.strftime("%Y-%m-%dT%H:%M:%S")
