"""Redis: copies of sessions, rate limits, the sync bell. It may be away or empty, and the product still works.

Of what a process has read it hears when somebody changes it, so it may keep that for a moment: see kept.py.
"""

import asyncio
import contextvars
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from shared import lifecycle
from shared.config import settings
from shared.logs import log
from shared.resp import LOOKS, Line, News, Refused

if TYPE_CHECKING:
    from redis.asyncio import Redis

PATIENCE = 0.3  # a Redis slower than this is no help
LEFT_ALONE = 1.0  # after a failure nobody waits for it again this long


Question = tuple[str | int, ...]


class Away(Exception):
    """Redis did not answer. Do without it."""


_line: Line | None = None
_heedful: list[Callable[[list[str] | None], None]] = []
_opening: asyncio.Task[Line] | None = None
_away_until = 0.0


async def ask(*words: str | int) -> Any:
    """`await ask("GET", key)`, or `Away`. What several ask at once goes out, and comes back, together."""
    [answer] = await ask_together(words)
    return answer


async def ask_together(*questions: Question) -> list[Any]:
    """The answers to all of them, or `Away`."""
    if time.monotonic() < _away_until:
        raise Away
    return await _ask(questions)


async def insist(*words: str | int) -> Any:
    """For what somebody relies on: asks although Redis failed a moment ago, and a second time, before it is `Away`."""
    try:
        [answer] = await _ask([words])
    except Away:
        [answer] = await _ask([words])
    return answer


async def _ask(questions: Sequence[Question]) -> list[Any]:
    global _away_until
    try:
        if _line is not None and _line.is_open:
            try:
                return await _answers(_line, questions)
            except (ConnectionResetError, BrokenPipeError):
                pass  # the server may have closed an idle connection
        return await _answers(await _open_line(), questions)
    except (Refused, OSError) as error:
        now = time.monotonic()
        if now >= _away_until:  # of all who asked, one says so
            log().warning("redis is away", error=str(error))
        _away_until = now + LEFT_ALONE
        raise Away from error


async def _answers(line: Line, questions: Sequence[Question]) -> list[Any]:
    answers = [line.ask(*words) for words in questions]
    try:
        return [await answer for answer in answers]
    except BaseException:
        for answer in answers:  # nobody waits for those behind it
            if not answer.cancel() and not answer.cancelled():
                answer.exception()
        raise


async def _open_line() -> Line:
    """Whoever comes while it is being opened waits for the same one."""
    global _opening
    if _opening is None:
        _opening = asyncio.create_task(_connect(), context=contextvars.Context())
        _opening.add_done_callback(_opened)
    return await asyncio.shield(_opening)


def _opened(opening: "asyncio.Task[Line]") -> None:
    global _line, _opening
    _opening = None
    if not opening.cancelled() and not opening.exception():
        _line = opening.result()


async def _connect() -> Line:
    server = urlsplit(settings().redis_url)
    if server.scheme not in ("redis", "rediss") or server.query:
        raise ConnectionError("REDIS_URL may begin with redis:// or rediss:// and has no options")
    connecting = asyncio.create_task(
        asyncio.get_running_loop().create_connection(
            lambda: Line(PATIENCE, _told, _ended),
            server.hostname or "localhost",
            server.port or 6379,
            ssl=True if server.scheme == "rediss" else None,
        )
    )
    for _ in range(LOOKS):
        await asyncio.wait([connecting], timeout=PATIENCE / LOOKS)
    if not connecting.done():
        connecting.cancel()
        raise TimeoutError("Redis cannot be reached")
    _, line = connecting.result()
    if _line is None:
        lifecycle.at_exit(_close)
    try:
        name, password = unquote(server.username or "default"), unquote(server.password or "")
        await line.ask("HELLO", 3, *(("AUTH", name, password) if password else ()))
        if database := server.path.strip("/"):
            await line.ask("SELECT", database)
        with suppress(Refused):  # as some proxies do
            await line.ask("CLIENT", "TRACKING", "ON")
            line.tells_of_changes = True
    except BaseException:
        line.close()
        raise
    return line


def heed(changed: Callable[[list[str] | None], None]) -> None:
    """Tell of these keys, which were read here, that they have changed; None: whatever was read may have."""
    _heedful.append(changed)


def tells_of_changes() -> bool:
    return _line is not None and _line.is_open and _line.tells_of_changes


def _told(news: News) -> None:
    match news:
        case ["invalidate", keys]:
            for changed in _heedful:
                changed(keys)


def _ended() -> None:
    for changed in _heedful:
        changed(None)


async def _close() -> None:
    if _line:
        _line.close()


_client: "Redis | None" = None


def client() -> "Redis":
    """The library's, for who listens instead of asking."""
    global _client
    if _client is None:
        from redis.asyncio import Redis

        _client = Redis.from_url(settings().redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        lifecycle.at_exit(_client.aclose)
    return _client
