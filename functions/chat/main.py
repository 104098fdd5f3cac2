"""Act on tasks in conversation: ask, add, complete, move and undo, as its user and through nothing but the API."""

import json
from dataclasses import replace
from typing import Annotated

from fastapi import Request, Response
from pydantic import StringConstraints
from typing_extensions import TypedDict

from functions.chat import doing
from functions.chat.calls import Calls
from functions.chat.doing import Reply
from shared import answers, changes, db, edge, pages, web
from shared.callers import Caller, SignedIn
from shared.changes import Change
from shared.emitted import as_json
from shared.events import ChatCleared, ChatMessaged
from shared.fields import Visible
from shared.ids import new_id
from shared.shapes import ChatMessage, ToldMessage
from shared.web import Body, Storable

sql = db.queries(__file__)
app = web.app("chat", about="tasks")
handle = edge.function(app)

LAST = 2**63 - 1


class NewMessage(Body):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), Visible, Storable]


class Exchanged(TypedDict):
    message: ChatMessage
    answer: ChatMessage


class MessagePage(TypedDict):
    items: list[ChatMessage]
    next: str | None


@app.post("/api/chat/messages", status_code=201, response_model=Exchanged)
async def say(said: NewMessage, request: Request, caller: SignedIn) -> Response:
    """Say something, and be answered: what was found, what was done, or a question back.

    `add …` and, with a reminder, `remind me to …` (both as quick add), `show …`, `what is …`, `find …`, `complete …`,
    `move … to …` and `undo`.
    What the chat changes is changed as by any other request, `via` the chat; `activity` of the answer undoes it. What
    might mean several things, or nothing, changes nothing. With an `Idempotency-Key` it is done once, whatever happens.
    """
    await repeat_answer(caller)
    calls = Calls(caller, request)
    reply = await doing.reply(said.text, calls, caller)
    async with changes.change(caller, *calls.asked_before) as tx:
        if reply.activity or not any(tx.read):
            return await exchanged(tx, said, reply)
    # Sent twice at once: the other one did it while this one looked for it, and has not said so yet.
    reply = await doing.reply(said.text, calls, caller)
    async with changes.change(caller) as tx:
        return await exchanged(tx, said, reply)


@app.get("/api/chat/messages", response_model=MessagePage)
async def messages(caller: SignedIn, limit: pages.Limit = 50, cursor: pages.Cursor = None) -> Response:
    """What was said, the newest first."""
    [before] = pages.place(cursor, int) if cursor else [LAST]
    if not 0 < before <= LAST:
        raise pages.malformed()
    async with db.single() as tx:
        documents = await tx.texts(sql.page, user_id=caller.user_id, before=before, rows=limit + 1)
    return pages.as_page(documents, limit, lambda last: [str(last["sequence"])])


@app.delete("/api/chat/messages", status_code=204)
async def clear(caller: SignedIn) -> Response:
    """Forget all that was said. What was done stays done, and can be undone from the activity."""
    async with changes.change(caller) as tx:
        removed = await tx.run(sql.clear, user_id=caller.user_id)
        if removed:
            chat = {"id": str(caller.user_id), "removed": removed}
            tx.emit(ChatCleared, caller.user_id, as_json(chat), {})
        answer = tx.answer(204)
    return web.respond(answer)


async def repeat_answer(caller: Caller) -> None:
    """Before anything is asked of others."""
    async with db.single() as tx:
        for given in await tx.each(*answers.asked(caller)):
            answers.repeat(given, caller)


async def exchanged(tx: Change, said: NewMessage, reply: Reply) -> Response:
    message = await keep(tx, "user", Reply(said.text))
    tx.caller = replace(tx.caller, via="chat")
    answer = await keep(tx, "assistant", reply)
    return web.respond(tx.answer(201, f'{{"message":{message},"answer":{answer}}}', {}))


async def keep(tx: Change, role: str, said: Reply) -> str:
    """The message as it is shown. Its event says that it was said, and not what."""
    id = new_id()
    row = await tx.one(
        sql.keep, user_id=tx.caller.user_id, id=id, sequence=tx.last_number + 1, role=role, text=said.text,
        tasks=as_json(said.tasks), activity=said.activity, takes_back=said.takes_back, now=tx.now,
    )  # fmt: skip
    shown: ChatMessage = json.loads(row["document"])
    told: ToldMessage = {
        "id": shown["id"],
        "role": shown["role"],
        "length": len(said.text),
        "created_at": shown["created_at"],
    }
    tx.emit(ChatMessaged, id, as_json(told), {})
    return str(row["document"])
