"""Signing in at an OpenID provider (code flow with PKCE), where one is configured.

Who somebody is there is known by issuer and subject. An account that is there already is never found by its address:
its address may have been somebody else's when it was made, or be at a provider that anybody can name themselves at. It
is linked from within a session, with the password, and a code where there is a second factor. A new account takes an
address that the provider has confirmed. A second factor is asked for with a password; who signs in there is asked for
what is asked for there.
"""

import json
import secrets
from dataclasses import asdict
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from typing_extensions import TypedDict

from functions.accounts import provider, second_factor
from functions.accounts.addresses import normal_form, plausible
from functions.accounts.bodies import Profile, Proof
from functions.accounts.provider import Identity, NotBelieved, SignIn, callback_url
from functions.accounts.proving import prove
from functions.accounts.registering import begin_account
from functions.accounts.signing_in import begin_session, newcomer, still_signed_in, user_document, with_session
from shared import changes, db
from shared.callers import InSession, in_session, open_to_all
from shared.config import settings
from shared.events import UserIdentityChanged
from shared.logs import log
from shared.problems import Conflict, NotFound, SignInRequired, Unavailable
from shared.routes import Straight
from shared.sealing import opened, seal

sql = db.queries(__file__, "oidc")
accounts = db.queries(__file__)
router = APIRouter(route_class=Straight)

COOKIE, PATH = "oidc", "/api/auth/oidc"
LASTS = 600  # seconds to sign in there

# What the page is told when it is opened again: `/?sign-in=<reason>`.
Reason = Literal["linked", "cancelled", "expired", "refused", "unavailable", "address-taken", "address-unconfirmed"]


NONE: dict[int | str, dict[str, Any]] = {404: {"description": "There is no OpenID provider here."}}


class Provided(TypedDict):
    name: str


class Methods(TypedDict):
    password: bool
    oidc: Provided | None


class Linked(TypedDict):
    name: str
    linked: bool


class Entrance(TypedDict):
    url: str  # where the browser goes


class TurnedAway(Exception):
    def __init__(self, reason: Reason, why: str = "") -> None:
        super().__init__(why)
        self.reason: Reason = reason


@router.get("/api/auth/methods", response_model=Methods, dependencies=[Depends(open_to_all)])
async def methods() -> Response:
    """How somebody may sign in here."""
    return _json({"password": True, "oidc": {"name": _name()} if settings().oidc_issuer else None})


@router.get(PATH, status_code=302, response_class=Response, dependencies=[Depends(open_to_all)], responses=NONE)
async def enter() -> Response:
    """To the provider. The browser comes back to the callback, and then to the page."""
    url, sealed = await _begun(link=None)
    return _with_cookie(_redirect(url), sealed)


@router.get(
    f"{PATH}/callback",
    status_code=302,
    response_class=Response,
    dependencies=[Depends(open_to_all)],
    responses=NONE,
)
async def callback(
    request: Request,
    code: str | None = None,
    state: str | None = None,
    iss: str | None = None,
    error: str | None = None,
) -> Response:
    """To the page, signed in; or to `/?sign-in=` and why not."""
    _configured()
    try:
        sign_in = _carried(request, state)
        if error or not code:
            raise TurnedAway("cancelled")  # noqa: TRY301
        who = await provider.identity(code, iss, sign_in)
        answer = await (_sign_in(request, who) if sign_in.link is None else _link(request, who, sign_in.link))
    except TurnedAway as turned:
        answer = _to_page(turned.reason, str(turned))
    except NotBelieved as fault:
        answer = _to_page("refused", str(fault))
    except SignInRequired:
        answer = _to_page("expired")
    except Unavailable as fault:
        answer = _to_page("unavailable", repr(fault.__cause__))
    answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax")
    return answer


@router.get("/api/me/identity", response_model=Linked, responses=NONE)
async def show_identity(caller: InSession) -> Response:
    """Whether this account may be entered through the provider."""
    _configured()
    async with db.single() as tx:
        found = await tx.one(sql.identity_of, user_id=caller.user_id, issuer=settings().oidc_issuer)
    return _json({"name": _name(), "linked": found["linked"]})


@router.post("/api/me/identity", response_model=Entrance, responses=NONE)
async def link(asked: Proof, caller: InSession, request: Request) -> Response:
    """Where to go to sign in there; whoever that is may enter this account from then on."""
    _configured()
    await prove(caller, request, "password", asked.password)
    checked = await second_factor.prove(caller, request, asked.code)
    url, sealed = await _begun(link=str(caller.user_id))
    async with changes.change(caller) as tx:
        await second_factor.use_if_asked(tx, checked)
    return _with_cookie(_json({"url": url}), sealed)


