"""That it is still the same person who asks for more than their session is good for."""

from dataclasses import replace

from fastapi import Request

from functions.accounts import passwords
from functions.accounts.attempts import GUESS, attempt
from shared import changes, db
from shared.callers import Caller
from shared.problems import Forbidden, Invalid

sql = db.queries(__file__)

WRONG = replace(GUESS, failure=Invalid)  # 401 would tell the page that the session is over


async def prove(caller: Caller, request: Request, field: str, password: str | None) -> db.Row:
    """By the password, or where there is none by a log-in of minutes ago.

    Says who it is, with the hash that was checked: what is done then may only be done while it is still that one.
    """
    async with db.single() as tx:
        person = await tx.first(sql.to_be_proven, user_id=caller.user_id, session_id=caller.session_id)
    if person is None:
        raise changes.gone()
    password_hash: str | None = person["password_hash"]
    if password_hash is None:
        if not person["logged_in_just_now"]:
            raise Forbidden("Log in again first, and then do this within ten minutes.")
        return person
    async with attempt(WRONG, person["email_key"], request):
        if not await passwords.is_right(password or "", password_hash):
            raise wrong(field)
    return person


def wrong(field: str) -> Invalid:
    return Invalid.at(field, "this is not your password")
