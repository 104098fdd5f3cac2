"""libpq, PostgreSQL's own client library, in an event loop: one reader per connection, prepared statements, trips.

A trip takes any number of statements to the server at once and brings their answers back. Of psycopg only its binding
is used. What psycopg builds on it took 68 µs of CPU for a statement where this takes 19, 245 for a transaction of three
where this takes 99, and 45 ms more of each cold start.
"""

import asyncio
import select
import socket
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from shared import pg_text

if TYPE_CHECKING:
    from psycopg import pq

Row: TypeAlias = dict[str, Any]


def _binding() -> "ModuleType":
    """`psycopg.pq` without the rest of psycopg, which a package's `__init__` would import first.

    The package stands in `sys.modules` as it is, but its `__init__` runs only when somebody asks it for something.
    """
    if "psycopg" not in sys.modules:
        spec = find_spec("psycopg")
        assert spec is not None
        assert spec.loader is not None
        run, package = spec.loader.exec_module, module_from_spec(spec)
        sys.modules["psycopg"] = package
        import_module("psycopg.pq")

        def everything(name: str) -> Any:
            del package.__dict__["__getattr__"]
            run(package)
            return getattr(package, name)

        package.__dict__["__getattr__"] = everything
    return import_module("psycopg.pq")


if not TYPE_CHECKING:
    pq = _binding()
Failure: type[Exception] = import_module("psycopg.errors").OperationalError

# Plain numbers: an IntEnum costs at each look.
BAD = 1  # a connection
IDLE = 0  # a transaction
DONE, FAILED, SYNC = 1, 7, 10  # a result
STALE = {"0A000", "26000"}  # a prepared statement whose tables have changed since, or that a pooler has lost
PASSING = {"08", "40", "53", "54", "55", "57", "58"}  # classes of failures that are not the statement's
KEPT = 100  # statements: prepared on a connection, and read by us; filters and orders make ever new ones
KEPT_TEXT = 200_000  # bytes of those prepared on a connection; the server holds a hundred times as much for them
READ_ONLY = "25006"  # a server that another one is taking over from


class Lost(Exception):
    """The connection has ended, or never was; whether what was on its way has been done is not known."""


class Refused(Exception):
    """The server refused a statement. Of what it said, the part that shows nobody's rows."""

    def __init__(self, result: "pq.abc.PGresult") -> None:
        self.sqlstate = _field(result, "C")
        self.constraint = _field(result, "n")
        said = _field(result, "M")
        if self.sqlstate.startswith("22"):  # what follows the colon is the value that it could not read
            said = said.partition(":")[0]
        super().__init__(f"{self.sqlstate}: {said or 'no reason given'}")

    @property
    def will_pass(self) -> bool:
        return self.sqlstate[:2] in PASSING or self.sqlstate == READ_ONLY


def _field(result: "pq.abc.PGresult", code: str) -> str:
    return (result.error_field(ord(code)) or b"").decode(errors="replace")


class Statement:
    """SQL as the server takes it: `%(name)s` has become a number, the same for the same name."""

    def __init__(self, text: str) -> None:
        numbered, names = pg_text.numbered(text)
        self.text, self.names = numbered.encode(), names


statement: Callable[[str], Statement] = lru_cache(KEPT)(Statement)
Command: TypeAlias = tuple[Statement, dict[str, object]]


class Prepared:
    """A statement on one connection, and how its columns are read."""

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.columns: list[tuple[str, Callable[[bytes], object]]] | None = None

    def columns_of(self, result: "pq.abc.PGresult") -> list[tuple[str, Callable[[bytes], object]]]:
        if self.columns is None:
            self.columns = [
                ((result.fname(number) or b"").decode(), pg_text.READERS[result.ftype(number)])
                for number in range(result.nfields)
            ]
        return self.columns


class Answer:
    """What a statement brought back. Values are read when they are asked for."""

    def __init__(self, result: "pq.abc.PGresult", prepared: Prepared) -> None:
        self._result, self._prepared = result, prepared

    @property
    def count(self) -> int:
        return self._result.command_tuples or 0

    @property
    def size(self) -> int:
        return self._result.ntuples

    @property
    def did(self) -> bytes:
        return self._result.command_status or b""

    def row(self, number: int) -> Row:
        value = self._result.get_value
        row: Row = {}
        for column, (name, read) in enumerate(self._prepared.columns_of(self._result)):
            found = value(number, column)
            row[name] = None if found is None else read(found)
        return row

    def column(self) -> list[bytes]:
        """The only column as it came, which is UTF-8."""
        value = self._result.get_value
        return [value(number, 0) or b"" for number in range(self._result.ntuples)]


