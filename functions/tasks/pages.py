"""Pages of a list: the ready documents joined, and a cursor that says after which row the next page begins.

A place in the order, not a number of rows: what is added or deleted meanwhile neither repeats nor hides anything.
"""

import base64
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.responses import Response
from typing_extensions import TypedDict

from shared.events import Task
from shared.problems import Invalid

ROWS = (11, 51, 101, 201)  # few, for each is a statement that every connection keeps prepared


class TaskPage(TypedDict):
    items: list[Task]
    next: str | None


def rows_for(limit: int) -> int:
    """At least one more than the page holds, which shows that there is more."""
    return next(rows for rows in ROWS if rows > limit)


def as_page(documents: list[bytes], limit: int) -> Response:
    shown = documents[:limit]
    cursor = b'"%s"' % _cursor(json.loads(shown[-1])) if len(documents) > limit else b"null"
    return Response(b'{"items":[%s],"next":%s}' % (b",".join(shown), cursor), media_type="application/json")


def _cursor(last: dict[str, Any]) -> bytes:
    return base64.urlsafe_b64encode(f"{last['created_at']} {last['id']}".encode())


def place_of(cursor: str) -> dict[str, Any]:
    try:
        created_at, task_id = base64.urlsafe_b64decode(cursor.encode("ascii")).decode().split(" ")
        return {"created_at": datetime.fromisoformat(created_at), "id": UUID(task_id)}
    except ValueError:
        raise Invalid("cursor: take it from `next` of the page before.") from None
