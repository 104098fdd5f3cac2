"""Who makes this request, and what of it must be remembered."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import Depends, Request

from shared import edge, logs, rates, sessions, vouching
from shared.edge import TRACEPARENT
from shared.ids import new_id
from shared.problems import BadRequest, Forbidden, OtherPerson, SignInRequired
from shared.sessions import API_TOKEN, SESSION, Credential, Kind

COOKIE = "session"
# What an API token may be allowed to do. An app says what it is about: to read there takes one, all else another.
Scope = Literal["tasks:read", "tasks:write", "activity:read", "profile:read", "webhooks:read", "webhooks:write"]
SCOPES = frozenset(get_args(Scope))

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Caller:
    user_id: UUID
    session_id: UUID | None
    zone: str = "UTC"
    week_start: str = "monday"
    default_reminders: str | None = None  # as JSON, of who has any
    via: Literal["web", "api", "chat", "mcp", "system"] = "web"
    token_id: UUID | None = None
    traceparent: str | None = None
    idempotency_key: str | None = None
    request_hash: bytes = b""
    operation: UUID = field(default_factory=new_id)


async def signed_in(request: Request) -> Caller:
    """By an API token that may do this, else by the session. A token that is no good is not made good by a cookie."""
    token = _bearer(request)
    return await (_by_session(request) if token is None else _by_token(request, token, needed_scope(request)))


async def in_session(request: Request) -> Caller:
    """For what no program does in somebody's place: everything about credentials and the account."""
    token = _bearer(request)
    return await (_by_session(request) if token is None else _by_token(request, token, ""))


SignedIn = Annotated[Caller, Depends(signed_in)]
InSession = Annotated[Caller, Depends(in_session)]


def needed_scope(request: Request) -> str:
    return scope_for(request.app.about, request.method)


def scope_for(about: str, method: str) -> str:
    return f"{about}:{'read' if method in ('GET', 'HEAD') else 'write'}"


async def _by_session(request: Request) -> Caller:
    token = _cookie(request)
    session = await _known(request, SESSION, token) if token else None
    if session is None:
        raise SignInRequired("Log in first.")
    if request.method in CHANGING and page_of(request) != "ours":
        raise Forbidden("A request with a cookie must come from Taskora's own page (send an Origin header).")
    return await _caller(request, session, session_id=session.id)


async def _by_token(request: Request, token: str, needed: str) -> Caller:
    """No page of another site can send one, so where the request comes from is not asked."""
    found = await _known(request, API_TOKEN, token)
    if found is None:
        raise SignInRequired(
            "This API token is wrong, or it was revoked, or it has expired.",
            headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
        )
    if needed not in SCOPES:
        raise Forbidden("This takes a session: log in. An API token cannot do it.")
    if needed not in (found.scopes or "").split():
        raise Forbidden(
            f"This takes the scope {needed}, which the API token does not have.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'},
        )
    return await _caller(request, found, via="api", token_id=found.id)


async def _caller(
    request: Request,
    known: Credential,
    session_id: UUID | None = None,
    via: Literal["web", "api"] = "web",
    token_id: UUID | None = None,
) -> Caller:
    key = _idempotency_key(request)
    vouched = edge.headers(request.scope).get(vouching.HEADER_BYTES)
    through = vouching.heard(vouched, known.id, request.method, request.url.path) if vouched else None
    return Caller(
        user_id=known.user_id,
        session_id=session_id,
        zone=known.zone,
        week_start=known.week_start,
        default_reminders=known.default_reminders,
        via=through or via,
        token_id=token_id,
        traceparent=traceparent(request),
        idempotency_key=key,
        request_hash=await _request_hash(request) if key else b"",
    )


async def _known(request: Request, kind: Kind, token: str) -> Credential | None:
    """Only what is good is counted as its user's: whose id a token begins with is no secret."""
    known = await sessions.find(kind, token, client_address(request))
    if known is None:
        return None
    _must_be_meant(request, known.user_id)
    if context := logs.context.get():
        context.user_id = str(known.user_id)
    limit = rates.limit_of(request.scope["route"].endpoint, request.method)
    rates.allow(limit, *await rates.take(f"rate:{limit.name}:{kind.name}:{known.user_id}", limit))
    return known


def _must_be_meant(request: Request, user_id: UUID) -> None:
    """All tabs of a browser share one cookie. What a page has kept to send later may meet that of the next person."""
    meant = edge.headers(request.scope).get(b"if-user")
    if meant is not None and meant.decode("latin-1").lower() != str(user_id):
        raise OtherPerson("Somebody else is logged in here now. Nothing was done; log in again as who you were.")


async def open_to_all(request: Request) -> None:
    """What nobody has to sign in for is counted by the network that asks."""
    limit = rates.limit("open")
    rates.allow(limit, *await rates.take(f"rate:open:{rates.network(client_address(request))}", limit))


async def not_another_sites_page(request: Request) -> None:
    """For what works without a cookie: programs send no Origin and are welcome."""
    if page_of(request) == "foreign":
        raise Forbidden("Another site's page cannot do this.")


def page_of(request: Request) -> Literal["ours", "foreign", "unsaid"]:
    """A browser says where a request comes from; another site's page cannot forge these headers."""
    said = edge.headers(request.scope)
    if site := said.get(b"sec-fetch-site"):
        return "ours" if site == b"same-origin" else "foreign"
    if b"origin" not in said:
        return "unsaid"
    origin = said[b"origin"].decode("latin-1")
    host = (said.get(b"x-forwarded-host") or said.get(b"host", b"")).decode("latin-1")
    return "ours" if origin in (f"https://{host}", f"http://{host}") else "foreign"


def behind_https(request: Request) -> bool:
    """As the gateway says, or the browser itself: an ingress between the two may write the first anew."""
    said = request.headers
    return said.get("x-forwarded-proto") == "https" or said.get("origin", "").startswith("https://")


def client_address(request: Request) -> str:
    """The gateway writes this header anew, with one address; Knative's proxies append their own behind it."""
    if hops := edge.headers(request.scope).get(b"x-forwarded-for"):
        return hops.partition(b",")[0].strip().decode("latin-1")
    return request.client.host if request.client else ""


def traceparent(request: Request) -> str | None:
    given = edge.headers(request.scope).get(b"traceparent", b"").decode("latin-1")
    return given if TRACEPARENT.fullmatch(given) else None


def _bearer(request: Request) -> str | None:
    """Another scheme is somebody else's matter, as of a proxy that has passwords of its own."""
    scheme, _, token = edge.headers(request.scope).get(b"authorization", b"").partition(b" ")
    return token.strip().decode("latin-1") if scheme.lower() == b"bearer" else None


def _cookie(request: Request) -> str | None:
    """As a browser sends it: last comes what was set for the whole site. How others are quoted is not our matter."""
    found = None
    for cookie in edge.headers(request.scope).get(b"cookie", b"").split(b";"):
        name, _, value = cookie.strip().partition(b"=")
        if name == COOKIE.encode():
            found = value.decode("latin-1")
    return found


def _idempotency_key(request: Request) -> str | None:
    if request.method not in CHANGING:
        return None
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not re.fullmatch(r"[\x21-\x7e]{1,200}", key):
        raise BadRequest("An Idempotency-Key has 1 to 200 visible ASCII characters.")
    return key


async def _request_hash(request: Request) -> bytes:
    request_line = f"{request.method} {request.url.path}?{request.url.query}\n"
    return hashlib.sha256(request_line.encode() + await request.body()).digest()
