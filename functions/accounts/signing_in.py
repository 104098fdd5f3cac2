"""Beginning and ending a session: its row, its event and its cookie."""

import ipaddress
from uuid import UUID

from fastapi import Request, Response

from functions.accounts import devices
from shared import changes, db, sessions
from shared.callers import COOKIE, Caller, behind_https, client_address, traceparent
from shared.changes import Change
from shared.events import UserLoggedIn
from shared.ids import new_id

sql = db.queries(__file__)


def newcomer(request: Request, user_id: UUID | None = None) -> Caller:
    """Who is about to begin a session."""
    return Caller(user_id=user_id or new_id(), session_id=new_id(), traceparent=traceparent(request))


async def begin_session(tx: Change, request: Request, user: str) -> str:
    token = sessions.new_token(tx.caller.user_id)
    await tx.run(
        sql.begin_session,
        user_id=tx.caller.user_id,
        id=tx.caller.session_id,
        token_hash=sessions.token_hash(token),
        now=tx.now,
        lives=sessions.LIVES,
        user_agent=browser(request),
        address=address(request),
    )
    tx.emit(UserLoggedIn, tx.caller.user_id, user, changes={"session": [None, str(tx.caller.session_id)]})
    return token


def browser(request: Request) -> str:
    """What it calls itself, as far as it can be read."""
    said = request.headers.get("user-agent", "")
    return "".join(character for character in said if character.isprintable())[:200]


def address(request: Request) -> str:
    try:
        return str(ipaddress.ip_address(client_address(request)))
    except ValueError:
        return ""


async def signed_in(
    request: Request, status: int, user: str, token: str, email_key: str, password_hash: str
) -> Response:
    answer = Response(user, status, media_type="application/json")
    await with_session(answer, token, secure=behind_https(request))
    devices.remember(answer, request, email_key, password_hash)
    return answer


async def with_session(answer: Response, token: str, secure: bool) -> Response:
    await sessions.introduce(sessions.SESSION, token)
    answer.set_cookie(COOKIE, token, max_age=sessions.LIVES, httponly=True, samesite="lax", secure=secure)
    return answer


async def signed_out(caller: Caller) -> Response:
    await sessions.forget_copies(caller.user_id)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


async def still_signed_in(tx: Change) -> None:
    """Before another way in is made: whoever was waiting for this user's lock may have been signed out meanwhile."""
    if not await tx.first(sql.still_signed_in, user_id=tx.caller.user_id, id=tx.caller.session_id):
        raise changes.gone()


async def user_document(tx: Change) -> str:
    return str((await tx.one(sql.user, user_id=tx.caller.user_id))["document"])
