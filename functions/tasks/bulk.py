"""One change to many tasks at once: all of it or nothing, and one undo."""

from uuid import UUID

from fastapi import APIRouter, Response
from typing_extensions import TypedDict

from functions.tasks import moving, reminding, repeating, trash
from functions.tasks.bodies import Place
from functions.tasks.many import Many, ManyPatch
from shared import changes, families, rates, web
from shared.callers import SignedIn
from shared.changes import Change
from shared.documents import Document
from shared.problems import Invalid, NotFound, Stale
from shared.routes import Straight
from shared.shapes import Task

router = APIRouter(route_class=Straight)


class Changed(TypedDict):
    items: list[Task]


@router.post(
    "/api/tasks/bulk",
    response_model=Changed,
    responses={
        404: {"description": "Some of the tasks are not there: `unknown` has their ids"},
        412: {"description": "Some have changed meanwhile: `current` is what these are now"},
    },
)
@rates.limited("bulk")
async def change_many(many: Many, caller: SignedIn) -> Response:
    """Change, move, delete or restore up to 500 tasks, all of them or none: one operation, which is undone as a whole.

    - `change` has the fields of PATCH, and means what it means there, subtasks included.
    - `move` puts them in one place in the order of their ids. A subtask of another of them stays below it.
    - `delete` and `restore` are as for a single task.

    With `tasks` instead of `ids`, each has the `version` that must still be the task's. The answer has everything that
    is different now: subtasks, too, and none of those that were so already.
    """
    async with changes.change(caller) as tx:
        changed = await done_to(tx, many)
        answer = tx.answer(200, f'{{"items":[{",".join(changed.values())}]}}', {})
    return web.respond(answer)


async def done_to(tx: Change, many: Many) -> dict[UUID, str]:
    ids = many.all_ids
    if many.restore:
        family = await trash.deleted_together(tx, ids)
        expect(many, family)
        return await trash.brought_back(tx, family)
    tasks = await families.these(tx, ids)
    expect(many, tasks)
    if many.delete:
        return await repeating.deleted(tx, {id: tasks[id] for id in ids})
    tasks = {id: tasks[id] for id in ids}
    if many.change:
        with Invalid.within("change"):
            return await families.become(tx, await patched(tx, tasks, many.change))
    assert many.move
    with Invalid.within("move"):
        return await families.become(tx, await put(tx, tasks, many.move))


def expect(many: Many, found: dict[UUID, Document]) -> None:
    """All of them, and none newer than its version."""
    if unknown := [str(id) for id in many.all_ids if id not in found]:
        raise NotFound(f"There are no such tasks: {', '.join(unknown[:3])}{' …' * (len(unknown) > 3)}", unknown=unknown)
    if newer := [found[id] for id, version in many.versions.items() if found[id]["version"] != version]:
        raise Stale("Some of these tasks have changed meanwhile. `current` is what they are now.", current=newer)


async def patched(tx: Change, tasks: dict[UUID, Document], change: ManyPatch) -> dict[UUID, families.Pair]:
    going, reminders_said = "list" in change.model_fields_set, "reminders" in change.model_fields_set
    along = await families.below(tx, list(tasks)) if going else {}
    wanted: dict[UUID, families.Pair] = {}
    for id, task in tasks.items():
        after = change.applied_to(task, id in along).as_document(reminders=task["reminders"])
        if not reminders_said:
            after = reminding.where_it_gets_a_date(tx.caller, task, after)
        wanted[id] = (task, after)
    return wanted


async def put(tx: Change, tasks: dict[UUID, Document], place: Place) -> dict[UUID, families.Pair]:
    along = await families.below(tx, list(tasks))
    return await moving.placed(tx, {id: task for id, task in tasks.items() if id not in along}, place)
