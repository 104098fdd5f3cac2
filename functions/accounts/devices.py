"""Browsers in which somebody logged in before: what others guess elsewhere does not keep their owner out of these.

A cookie shows it, for one e-mail address. It opens nothing; whoever has it is counted apart from those who have none.
"""

import hmac
import secrets

from fastapi import Request, Response

from shared.callers import behind_https
from shared.config import settings

COOKIE, PATH = "device", "/api"
LIVES = 365 * 24 * 3600  # seconds


def known(request: Request, email_key: str) -> str | None:
    """What it is counted by."""
    name, _, shown = request.cookies.get(COOKIE, "").partition(".")
    seals = (_seal(key, name, email_key) for key in settings().event_signing_keys)
    return name if any(hmac.compare_digest(seal.encode(), shown.encode()) for seal in seals) else None


def remember(answer: Response, request: Request, email_key: str) -> None:
    if known(request, email_key):
        return  # or whoever knows the password would begin to be counted anew with it
    name = secrets.token_urlsafe(12)
    cookie = f"{name}.{_seal(settings().event_signing_keys[0], name, email_key)}"
    secure = behind_https(request)
    answer.set_cookie(COOKIE, cookie, max_age=LIVES, path=PATH, httponly=True, samesite="lax", secure=secure)


def _seal(key: bytes, name: str, email_key: str) -> str:
    return hmac.new(key, f"device\n{name}\n{email_key}".encode(), "sha256").hexdigest()
