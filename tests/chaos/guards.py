"""What keeps the promises, taken away one by one in the throwaway copy of the code: each time the run has to fail."""

from pathlib import Path

from tests.guards import Edit, apply

GUARDS = {
    # audit keeps what comes, whether it has it already or not.
    "handled": (
        Edit(
            "shared/schema/0005_history.sql",
            "the event never came; taken from `events`\n    PRIMARY KEY (user_id, sequence)\n",
            "\n    CHECK (true)\n",
        ),
        Edit(
            "shared/schema/0005_history.sql",
            "-- the event's data, byte for byte\n    PRIMARY KEY (user_id, sequence)\n",
            "\n    CHECK (true)\n",
        ),
        Edit(
            "shared/schema/0005_history.sql",
            "sha256(convert_to(said, 'UTF8')))\n        ON CONFLICT DO NOTHING;",
            "sha256(convert_to(said, 'UTF8')));",
        ),
    ),
    # Events leave before the commit that makes them true, and the commit takes as long as on a busy server.
    "commit-first": (
        Edit(
            "shared/changes.py",
            "        tx.read = others\n        yield tx\n        tx.end()\n    tx.is_done()\n",
            "        tx.read = others\n        yield tx\n        tx.end()\n        tx.is_done()\n"
            "        await __import__('asyncio').sleep(0.05)\n",
        ),
        Edit(
            "shared/changes.py",
            "ask = self.last if is_all and self.caller.idempotency_key is None else self.all",
            "ask = self.all",
        ),
    ),
    # A page that comes back gets what happens from now on, and not what it missed.
    "replay": (
        Edit(
            "functions/sync/streams.py",
            "            await self._give(page)\n\n    async def _go_on",
            "            self.number = page.head\n\n    async def _go_on",
        ),
    ),
}


def remove(guard: str, code: Path) -> None:
    for edit in GUARDS[guard]:
        apply(edit, code)
