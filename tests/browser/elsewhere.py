"""What a person does without the page: by the API, as a device of theirs that is somewhere else."""

from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

import pyotp
from playwright.sync_api import BrowserContext

PASSWORD = "correct horse battery staple"


class Elsewhere:
    def __init__(self, name: str, address: str, context: BrowserContext) -> None:
        self.name, self.address, self.context = name, address, context
        self.email = f"{name}-{uuid4()}@example.org".lower()
        self._origin = {"origin": address}

    def with_account(self) -> Self:
        self._asks("POST", "/api/auth/register", email=self.email, password=PASSWORD, name=self.name)
        return self

    def has_task(self, title: str, **fields: Any) -> dict[str, Any]:
        """A task made by the API, as by a device that is somewhere else."""
        return self._asks("POST", "/api/tasks", title=title, **fields)

    def has_list(self, name: str) -> dict[str, Any]:
        return self._asks("POST", "/api/lists", name=name)

    def has_tag(self, name: str) -> dict[str, Any]:
        return self._asks("POST", "/api/tags", name=name)

    def changes(self, task: dict[str, Any], **fields: Any) -> None:
        """A change made by the API, as by a device that is somewhere else."""
        self._asks("PATCH", f"/api/tasks/{task['id']}", **fields)

    # What lists are about

    def has_filter(self, name: str, query: str) -> dict[str, Any]:
        return self._asks("POST", "/api/filters", name=name, query=query)

    def has_copy_of(self, task: dict[str, Any], **fields: Any) -> dict[str, Any]:
        """With all its subtasks."""
        return self._asks("POST", f"/api/tasks/{task['id']}/duplicate", **fields)

    def finds(self, **query: str) -> list[str]:
        """Titles of tasks, in the manual order."""
        found = self._reads(f"/api/tasks?{urlencode({'sort': 'manual', **query})}")
        return [task["title"] for task in found["items"]]

    # What the calendar and the history are about

    def lives_in(self, zone: str) -> None:
        self._asks("PATCH", "/api/me", zone=zone)

    def today(self) -> date:
        return datetime.now(ZoneInfo(self._reads("/api/me")["zone"])).date()

    def completes(self, task: dict[str, Any]) -> None:
        self._asks("POST", f"/api/tasks/{task['id']}/complete")

    def has_completed(self, many: int) -> None:
        for number in range(many):
            self.has_task(f"Done {number}", status="done")

    # What the open task shows, and whoever changes it elsewhere

    def now_has(self, task: dict[str, Any]) -> dict[str, Any]:
        """The task as the server has it."""
        return self._reads(f"/api/tasks/{task['id']}")

    def open_tasks(self) -> list[str]:
        return [each["id"] for each in self._reads("/api/tasks?status=todo")["items"]]

    def subtasks_of(self, task: dict[str, Any]) -> list[str]:
        return [each["title"] for each in self._reads(f"/api/tasks/{task['id']}/subtasks")["items"]]

    def comments_on(self, task: dict[str, Any], text: str) -> dict[str, Any]:
        return self._asks("POST", f"/api/tasks/{task['id']}/comments", text=text)

    def texts_on(self, task: dict[str, Any]) -> list[str]:
        return [each["text"] for each in self._reads(f"/api/tasks/{task['id']}/comments")["items"]]

    def receipts_of(self, task: dict[str, Any]) -> list[dict[str, Any]]:
        receipts: list[dict[str, Any]] = self._reads(f"/api/tasks/{task['id']}/reminders")["items"]
        return receipts

    def deletes_elsewhere(self, task: dict[str, Any]) -> None:
        answer = self.context.request.delete(f"/api/tasks/{task['id']}", headers=self._origin)
        assert answer.ok, answer.text()

    def _reads(self, path: str) -> dict[str, Any]:
        answer = self.context.request.get(path)
        assert answer.ok, answer.text()
        document: dict[str, Any] = answer.json()
        return document

    def wants(self, **profile: str) -> None:
        self._asks("PATCH", "/api/me", **profile)

    def id(self) -> str:
        return str(self._reads("/api/me")["id"])

    def logs_out_everywhere(self) -> None:
        answer = self.context.request.post("/api/auth/logout-everywhere", headers=self._origin)
        assert answer.ok, answer.text()

    def has_second_factor(self) -> tuple[pyotp.TOTP, list[str]]:
        """Set up by the API. The code for it is used; the next one is good already."""
        totp = pyotp.TOTP(self._asks("POST", "/api/me/second-factor", password=PASSWORD)["secret"])
        codes: list[str] = self._asks("POST", "/api/me/second-factor/confirm", code=totp.now())["recovery_codes"]
        return totp, codes

    def _asks(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        answer = self.context.request.fetch(path, method=method, data=body, headers=self._origin)
        assert answer.ok, answer.text()
        document: dict[str, Any] = answer.json()
        return document
