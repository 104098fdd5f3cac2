"""What words are about: which tasks, which lists and tags, which day. Asked of the API, and nothing is guessed."""

from collections.abc import AsyncIterator
from typing import Any

from functions.chat import conditions, vocabulary
from functions.chat.calls import Calls
from shared.names import name_key
from shared.shapes import Task
from shared.words import in_text

OPEN = ["todo", "in_progress"]
ARTICLES = ("the", "my", "a", "an")  # which people say before a title, and leave out in it
POINTING = {"it", "that", "this", "them", "these", "those", "one", "ones"}  # at what nobody knows
ONCE = {"date", "time"}  # what a moment is said by that does not come again


async def understood(words: str, calls: Calls, surely: bool = False) -> conditions.Meant:
    """What lists and tags are called is asked only where something is not understood without, or has to be `surely`."""
    meant = conditions.meant(words, {})
    if not (meant.unknown or surely):
        return meant
    lists, tags = [await names(calls, kind) for kind in ("lists", "tags")]
    return conditions.meant(words, vocabulary.named(lists, tags))


async def names(calls: Calls, kind: str) -> list[str]:
    return [each["name"] async for each in every(calls, "organize", f"/api/{kind}", limit=200)]


async def every(calls: Calls, function: str, path: str, **query: Any) -> AsyncIterator[Any]:
    """What is on all pages of a list; the next one is asked for when somebody wants what is on it."""
    following: str | None = ""
    while following is not None:
        page = await calls.get(function, path, **query, **({"cursor": following} if following else {}))
        for each in page["items"]:
            yield each
        following = page["next"]


async def called(what: str, calls: Calls) -> list[Task]:
    """The open tasks whose title has all these words; those of which it is the whole title, if there are any.

    How a word begins, or what else may have been meant by it, is no reason to change anything.
    """
    words = set(words_of(what))
    if words <= POINTING:
        return []
    page = await calls.get("tasks", "/api/tasks/search", q=" ".join(sorted(words)), status=OPEN, limit=100)
    tasks: list[Task] = [hit["task"] for hit in page["items"] if words <= set(words_of(hit["task"]["title"]))]
    if page["next"]:  # there may be others of the same title
        return tasks
    return titled(what, tasks) or [task for task in tasks if words_of(task["title"]) == words_of(what)] or tasks


def titled(what: str, tasks: list[Task]) -> list[Task]:
    return [task for task in tasks if name_key(task["title"]) == name_key(what)]


def words_of(title: str) -> list[str]:
    """Of `the plan A` what follows the article: the other one is its name."""
    words = list(in_text(title))
    return words[1:] if words[:1] and words[0] in ARTICLES else words


async def all_of(wanted: str, calls: Calls, most: int) -> list[Task]:
    """More than so many show only that there are more."""
    found: list[Task] = []
    async for task in every(calls, "tasks", "/api/tasks", filter=wanted, limit=100):
        found.append(task)
        if len(found) > most:
            break
    return found


async def day(when: str, calls: Calls) -> dict[str, str] | None:
    """The change to a task that is due then. What is another day for others, as 5/4 is, is none."""
    said = await moment(when, ONCE, calls)
    if said is None or ("/" in when and said != await moment(when, ONCE, calls, "en-US")):
        return None
    date, time = said
    return {"due": f"{date}T{time}:00"} if time else {"due_day": date}


async def moment(when: str, kinds: set[str], calls: Calls, locale: str | None = None) -> tuple[str, str | None] | None:
    """The first day and time of day. Quick add reads it, behind a word that is left alone."""
    said = await read(f"Task {when}", calls, locale)
    if said["title"] != "Task" or not {span["kind"] for span in said["spans"]} <= kinds or not said["due_date"]:
        return None
    return said["due_date"], said["due_time"]


async def read(text: str, calls: Calls, locale: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = await calls.post("tasks", "/api/quick-add/parse", {"text": text, "locale": locale})
    return found
