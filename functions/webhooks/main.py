"""Send people's events to addresses of their own: signed, at least once each, and for a day if need be."""

from uuid import UUID

from functions.webhooks import deliveries, subscriptions, turns
from shared import edge, receiving, web, work
from shared.envelope import Envelope

app = web.app("webhooks")
for part in (subscriptions, deliveries):
    app.router.routes += part.router.routes


async def heard(event: Envelope) -> None:
    """What happened is read from the database. An event only says whose webhooks to look after."""
    if work.is_due(event, "hooks"):
        await turns.take_turns(None)
    elif "webhooks" in event.attributes:
        await turns.take_turns(UUID(event.verified().user_id))


app.router.routes.append(receiving.route(heard))
handle = edge.function(app)
