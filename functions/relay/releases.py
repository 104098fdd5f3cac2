"""Operators hear on system-events of each release that was put in, once. Its migrations have left word of it."""

from functions.relay import reports
from shared import db, publishing, system, work
from shared.config import settings
from shared.events import Release, SystemDeployed
from shared.http_post import Connection, Unreachable
from shared.logs import log

sql = db.queries(__file__)


async def tell(step: work.Step) -> int:
    async with db.single() as tx:
        rows = await tx.all(sql.untold_releases)
    door = Connection(settings().broker_ingress_url, timeout=reports.PATIENCE)
    done = 0
    try:
        for row in rows:
            if step.goes_on and await was_told(row, door):
                async with db.transaction() as tx:
                    await tx.run(sql.release_told, name=row["name"])
                done += 1
    finally:
        door.close()
    return done


async def was_told(row: db.Row, door: Connection) -> bool:
    """Or will never be: the broker refuses it."""
    said: Release = {"name": row["name"], "schema": row["schema"]}
    event = system.event(SystemDeployed, row["event"], row["name"], said, row["deployed_at"])
    try:
        status = await publishing.send(SystemDeployed.topic, event, door)
    except Unreachable:
        return False  # the minute will come back to it
    if publishing.is_refusal(status):
        log().error("the broker refused to hear of a release", release=row["name"], status=status)
    return status == 202 or publishing.is_refusal(status)
