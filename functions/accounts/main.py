"""Register, log in, log out here or everywhere, and change who one is and how one is known."""

from fastapi import Depends, Request, Response

from functions.accounts import (
    account,
    oidc,
    open_sessions,
    passwords,
    profile,
    registering,
    resets,
    second_factor,
    tokens,
    zone_changes,
)
from functions.accounts.addresses import normal_form
from functions.accounts.attempts import GUESS, attempt
from functions.accounts.bodies import Credentials
from functions.accounts.signing_in import begin_session, newcomer, signed_in, signed_out, user_document
from shared import changes, db, edge, receiving, web
from shared.callers import InSession, not_another_sites_page
from shared.events import UserLoggedOut
from shared.problems import SignInRequired
from shared.shapes import User

sql = db.queries(__file__)
app = web.app("accounts", about="profile")
for part in (registering, profile, open_sessions, account, resets, tokens, second_factor, oidc):
    app.router.routes += part.router.routes
app.router.routes.append(receiving.route(zone_changes.on_work))
handle = edge.function(app)

# Otherwise another site could sign a visitor into an account of its own, and read what they write there.
FROM_OUR_PAGE = [Depends(not_another_sites_page)]


@app.post(
    "/api/auth/login",
    response_model=User,
    dependencies=FROM_OUR_PAGE,
    responses={401: {"description": "The e-mail address or the password is wrong."}},
)
async def log_in(credentials: Credentials, request: Request) -> Response:
    email_key = normal_form(credentials.email)
    async with attempt(GUESS, email_key, request):
        person = await whose_password(email_key, credentials.password)
        checked = await second_factor.check(person["id"], credentials.code, request)
    renewed = None
    if passwords.is_outdated(person["password_hash"]):
        renewed = await passwords.hashed(credentials.password)
    async with changes.change(newcomer(request, person["id"])) as tx:
        hash_before, with_code = person["password_hash"], checked is not None
        if not await tx.first(sql.still_enough, user_id=person["id"], checked=hash_before, with_code=with_code):
            raise wrong()
        if renewed:
            await tx.run(sql.renew_hash, user_id=person["id"], renewed=renewed)
        if checked:
            await second_factor.sign_in_with(tx, checked)
        user = await user_document(tx)
        token = await begin_session(tx, request, user)
    return await signed_in(request, 200, user, token, email_key, renewed or hash_before)


@app.post("/api/auth/logout", status_code=204)
async def log_out(caller: InSession) -> Response:
    async with changes.change(caller) as tx:
        if await tx.run(sql.end_session, user_id=caller.user_id, id=caller.session_id):
            gone = {"session": [str(caller.session_id), None]}
            tx.emit(UserLoggedOut, caller.user_id, await user_document(tx), changes=gone)
    return await signed_out(caller)


@app.post("/api/auth/logout-everywhere", status_code=204)
async def log_out_everywhere(caller: InSession) -> Response:
    async with changes.change(caller) as tx:
        if ended := await tx.run(sql.end_sessions, user_id=caller.user_id):
            tx.emit(UserLoggedOut, caller.user_id, await user_document(tx), changes={"sessions": [ended, 0]})
    return await signed_out(caller)


async def whose_password(email_key: str, password: str) -> db.Row:
    async with db.single() as tx:
        person = await tx.first(sql.by_email, email_key=email_key)
    right = await passwords.is_right(password, person["password_hash"] if person else None)
    if person is None or not right:
        raise wrong()
    return person


def wrong() -> SignInRequired:
    return SignInRequired("The e-mail address or the password is wrong.")
