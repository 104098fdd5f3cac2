"""Show every open page what changes, as it changes, and give a page that was away what it missed."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Response

from functions.sync import replay
from functions.sync.changes import ChangePage, as_answer
from functions.sync.streams import EventStream
from shared import bells, edge, rates, receiving, web
from shared.callers import SignedIn
from shared.envelope import Envelope, Unreadable
from shared.problems import SignInRequired

app = web.app("sync", about="activity")
handle = edge.function(app)

Number = Annotated[int | None, Query(ge=0, le=replay.NO_NUMBER - 1)]


async def heard(event: Envelope) -> None:
    """Ring for the user whose event it is. What happened, whoever hears it reads from the database."""
    event.verified()
    if "sequence" not in event.attributes:
        return
    try:
        user_id = UUID(event.user_id)
    except ValueError as error:
        raise Unreadable("It has a number and belongs to nobody.") from error
    await bells.ring(user_id)


app.router.routes.append(receiving.route(heard))


@app.get("/api/events/stream", response_class=EventStream, status_code=200)
@rates.limited("stream")
async def stream(
    caller: SignedIn, since: Number = None, last_event_id: Annotated[str | None, Header()] = None
) -> Response:
    """`hello` {head, degraded}; then each change with its number as id, oldest first, and for as long as it is open.

    `Last-Event-ID` or `since`: the last number you have. `resync` {head}: the changes do not go back so far, load
    everything anew. `status` {degraded}: whether changes come seconds late.
    """
    return EventStream(caller, last_number(last_event_id) if last_event_id else since)


@app.get("/api/changes", response_model=ChangePage)
async def changes(caller: SignedIn, since: Number = None, limit: Annotated[int, Query(ge=1, le=500)] = 500) -> Response:
    """What happened after `since`, oldest first. Ask again from the last item's number until that is `head`."""
    asked = caller.user_id, replay.NO_NUMBER if since is None else since
    page = (await replay.pages([asked], limit)).get(asked)
    if page is None:
        raise SignInRequired("This account no longer exists.")
    return as_answer(page, reload=since is not None and page.is_broken)


def last_number(last_event_id: str) -> int:
    """A browser that gets a refusal never comes back: what is no number of ours is answered by `resync`."""
    plain = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= 18
    return int(last_event_id) if plain else replay.NO_NUMBER
