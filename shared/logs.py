"""One JSON line for each thing that happened, with the request it happened in."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from traceback import format_exception
from typing import Any, TextIO

from shared.config import settings


@dataclass(slots=True)
class Context:
    """What every line of a request carries. Never a title, a token, an address."""

    request_id: str = ""
    trace_id: str = ""
    user_id: str = ""
    event_id: str = ""


context: ContextVar[Context | None] = ContextVar("log_context", default=None)


class Lines:
    """Written one by one and at once, so that a process that is killed has said what it knew."""

    def __init__(self, service: str, out: TextIO) -> None:
        self._service, self._out = service, out
        self._encode = json.JSONEncoder(default=repr).encode

    def info(self, event: str, **values: Any) -> None:
        self._write("info", event, values)

    def warning(self, event: str, **values: Any) -> None:
        self._write("warning", event, values)

    def error(self, event: str, **values: Any) -> None:
        self._write("error", event, values)

    def _write(self, level: str, event: str, values: dict[str, Any]) -> None:
        moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        line = {"timestamp": moment, "level": level, "service": self._service, "event": event}
        if current := context.get():
            for name in Context.__slots__:
                if value := getattr(current, name):
                    line[name] = value
        if error := values.pop("exc_info", None):
            values["exception"] = _told(error)
        line.update(values)  # a line may speak of another event than the one that came
        self._out.write(f"{self._encode(line)}\n")
        self._out.flush()


def _told(error: BaseException) -> str:
    """PostgreSQL's DETAIL shows the whole row that broke a rule."""
    return re.sub(r"\n(DETAIL|CONTEXT): .*", "", "".join(format_exception(error)).rstrip())


@cache
def log() -> Lines:
    return Lines(settings().service, sys.stdout)


class FromLibraries(logging.Handler):
    """What libraries have to say becomes lines like ours."""

    def emit(self, record: logging.LogRecord) -> None:
        say = log().error if record.levelno >= logging.ERROR else log().warning
        say(record.getMessage(), logger=record.name, exc_info=record.exc_info and record.exc_info[1])
