"""What is marked: #home, @phone, !high, p1; and the words before a task that only say that there is one."""

import re
from unicodedata import category

from functions.tasks.quick_add.phrases import FIRM, PLAIN, SURE, Phrase
from functions.tasks.quick_add.tokens import Text
from shared.names import name_key

PRIORITIES = {"p1": "urgent", "p2": "high", "p3": "medium", "p4": "low"}
SHOUTED = {"urgent": "urgent", "high": "high", "medium": "medium", "low": "low"} | PRIORITIES
NAME = re.compile(r'[#@](?:"([^"]+)"|([^\W\d_][\w-]*))')
LONGEST_NAME, LONGEST_KEY = 100, 400  # some signs stand for a whole sentence
COMMANDS = [
    words.split()
    for words in ("remind me to", "add a new task", "add new task", "add a task", "add task", "create a new task",
                  "create new task", "create a task", "create task", "new task", "new todo", "todo", "to-do", "add")
]  # fmt: skip  # the longer ones first
NO_COMMAND_BEFORE = {
    *("up", "to", "on", "in", "and", "or", "&", "force", "list", "lists", "manager", "management", "app", "tracker"),
    *("board", "is", "are", "has"),
}


def mark(text: Text, at: int) -> Phrase | None:
    word = text[at]
    if word[0] in "#@" and len(word) > 1:
        name = _name(text.as_written(at))
        return Phrase("hash" if word[0] == "#" else "tag", at, at + 1, name, SURE) if name else None
    if text.shouts(at) and text[at + 1] in SHOUTED:
        return Phrase("priority", at, at + 2, SHOUTED[text[at + 1]], SURE)
    if word in PRIORITIES:
        standing = FIRM if text.as_written(at).islower() else PLAIN
        return Phrase("priority", at, at + 1, PRIORITIES[word], standing, numeric=True)
    return None


def _name(written: str) -> str | None:
    """That a list or a tag may have."""
    found = NAME.fullmatch(written)
    name = " ".join((found[1] or found[2]).split()) if found else ""
    is_seen = any(map(str.isalnum, name)) and all(category(sign) != "Cc" for sign in name)
    return name if is_seen and len(name) <= LONGEST_NAME and len(name_key(name)) <= LONGEST_KEY else None


def command(text: Text, at: int) -> Phrase | None:
    """It begins something else than itself: "add" alone is a title, and so is "add up the bills"."""
    if text.words[at : at + 2] == ["remind", "me"] and text[at + 2] != "to":
        return Phrase("command", at, at + 2, "remind me", SURE)  # and a day, and then "to"
    for words in COMMANDS:
        last = at + len(words) - 1
        if text.words[at : last + 1] == words and not any(token.tail for token in text.tokens[at:last]):
            is_one = last + 1 < len(text) and text[last + 1] not in NO_COMMAND_BEFORE
            return Phrase("command", at, last + 1, None, SURE) if is_one else None
    return None
