"""Dead letters as people read them, in a table or whole, and as programs do, a line of JSON for each."""

import json
import sys
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from shared import db

WIDEST = 100  # characters of a cell

# What is said of one that was to be replayed and is not.
INSTEAD = {
    "delivered": "was delivered at {delivered_at}, and is not delivered twice",
    "tried again": "is tried again at {next_attempt_at} anyway",
    "waits": "is in other hands just now; ask again",
}


def table(found: list[db.Row], limit: int, columns: Sequence[str], as_json: bool) -> None:
    """`found` is one more than the limit if there are more."""
    if as_json:
        for row in found[:limit]:
            say_json(row)
        return
    if not found:
        say("No dead letters.")
        return
    lines = [columns, *([cell(row[name]) for name in columns] for row in found[:limit])]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())
    if len(found) > limit:
        say("There are more. --limit shows them, `reasons` counts them.")


def letters(found: list[db.Row], as_json: bool) -> None:
    if not found:
        sys.exit("There is no dead letter with this id.")
    for letter in found:
        if as_json:
            say_json(letter | {"headers": json.loads(letter["headers"] or "null")})
            continue
        for name, value in letter.items():
            if value is not None:
                say(f"{name}: {value.decode(errors='replace') if isinstance(value, bytes) else value}")
        say("")


def outcome(letter: db.Row, became: str, as_json: bool) -> None:
    if as_json:
        say_json({"id": letter["id"], "subscriber": letter["subscriber"], "outcome": became})
    else:
        instead = INSTEAD.get(became, "").format(**letter)
        say(f"{letter['id']} to {letter['subscriber']} {instead}".rstrip())


def cell(value: object) -> str:
    return " ".join(str(value).splitlines()[:1])[:WIDEST]


def say_json(row: db.Row) -> None:
    said: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, bytes):
            try:
                said[name] = value.decode()
            except UnicodeDecodeError:
                said[f"{name}_base64"] = b64encode(value).decode()
        else:
            said[name] = value.isoformat() if isinstance(value, datetime) else value
    say(json.dumps(said, ensure_ascii=False))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
