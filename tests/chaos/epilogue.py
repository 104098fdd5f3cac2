"""When all is calm again: what only shows when nothing else happens that could repair it."""

import asyncio
import time
from collections.abc import Sequence

from tests.chaos import calm
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger, Task
from tests.chaos.pages import Page
from tests.chaos.people import Person

PAGES_CATCH_UP = 30.0


async def sessions_end(people: Sequence[Person]) -> list[str]:
    """Who has logged out is out, though copies of the session are everywhere."""
    still_in = await asyncio.gather(*(person.is_in_after_logging_out() for person in people))
    return [
        f"{person.name} logged out and is still in" for person, is_in in zip(people, still_in, strict=True) if is_in
    ]


async def unheard_bells(
    installation: Installation, people: Sequence[Person], pages: Sequence[Page], ledger: Ledger, settle: float
) -> list[str]:
    """Everybody writes once more while nobody can be rung for, and pages that stay open are told nevertheless."""
    for page in pages:
        page.stay()
    await calm.caught_up(installation, pages, PAGES_CATCH_UP)
    valkey = installation.component("valkey")
    assert valkey is not None
    ended = valkey.process.pid
    with installation.held_down("valkey"):
        await asyncio.to_thread(valkey.stop)
        await asyncio.gather(*(_last_words(person, ledger) for person in people))
        _, left = await calm.settled(installation, settle)
    await installation.back("valkey", ended)
    await calm.caught_up(installation, pages, PAGES_CATCH_UP)
    return [f"after the last words {what}" for what in left]


async def _last_words(person: Person, ledger: Ledger) -> None:
    fields = {"title": f"The last words of {person.name}", "status": "todo"}
    answer = await person.page.ask("POST", "/api/tasks", fields, Idempotency_Key=f"last-words-{time.monotonic_ns()}")
    if answer.status != 201:
        ledger.wrong.append(f"{person.name} could not say the last words: {answer}")
    else:
        ledger.tasks[person.id][answer.body["id"]] = Task(answer.body["id"], fields)
