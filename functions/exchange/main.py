"""Give people everything that is kept of them, in one document."""

from typing import Literal

from fastapi import Response
from typing_extensions import TypedDict

from functions.exchange.download import Download
from shared import edge, rates, web
from shared.callers import InSession
from shared.events import Comment, Filter, List, Tag, Task, User

app = web.app("exchange")
handle = edge.function(app)


class ExportedList(List):
    deleted_at: str | None  # as below: restorable until it is removed for good


class ExportedTag(Tag):
    deleted_at: str | None


class ExportedFilter(Filter):
    deleted_at: str | None


class ExportedTask(Task):
    deleted_at: str | None


class ExportedComment(Comment):
    deleted_at: str | None


class ExportedEntry(TypedDict):
    id: str
    sequence: int
    type: str
    subject: str
    time: str
    data: dict[str, object]  # what the event said: the thing as it was then, `changes`, `actor`, `operation`


class ExportedSession(TypedDict):
    id: str
    began_at: str
    last_seen_at: str
    expires_at: str
    user_agent: str
    address: str


class ExportedToken(TypedDict):
    id: str
    name: str
    scopes: list[str]
    created_at: str
    expires_at: str | None
    last_used_at: str | None


class ExportedIdentity(TypedDict):
    issuer: str
    subject: str
    linked_at: str


class ExportedSecondFactor(TypedDict):
    on: bool
    since: str | None
    recovery_codes: int  # that are left


class Export(TypedDict):
    format: Literal["taskora"]
    version: Literal[1]
    exported_at: str
    profile: User
    second_factor: ExportedSecondFactor
    sessions: list[ExportedSession]
    tokens: list[ExportedToken]
    identities: list[ExportedIdentity]
    lists: list[ExportedList]
    tags: list[ExportedTag]
    filters: list[ExportedFilter]
    tasks: list[ExportedTask]
    comments: list[ExportedComment]
    activity: list[ExportedEntry]


@app.get("/api/export", response_model=Export)
@rates.limited("export")
async def export_account(caller: InSession) -> Response:
    """Everything of the account as it is at one moment, for a file; deleted things too, which have `deleted_at`.

    Passwords, keys and the tokens themselves are kept as hashes or not at all, and are in no export. It is sent while
    it is read: should something go wrong, the connection ends before the document does, and it is no JSON.
    """
    return Download(caller.user_id)
