"""No more mails of a kind, by a link in each of them: it takes no session, and does nothing else."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse

from shared import changes, preferences
from shared.callers import Caller, open_to_all
from shared.config import settings
from shared.problems import Invalid, SignInRequired
from shared.routes import Straight

router = APIRouter(route_class=Straight)

KINDS = ("reminder", "digest", "overdue", "webhook")  # a token holds the place of its own: new ones come last
PATH = "/api/notifications/unsubscribe"
PAGE = '<!doctype html>\n<html lang="en"><title>Taskora</title><body>\n{}\n</body></html>\n'
WORDS = {
    "reminder": "reminders",
    "digest": "a daily digest",
    "overdue": "a digest of what is overdue",
    "webhook": "a word when a webhook was switched off",
}

Token = Annotated[str, Query(max_length=100, description="As the link has it")]
OPEN = [Depends(open_to_all)]


def link(user_id: UUID, kind: str) -> str:
    return f"{settings().public_url}{PATH}?token={token(user_id, kind)}"


def token(user_id: UUID, kind: str) -> str:
    content = user_id.bytes + bytes([KINDS.index(kind)])
    return urlsafe_b64encode(content + _seal(content, settings().event_signing_keys[0])).decode().rstrip("=")


def opened(token: str) -> tuple[UUID, str]:
    try:
        whole = urlsafe_b64decode((token + "=" * (-len(token) % 4)).encode("ascii"))
    except ValueError:
        whole = b""
    content, seal = whole[:17], whole[17:]
    keys = settings().event_signing_keys
    if len(content) < 17 or not any(hmac.compare_digest(seal, _seal(content, key)) for key in keys):
        raise Invalid.at("token", "this link is not whole; take it from the mail again.")
    return UUID(bytes=content[:16]), KINDS[content[16]]


def _seal(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"unsubscribe\n" + content, "sha256")


@router.get(PATH, response_class=HTMLResponse, dependencies=OPEN)
async def ask(token: Token) -> HTMLResponse:
    """For people: a mail program that looks at links before they do must not change anything."""
    _, kind = opened(token)
    form = (
        f'<p>Taskora sends you {WORDS[kind]} by mail.</p>\n<form method="post"><button>No more of these</button></form>'
    )
    return HTMLResponse(PAGE.format(form))


@router.post(PATH, response_class=HTMLResponse, dependencies=OPEN)
async def unsubscribe(token: Token) -> HTMLResponse:
    """At once, and once more is the same: for the form above, and for mail programs (RFC 8058)."""
    user_id, kind = opened(token)
    try:
        async with changes.change(Caller(user_id, session_id=None, via="system")) as tx:
            before = await preferences.of(tx, user_id)
            channels: dict[str, Any] = dict(before["channels"])
            channels[kind] = {**channels[kind], "email": False}
            await preferences.change(tx, before, {"channels": channels})
    except SignInRequired:  # the account is gone, and there are no mails either
        pass
    return HTMLResponse(PAGE.format(f"<p>Taskora sends you no more {WORDS[kind].removeprefix('a ')} by mail.</p>"))
