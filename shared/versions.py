"""A thing's version is its ETag. If-Match names the one that a change was made from, so that no newer one is lost."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Header, Response

from shared import changes, entities
from shared.callers import Caller
from shared.changes import Change
from shared.entities import Document, Kind
from shared.problems import Stale

IfMatch = Annotated[str | None, Header(description='The version to change, as its ETag: "3"')]


@asynccontextmanager
async def change(
    caller: Caller, kind: Kind, id: UUID, if_match: str | None = None
) -> AsyncIterator[tuple[Change, Document]]:
    """A change of this thing, and what it is now, if that is the version that was asked for."""
    async with changes.change(caller, entities.finding(kind, caller.user_id, id)) as tx:
        current: Document = json.loads(entities.the_one(tx.read[0], kind, id))
        expect(if_match, current, kind.name)
        yield tx, current


def expect(if_match: str | None, current: Document, kind: str) -> None:
    if if_match is not None and not names(if_match, current["version"]):
        raise Stale(f"This {kind} has changed meanwhile. `current` is what it is now.", current=current)


def names(if_match: str, version: int) -> bool:
    return if_match.strip() == "*" or etag(version) in [tag.strip() for tag in if_match.split(",")]


def etag(version: int) -> str:
    return f'"{version}"'


def respond(document: str) -> Response:
    """The thing as it is, with its version."""
    return Response(document, media_type="application/json", headers={"etag": etag(json.loads(document)["version"])})
