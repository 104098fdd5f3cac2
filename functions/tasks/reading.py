"""A task as it is now, for those who read it or are about to change it."""

import json
from uuid import UUID

from shared import db, versions
from shared.entities import Document
from shared.kinds import TASK
from shared.problems import NotFound

sql = db.queries(__file__)


async def task_now(tx: db.Transaction, user_id: UUID, task_id: UUID, if_match: str | None = None) -> Document:
    current: Document = json.loads(await document_now(tx, user_id, task_id))
    versions.expect(if_match, current, TASK.name)
    return current


async def document_now(tx: db.Transaction, user_id: UUID, task_id: UUID) -> str:
    row = await tx.first(sql.read, user_id=user_id, id=task_id)
    if row is None:  # somebody else's task is, for this user, no task at all
        raise NotFound(f"There is no task {task_id}.")
    return str(row["document"])
