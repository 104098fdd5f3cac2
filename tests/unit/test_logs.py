"""The lines a function writes."""

import asyncio
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from shared import logs


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(out: io.StringIO) -> Iterator[logs.Log]:
    token = logs.context.set(logs.Context(request_id="r-1", event_id="e-1"))
    yield logs.lines("tasks", out)
    logs.context.reset(token)


def test_a_line_says_when_where_and_in_which_request(log: logs.Log, out: io.StringIO) -> None:
    log.info("request", status=200)

    line = json.loads(out.getvalue())
    assert out.getvalue().endswith("}\n")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(line.pop("timestamp"))) < timedelta(seconds=5)
    about = {"level": "info", "service": "tasks", "event": "request", "status": 200}
    assert line == {**about, "request_id": "r-1", "event_id": "e-1"}


def test_a_line_may_speak_of_another_event_than_the_one_that_came(log: logs.Log, out: io.StringIO) -> None:
    log.warning("dropped", event_id="e-2", what=timedelta(1))

    line = json.loads(out.getvalue())
    assert (line["event_id"], line["what"]) == ("e-2", "datetime.timedelta(days=1)")


def test_what_broke_is_told_without_the_row_that_postgresql_shows(log: logs.Log, out: io.StringIO) -> None:
    broke = ValueError("new row violates a check\nDETAIL: Failing row contains (secret).\nCONTEXT: here")
    broke.__cause__ = KeyError("the cause")

    log.error("unexpected error", exc_info=broke)

    line = json.loads(out.getvalue())
    assert "the cause" in line["exception"]
    assert line["exception"].endswith("ValueError: new row violates a check")
    assert "exc_info" not in line


def test_the_line_of_a_request_is_as_structlog_would_write_it(
    out: io.StringIO, monkeypatch: pytest.MonkeyPatch, log: logs.Log
) -> None:
    current = logs.Context(request_id='r"1', user_id="u-1", event_id="ü\n")
    logs.context.set(current)
    log.info("request", method="G\\ET", route="/api/ü", status=200, ms=1.5)
    expected = json.loads(out.getvalue())
    monkeypatch.setattr(logs, "settings", lambda: SimpleNamespace(service="tasks"))
    monkeypatch.setattr("sys.stdout", written := io.StringIO())

    asyncio.run(answer(current))

    said = json.loads(written.getvalue())
    moments = [datetime.fromisoformat(line.pop("timestamp")) for line in (expected, said)]
    assert said == expected
    assert abs(moments[0] - moments[1]) < timedelta(seconds=5)


class Written(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.flushed: list[int] = []

    def flush(self) -> None:
        self.flushed.append(self.getvalue().count("\n"))


def test_lines_of_one_turn_of_the_loop_are_written_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "settings", lambda: SimpleNamespace(service="tasks"))
    monkeypatch.setattr("sys.stdout", written := Written())

    asyncio.run(answer(*(logs.Context(request_id=f"r-{number}") for number in range(3))))
    asyncio.run(answer(logs.Context(request_id="r-3")))

    assert [json.loads(line)["request_id"] for line in written.getvalue().splitlines()] == ["r-0", "r-1", "r-2", "r-3"]
    assert written.flushed[:2] == [3, 4]


async def answer(*contexts: logs.Context) -> None:
    """The last thing that the loop does."""
    for current in contexts:
        logs.answered(current, "G\\ET", "/api/ü", 200, 1.5)
