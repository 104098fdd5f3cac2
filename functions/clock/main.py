"""Each minute, ask the database once what is due and wake only those who have work."""

from tzdata import IANA_VERSION

from shared import db, edge, metrics, receiving, work
from shared.config import settings
from shared.envelope import Envelope
from shared.logs import log

sql = db.queries(__file__)


async def tick(event: Envelope) -> None:
    """Knative's tick is not signed: whoever forges one causes a look at the database and nothing more."""
    if event.type != work.TICK:
        return
    async with db.single() as tx:
        due = await tx.one(
            sql.due,
            horizon=work.HORIZON,
            zone_data=IANA_VERSION,
            history_days=settings().activity_retention_days,
        )
    metrics.level("overdue_reminders", due["overdue_reminders"])
    if due["overdue_reminders"]:
        log().error("reminders are more than two minutes late", reminders=due["overdue_reminders"])
    for kind in work.KINDS:
        if due[kind]:
            await work.announce(kind, f"{event.id}/{kind}")  # a tick that comes twice says the same event twice


app = receiving.app(tick)
handle = edge.function(app)
