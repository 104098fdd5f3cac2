"""Wait until everything that was under way has arrived: what must come by itself after the last fault."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

import aiohttp
import psycopg

from shared import db
from tests.chaos import detour, wire
from tests.chaos.installation import Installation
from tests.chaos.pages import Page

TICK = 5.0  # seconds

sql = db.queries(__file__, "unsettled")
state = db.queries(__file__, "state")


async def settled(installation: Installation, within: float) -> tuple[float, list[str]]:
    """Seconds until nothing was under way any more, and what still was when the time was over."""
    began = ticked = time.monotonic()
    while True:
        left = await asyncio.to_thread(_under_way, installation)
        now = time.monotonic()
        if not left or now - began > within:
            return now - began, left
        if now - ticked > TICK:
            ticked = now
            await _tick(installation)
        await asyncio.sleep(0.5)


async def caught_up(installation: Installation, pages: Sequence[Page], within: float) -> None:
    """Open pages have heard the last number, or had time enough for it."""
    heads = {row["user_id"]: row["value"] for row in await asyncio.to_thread(installation.rows, state.heads)}
    deadline = time.monotonic() + within
    for page in pages:
        await page.told(heads[page.person], deadline)


def _under_way(installation: Installation) -> list[str]:
    left = ["deliveries come again later"] if detour.owing(installation.journal) else []
    try:
        left += [f"a group is behind: {row}" for row in wire.groups_behind(installation)]
        for name, question in vars(sql).items():
            left += [f"{name.replace('_', ' ')}: {row}" for row in installation.rows(question)]
    except psycopg.OperationalError as error:
        return [f"the database is not back yet: {error}"]
    return left


async def _tick(installation: Installation) -> None:
    """The minute, said early: the wait gets shorter, and a tick too many does no harm."""
    headers = {
        "ce-specversion": "1.0",
        "ce-id": f"chaos-{time.monotonic_ns()}",
        "ce-source": "/tests/chaos",
        "ce-type": "dev.knative.sources.ping",
        "ce-tick": "minute",
        "content-type": "application/json",
    }
    with suppress(aiohttp.ClientError, OSError):  # the runner may still be on its way back
        door = f"{installation.ingress()}/taskora/system-events"
        async with aiohttp.ClientSession() as http, http.post(door, headers=headers, data=b"{}"):
            pass
