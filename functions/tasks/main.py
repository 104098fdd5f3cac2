"""Create, find, change, order, discuss and delete tasks; and undo what was done, to them and to all else."""

from uuid import UUID

from fastapi import Response

from functions.tasks import (
    adding,
    bulk,
    comments,
    duplicating,
    listing,
    moving,
    parsing,
    reminding,
    repeating,
    search,
    subtasks,
    trash,
    undo,
)
from functions.tasks.bodies import Fields, NewTask, TaskPatch
from functions.tasks.repeating import Scope
from shared import changes, db, edge, entities, families, making, versions, web
from shared.callers import SignedIn
from shared.events import TaskCreated
from shared.ids import new_id
from shared.kinds import TASK
from shared.problems import Conflict
from shared.shapes import Task
from shared.versions import IfMatch

sql = db.queries(__file__)
app = web.app("tasks")
for part in (listing, search, subtasks, moving, duplicating, bulk, comments, trash, undo, parsing):
    app.router.routes += part.router.routes
handle = edge.function(app)


@app.post(
    "/api/tasks",
    status_code=201,
    response_model=Task,
    responses={409: {"description": "There is a task with this id already, or no room for a tag that is missing."}},
)
async def create(new: NewTask, caller: SignedIn) -> Response:
    """Create a task: in its parent's list if it has a parent, otherwise in the Inbox unless a list is named.

    An open subtask opens those above it that are done or cancelled. With `quick_add`, `#word` puts it in the list of
    this name or, if there is none, marks it as `@word` does; a tag that is missing is made.

    With `recurrence` it repeats: it is due at the first occurrence that there is from when it would be due, and once it
    is done or skipped, the next one follows.
    """
    task_id = new.id or new_id()
    headers = {"etag": '"1"', "location": f"/api/tasks/{task_id}"}
    reading = adding.reading_of(new, caller)
    wanted = adding.document(new, reading, caller)
    repeats = repeating.asked_by(new.recurrence, reading, caller)
    are_said = bool(wanted["reminders"]) or "reminders" in new.model_fields_set
    if caller.default_reminders and not are_said:
        wanted["reminders"] = reminding.by_default(caller, wanted, bool(repeats))
        are_said = reminding.are_ahead(caller, wanted)
    with db.refusals(families.REFUSALS | {"tasks_pkey": Conflict(f"There is a task {task_id} already.")}):
        if repeats or reading or TASK.is_floating(wanted) or wanted["parent"] or wanted["reminders"]:
            async with changes.change(caller) as tx:
                if reading:
                    await adding.put(tx, wanted, reading)
                await families.settle(tx, [wanted])
                if repeats:
                    wanted = await repeating.begun(tx, wanted, repeats)
                if repeats or wanted["reminders"]:
                    if wanted["status"] == "done":
                        wanted["completed_at"] = tx.now.isoformat()
                    made = await entities.make(tx, TASK, {task_id: wanted}, is_asked_for=are_said)
                    answer = tx.answer(201, made[task_id], headers)
                else:
                    row = TASK.as_row(wanted, await entities.users_zone(tx))
                    answer = await tx.make(sql.add, TaskCreated, task_id, headers, **row)
                await families.open_above(tx, [wanted])
        else:
            row = TASK.as_row(wanted | {"list": wanted["list"] or str(caller.user_id)}, None)
            answer = await making.make(caller, sql.add, TaskCreated, task_id, headers, **row)
    return web.respond(answer)


@app.get("/api/tasks/{task_id}", response_model=Task)
async def read(task_id: UUID, caller: SignedIn) -> Response:
    async with db.single() as tx:
        document = await entities.find(tx, TASK, caller.user_id, task_id)
    return versions.respond(document)


@app.put("/api/tasks/{task_id}", response_model=Task)
async def replace(
    task_id: UUID, fields: Fields, caller: SignedIn, if_match: IfMatch = None, scope: Scope = "this"
) -> Response:
    """Replace every field: what is left out becomes what a new task has, except the position, which stays.

    That it repeats stays, too. For the task's family and series it means what it means with PATCH.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        tx.will_answer_with(current)
        after = await repeating.replaced(
            tx, current, current | fields.as_document(current["position"], current["reminders"]), scope
        )
        await families.become(tx, {task_id: (current, after)})
    return web.respond(tx.answered)


@app.patch("/api/tasks/{task_id}", response_model=Task)
async def patch(
    task_id: UUID, asked: TaskPatch, caller: SignedIn, if_match: IfMatch = None, scope: Scope = "this"
) -> Response:
    """Change the fields that are named; null sets a field back to what a new task has.

    What that means for the task's family happens in the same operation, and is undone with it:

    - `status`: done or cancelled ends all open subtasks, of any depth, in the same way. Open again, it opens those
      above it that are done or cancelled; its subtasks stay as they are. The last subtask that is done does not
      complete its parent.
    - `list`: all subtasks go along. A subtask that gets another list than its parent's leaves its parent.
    - `parent`: the task and all its subtasks go to the new parent's list; an open task opens those above it. With null
      it is a subtask no more, and stays in its list. A task cannot be put below itself.

    A task that repeats is followed by its next occurrence when it is done or cancelled (which is: skipped), unless it
    ends with its parent. Open again, it takes the next one back if nobody has touched that, else it repeats no more
    (`recurrence` is null). `recurrence`, and with `scope=future` any other field, is for this occurrence and all that
    follow; otherwise those that follow are as the task was made. `scope=future` is said of the one that others follow
    from: of one that has ended, or is followed already, it is refused.

    Asking for what is so already changes nothing.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        tx.will_answer_with(current)
        await families.become(tx, {task_id: (current, await repeating.patched(tx, current, asked, scope))})
    return web.respond(tx.answered)


@app.delete("/api/tasks/{task_id}", status_code=204)
async def delete(task_id: UUID, caller: SignedIn, if_match: IfMatch = None, scope: Scope = "this") -> Response:
    """Delete a task and all its subtasks, in one operation. They can be restored for 30 days.

    An open occurrence of a task that repeats is skipped: it is cancelled, and the next one follows. With
    `scope=future` it is deleted, and none follows.
    """
    async with versions.change(caller, TASK, task_id, if_match) as (tx, current):
        answer = tx.answer(204)
        await repeating.deleted(tx, {task_id: current}, scope)
    return web.respond(answer)