class Connection:
    """Opened with `connect`. Whoever is cancelled in the midst of a trip leaves a connection that is closed."""

    def __init__(self, pg: "pq.abc.PGconn", loop: asyncio.AbstractEventLoop) -> None:
        self.closed = False
        self.since = 0.0  # for the pool: when it was taken, or given back
        self._pg, self._loop, self._socket = pg, loop, pg.socket
        self._prepared: dict[Statement, Prepared] = {}  # the one that was used last stands last
        self._names = 0
        self._writing = False
        self._results: list[pq.abc.PGresult] = []
        self._back: asyncio.Future[list[pq.abc.PGresult]] | None = None
        self._line = select.poll()  # and not select, which knows no descriptor above 1023
        self._line.register(self._socket, select.POLLIN)
        loop.add_reader(self._socket, self._read)

    @cached_property
    def says_times_as_we_read_them(self) -> bool:
        return (self._pg.parameter_status(b"DateStyle") or b"").startswith(b"ISO")

    @property
    def is_idle(self) -> bool:
        """Outside of every transaction."""
        return not self.closed and self._pg.transaction_status == IDLE

    @property
    def is_quiet(self) -> bool:
        """Costs no round trip: a connection that the server closed has something to read, its end."""
        return not self.closed and not self._line.poll(0)

    async def trip(self, commands: Sequence[Command]) -> list[Answer]:
        """All of them, or none unless they say COMMIT: without a BEGIN a trip is a transaction by itself."""
        try:
            return await self._trip(commands)
        except Refused as refused:
            if refused.sqlstate not in STALE:
                raise
            self._prepared.clear()
            if self.is_idle:
                return await self._trip(commands)
            self.close()
            raise Lost(str(refused)) from refused

    async def _trip(self, commands: Sequence[Command]) -> list[Answer]:
        if self.closed:
            raise Lost("it was closed")
        assert self._back is None, "two tasks talk on one connection"
        pg, known = self._pg, self._prepared
        asked = [(wanted, pg_text.values(wanted.names, given)) for wanted, given in commands]
        fresh: dict[Statement, tuple[int, Prepared]] = {}
        unused: list[tuple[int, Statement]] = []
        answers_at: list[tuple[int, Prepared]] = []
        sent = 0
        self._back = back = self._loop.create_future()
        try:
            for wanted, parameters in asked:
                if wanted in known:
                    prepared = known[wanted] = known.pop(wanted)
                elif wanted in fresh:
                    _, prepared = fresh[wanted]
                else:
                    self._names += 1
                    prepared = Prepared(b"s%d" % self._names)
                    pg.send_prepare(prepared.name, wanted.text)
                    fresh[wanted] = sent, prepared
                    sent += 1
                pg.send_query_prepared(prepared.name, parameters)
                answers_at.append((sent, prepared))
                sent += 1
            for old in self._too_many(fresh) if fresh else ():
                pg.send_close_prepared(known[old].name)
                unused.append((sent, old))
                sent += 1
            pg.pipeline_sync()
            self._send()
            results = await back
        except Failure as error:
            self.close()
            raise Lost(str(error)) from error
        except BaseException:
            self.close()
            raise
        for wanted, (at, prepared) in fresh.items():
            if results[at].status == DONE:
                known[wanted] = prepared
        for at, old in unused:
            if results[at].status == DONE:  # and not left out, after one that failed
                del known[old]
        for result in results:
            if result.status == FAILED:
                raise Refused(result)
        return [Answer(results[at], prepared) for at, prepared in answers_at]

    def _too_many(self, fresh: Collection[Statement]) -> Iterator[Statement]:
        """What has not been used for longest, if there is no room for these."""
        many = len(self._prepared) + len(fresh) - KEPT
        long = sum(len(each.text) for each in (*self._prepared, *fresh)) - KEPT_TEXT
        for old in self._prepared:
            if many <= 0 and long <= 0:
                return
            yield old
            many, long = many - 1, long - len(old.text)

    async def script(self, text: str) -> None:
        """Statements without parameters, as they stand in a file."""
        pg = self._pg
        pg.exit_pipeline_mode()
        self._back = back = self._loop.create_future()
        try:
            pg.send_query(text.encode())
            self._send()
            results = await back
        except BaseException:
            self.close()
            raise
        pg.enter_pipeline_mode()
        for result in results:
            if result.status == FAILED:
                raise Refused(result)

    def _send(self) -> None:
        """The server may take a large parameter in parts, and only while its own answers are read."""
        try:
            if self._pg.flush():
                self._writing = True
                self._loop.add_writer(self._socket, self._send)
            elif self._writing:
                self._writing = False
                self._loop.remove_writer(self._socket)
        except Failure as error:
            self.lose(str(error))

    def _read(self) -> None:
        pg, results = self._pg, self._results
        try:
            pg.consume_input()
            if self._back is None:  # nobody asked: the server says that it ends
                self.close()
                return
            nothing = 0
            while nothing < 2:  # after each statement's results there is one None, after the end of the line more
                if pg.is_busy():
                    return
                result = pg.get_result()
                if result is None:
                    nothing += 1
                    if not pg.pipeline_status:
                        break
                elif result.status == SYNC:
                    break
                else:
                    nothing = 0
                    results.append(result)
        except Failure as error:
            failed = [result for result in results if result.status == FAILED]
            self.lose(str(Refused(failed[0]) if failed else error))
            return
        if pg.status == BAD or nothing == 2:
            self.lose(pg.get_error_message())
            return
        back, self._back, self._results = self._back, None, []
        if not back.done():
            back.set_result(results)

    def lose(self, why: str) -> None:
        """Whoever waits on it hears why it ended."""
        back = self._back
        self.close()
        if back is not None and not back.done():
            back.set_exception(Lost(why))

    def close(self) -> None:
        if not self.closed:
            self.closed, self._back = True, None
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._pg.finish()


