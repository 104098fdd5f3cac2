"""Making an account: at once, or when its address has been shown to belong to whoever makes it (REGISTRATION).

By mail, what is answered and what is done is the same whether the address has an account or not; at once, it cannot be.
"""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from functions.accounts import mails, passwords
from functions.accounts.addresses import normal_form
from functions.accounts.attempts import GUESS, REGISTRATION, attempt
from functions.accounts.bodies import Confirmation, Registration
from functions.accounts.mails import CONFIRMATION, Accepted, worn_out
from functions.accounts.signing_in import begin_session, newcomer, signed_in, user_document
from shared import changes, db, sessions, work
from shared.callers import not_another_sites_page, open_to_all
from shared.config import settings
from shared.events import UserRegistered
from shared.problems import Conflict, SignInRequired
from shared.routes import Straight
from shared.shapes import User
from shared.zones import zone_named

sql = db.queries(__file__)
router = APIRouter(route_class=Straight, dependencies=[Depends(not_another_sites_page)])

OTHERWISE: dict[int | str, dict[str, Any]] = {
    202: {"model": Accepted, "description": "By mail: the account is there once it is confirmed."},
    409: {"description": "At once: there is an account with this e-mail address already."},
}
IN_THE_MAIL = '{"detail":"A mail is on its way to you. Open the link in it to go on."}'


@router.post("/api/auth/register", status_code=201, response_model=User, responses=OTHERWISE)
async def register(new: Registration, request: Request) -> Response:
    zone, email_key = zone_named(new.zone), normal_form(new.email)
    said = new.model_dump(exclude={"password"}) | {"email_key": email_key, "zone": zone}
    async with attempt(REGISTRATION, email_key, request):
        if settings().registration == "by-mail":
            return await ask_first(said, new.password, request)
        said["password_hash"] = await passwords.hashed(new.password)
        async with changes.first_change(newcomer(request)) as tx:
            if not await tx.run(sql.add, user_id=tx.caller.user_id, now=tx.now, address_proven_at=None, **said):
                raise Conflict("There is an account with this e-mail address already.")
            user, token = await begin_account(tx, request)
    return await signed_in(request, 201, user, token, email_key, said["password_hash"])


async def ask_first(said: dict[str, Any], password: str, request: Request) -> Response:
    """Nobody is looked up: to whom the address belongs, and what to write to them, `notify` finds out."""
    async with attempt(CONFIRMATION, said["email_key"], request):
        said["password_hash"] = await passwords.hashed(password)
        async with db.transaction() as tx:
            mail_id = await mails.ask_for(tx, "registration", said["email"], said["email_key"])
            await tx.run(sql.keep_registration, id=mail_id, **said)
        await work.ring("mails")
    return Response(IN_THE_MAIL, 202, media_type="application/json")


@router.post(
    "/api/auth/register/confirm",
    status_code=201,
    response_model=User,
    responses={401: {}},
    dependencies=[Depends(open_to_all)],
)
async def confirm(said: Confirmation, request: Request) -> Response:
    """It takes the link and the password: or somebody could have another confirm an account that both can enter."""
    token_hash = sessions.token_hash(said.token)
    async with db.single() as tx:
        registration = await tx.first(sql.registration, token_hash=token_hash)
    if registration is None:
        raise worn_out()
    async with attempt(GUESS, registration["email_key"], request):
        if not await passwords.is_right(said.password, registration["password_hash"]):
            raise SignInRequired("This is not the password that the account was made with.")
    async with changes.first_change(newcomer(request)) as tx:
        used = await tx.run(sql.use_up_registrations, email_key=registration["email_key"], token_hash=token_hash)
        proven = {"now": tx.now, "address_proven_at": tx.now}
        if not used or not await tx.run(sql.add, user_id=tx.caller.user_id, **proven, **registration):
            raise worn_out()
        user, token = await begin_account(tx, request)
    return await signed_in(request, 201, user, token, registration["email_key"], registration["password_hash"])


async def begin_account(tx: changes.Change, request: Request) -> tuple[str, str]:
    user = await user_document(tx)
    tx.emit(UserRegistered, tx.caller.user_id, user, changes={})
    return user, await begin_session(tx, request, user)
