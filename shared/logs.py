"""One JSON line for each thing that happened, with the request it happened in."""

import asyncio
import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from json.encoder import encode_basestring_ascii as quoted
from traceback import format_exception
from typing import Any, Protocol, TextIO

from shared.config import settings


@dataclass(slots=True)
class Context:
    """What every line of a request carries (never a title, a token, an address), and what its answer says besides."""

    request_id: str = ""
    trace_id: str = ""
    user_id: str = ""
    event_id: str = ""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)  # of the answer, in none of the lines


NAMED = [name for name in Context.__slots__ if name != "headers"]

context: ContextVar[Context | None] = ContextVar("log_context", default=None)


class Log(Protocol):
    def info(self, event: str, **values: Any) -> None: ...
    def warning(self, event: str, **values: Any) -> None: ...
    def error(self, event: str, **values: Any) -> None: ...


@cache
def log() -> Log:
    return lines(settings().service, sys.stdout)


def lines(service: str, out: TextIO) -> Log:
    """structlog is imported with the first line, which is written after the first answer has left."""
    import structlog
    from structlog.processors import JSONRenderer, TimeStamper, add_log_level

    logger: Log = structlog.wrap_logger(
        structlog.WriteLogger(out),  # each line at once: a process that is killed has said what it knew
        processors=[TimeStamper(fmt="iso", utc=True), add_log_level, _with_context, _with_exception, JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
        service=service,
    )
    return logger


_unwritten: list[str] = []


def answered(current: Context, method: str, route: str, status: int, ms: float) -> None:
    """The line of every request: as structlog would write it, for a third of what that costs.

    Those of one turn of the loop are written together: to write each would cost more than to make it.
    """
    named = [f', "{name}": {quoted(value)}' for name in NAMED if (value := getattr(current, name))]
    if not _unwritten:
        asyncio.get_running_loop().call_soon(_write)
    _unwritten.append(
        f'{{"service": {quoted(settings().service)}, "method": {quoted(method)}, "route": {quoted(route)}, '
        f'"status": {status}, "ms": {ms}, "event": "request", "timestamp": "{datetime.now(UTC).isoformat()[:-6]}Z", '
        f'"level": "info"{"".join(named)}}}\n'
    )


def _write() -> None:
    sys.stdout.write("".join(_unwritten))
    _unwritten.clear()
    sys.stdout.flush()


def _with_context(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if current := context.get():
        for name in NAMED:
            if value := getattr(current, name):
                line.setdefault(name, value)  # a line may speak of another event than the one that came
    return line


def _with_exception(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """PostgreSQL's DETAIL shows the whole row that broke a rule."""
    if error := line.pop("exc_info", None):
        told = "".join(format_exception(error)).rstrip()
        line["exception"] = re.sub(r"\n(DETAIL|CONTEXT): .*", "", told)
    return line


class FromLibraries(logging.Handler):
    """What libraries have to say becomes lines like ours."""

    def emit(self, record: logging.LogRecord) -> None:
        say = log().error if record.levelno >= logging.ERROR else log().warning
        say(record.getMessage(), logger=record.name, exc_info=record.exc_info and record.exc_info[1])