async def connect(url: str, who: str = "") -> Connection:
    """`who` is what the server's operators see of it, unless the URL says another `application_name`."""
    loop = asyncio.get_running_loop()
    address = await _resolved(url, who, loop)
    try:
        pg = pq.PGconn.connect_start(address)
    except Failure as error:
        raise Lost(str(error)) from error
    try:
        wanted = pq.PollingStatus.WRITING
        while wanted != pq.PollingStatus.OK:
            if wanted == pq.PollingStatus.FAILED or pg.status == BAD:
                raise Lost(pg.get_error_message())  # noqa: TRY301
            await _until(loop, pg.socket, writable=wanted == pq.PollingStatus.WRITING)
            wanted = pq.PollingStatus(pg.connect_poll())
        pg.nonblocking = 1
        pg.enter_pipeline_mode()
    except BaseException:
        pg.finish()
        raise
    connection = Connection(pg, loop)
    if not connection.says_times_as_we_read_them:
        connection.close()
        raise Lost("its DateStyle is not ISO")
    return connection


async def _until(loop: asyncio.AbstractEventLoop, descriptor: int, writable: bool) -> None:
    ready: asyncio.Future[None] = loop.create_future()
    watch, forget = (loop.add_writer, loop.remove_writer) if writable else (loop.add_reader, loop.remove_reader)
    watch(descriptor, lambda: None if ready.done() else ready.set_result(None))
    try:
        await ready
    finally:
        forget(descriptor)


async def _resolved(url: str, who: str, loop: asyncio.AbstractEventLoop) -> bytes:
    """With the addresses of its host: libpq would look them up itself, and the whole process would wait for that.

    To look one up is a thread's work; an address is none.
    """
    options = {option.keyword: option.val for option in pq.Conninfo.parse(url.encode()) if option.val is not None}
    options.setdefault(b"client_encoding", b"UTF8")
    options.setdefault(b"fallback_application_name", who.encode())
    host, port = options.get(b"host", b"").decode(), options.get(b"port", b"5432").decode()
    if host and not host.startswith("/") and "," not in host and not _is_address(host) and b"hostaddr" not in options:
        try:
            found = await loop.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)
        except OSError as error:
            raise Lost(f"its host has no address: {error}") from error
        addresses = dict.fromkeys(str(address[0]) for *_, address in found)
        options[b"hostaddr"] = ",".join(addresses).encode()
        options[b"host"] = ",".join([host] * len(addresses)).encode()
    return b" ".join(b"%s='%s'" % (name, _quoted(value)) for name, value in options.items())


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError):
            socket.inet_pton(family, host)
            return True
    return False


def _quoted(value: bytes) -> bytes:
    return value.replace(b"\\", b"\\\\").replace(b"'", b"\\'")
