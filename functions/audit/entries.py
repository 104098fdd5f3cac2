"""Which entries of the history are asked for, and the shortest way to them: each filter has an index of its own.

What several filters leave is looked for among the entries that one of them finds, and at no more than so many for one
page: it may hold fewer than it could, and the next one goes on from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from shared import db

sql = db.queries(__file__)

LOOKED_AT = 1000
FIRST, LAST = "", "\U0010ffff"
NARROWED: dict[str, LiteralString] = {
    "task": "(subject = 'task/' || %(task)s OR tasks @> ARRAY[%(task)s::text])",
    "token": "token = %(token)s",
    "subject": "subject = %(subject)s",
    "type": "type = %(type)s",
    "kind": "type >= %(kind_first)s AND type < %(kind_last)s",
    "via": "via = %(via)s",
    "from": "happened_at >= %(from)s",
    "to": "happened_at < %(to)s",
}
WAYS: dict[str, LiteralString] = {"task": sql.by_task, "token": sql.by_token, "subject": sql.by_subject}


@dataclass(frozen=True, slots=True)
class Asked:
    """By which filters, each with what it is to be."""

    user_id: object
    filters: Mapping[str, object]

    async def page(self, tx: db.Transaction, limit: int, below: int) -> tuple[list[str], int | None]:
        """So many documents, and behind which number there may be more."""
        tx.later(sql.of_one_moment)
        by, looked_at = self.way()
        others = [NARROWED[name] for name in self.filters if name not in by]
        most = max(LOOKED_AT, limit + 1) if others else limit + 1
        values = self.values() | {"since": 0, "below": below}
        if {"from", "to"} & self.filters.keys():
            reach = await tx.one(sql.reach, **values)
            values |= {"since": reach["since"] or 0, "below": min(below, reach["below"] or below)}
        looked_at = db.written(looked_at, most=most)
        page = sql.page.replace("{looked_at}", looked_at).replace("{narrowed}", " AND ".join(others) or "true")
        rows = await tx.all(db.composed(page), **values, limit=limit + 1)
        documents = [row["document"] for row in rows[:limit]]
        if len(rows) > limit:
            return documents, rows[limit - 1]["sequence"]
        if others:
            edge = await tx.one(db.composed(sql.edge.replace("{looked_at}", looked_at)), **values)
            if edge["number"] == most:
                return documents, edge["sequence"]
        return documents, None

    def way(self) -> tuple[set[str], LiteralString]:
        """By which of the filters they are found, the narrowest, and how."""
        for name, looked_at in WAYS.items():
            if name in self.filters:
                return {name}, looked_at
        kind = {"type" if "type" in self.filters else "kind", "via"}
        return kind, sql.by_kind if kind & self.filters.keys() else sql.by_number

    def values(self) -> dict[str, object]:
        asked = dict.fromkeys(NARROWED) | dict(self.filters)
        kind_first, kind_last = spread(asked["kind"])
        first, last = spread(asked["type"]) if asked["type"] else (kind_first, kind_last)
        return asked | {
            "user_id": self.user_id, "first": first, "last": last, "kind_first": kind_first, "kind_last": kind_last,
        }  # fmt: skip


def spread(kind: object) -> tuple[str, str]:
    """From which type to before which: `task.*` is all of tasks."""
    if not isinstance(kind, str):
        return FIRST, LAST
    if kind.endswith(".*"):
        return kind[:-1], kind[:-2] + "/"
    return kind, kind + "\x01"
