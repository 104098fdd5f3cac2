"""For operators: see what could not be delivered, and have it delivered again. `python -m functions.relay.dead_letters`

It needs DATABASE_URL and nothing else. Delivering is relay's, which the next minute wakes; here it is only made due.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from functions.relay import replaying, shown
from functions.relay.replaying import Wanted
from shared import db
from shared.config import MissingSetting, required
from shared.problems import Unavailable

sql = db.queries(__file__, "dead_letters")

LISTED = ("received_at", "state", "subscriber", "type", "attempts", "id", "reason")
COUNTED = ("letters", "state", "subscriber", "type", "last_at", "reason")


def main(words: Sequence[str] | None = None) -> None:
    asked = arguments(words)
    try:
        asyncio.run(answer(asked))
    except (MissingSetting, Unavailable) as error:
        sys.exit(str(error))


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dead-letters", description="Events that could not be delivered.")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="those that wait for you, the oldest first")
    listing.add_argument("--all", action="store_true", help="also those that relay still tries or has delivered")
    reasons = commands.add_parser("reasons", help="how many there are, by what they have in common")
    for many in (listing, reasons):
        many.add_argument("--limit", type=at_least_one, default=100, metavar="N", help="lines to show (100)")
    show = commands.add_parser("show", help="everything about one, with what the event says")
    show.add_argument("ids", nargs="+", metavar="id")
    replay = commands.add_parser("replay", help="have them delivered within a minute")
    replay.add_argument("ids", nargs="*", metavar="id")
    replay.add_argument("--all", action="store_true", help="all that wait")
    for some in (listing, replay):
        some.add_argument("--reason", type=some_text, help="those whose reason contains this")
        some.add_argument("--subscriber", type=some_text, help="those of this function, or of the broker")
        some.add_argument("--type", type=some_text, help="those of this type")
    for each in (listing, reasons, show, replay):
        each.add_argument("--json", action="store_true", help="a line of JSON for each")
    asked = parser.parse_args(words)
    if asked.command == "replay" and asked.all == (wanted(asked) != Wanted()):
        replay.error("--all goes with nothing else" if asked.all else "say which: by id, --reason, --type … or --all")
    return asked


def wanted(asked: argparse.Namespace) -> Wanted:
    return Wanted(getattr(asked, "ids", None) or None, asked.subscriber, asked.type, asked.reason)


def some_text(word: str) -> str:
    if not word:
        raise argparse.ArgumentTypeError("it is empty")
    return word


def at_least_one(word: str) -> int:
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError("it is a number from 1")
    return int(word)


async def answer(asked: argparse.Namespace) -> None:
    async with db.direct(required("DATABASE_URL")) as connection:
        match asked.command:
            case "list":
                some = {"subscriber": asked.subscriber, "type": asked.type, "reason": asked.reason}
                found = await connection.all(sql.listing, everything=asked.all, limit=asked.limit + 1, **some)
                shown.table(found, asked.limit, LISTED, asked.json)
            case "reasons":
                found = await connection.all(sql.reasons, limit=asked.limit + 1)
                shown.table(found, asked.limit, COUNTED, asked.json)
            case "show":
                shown.letters(await connection.all(sql.show, ids=asked.ids), asked.json)
            case "replay":
                await replaying.replay(connection, wanted(asked), asked.json)


if __name__ == "__main__":
    main()
