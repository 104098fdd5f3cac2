"""What keeps the promises, taken away one by one in the throwaway copy of the code: each time the run has to fail."""

from pathlib import Path

from tests.guards import Edit, apply

A_NUMBER_ONCE = "    PRIMARY KEY (user_id, sequence)"
FREE = "FROM counters WHERE user_id = %(user_id)s;"
HISTORY = "shared/schema/0025_history.sql"
FIRING = "functions/remind/firing.py"
FIRED_LATER = (
    Edit(FIRING, "    crowd.tx.later(\n        sql.settle,\n", "    settled_later(\n        sql.settle,\n"),
    Edit(
        FIRING,
        "    _note(decided, now)\n    return len(rows)\n",
        "    await __import__('asyncio').sleep(1)\n"
        "    async with db.transaction() as tx:\n"
        "        while later:\n"
        "            statement, values = later.pop()\n"
        "            await tx.run(statement, **values)\n"
        "    _note(decided, now)\n"
        "    return len(rows)\n"
        "\n\n"
        "later = []\n"
        "def settled_later(statement, **values):\n"
        "    later.append((statement, values))\n",
    ),
)

GUARDS = {
    # audit keeps what comes, whether it has it already or not.
    "handled": (
        Edit(HISTORY, "    IF number <= head.sequence THEN\n", "    IF false THEN\n"),
        Edit(HISTORY, "IF FOUND THEN\n            RETURN; -- it came", "IF false THEN\n            RETURN; -- it came"),
        Edit(HISTORY, f'text[] COLLATE "C",\n{A_NUMBER_ONCE}', 'text[] COLLATE "C",\n    CHECK (true)'),
        Edit("shared/schema/0005_history.sql", f"byte for byte\n{A_NUMBER_ONCE}", "byte for byte\n    CHECK (true)"),
        Edit(
            HISTORY,
            "    ELSE\n        seal := activity_hash(head.hash, entry);\n",
            "    ELSIF number > head.sequence THEN\n        seal := activity_hash(head.hash, entry);\n",
        ),
    ),
    # Events leave before the commit that makes them true, and the commit takes as long as on a busy server.
    "commit-first": (
        Edit(
            "shared/changes.py",
            "        tx.read = others\n        yield tx\n        tx.end()\n    tx.is_done()\n",
            "        tx.read = others\n        yield tx\n        tx.end()\n        tx.is_done()\n"
            "        await __import__('asyncio').sleep(0.3)\n",
        ),
        Edit(
            "shared/changes.py",
            "ask = self.all if kept is None else self.last",
            "ask = self.all",
        ),
    ),
    # The chain is made of what came, in the order in which it came.
    "next-number": (
        Edit(
            HISTORY,
            "    IF number > head.sequence + 1 THEN\n        UPDATE chain_heads",
            "    IF false THEN\n        UPDATE chain_heads",
        ),
    ),
    # PostgreSQL says that something is there before it is on the disk.
    "durable": (
        Edit(
            "shared/schema/0001_roles.sql",
            "ALTER ROLE taskora_functions SET lock_timeout = '9s';",
            "ALTER ROLE taskora_functions SET lock_timeout = '9s';\n"
            "ALTER ROLE taskora_functions SET synchronous_commit = off;",
        ),
    ),
    # Two changes of one user are made at the same time, and nothing says that a number is there only once.
    "counter": (
        Edit("shared/changes.sql", "FROM counters WHERE user_id = %(user_id)s\n      FOR UPDATE;", FREE),
        Edit("shared/schema/0003_events.sql", f"very bytes\n{A_NUMBER_ONCE}", "very bytes\n    CHECK (true)"),
        Edit("shared/schema/0003_events.sql", f"for an operator\n{A_NUMBER_ONCE}", "for an operator\n    CHECK (true)"),
    ),
    # What the process that made an event does not live to publish, nobody knows of.
    "outbox": (
        Edit(
            "shared/schema/0003_events.sql",
            ") WITH (fillfactor = 85);\n",
            ") WITH (fillfactor = 85);\n"
            "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;\n"
            "CREATE TRIGGER forget BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION forget();\n",
        ),
    ),
    # Who asks again with the same key is asking for another one.
    "idempotency-key": (
        Edit(
            "shared/making.sql",
            "%(answer_status)s, %(headers)s, document, now FROM counter, made\n",
            "%(answer_status)s, %(headers)s, document, now FROM counter, made WHERE false\n",
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
    # Pages are told what the broker has, in the order in which it took it.
    "sequence": (
        Edit(
            "functions/sync/queries.sql",
            "WHERE events.user_id = asked.user_id AND sequence > asked.number\n",
            "WHERE events.user_id = asked.user_id AND sequence > asked.number AND NOT EXISTS (\n"
            "        SELECT FROM outbox WHERE outbox.user_id = events.user_id AND outbox.sequence = events.sequence)\n",
        ),
        Edit("functions/sync/replay.py", "        return numbers != following or ", "        return False and "),
    ),
    # Nobody looks for what a bell that was lost would have said.
    "head-reads": (
        Edit("functions/sync/watch.py", "    self._unseen.update(self._streams)\n", "    pass\n"),
        Edit("functions/sync/bell.py", 'said[0] in (b"subscribe", b"message")', 'said[0] == b"message"'),
    ),
    # A copy of a session goes on when the session has ended.
    "epoch": (
        Edit(
            "shared/sessions.py", "    epoch = secrets.token_hex(8)\n", "    return\n    epoch = secrets.token_hex(8)\n"
        ),
    ),
    # A reminder that has fired is marked a moment after it was said, and what was said for it before is said again.
    # Without the first guard alone the second one holds.
    "fired": (
        *FIRED_LATER,
        Edit("shared/notices.sql", "known.key = wanted.key) IS NULL", "known.key = wanted.key) IS NULL OR true"),
        Edit(
            "shared/schema/0021_notifications.sql",
            "    UNIQUE (user_id, key)\n",
            "    CHECK (true)\n",
        ),
    ),
    # A dispatcher keeps that it has read an event, before anybody has taken it.
    "finished": (
        Edit(
            "knative/runner/eventing/dispatcher.py",
            "        return min(self.unfinished, default=self.next)\n",
            "        return self.next\n",
        ),
    ),
    # Webhooks are given the newest event whenever they are rung for, and not everything since the last one.
    "cursor": (
        Edit(
            "functions/webhooks/turns.sql",
            "AND sequence > through AND sequence <= until) AS event",
            "AND sequence > through AND sequence = value) AS event",
        ),
    ),
    # A delivery is made before anybody has said that it arrived.
    "arrived": (
        Edit(
            "functions/webhooks/turns.py",
            "        sent = await work.together(*(send(id, each) for each in taken))\n",
            "        await _keep(whose, [Sent(each['id'], 'delivered') for each in taken])\n"
            "        sent = await work.together(*(send(id, each) for each in taken))\n",
        ),
    ),
    # Each attempt at a delivery has an id of its own.
    "delivery-id": (
        Edit(
            "functions/webhooks/sending.py",
            '"taskora-delivery": str(taken["id"])',
            '"taskora-delivery": __import__("uuid").uuid4().hex',
        ),
    ),
}


def remove(guard: str, code: Path) -> None:
    for edit in GUARDS[guard]:
        apply(edit, code)
