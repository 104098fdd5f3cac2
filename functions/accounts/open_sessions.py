"""Where somebody is signed in, and ending that from afar."""

from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.accounts.signing_in import signed_out, user_document
from shared import changes, db, sessions
from shared.callers import InSession
from shared.credentials import Session
from shared.events import UserLoggedOut
from shared.problems import NotFound
from shared.routes import Straight

sql = db.queries(__file__)
router = APIRouter(route_class=Straight)


class OpenSession(Session):
    current: bool


class Sessions(TypedDict):
    items: list[OpenSession]


@router.get("/api/me/sessions", response_model=Sessions)
async def list_sessions(caller: InSession) -> Response:
    async with db.single() as tx:
        found = await tx.one(sql.open_sessions, user_id=caller.user_id, current=caller.session_id)
    return Response(found["document"], media_type="application/json")


@router.delete("/api/me/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, caller: InSession) -> Response:
    async with changes.change(caller) as tx:
        if not await tx.run(sql.end_session, user_id=caller.user_id, id=session_id):
            raise NotFound(f"There is no session {session_id}.")
        gone = {"session": [str(session_id), None]}
        tx.emit(UserLoggedOut, caller.user_id, await user_document(tx), changes=gone)
    if session_id == caller.session_id:
        return await signed_out(caller)
    await sessions.forget_copies(caller.user_id)
    return Response(status_code=204)
