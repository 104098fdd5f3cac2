"""API tokens: what a program shows in its user's place. The token itself is said once, and then known by its hash."""

import json
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from typing_extensions import TypedDict

from functions.accounts.signing_in import still_signed_in, user_document
from shared import changes, db, sessions
from shared.callers import InSession, Scope
from shared.credentials import Token
from shared.events import UserTokenCreated, UserTokenRevoked
from shared.fields import Visible
from shared.ids import new_id
from shared.problems import Conflict, Invalid, NotFound
from shared.routes import Straight
from shared.web import Body, Storable

sql = db.queries(__file__, "tokens")
router = APIRouter(route_class=Straight)

MOST = 100  # of one user
LONGEST = 3650  # days


class NewToken(Body):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Visible, Storable]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20), AfterValidator(lambda given: sorted(set(given)))]
    expires_at: Annotated[AwareDatetime | None, Field(strict=False)] = None
    expires_in_days: Annotated[int | None, Field(ge=1, le=LONGEST)] = None


class CreatedToken(Token):
    token: str  # shown this once


class Tokens(TypedDict):
    items: list[Token]


@router.get("/api/tokens", response_model=Tokens)
async def list_tokens(caller: InSession) -> Response:
    async with db.single() as tx:
        documents = (await tx.one(sql.tokens, user_id=caller.user_id))["documents"]
    return Response(f'{{"items":{documents}}}', media_type="application/json")


@router.post(
    "/api/tokens",
    status_code=201,
    response_model=CreatedToken,
    responses={409: {"description": "There are as many as one may have."}},
)
async def create_token(new: NewToken, caller: InSession) -> Response:
    token, token_id = sessions.new_api_token(caller.user_id), new_id()
    async with changes.change(caller) as tx:
        await still_signed_in(tx)
        row = await tx.first(
            sql.add_token, user_id=caller.user_id, id=token_id, token_hash=sessions.token_hash(token), name=new.name,
            scopes=new.scopes, now=tx.now, expires_at=ends(new, tx.now), most=MOST,
        )  # fmt: skip
        if row is None:
            raise Conflict(f"There are {MOST} API tokens already. Revoke one that is not needed.")
        made = json.loads(row["document"])
        tx.emit(UserTokenCreated, caller.user_id, await user_document(tx), changes={"token": [None, made]})
    await sessions.introduce(sessions.API_TOKEN, token)
    body = json.dumps({**made, "token": token}, ensure_ascii=False)
    return Response(body, 201, {"cache-control": "no-store"}, "application/json")


@router.delete("/api/tokens/{token_id}", status_code=204)
async def revoke_token(token_id: UUID, caller: InSession) -> None:
    """It opens nothing from now on, nor does a stream stay open that it opened."""
    async with changes.change(caller) as tx:
        row = await tx.first(sql.revoke_token, user_id=caller.user_id, id=token_id)
        if row is None:
            raise NotFound(f"There is no API token {token_id}.")
        gone = {"id": str(token_id), "name": row["name"], "scopes": row["scopes"].split()}
        tx.emit(UserTokenRevoked, caller.user_id, await user_document(tx), changes={"token": [gone, None]})
    await sessions.forget_copies(caller.user_id)


def ends(new: NewToken, now: datetime) -> datetime | None:
    if new.expires_at and new.expires_in_days:
        raise Invalid("Say expires_at or expires_in_days, not both.")
    at = now + timedelta(days=new.expires_in_days) if new.expires_in_days else new.expires_at
    if at and not now < at <= now + timedelta(days=LONGEST):
        raise Invalid(f"expires_at: a moment to come, within {LONGEST} days")
    return at
