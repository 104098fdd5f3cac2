"""Asking for a mail about an account: a row in the same transaction, and after it a word to `notify` (`work.ring`)."""

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from functions.accounts.attempts import Attempt
from shared import db
from shared.ids import new_id
from shared.problems import Invalid

sql = db.queries(__file__)

Kind = Literal["reset", "registration", "password_changed"]
# Counted apart: whoever registers with somebody's address again and again keeps no link to a new password from them.
RESET = Attempt("resets", "mail", failure=Invalid, success_counts=True)
CONFIRMATION = Attempt("confirmations", "mail", failure=Invalid, success_counts=True)


class Accepted(TypedDict):
    detail: str


async def ask_for(tx: db.Transaction, kind: Kind, email: str, email_key: str, user_id: UUID | None = None) -> UUID:
    mail_id = new_id()
    await tx.run(sql.ask_for_mail, id=mail_id, kind=kind, email=email, email_key=email_key, user_id=user_id)
    return mail_id


def worn_out() -> Invalid:
    return Invalid.at("token", "this link was used already, or is too old, or was never sent; ask for a new one")