@router.delete(
    "/api/me/identity",
    status_code=204,
    responses=NONE | {409: {"description": "There is no password, or no link."}},
)
async def unlink(caller: InSession) -> None:
    _configured()
    async with changes.change(caller) as tx:
        if not await tx.run(sql.unlink, user_id=caller.user_id, issuer=settings().oidc_issuer):
            raise Conflict("This is not linked, or there is no password to enter with: set one first.")
        tx.emit(UserIdentityChanged, caller.user_id, await user_document(tx), changes={"identity": [_name(), None]})


async def part_from_providers(tx: changes.Change) -> None:
    """Whoever had an entrance there has none any more."""
    if await tx.run(accounts.part_from_providers, user_id=tx.caller.user_id):
        tx.emit(UserIdentityChanged, tx.caller.user_id, await user_document(tx), changes={"identity": [_name(), None]})


async def _begun(link: str | None) -> tuple[str, str]:
    _configured()
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    sign_in = SignIn(state, nonce, verifier, link)
    return await provider.entrance(sign_in), seal(json.dumps(asdict(sign_in)))


def _carried(request: Request, state: str | None) -> SignIn:
    """What this browser left with. Another's answer is none for it, and an old one is none for anybody."""
    sealed = request.cookies.get(COOKIE)
    carried = opened(sealed, within=LASTS) if sealed else None
    if carried is None:
        raise TurnedAway("expired")
    sign_in = SignIn(**json.loads(carried))
    if not secrets.compare_digest(sign_in.state.encode(), (state or "").encode()):
        raise TurnedAway("refused", "the state is of another sign-in")
    return sign_in


async def _sign_in(request: Request, who: Identity) -> Response:
    async with db.single() as tx:
        known = await tx.first(sql.whose_identity, issuer=settings().oidc_issuer, subject=who.subject)
    if known is None:
        return await _register(request, who)
    async with changes.change(newcomer(request, known["user_id"])) as tx:
        token = await begin_session(tx, request, await user_document(tx))
    return await with_session(_redirect("/"), token, _by_https())


async def _register(request: Request, who: Identity) -> Response:
    try:
        email = plausible((who.email or "").strip())
    except ValueError:
        raise TurnedAway("address-unconfirmed") from None
    profile = Profile(name="".join(filter(str.isprintable, who.name))[:200])
    async with changes.first_change(newcomer(request)) as tx:
        added = await tx.run(
            accounts.add, user_id=tx.caller.user_id, email=email, email_key=normal_form(email), password_hash=None,
            now=tx.now, address_proven_at=tx.now, **profile.model_dump(),
        )  # fmt: skip
        if not added:
            raise TurnedAway("address-taken")
        await _keep(tx, who)
        _, token = await begin_account(tx, request)
    return await with_session(_redirect("/"), token, _by_https())


async def _link(request: Request, who: Identity, user_id: str) -> Response:
    caller = await in_session(request)
    if str(caller.user_id) != user_id:
        raise TurnedAway("refused", "another user began this")
    async with changes.change(caller) as tx:
        await still_signed_in(tx)
        await _keep(tx, who)
        tx.emit(UserIdentityChanged, caller.user_id, await user_document(tx), changes={"identity": [None, _name()]})
    return _redirect("/?sign-in=linked")


async def _keep(tx: changes.Change, who: Identity) -> None:
    linked = await tx.run(
        sql.link, issuer=settings().oidc_issuer, subject=who.subject, user_id=tx.caller.user_id, now=tx.now
    )  # fmt: skip
    if not linked:
        raise TurnedAway("refused", "this identity is another account's, or this account has one there")


def _configured() -> None:
    if not settings().oidc_issuer:
        raise NotFound("There is no OpenID provider here.")


def _name() -> str:
    return settings().oidc_name or settings().oidc_issuer.partition("://")[2].strip("/")


def _to_page(reason: Reason, why: str = "") -> Response:
    if why:
        log().warning("a sign-in at the OpenID provider failed", reason=reason, why=why)
    return _redirect(f"/?{urlencode({'sign-in': reason})}")


def _redirect(url: str) -> Response:
    return Response(status_code=302, headers={"location": url, "cache-control": "no-store"})


def _json(content: Any) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")


def _with_cookie(answer: Response, sealed: str) -> Response:
    answer.set_cookie(COOKIE, sealed, max_age=LASTS, path=PATH, httponly=True, samesite="lax", secure=_by_https())
    return answer


def _by_https() -> bool:
    """Who is sent to and fro comes back to PUBLIC_URL, and says less of how than who posts something."""
    return callback_url().startswith("https://")
