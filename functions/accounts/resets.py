"""A new password for whoever forgot theirs, by a link that is sent to their address."""

from fastapi import APIRouter, Depends, Request, Response

from functions.accounts import devices, mails, oidc, passwords, second_factor
from functions.accounts.addresses import normal_form
from functions.accounts.attempts import attempt
from functions.accounts.bodies import NewPasswordByMail, Reset
from functions.accounts.mails import RESET, Accepted, worn_out
from functions.accounts.signing_in import user_document
from shared import changes, db, sessions, work
from shared.callers import Caller, not_another_sites_page, open_to_all, traceparent
from shared.events import UserPasswordChanged
from shared.routes import Straight

sql = db.queries(__file__)
router = APIRouter(route_class=Straight, dependencies=[Depends(not_another_sites_page)])


@router.post("/api/auth/reset", status_code=202, response_model=Accepted)
async def ask_for_reset(asked: Reset, request: Request) -> Response:
    """Nobody is looked up here: whether there is such an account, `notify` finds out when the answer has long left."""
    email_key = normal_form(asked.email)
    async with attempt(RESET, email_key, request):
        async with db.single() as tx:
            await mails.ask_for(tx, "reset", asked.email, email_key)
        await work.ring("mails")
    return Response(ON_ITS_WAY, 202, media_type="application/json")


ON_ITS_WAY = '{"detail":"If there is an account with this address, a mail is on its way to it."}'


@router.post("/api/auth/reset/confirm", status_code=204, dependencies=[Depends(open_to_all)])
async def set_by_mail(asked: NewPasswordByMail, request: Request) -> Response:
    """Nobody is signed in by it: who has a second factor is asked for it as ever.

    Unless it was set up while nobody had shown whose address this is. Then it may be somebody else's, who made the
    account with it to keep its owner out.
    """
    token_hash = sessions.token_hash(asked.token)
    async with db.single() as tx:
        person = await tx.first(sql.whose_reset, token_hash=token_hash)
    if person is None:
        raise worn_out()
    password_hash = await passwords.hashed(asked.new_password)
    caller = Caller(person["user_id"], session_id=None, traceparent=traceparent(request))
    async with changes.change(caller) as tx:
        if not await tx.run(sql.use_up_resets, user_id=caller.user_id, token_hash=token_hash):
            raise worn_out()  # used up while this one was waiting
        await tx.run(sql.reset_password, user_id=caller.user_id, password_hash=password_hash)
        ended = await tx.run(sql.end_sessions, user_id=caller.user_id)
        await tx.run(sql.revoke_tokens, user_id=caller.user_id)
        await oidc.part_from_providers(tx)  # whoever knew the old password may have linked it to an identity of theirs
        if await tx.run(sql.prove_address, user_id=caller.user_id, now=tx.now):
            await second_factor.give_up(tx)
        tx.emit(UserPasswordChanged, caller.user_id, await user_document(tx), changes={"sessions": [ended, 0]})
        await mails.ask_for(tx, "password_changed", person["email"], person["email_key"], caller.user_id)
    await sessions.forget_copies(caller.user_id)
    await work.ring("mails")
    answer = Response(status_code=204)
    devices.remember(answer, request, person["email_key"], password_hash)  # nobody's guesses keep them from logging in
    return answer
