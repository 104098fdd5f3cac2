"""What is done for each wish. What several things might be meant by is asked back; nothing is changed on a guess."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from functions.chat import conditions, finding, phrases, vocabulary, wording
from functions.chat.calls import Calls, Done, Refused
from functions.chat.phrases import Add, Complete, Find, Move, Remind, Undo, Wish
from shared import db
from shared.callers import Caller
from shared.shapes import MentionedTask, Task

sql = db.queries(__file__, "doing")

SHOWN = 50  # tasks in an answer
NAMED = 5  # that a question back names
MOST = 500  # that are changed at once
WHEN_DUE = {"kind": "days_before", "days": 0}  # at 9:00, if it has no time of day


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    tasks: list[MentionedTask] = field(default_factory=list)
    activity: UUID | None = None
    takes_back: UUID | None = None


async def reply(text: str, calls: Calls, caller: Caller) -> Reply:
    wish = phrases.read(text)
    try:
        return await WAYS[type(wish)](wish, calls, caller)
    except Refused as refused:
        return Reply(wording.refused(str(refused)))


async def add(wish: Add, calls: Calls, _: Caller) -> Reply:
    made = await calls.change("tasks", "/api/tasks", {"quick_add": wish.text})
    return _changed(wording.added(made.body), [made.body], made)


async def remind(wish: Remind, calls: Calls, _: Caller) -> Reply:
    """When it is due, unless another reminder is said."""
    made = await calls.done_before()
    if not made:
        if wish.when and not await finding.moment(wish.when, finding.ONCE | {"repeat"}, calls):
            return Reply(wording.no_moment(wish.when))
        text = f"{wish.text} {wish.when}".strip()
        read = await finding.read(text, calls)
        is_silent = read["due_date"] and not read["reminders"]
        besides = {"reminders": [WHEN_DUE]} if is_silent else {}
        made = await calls.change("tasks", "/api/tasks", {"quick_add": text, **besides})
    return _changed(wording.reminding(made.body), [made.body], made)


async def find(wish: Find, calls: Calls, _: Caller) -> Reply:
    meant = await finding.understood(wish.words, calls)
    if meant.unknown and not wish.is_search:
        return Reply(wording.unknown(meant.unknown))
    wanted = vocabulary.search(wish.words) if meant.unknown else meant.filter
    page = await calls.get("tasks", "/api/tasks", filter=wanted, sort="due,-priority", limit=SHOWN)
    return Reply(wording.found(len(page["items"]), bool(page["next"]), wanted), mentioned(page["items"]))


async def complete(wish: Complete, calls: Calls, _: Caller) -> Reply:
    done = await calls.done_before()
    if not done:
        tasks = await finding.called(wish.what, calls)
        if len(tasks) != 1:
            return Reply(wording.which(wish.what, tasks[:NAMED], len(tasks) > NAMED), mentioned(tasks[:NAMED]))
        done = await calls.change("complete", f"/api/tasks/{tasks[0]['id']}/complete", {})
    task, following = done.body["task"], done.body["next"]
    return _changed(wording.completed(task, following), [task, following] if following else [task], done)


async def move(wish: Move, calls: Calls, caller: Caller) -> Reply:
    done = await calls.done_before()
    if not done:
        when = await finding.day(wish.when, calls)
        if when is None:
            return Reply(wording.no_day(wish.when))
        tasks = await meant_to_move(wish.what, calls)
        if isinstance(tasks, Reply):
            return tasks
        if elsewhere := [task for task in tasks if "due" in when and task["zone"] not in (None, caller.zone)]:
            return Reply(wording.elsewhere(elsewhere[0]), mentioned(elsewhere))
        known = [{"id": task["id"], "version": task["version"]} for task in tasks]
        done = await calls.change("tasks", "/api/tasks/bulk", {"tasks": known, "change": when})
    moved = done.body["items"]
    return _changed(wording.moved(moved), moved, done)


async def undo(_: Undo, calls: Calls, caller: Caller) -> Reply:
    """The last change that is not undone, by whatever means."""
    before = await calls.done_before()
    async with db.single() as tx:
        rows = await tx.all(sql.changes, user_id=caller.user_id)
    for change in [row["activity"] for row in rows]:
        try:
            done = await calls.change("tasks", f"/api/activity/{change}/undo", {})
        except Refused as refused:
            if before or refused.problem.get("total") == 0:  # asked again, it was another one; or it is undone already
                continue
            raise
        return Reply(wording.undone(done.body["total"]), activity=done.activity, takes_back=change)
    return Reply(wording.NOTHING_TO_UNDO)


async def explain(_: Wish, __: Calls, ___: Caller) -> Reply:
    return Reply(wording.HELP)


Way = Callable[[Any, Calls, Caller], Coroutine[Any, Any, Reply]]
WAYS: dict[type[Wish], Way] = {
    Add: add,
    Remind: remind,
    Find: find,
    Complete: complete,
    Move: move,
    Undo: undo,
    phrases.Unclear: explain,
}


async def meant_to_move(what: str, calls: Calls) -> list[Task] | Reply:
    tasks = await finding.called(what, calls)
    meant = await finding.understood(what, calls, surely=True) if conditions.is_several(what) else None
    if meant is None or meant.unknown or finding.titled(what, tasks):
        if len(tasks) == 1:
            return tasks
        if meant and not tasks:
            return Reply(wording.unknown(meant.unknown))
        return Reply(wording.which(what, tasks[:NAMED], len(tasks) > NAMED), mentioned(tasks[:NAMED]))
    if not meant.conditions:
        return Reply(wording.EVERYTHING)
    if meant.unsure:
        return Reply(wording.unsure(meant.unsure))
    tasks = await finding.all_of(meant.filter, calls, MOST)
    if len(tasks) > MOST:
        return Reply(wording.too_many(MOST))
    return tasks or Reply(wording.found(0, False, meant.filter))


def _changed(text: str, tasks: list[Task], done: Done) -> Reply:
    return Reply(text, mentioned(tasks), done.activity)


def mentioned(tasks: list[Task]) -> list[MentionedTask]:
    return [
        {
            "id": task["id"],
            "title": task["title"],
            "status": task["status"],
            "priority": task["priority"],
            "due": task["due"],
            "zone": task["zone"],
        }
        for task in tasks[:SHOWN]
    ]
