"""Who somebody is, and how days, numbers and the page look to them."""

import json

from fastapi import APIRouter, Response

from functions.accounts import zone_changes
from functions.accounts.bodies import ProfilePatch
from functions.accounts.signing_in import user_document
from shared import changes, db, digests, sessions
from shared.callers import InSession, SignedIn
from shared.events import UserProfileChanged
from shared.routes import Straight
from shared.shapes import User
from shared.zones import zone_named

sql = db.queries(__file__)
router = APIRouter(route_class=Straight)


@router.get("/api/me", response_model=User)
async def me(caller: SignedIn) -> Response:
    async with db.single() as tx:
        user = await tx.first(sql.user, user_id=caller.user_id)
    if user is None:
        raise changes.gone()
    return Response(user["document"], media_type="application/json")


@router.patch("/api/me", response_model=User)
async def change_me(patch: ProfilePatch, caller: InSession) -> Response:
    """Change the fields that are named; null sets a field back to what a newcomer has.

    In another zone, tasks that are open and due at a time without a zone are due at that time there: their `due_at`
    changes. It does for a thousand of them before this is answered. Others follow soon, some at a time; until then
    their `due_at` is what it was in the former zone, and they are found and sorted by that. Reminders go along; those
    whose time has passed there are told at once, in one notification.
    """
    others_follow = False
    asked = patch.asked()
    if "zone" in asked:
        asked["zone"] = zone_named(asked["zone"])
    async with changes.change(caller) as tx:
        before = json.loads(await user_document(tx))
        differs = {field: [before[field], value] for field, value in asked.items() if value != before[field]}
        if differs:
            await tx.run(sql.change_profile, user_id=caller.user_id, **{field: asked.get(field) for field in FIELDS})
        user = await user_document(tx)
        if differs:
            tx.emit(UserProfileChanged, caller.user_id, user, differs)
        if "zone" in differs:
            others_follow = await zone_changes.begin(tx)
            await digests.move(tx, asked["zone"])
    if differs.keys() & {"zone", "week_start"}:
        await sessions.forget_copies(caller.user_id)
    if "zone" in differs:
        await zone_changes.tell(others_follow)
    return Response(user, media_type="application/json")


FIELDS = ProfilePatch.model_fields
