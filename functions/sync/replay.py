"""What happened to a user after a number: every number once and in order, or the truth that some are gone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from shared import db
from shared.batches import Batches
from shared.problems import SignInRequired

sql = db.queries(__file__)

NO_NUMBER = 2**63 - 1  # beyond every head; nothing comes after it
PAGE = 200  # changes
WEIGHT = 65_536  # bytes, and one change more; so a stream's memory is bounded
ASKED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # where it begins: the last number its reader has
    head: int
    changes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        """The log no longer goes back so far, or a restored database never was so far: only reloading helps."""
        numbers = [number for number, _ in self.changes]
        following = list(range(self.number + 1, self.number + 1 + len(numbers)))
        return numbers != following or self.number > self.head or (self.number < self.head and not numbers)

    @property
    def end(self) -> int:
        return self.changes[-1][0] if self.changes else self.number


Asked = tuple[UUID, int]


async def pages(asked: Sequence[Asked], limit: int = PAGE) -> dict[Asked, Page]:
    """One statement for all. An account that is gone has no page."""
    found: dict[Asked, Page] = {}
    async with db.single() as tx:
        rows = await tx.all(
            sql.after,
            user_ids=[user_id for user_id, _ in asked],
            numbers=[number for _, number in asked],
            limit=limit,
            weight=WEIGHT,
        )
    for row in rows:
        key = asked[row["position"] - 1]
        page = found.setdefault(key, Page(key[1], row["head"]))
        if row["sequence"] is not None:
            page.changes.append((row["sequence"], one_line(row["change"])))
    return found


def one_line(document: str) -> str:
    """PostgreSQL may break lines between values, and an event stream cannot. Inside a string they are escaped."""
    return document.replace("\n", "").replace("\r", "")


@dataclass(frozen=True, slots=True)
class Head:
    number: int
    credentials: frozenset[UUID]
    ends_in: float | None  # seconds, until the first of them is no good any more


async def heads(user_ids: Sequence[UUID]) -> dict[UUID, Head]:
    async with db.single() as tx:
        rows = await tx.all(sql.heads, user_ids=user_ids)
    return {row["user_id"]: Head(row["head"], frozenset(row["credentials"]), row["ends_in"]) for row in rows}


class Reader:
    """Reads pages for many streams; tabs of one user share a page."""

    def __init__(self) -> None:
        self._pages = Batches(pages, ASKED_AT_ONCE)

    async def page(self, user_id: UUID, number: int) -> Page:
        page = await self._pages.ask((user_id, number))
        if page is None:
            raise SignInRequired("This account no longer exists.")
        return page
