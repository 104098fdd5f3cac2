"""Tell people things: in the page, by push and by mail, once and when they want it; and send the mails of accounts."""

from functions.notify import (
    account_mails,
    deliveries,
    digests,
    notifications,
    preferences,
    subscriptions,
    unsubscribing,
)
from shared import edge, receiving, web, work
from shared.envelope import Envelope
from shared.events import NotificationCreated

app = web.app("notify", about="tasks")
for part in (notifications, preferences, subscriptions, unsubscribing):
    app.router.routes += part.router.routes


async def heard(event: Envelope) -> None:
    if event.type == NotificationCreated.name:
        await deliveries.plan(event)
    elif work.is_due(event, "mails"):
        await account_mails.send_all()
    elif work.is_due(event, "deliveries"):
        await deliveries.send_due()
    elif work.is_due(event, "digests"):
        await digests.make_due()


app.router.routes.append(receiving.route(heard))
handle = edge.function(app)
