"""Send the mails about accounts: links to a new account or password, and word of a password that was changed."""

from functions.notify import account_mails
from shared import edge, receiving, work
from shared.envelope import Envelope


async def notify(event: Envelope) -> None:
    if work.is_due(event, "mails"):
        await account_mails.send_all()


app = receiving.app(notify)
handle = edge.function(app)
