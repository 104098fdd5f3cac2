"""Every way in which a task comes to its end goes through one place, where its next occurrence follows."""

import re

import pytest
import yaml

from tests.world import ROOT

# Requests after which a task may have ended that had not.
END = {
    "PUT /api/tasks/{task_id}": "by its status",
    "PATCH /api/tasks/{task_id}": "by its status",
    "DELETE /api/tasks/{task_id}": "an occurrence is skipped",
    "POST /api/tasks/bulk": "by its status, or an occurrence is skipped",
    "POST /api/tasks/{task_id}/complete": "done",
    "POST /api/tasks/{task_id}/skip": "skipped",
    "POST /api/activity/{activity_id}/undo": "as it had ended before, and what followed comes back with it",
}
# Other requests that change tasks, none of which ends one.
END_NONE = {
    "POST /api/tasks",
    "POST /api/tasks/{task_id}/duplicate",
    "POST /api/tasks/{task_id}/move",
    "POST /api/tasks/{task_id}/reopen",
    "POST /api/tasks/{task_id}/restore",
    "POST /api/tasks/{task_id}/comments",
    "PATCH /api/comments/{comment_id}",
    "DELETE /api/comments/{comment_id}",
    "POST /api/quick-add/parse",
    "POST /api/recurrence/next",
    "POST /api/recurrence/preview",
    "POST /api/tasks/{task_id}/reminders",
    "DELETE /api/tasks/{task_id}/reminders/{reminder_id}",
    "POST /api/tasks/{task_id}/reminders/{reminder_id}/snooze",
    "POST /api/reminders/preview",
    "POST /api/series/{series_id}/end",
    "POST /api/series/{series_id}/pause",
    "POST /api/series/{series_id}/resume",
}
# Who writes tasks without `families.become`, and why none of it can end one.
WRITE = {
    "shared/families.py": "is that place",
    "functions/tasks/undo.py": "puts back what had ended together with what followed it",
    "functions/tasks/trash.py": "brings back tasks as they were",
    "functions/tasks/duplicating.py": "gives neighbours another position",
    "functions/remind/changing.py": "gives a task other reminders",
    "functions/complete/series.py": "says what becomes of a series in the occurrence that is open",
    "functions/organize/tags.sql": "marks tasks otherwise",
    "functions/organize/lists.sql": "deletes tasks, or puts them into the Inbox",
    "functions/accounts/zone_changes.sql": "has them due where their user is",
}
WRITING = re.compile(r"entities\.change\(\s*tx, (TASK|kind)\b|UPDATE tasks|UPDATE \{table\}")
OF_OTHER_KINDS = {"functions/organize/things.py", "shared/entities.sql"}


@pytest.mark.parametrize("function", ["tasks", "complete", "remind"])
def test_it_is_known_of_every_change_whether_it_can_end_a_task(function: str) -> None:
    table = yaml.safe_load((ROOT / "knative/base/routes.yaml").read_text())["routes"]
    changes = {
        f"{method} {route['path']}"
        for route in table
        for method in route["methods"]
        if route["function"] == function and method != "GET"
    }

    assert changes - END.keys() - END_NONE == set()
    assert END.keys() & END_NONE == set()


def test_nothing_else_writes_tasks() -> None:
    found = {
        str(path.relative_to(ROOT))
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".sql") and "schema" not in path.parts and WRITING.search(path.read_text())
    }

    assert found - OF_OTHER_KINDS == WRITE.keys()


def test_none_of_them_says_that_a_task_has_ended() -> None:
    says = re.compile(r"""status"?'? ?(=|:) ?["'](done|cancelled)["']""")

    for path in WRITE.keys() - {"shared/families.py"}:
        written = [line for line in (ROOT / path).read_text().splitlines() if says.search(line)]
        assert written == [], path
