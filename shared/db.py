"""PostgreSQL: SQL from .sql files, one small pool per process, one transaction per change."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from copy import copy
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import LiteralString, Self, TypeAlias

from shared import libpq, pool
from shared.libpq import Answer, Command, Connection, Lost, Refused, Row, Statement, statement
from shared.problems import Problem, Unavailable

__all__ = ["Refused", "Row", "Statement", "statement"]

Asked: TypeAlias = tuple[LiteralString, dict[str, object]]  # a statement, and its values

BEGIN, COMMIT, ROLLBACK = statement("BEGIN"), statement("COMMIT"), statement("ROLLBACK")


def queries(beside: str, name: str = "queries") -> SimpleNamespace:
    """The named statements of the queries.sql beside a module: `sql = db.queries(__file__)`."""
    text = Path(beside).with_name(f"{name}.sql").read_text()
    _, *parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)
    return SimpleNamespace(**dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True)))


def composed(*parts: str) -> LiteralString:
    """A statement put together while running, of parts that stand in our own code: what a request says is a value."""
    return " ".join(parts)


@lru_cache(libpq.KEPT)
def written(query: LiteralString, **numbers: int) -> LiteralString:
    """With these few numbers in the text. Not knowing how many rows are wanted, the server would plan it each time."""
    for name, number in numbers.items():
        query = query.replace(f"%({name})s", str(int(number)))
    return query


class Transaction:
    """Statements between one BEGIN and one COMMIT."""

    connection: Connection

    def __init__(self) -> None:
        self._later: list[Command] = []

    async def run(self, query: LiteralString, **values: object) -> int:
        return (await self._answer(query, values)).count

    async def all(self, query: LiteralString, **values: object) -> list[Row]:
        answer = await self._answer(query, values)
        return [answer.row(number) for number in range(answer.size)]

    async def first(self, query: LiteralString, **values: object) -> Row | None:
        answer = await self._answer(query, values)
        return answer.row(0) if answer.size else None

    async def each(self, *asked: Asked) -> list[list[Row]]:
        """What several statements say, each done after the one before: in one round trip."""
        if not asked:
            return []
        *before, (query, values) = [(statement(query), values) for query, values in asked]
        self._later += before
        answers = await self._trip(query, values)
        return [[answer.row(number) for number in range(answer.size)] for answer in answers[-len(asked) :]]

    async def last(self, query: LiteralString, **values: object) -> list[Row]:
        """As `all`, and the transaction ends with it, in the same round trip: nothing is left to be said."""
        self.later(query, **values)
        *_, answer, ended = await self._trip(COMMIT, {})
        assert ended.did == b"COMMIT", "a statement of this transaction has failed before"
        return [answer.row(number) for number in range(answer.size)]

    async def one(self, query: LiteralString, **values: object) -> Row:
        [row] = await self.all(query, **values)
        return row

    async def texts(self, query: LiteralString, **values: object) -> list[bytes]:
        """The rows of a single column of text, as they leave again: in UTF-8."""
        return (await self._answer(query, values)).column()

    def later(self, query: LiteralString, **values: object) -> None:
        """Nobody waits for what it says: it goes with the next statement, or with the COMMIT, in one round trip."""
        self._later.append((statement(query), values))

    async def _answer(self, query: str, values: dict[str, object]) -> Answer:
        return (await self._trip(statement(query), values))[-1]

    async def _trip(self, last: Statement, values: dict[str, object]) -> list[Answer]:
        commands = [*self._later, (last, values)]
        self._later.clear()
        return await self.connection.trip(commands)

    def _begin(self) -> None:
        self._later.append((BEGIN, {}))

    async def _commit(self) -> None:
        said = [command for command, _ in self._later]
        if said == [BEGIN] or (not said and self.connection.is_idle):
            return  # nothing was said in it, or the `last` has been said
        [*_, ended] = await self._trip(COMMIT, {})
        assert ended.did == b"COMMIT", "a statement of this transaction has failed before"

    async def _roll_back(self) -> None:
        self._later.clear()
        if not self.connection.closed and not self.connection.is_idle:
            await self.connection.trip([(ROLLBACK, {})])


class Single(Transaction):
    """On a connection of the pool for the time of a block. What the server or the line to it lacks, will pass."""

    async def __aenter__(self) -> Self:
        self._pool = pool.of_this_loop()
        try:
            self.connection = await self._pool.take()
        except pool.Busy as error:
            raise busy() from error
        except Lost as error:
            raise away() from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.give_back(self.connection)
        if isinstance(error, Lost) or (isinstance(error, Refused) and error.will_pass):
            raise away() from error


class Whole(Single):
    async def __aenter__(self) -> Self:
        self._begin()
        return await super().__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self._commit()
            else:
                with suppress(Lost, Refused):  # what went wrong before is what is told
                    await self._roll_back()
        except BaseException as failed:
            await super().__aexit__(type(failed), failed, trace)
            raise
        await super().__aexit__(kind, error, trace)


def busy() -> Unavailable:
    return Unavailable("The service is busy. Try again in a moment.", retry_after=1)


def away() -> Unavailable:
    return Unavailable("The database cannot be reached. Try again in a moment.")


def transaction() -> AbstractAsyncContextManager[Transaction]:
    """Commit when the block ends, roll back when it raises."""
    return Whole()


def single() -> AbstractAsyncContextManager[Transaction]:
    """For a single statement, which is a transaction by itself: no BEGIN and COMMIT around it."""
    return Single()


async def trip(commands: Sequence[Command]) -> list[Row | None]:
    """All of these statements or none, in one round trip without BEGIN and COMMIT. The first row of each."""
    async with single() as tx:
        return [answer.row(0) if answer.size else None for answer in await tx.connection.trip(commands)]


@contextmanager
def refusals(meanings: Mapping[str, Problem]) -> Iterator[None]:
    """What it means to somebody when one of these constraints refuses."""
    try:
        yield
    except Refused as refused:
        if refused.constraint not in meanings:
            raise
        raise copy(meanings[refused.constraint]) from refused  # what is raised keeps what it went through


class Direct(Transaction):
    """A connection of its own, for migrations: outside the pool, and transactions are begun by hand."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection

    async def script(self, text: str) -> None:
        """Statements without parameters, as they stand in a file."""
        await self.connection.script(text)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        await self._answer("BEGIN", {})
        try:
            yield
        except BaseException:
            await self._roll_back()
            raise
        await self._commit()


@asynccontextmanager
async def direct(url: str) -> AsyncIterator[Direct]:
    connection = None
    try:
        connection = await libpq.connect(url)
        yield Direct(connection)
    except Lost as error:
        raise Unavailable(f"The database cannot be reached: {error}") from error
    finally:
        if connection is not None:
            connection.close()
