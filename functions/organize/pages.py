"""Pages: the ready documents joined, and a cursor that says after which of them the next page begins.

A place in the order, not a number of rows: what is added, moved or deleted meanwhile neither repeats nor hides others.
"""

import base64
import json
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from shared.entities import Document
from shared.problems import Invalid

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=4000, description="`next` of the page before")]


def as_page(documents: list[bytes], limit: int, place: Callable[[Document], str]) -> Response:
    """Of one document more than the page holds, which shows that there is more."""
    shown, following = documents[:limit], None
    if len(documents) > limit:
        last = json.loads(shown[-1])
        following = base64.urlsafe_b64encode(f"{last['id']} {place(last)}".encode()).decode()
    return Response(
        b'{"items":[%s],"next":%s}' % (b",".join(shown), json.dumps(following).encode()), media_type="application/json"
    )


def by_position(document: Document) -> str:
    return str(document["position"])


def place_of(cursor: str | None) -> dict[str, Any]:
    if cursor is None:
        return {"after": None, "after_id": None}
    try:
        id, after = base64.urlsafe_b64decode(cursor.encode("ascii")).decode().split(" ", 1)
        if "\0" in after:
            raise ValueError  # noqa: TRY301
        return {"after": after, "after_id": UUID(id)}
    except ValueError:
        raise Invalid("cursor: take it from `next` of the page before.") from None
