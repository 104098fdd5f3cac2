"""For operators: see what could not be delivered, and have it delivered again. `python -m functions.relay.dead_letters`

It needs DATABASE_URL and nothing else. Delivering is relay's, which the next minute wakes; here it is only made due.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from shared import db
from shared.config import MissingSetting, required
from shared.problems import Unavailable

sql = db.queries(__file__, "dead_letters")

COLUMNS = ("received_at", "state", "subscriber", "type", "attempts", "id", "reason")


def main(words: Sequence[str] | None = None) -> None:
    asked = arguments().parse_args(words)
    try:
        asyncio.run(answer(asked))
    except (MissingSetting, Unavailable) as error:
        sys.exit(str(error))


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dead-letters", description="Events that could not be delivered.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="those that wait for you")
    listing.add_argument("--all", action="store_true", help="also those that relay still tries or has delivered")
    show = commands.add_parser("show", help="everything about one")
    show.add_argument("id")
    replay = commands.add_parser("replay", help="have them delivered within a minute")
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", nargs="*", default=[], metavar="id")
    which.add_argument("--reason", help="those whose reason contains this")
    which.add_argument("--all", action="store_true", help="all that wait")
    return parser


async def answer(asked: argparse.Namespace) -> None:
    async with db.direct(required("DATABASE_URL")) as connection:
        match asked.command:
            case "list":
                write_table(await connection.all(sql.listing, everything=asked.all))
            case "show":
                write_letters(await connection.all(sql.show, id=asked.id))
            case "replay":
                await replay(connection, asked.ids or None, asked.reason)


async def replay(connection: db.Direct, ids: list[str] | None, reason: str | None) -> None:
    async with connection.transaction():
        due = await connection.all(sql.replay_letters, ids=ids, reason=reason)
        due += await connection.all(sql.replay_events, ids=ids, reason=reason)
    for letter in due:
        say(f"{letter['id']} to {letter['subscriber']}")
    say(f"{len(due)} due; relay delivers what is due within a minute.")


def write_table(letters: list[db.Row]) -> None:
    if not letters:
        say("No dead letters.")
        return
    rows = [COLUMNS, *([shown(letter[name]) for name in COLUMNS] for letter in letters)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def write_letters(letters: list[db.Row]) -> None:
    if not letters:
        sys.exit("There is no dead letter with this id.")
    for letter in letters:
        for name, value in letter.items():
            if value is not None:
                say(f"{name}: {value.decode(errors='replace') if isinstance(value, bytes) else value}")
        say("")


def shown(value: object) -> str:
    return str(value)[:100]


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
