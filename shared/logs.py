"""One JSON line for each thing that happened, with the request it happened in.

structlog is imported with the first line, which is written after the first answer has left: no cold start pays for it.
"""

import logging
import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol


@dataclass(slots=True)
class Context:
    """What every line of a request carries. Never a title, a token, an address."""

    request_id: str = ""
    trace_id: str = ""
    user_id: str = ""
    event_id: str = ""


context: ContextVar[Context | None] = ContextVar("log_context", default=None)


class Log(Protocol):
    def info(self, event: str, **values: Any) -> None: ...
    def warning(self, event: str, **values: Any) -> None: ...
    def error(self, event: str, **values: Any) -> None: ...


@cache
def log() -> Log:
    import sys

    import structlog

    from shared.config import settings

    def add_context(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line["service"] = settings().service
        if current := context.get():
            for name in Context.__slots__:
                if value := getattr(current, name):
                    line.setdefault(name, value)  # a line may speak of another event than the one that came
        return line

    def without_rows(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """PostgreSQL's DETAIL shows the whole row that broke a rule."""
        if "exception" in line:
            line["exception"] = re.sub(r"\n(DETAIL|CONTEXT): .*", "", line["exception"])
        return line

    logger: Log = structlog.wrap_logger(
        structlog.PrintLogger(sys.stdout),
        processors=[
            add_context,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_rows,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return logger


class FromLibraries(logging.Handler):
    """What libraries have to say becomes lines like ours."""

    def emit(self, record: logging.LogRecord) -> None:
        say = log().error if record.levelno >= logging.ERROR else log().warning
        say(record.getMessage(), logger=record.name, exc_info=record.exc_info)
