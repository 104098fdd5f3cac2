"""What words are about: which tasks, which lists and tags, which day. Asked of the API, and nothing is guessed."""

import re
from typing import Any

from functions.chat import conditions
from functions.chat.calls import Calls
from shared.names import name_key
from shared.shapes import Task

OPEN = ["todo", "in_progress"]
ARTICLES = {"the", "my", "a", "an"}  # which people say before a title, and leave out in it
POINTING = {"it", "that", "this", "them", "these", "those", "one", "ones"}  # at what nobody knows
WORD = re.compile(r"\w+")


async def understood(words: str, calls: Calls) -> conditions.Meant:
    """What lists and tags are called is asked only where something is not understood without."""
    meant = conditions.meant(words, {})
    if not meant.unknown:
        return meant
    lists, tags = [await names(calls, kind) for kind in ("lists", "tags")]
    return conditions.meant(words, conditions.named(lists, tags))


async def names(calls: Calls, kind: str) -> list[str]:
    found: list[str] = []
    query: dict[str, Any] = {"limit": 200}
    while True:
        page = await calls.get("organize", f"/api/{kind}", **query)
        found += [each["name"] for each in page["items"]]
        if page["next"] is None:
            return found
        query["cursor"] = page["next"]


async def called(what: str, calls: Calls) -> list[Task]:
    """The open tasks whose title has all these words; those that have no others, if there are any.

    How a word begins, or what else may have been meant by it, is no reason to change anything.
    """
    words = words_of(what)
    if words <= POINTING:
        return []
    page = await calls.get("tasks", "/api/tasks/search", q=" ".join(sorted(words)), status=OPEN, limit=100)
    tasks = [hit["task"] for hit in page["items"] if words <= words_of(hit["task"]["title"])]
    return [task for task in tasks if words == words_of(task["title"])] or tasks


def words_of(title: str) -> set[str]:
    return set(WORD.findall(name_key(title))) - ARTICLES


async def all_of(wanted: str, calls: Calls, most: int) -> list[Task]:
    """More than so many show only that there are more."""
    found: list[Task] = []
    query: dict[str, Any] = {"filter": wanted, "limit": 100}
    while len(found) <= most:
        page = await calls.get("tasks", "/api/tasks", **query)
        found += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    return found


async def day(when: str, calls: Calls) -> dict[str, str] | None:
    """The change to a task that is due then. Quick add reads it, behind a word that is left alone."""
    said = await calls.post("tasks", "/api/quick-add/parse", {"text": f"Task {when}"})
    is_only_that = said["title"] == "Task" and {span["kind"] for span in said["spans"]} <= {"date", "time"}
    if not is_only_that or not said["due_date"]:
        return None
    return {"due": f"{said['due_date']}T{said['due_time']}:00"} if said["due_time"] else {"due_day": said["due_date"]}
