"""Asking for a mail about an account: a row in the same transaction, and after it a word to `notify`."""

from contextlib import suppress
from typing import Literal
from uuid import UUID

from shared import db, work
from shared.ids import new_id
from shared.problems import Unavailable

sql = db.queries(__file__)

Kind = Literal["reset", "password_changed"]


async def ask_for(tx: db.Transaction, kind: Kind, email: str, email_key: str, user_id: UUID | None = None) -> None:
    await tx.run(sql.ask_for_mail, id=new_id(), kind=kind, email=email, email_key=email_key, user_id=user_id)


async def ring() -> None:
    """If the broker does not hear it, the next minute finds the row."""
    with suppress(Unavailable):
        await work.announce("mails")
