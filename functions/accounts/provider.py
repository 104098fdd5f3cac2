"""What an OpenID provider says, and whether to believe it.

Everything about it is asked of the issuer that is configured. What it says of a person counts when its own key signed
it, for us, just now, and for the sign-in that this browser began.
"""

import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from shared.config import settings
from shared.logs import log
from shared.problems import Unavailable

if TYPE_CHECKING:
    from httpx import AsyncClient

KNOWN_FOR = 3600.0  # seconds
PATIENCE = 5.0
CLOCK_SKEW = 60
# A key that can be published; with a shared secret, or none, anybody's word would do.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class NotBelieved(Exception):
    """What came from there does not hold."""


@dataclass(frozen=True, slots=True)
class Identity:
    subject: str
    email: str | None
    name: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a browser carries to the provider and back, sealed."""

    state: str
    nonce: str
    verifier: str
    link: str | None  # the user who wants to sign in this way from now on; None: somebody wants to sign in

    @property
    def challenge(self) -> str:
        return urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("=")


def callback_url() -> str:
    return f"{settings().public_url}/api/auth/oidc/callback"


async def entrance(sign_in: SignIn) -> str:
    """Where the browser goes."""
    async with _asking() as http:
        about = await _about(http)
    asked = {
        "response_type": "code",
        "client_id": settings().oidc_client_id,
        "redirect_uri": callback_url(),
        "scope": settings().oidc_scopes,
        "state": sign_in.state,
        "nonce": sign_in.nonce,
        "code_challenge": sign_in.challenge,
        "code_challenge_method": "S256",
    }
    address = str(about["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


async def identity(code: str, issuer: str | None, sign_in: SignIn) -> Identity:
    """`issuer`: who says that the code is theirs (RFC 9207), or a code for another could be tried on us."""
    async with _asking() as http:
        about = await _about(http)
        if issuer != about["issuer"] and (issuer or about.get("authorization_response_iss_parameter_supported")):
            raise NotBelieved("the code is of another issuer")
        tokens = await _tokens(http, about, code, sign_in)
        claims = _believed(tokens.get("id_token"), await _json(http, about["jwks_uri"]), about["issuer"], sign_in)
        if "email" not in claims and "userinfo_endpoint" in about and "access_token" in tokens:
            bearer = {"authorization": f"Bearer {tokens['access_token']}"}
            more = await _json(http, about["userinfo_endpoint"], bearer)
            if more.get("sub") != claims["sub"]:
                raise NotBelieved("this is told of somebody else")
            claims = more | claims
    email = claims.get("email")
    confirmed = isinstance(email, str) and claims.get("email_verified") is True
    return Identity(claims["sub"], email if confirmed else None, str(claims.get("name") or ""))


async def _tokens(http: "AsyncClient", about: dict[str, Any], code: str, sign_in: SignIn) -> dict[str, Any]:
    from httpx import BasicAuth, HTTPError

    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback_url(),
        "code_verifier": sign_in.verifier,
    }
    ours = BasicAuth(settings().oidc_client_id, settings().oidc_client_secret)
    try:
        answer = await http.post(about["token_endpoint"], data=asked, auth=ours)
    except HTTPError as error:
        raise _away() from error
    if answer.status_code >= 500:
        raise _away()
    if answer.status_code != 200:
        raise NotBelieved(f"the provider does not take the code: {answer.status_code}")
    return _object(answer.content)


def _believed(id_token: object, keys: dict[str, Any], issuer: str, sign_in: SignIn) -> dict[str, Any]:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    wanted = jwt.JWTClaimsRegistry(
        leeway=CLOCK_SKEW,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": settings().oidc_client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": sign_in.nonce},
    )
    try:
        token = jwt.decode(str(id_token), KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        wanted.validate(token.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotBelieved(f"the identity is not signed and meant for us: {error}") from error
    claims = token.claims
    if claims.get("azp", settings().oidc_client_id) != settings().oidc_client_id:
        raise NotBelieved("the identity was given to somebody else")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise NotBelieved("the identity is of nobody")
    return dict(claims)


_known: tuple[dict[str, Any], float] | None = None


async def _about(http: "AsyncClient") -> dict[str, Any]:
    """Its own description. It must be of the very issuer that was asked, or one could speak for another."""
    global _known
    if _known is None or _known[1] < time.monotonic():
        issuer = settings().oidc_issuer
        about = await _json(http, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            log().error("the OpenID provider calls itself otherwise than OIDC_ISSUER does", issuer=about.get("issuer"))
            raise _away()
        _known = about, time.monotonic() + KNOWN_FOR
    return _known[0]


async def _json(http: "AsyncClient", address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    from httpx import HTTPError

    try:
        answer = await http.get(address, headers=headers)
        answer.raise_for_status()
    except HTTPError as error:
        raise _away() from error
    return _object(answer.content)


def _object(content: bytes) -> dict[str, Any]:
    import json

    try:
        found = json.loads(content)
    except ValueError as error:
        raise _away() from error
    if not isinstance(found, dict):
        raise _away()
    return found


def _asking() -> "AsyncClient":
    """Imported with the first sign-in at a provider; it follows nobody elsewhere."""
    from httpx import AsyncClient

    return AsyncClient(timeout=PATIENCE, follow_redirects=False)


def _away() -> Unavailable:
    return Unavailable("The OpenID provider cannot be reached. Try again in a moment.")
