"""A new task as it was typed: in the list and with the tags that are named. A tag that is missing is made with it."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ValidationError

from functions.tasks.bodies import Fields, NewTask
from functions.tasks.parsing import read
from shared import changes, db
from shared.callers import Caller
from shared.changes import Change
from shared.documents import Document
from shared.events import TagCreated
from shared.ids import new_id
from shared.kinds import TAG
from shared.names import name_key
from shared.problems import Conflict, Invalid
from shared.reminder_bodies import MOST, kept
from shared.zones import instant, wall_clock

if TYPE_CHECKING:
    from functions.tasks.quick_add.reading import Reading

sql = db.queries(__file__, "adding")

MOST_TAGS = 50
FULL = {"tags_limit": Conflict("There are 1,000 tags, which is as many as one may have. Delete or merge some first.")}


def reading_of(new: NewTask, caller: Caller) -> "Reading | None":
    """Nothing that somebody typed is lost in silence."""
    if new.quick_add is None:
        return None
    reading = read(new.quick_add, caller)
    try:
        Fields(title=reading.title)
    except ValidationError as error:
        raise Invalid.at("quick_add", "it has no title.") from error
    return reading


def document(new: NewTask, reading: "Reading | None", caller: Caller) -> Document:
    """What the text does not say is as the other fields have it."""
    wanted = new.as_document()
    if new.quick_add is None or reading is None:
        return wanted
    wanted |= {"title": reading.title, "priority": reading.priority or wanted["priority"]}
    zone = new.quick_add.zone or caller.zone
    if reading.due.day and reading.due.at:
        at = datetime.combine(reading.due.day, reading.due.at)
        wanted |= {"due": at.isoformat(), "zone": wanted["zone"] if zone == caller.zone else zone}
    elif reading.due.day:
        wanted |= {"due": reading.due.day.isoformat(), "zone": None}
    return wanted | {"reminders": reminders(wanted, reading, zone, wanted["zone"] or caller.zone)}


def reminders(wanted: Document, reading: "Reading", typed_in: str, zone: str) -> list[Document]:
    """Those that were typed are in the zone where they were typed, and a task's are in its own."""
    typed = [{"id": None} | said for said in reading.reminders]
    for said in typed:
        if said["kind"] == "absolute" and typed_in != zone:
            at = wall_clock(instant(datetime.fromisoformat(said["at"]), typed_in), zone)
            said["at"] = at.replace(tzinfo=None).isoformat()
    found = [*wanted["reminders"], *kept(typed, wanted["due"])]
    if len(found) > MOST:
        raise Invalid.at("quick_add", f"with those of `reminders`, a task has at most {MOST}.")
    return found


async def put(tx: Change, wanted: Document, reading: "Reading") -> None:
    """In its list, and marked."""
    names = {name_key(name): name for name in reversed([*reading.hash, *reading.tags])}  # as each was written first
    if not names:
        return
    rows = await tx.all(sql.called_so, user_id=tx.caller.user_id, keys=list(names))
    lists = {row["name_key"]: str(row["id"]) for row in rows if row["kind"] == "list"}
    tags = {row["name_key"]: str(row["id"]) for row in rows if row["kind"] == "tag"}
    named = [key for key in map(name_key, reading.hash) if key in lists]
    if len(named) > 1:
        raise Invalid.at("quick_add", f"it names two lists, {names[named[0]]} and {names[named[1]]}; a task is in one.")
    if named:
        wanted["list"] = lists[named[0]]
    marked = [key for key in map(name_key, reading.hash) if key not in named] + list(map(name_key, reading.tags))
    found = [tags.get(key) or str(await made(tx, names[key])) for key in dict.fromkeys(marked)]
    wanted["tags"] = list(dict.fromkeys([*wanted["tags"], *found]))
    if len(wanted["tags"]) > MOST_TAGS:
        raise Invalid.at("quick_add", f"a task has at most {MOST_TAGS} tags.")


async def made(tx: Change, name: str) -> UUID:
    id, fields = new_id(), TAG.as_row({"name": name, "color": None}, None)
    with db.refusals(FULL):
        row = await tx.one(changes.in_change(sql.add_tag), user_id=tx.caller.user_id, now=tx.now, id=id, **fields)
    tx.emit(TagCreated, id, row["document"], changes={})
    return id
