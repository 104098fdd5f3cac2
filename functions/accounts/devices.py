"""Browsers in which somebody showed whose account it is: what others guess elsewhere does not keep them out of these.

A cookie shows it, for one account and as long as its password is the same: whoever knew a former one is a stranger. It
opens nothing; whoever has it is counted apart from those who have none.
"""

import hmac
import secrets
from hashlib import sha256

from fastapi import Request, Response

from shared import db
from shared.callers import behind_https
from shared.config import settings

sql = db.queries(__file__)

COOKIE, PATH = "device", "/api"
LIVES = 365 * 24 * 3600  # seconds


async def known(request: Request, email_key: str) -> str | None:
    """What it is counted by. Nobody is looked up for a cookie that was not given to somebody with this address."""
    if (shown := _shown(request, email_key)) is None:
        return None
    name, mark = shown
    async with db.single() as tx:
        person = await tx.first(sql.by_email, email_key=email_key)
    return name if person and person["password_hash"] and mark == _mark(person["password_hash"]) else None


def remember(answer: Response, request: Request, email_key: str, password_hash: str) -> None:
    shown, mark = _shown(request, email_key), _mark(password_hash)
    if shown and shown[1] == mark:
        return  # or whoever knows the password would begin to be counted anew with it
    name = secrets.token_urlsafe(12)
    cookie = f"{name}.{mark}.{_seal(settings().event_signing_keys[0], name, mark, email_key)}"
    secure = behind_https(request)
    answer.set_cookie(COOKIE, cookie, max_age=LIVES, path=PATH, httponly=True, samesite="lax", secure=secure)


def _shown(request: Request, email_key: str) -> tuple[str, str] | None:
    """Its name, and the password's mark when it was given."""
    said, _, shown = request.cookies.get(COOKIE, "").rpartition(".")
    name, _, mark = said.partition(".")
    seals = (_seal(key, name, mark, email_key) for key in settings().event_signing_keys)
    return (name, mark) if any(hmac.compare_digest(seal.encode(), shown.encode()) for seal in seals) else None


def _mark(password_hash: str) -> str:
    """The hash has a salt that nobody outside knows: this tells nothing of the password."""
    return sha256(password_hash.encode()).hexdigest()[:16]


def _seal(key: bytes, name: str, mark: str, email_key: str) -> str:
    return hmac.new(key, f"device\n{name}\n{mark}\n{email_key}".encode(), "sha256").hexdigest()
