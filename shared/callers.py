"""Who makes this request, and what of it must be remembered."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request

from shared import edge, logs, sessions
from shared.edge import TRACEPARENT
from shared.ids import new_id
from shared.problems import BadRequest, Forbidden, SignInRequired

COOKIE = "session"
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Caller:
    user_id: UUID
    session_id: UUID | None
    via: Literal["web", "api", "chat", "mcp", "system"] = "web"
    traceparent: str | None = None
    idempotency_key: str | None = None
    request_hash: bytes = b""
    operation: UUID = field(default_factory=new_id)


async def signed_in(request: Request) -> Caller:
    token = _cookie(request)
    session = await sessions.find(token) if token else None
    if session is None:
        raise SignInRequired("Log in first.")
    if context := logs.context.get():
        context.user_id = str(session.user_id)
    if request.method in CHANGING and page_of(request) != "ours":
        raise Forbidden("A request with a cookie must come from Taskora's own page (send an Origin header).")
    return Caller(
        user_id=session.user_id,
        session_id=session.id,
        traceparent=traceparent(request),
        idempotency_key=(key := _idempotency_key(request)),
        request_hash=await _request_hash(request) if key else b"",
    )


SignedIn = Annotated[Caller, Depends(signed_in)]


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
    if hops := request.headers.get("x-forwarded-for"):
        return hops.partition(",")[0].strip()
    return request.client.host if request.client else ""


def traceparent(request: Request) -> str | None:
    given = edge.headers(request.scope).get(b"traceparent", b"").decode("latin-1")
    return given if TRACEPARENT.fullmatch(given) else None


def _cookie(request: Request) -> str | None:
    """As a browser sends it: last comes what was set for the whole site. How others are quoted is not our matter."""
    found = None
    for cookie in edge.headers(request.scope).get(b"cookie", b"").split(b";"):
        name, _, value = cookie.strip().partition(b"=")
        if name == COOKIE.encode():
            found = value.decode("latin-1")
    return found


def _idempotency_key(request: Request) -> str | None:
    if request.method != "POST":
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
