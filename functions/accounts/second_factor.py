"""A code from somebody's authenticator beside the password (TOTP, RFC 6238), and ten recovery codes for its loss.

A code is good once, a step of 30 seconds too early or too late. Guesses are limited by account, whatever the password.
"""

import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from typing_extensions import TypedDict

from functions.accounts import proving
from functions.accounts.attempts import Attempt, attempt
from functions.accounts.bodies import Code, Password, PasswordOnly
from functions.accounts.codes import (
    RECOVERY_CODES,
    looks_like_recovery,
    matching_step,
    new_recovery_codes,
    recovery_hash,
)
from functions.accounts.signing_in import still_signed_in, user_document
from shared import changes, db
from shared.callers import Caller, InSession
from shared.changes import Change
from shared.events import UserSecondFactorChanged
from shared.logs import log
from shared.problems import CodeRequired, Conflict, Invalid, Problem, Unavailable, WrongCode
from shared.routes import Straight
from shared.sealing import opened, seal
from shared.web import Body

sql = db.queries(__file__, "second_factor")
router = APIRouter(route_class=Straight)

GUESS = Attempt("codes", "code", failure=WrongCode, success_counts=False)
WRONG_FIELD = Attempt("codes", "code", failure=Invalid, success_counts=False)

Responses = dict[int | str, dict[str, Any]]
ON_ALREADY: Responses = {409: {"description": "There is a second factor already."}}
NOT_BEGUN: Responses = {409: {"description": "There is a second factor already, or none was begun."}}
OFF: Responses = {409: {"description": "There is no second factor."}}


class FirstCode(Body):
    code: Code


class PasswordAndCode(Body):
    password: Password | None = None
    code: Code


class SecondFactor(TypedDict):
    enabled: bool
    recovery_codes: int  # how many are left


class BegunSecondFactor(TypedDict):
    secret: str
    uri: str  # for a QR code


class RecoveryCodes(TypedDict):
    recovery_codes: list[str]  # shown this once


@dataclass(frozen=True, slots=True)
class Checked:
    """A code that fits. It is used up with what it is good for, in one transaction."""

    user_id: UUID
    step: int = 0
    recovery: bytes = b""


@router.get("/api/me/second-factor", response_model=SecondFactor)
async def show_factor(caller: InSession) -> Response:
    factor = await _factor(caller.user_id)
    shown = {"enabled": bool(factor and factor["is_on"]), "recovery_codes": factor["codes"] if factor else 0}
    return _private(shown)


@router.post("/api/me/second-factor", response_model=BegunSecondFactor, responses=ON_ALREADY)
async def begin_factor(asked: PasswordOnly, caller: InSession, request: Request) -> Response:
    """A secret for an authenticator. Nothing is asked for until a code shows that it is set up there."""
    import pyotp

    await proving.prove(caller, request, "password", asked.password)
    secret = pyotp.random_base32()
    async with db.single() as tx:
        row = await tx.first(sql.begin_factor, user_id=caller.user_id, secret=seal(secret))
    if row is None:
        raise Conflict("There is a second factor already. Switch it off first.")
    uri = pyotp.TOTP(secret).provisioning_uri(name=row["email"], issuer_name="Taskora")
    return _private({"secret": secret, "uri": uri})


@router.post("/api/me/second-factor/confirm", response_model=RecoveryCodes, responses=NOT_BEGUN)
async def confirm_factor(asked: FirstCode, caller: InSession, request: Request) -> Response:
    factor = await _factor(caller.user_id)
    if factor is None or factor["is_on"]:
        raise Conflict("Begin with a secret first.")
    async with attempt(WRONG_FIELD, str(caller.user_id), request):
        step = matching_step(_secret(factor), asked.code, time.time())
        if step is None:
            raise wrong_field()
    codes = new_recovery_codes()
    async with changes.change(caller) as tx:
        await still_signed_in(tx)
        if not await tx.run(sql.confirm_factor, user_id=caller.user_id, secret=factor["secret"], step=step, now=tx.now):
            raise Conflict("This was begun anew meanwhile.")
        await _replace_codes(tx, codes)
        await _say(tx, {"second_factor": [False, True]})
    return _private({"recovery_codes": codes})


@router.post("/api/me/second-factor/recovery-codes", response_model=RecoveryCodes, responses=OFF)
async def renew_recovery_codes(asked: PasswordAndCode, caller: InSession, request: Request) -> Response:
    """Ten new ones; those from before are good no more."""
    checked = await _prove_both(asked, caller, request)
    codes = new_recovery_codes()
    async with changes.change(caller) as tx:
        left = await use(tx, checked)
        await _replace_codes(tx, codes)
        await _say(tx, {"recovery_codes": [left, RECOVERY_CODES]})
    return _private({"recovery_codes": codes})


