"""Changes at a steady rate, as functions make them: `python -m tests.load.making RATE SECONDS < what to make`.

Each is numbered, stored, signed and published by the code of every change, for the next of many users. Only the row of
the task itself is not written, and nobody asked over HTTP: the making shall cost less than what is measured.
"""

import asyncio
import json
import sys
import time
from uuid import UUID

from shared import lifecycle, making
from shared.callers import Caller
from shared.events import TaskCreated
from shared.ids import new_id

TURN = 0.005  # seconds between two looks at how many are due
AT_ONCE = 100  # changes; as people do, others wait, and too few are made in the time
STATEMENT = "SELECT %(document)s::text AS document"


async def main(rate: float, seconds: float, document: str, people: list[UUID]) -> None:
    template: str = json.loads(document)["id"]
    began, made = time.monotonic(), 0
    room = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as under_way:
        while made < rate * seconds:
            due = min(rate * seconds, rate * (time.monotonic() - began))
            while made < due:
                await room.acquire()
                change = under_way.create_task(make(people[made % len(people)], document, template))
                change.add_done_callback(lambda _: room.release())
                made += 1
            await asyncio.sleep(TURN)
    took = time.monotonic() - began
    await lifecycle.finish()
    print(json.dumps({"made": made, "seconds": took}))


async def make(user_id: UUID, document: str, template: str) -> None:
    task_id = new_id()
    about = document.replace(template, str(task_id))
    await making.make(Caller(user_id, None), STATEMENT, TaskCreated, task_id, {}, document=about)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    asyncio.run(main(float(sys.argv[1]), float(sys.argv[2]), given["document"], list(map(UUID, given["people"]))))
