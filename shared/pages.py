"""Pages of a list: the ready documents joined, and a cursor that says behind which of them the next page begins.

A cursor is a place in the list's order, as text that clients only pass on: what is added, moved or deleted meanwhile
neither repeats nor hides others.
"""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from shared.documents import Document
from shared.emitted import as_json
from shared.problems import Invalid

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=4000, description="`next` of the page before")]


def as_page(documents: Sequence[bytes], limit: int, place: Callable[[Document], Sequence[str]]) -> Response:
    """Of one document more than the page holds, which shows that there is more."""
    shown = documents[:limit]
    more = b'"%b"' % _written(place(json.loads(shown[-1]))) if len(documents) > limit else b"null"
    return Response(b'{"items":[%b],"next":%b}' % (b",".join(shown), more), media_type="application/json")


def cursor(place: Sequence[str]) -> str:
    return _written(place).decode()


def _written(place: Sequence[str]) -> bytes:
    return base64.urlsafe_b64encode(as_json(place).encode())


def parts(cursor: str) -> list[str]:
    """What it was made of, as text that PostgreSQL takes."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if isinstance(found, list) and all(isinstance(part, str) and "\0" not in part for part in found):
            "".join(found).encode()  # half a sign cannot be
            return found
    except (ValueError, RecursionError):
        pass
    raise malformed()


def place(cursor: str, *kinds: Callable[[str], Any]) -> list[Any]:
    """What it was made of, each read as what it is."""
    try:
        return [kind(part) for kind, part in zip(kinds, parts(cursor), strict=True)]
    except ValueError:
        raise malformed() from None


def malformed() -> Invalid:
    return Invalid.at("cursor", "take it from `next` of the page before.")