@router.post("/api/me/second-factor/off", status_code=204, responses=OFF)
async def switch_off(asked: PasswordAndCode, caller: InSession, request: Request) -> None:
    checked = await _prove_both(asked, caller, request)
    async with changes.change(caller) as tx:
        await use(tx, checked)
        await tx.run(sql.remove_factor, user_id=caller.user_id)
        await _say(tx, {"second_factor": [True, False]})


async def check(user_id: UUID, code: str | None, request: Request) -> Checked | None:
    """Before somebody is signed in whose password was right. None: nothing is asked of them."""
    asked_for = CodeRequired("The password is right. Now the code from your authenticator, or a recovery code.")
    return await _checked(user_id, code, request, GUESS, asked_for, wrong_code())


async def prove(caller: Caller, request: Request, code: str | None) -> Checked | None:
    """Beside the password, before something that cannot be taken back. None: nothing is asked of them."""
    return await _checked(caller.user_id, code, request, WRONG_FIELD, code_missing(), wrong_field())


async def use(tx: Change, checked: Checked) -> int:
    """Says how many recovery codes there were before."""
    factor = await tx.first(sql.second_factor, user_id=checked.user_id)
    if checked.recovery:
        used = await tx.run(sql.use_recovery_code, user_id=checked.user_id, code_hash=checked.recovery)
    else:
        used = await tx.run(sql.use_step, user_id=checked.user_id, step=checked.step)
    if not used or factor is None:
        raise wrong_code()
    return int(factor["codes"])


async def sign_in_with(tx: Change, checked: Checked) -> None:
    before = await use(tx, checked)
    if checked.recovery:
        await _say(tx, {"recovery_codes": [before, before - 1]})


async def use_if_asked(tx: Change, checked: Checked | None) -> None:
    if checked:
        await sign_in_with(tx, checked)
    elif (factor := await tx.first(sql.second_factor, user_id=tx.caller.user_id)) and factor["is_on"]:
        raise code_missing()  # it was switched on meanwhile


async def give_up(tx: Change) -> None:
    """Whoever set it up need not be whose account this is."""
    factor = await tx.first(sql.second_factor, user_id=tx.caller.user_id)
    await tx.run(sql.remove_factor, user_id=tx.caller.user_id)
    if factor and factor["is_on"]:
        await _say(tx, {"second_factor": [True, False]})


async def _prove_both(asked: PasswordAndCode, caller: Caller, request: Request) -> Checked:
    await proving.prove(caller, request, "password", asked.password)
    checked = await prove(caller, request, asked.code)
    if checked is None:
        raise Conflict("There is no second factor.")
    return checked


async def _checked(
    user_id: UUID, code: str | None, request: Request, guess: Attempt, missing: Problem, wrong: Problem
) -> Checked | None:
    factor = await _factor(user_id)
    if factor is None or not factor["is_on"]:
        return None
    if code is None:
        raise missing
    if looks_like_recovery(code):  # nobody guesses one: whoever lost the authenticator is not held up by who guesses
        return Checked(user_id, recovery=recovery_hash(code))
    async with attempt(guess, str(user_id), request):
        step = matching_step(_secret(factor), code, time.time())
        if step is None or step <= factor["last_step"]:
            raise wrong
    return Checked(user_id, step)


async def _replace_codes(tx: Change, codes: list[str]) -> None:
    await tx.run(sql.remove_recovery_codes, user_id=tx.caller.user_id)
    hashes = [recovery_hash(code) for code in codes]
    await tx.run(sql.add_recovery_codes, user_id=tx.caller.user_id, hashes=hashes)


async def _say(tx: Change, different: dict[str, list[object]]) -> None:
    tx.emit(UserSecondFactorChanged, tx.caller.user_id, await user_document(tx), changes=different)


async def _factor(user_id: UUID) -> db.Row | None:
    async with db.single() as tx:
        return await tx.first(sql.second_factor, user_id=user_id)


def _secret(factor: db.Row) -> str:
    secret = opened(factor["secret"])
    if secret is None:
        log().error("a second factor was sealed with a key that is not among ENCRYPTION_KEYS")
        raise Unavailable("This code cannot be checked here and now. Use a recovery code.", retry_after=3600)
    return secret


def wrong_code() -> WrongCode:
    return WrongCode("This code is wrong, or it was used before.")


def code_missing() -> Invalid:
    return Invalid.at("code", "this account has a second factor: say a code of it, too")


def wrong_field() -> Invalid:
    return Invalid.at("code", "this code is wrong, or it was used before")


def _private(content: object) -> Response:
    return Response(json.dumps(content), 200, {"cache-control": "no-store"}, "application/json")
