"""A thing's version is its ETag. If-Match names the one that a change was made from, so that no newer one is lost."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import Header, Response

from shared import answers, changes, entities, web
from shared.callers import Caller
from shared.changes import Change
from shared.documents import Document, Kind
from shared.problems import BadRequest, Stale

IfMatch = Annotated[
    str | None,
    Header(description='The version to change, as its ETag: "3", quotes included. Several, with commas, or * for any'),
]
TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
TAGS = re.compile(rf"[ \t,]*{TAG.pattern}(?:[ \t]*,(?:[ \t]*{TAG.pattern})?)*[ \t]*")


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
    if if_match is None or if_match.strip() == "*":
        return
    named, version = tags(if_match), answers.etag(current["version"])
    if version in named:
        return
    if f"W/{version}" in named:
        raise Stale(f"If-Match compares no weak tags, which begin with W/. Send {version} without it.", current=current)
    raise Stale(f"This {kind} has changed meanwhile. `current` is what it is now.", current=current)


def tags(if_match: str) -> list[str]:
    if not TAGS.fullmatch(if_match):
        raise BadRequest('If-Match is the ETag that came with what is to be changed, quotes included: "3".')
    return TAG.findall(if_match)


def respond(document: str) -> Response:
    """The thing as it is, with its version."""
    return web.respond(answers.showing(document))
