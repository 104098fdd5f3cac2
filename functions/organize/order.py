"""Manual order of a few hundred things: where each stands, where one that is moved comes, and who has to make room."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.organize.bodies import Move
from shared import pages, positions
from shared.documents import Document
from shared.problems import Invalid

LONGEST = 60  # characters of a key; they grow when things go to and fro between the same two


def place(document: Document) -> tuple[str, str]:
    return document["position"], document["id"]


def behind(cursor: str | None) -> dict[str, Any]:
    """The key and the id behind which a page begins, in whichever order."""
    after, after_id = pages.place(cursor, str, UUID) if cursor is not None else (None, None)
    return {"after": after, "after_id": after_id}


def moved(order: Sequence[tuple[UUID, str]], id: UUID, move: Move) -> dict[UUID, str]:
    """The new keys, of as few as possible: of the one that moves, and of none when it stands there already."""
    others = [each for each in order if each[0] != id]
    at = _index(others, id, move)
    if order[at][0] == id:
        return {}
    before = others[at - 1][1] if at else None
    rest = others[at:]
    # Those that share a key with the one before them have to make room.
    crowd = [each for each, key in rest if before is not None and key <= before]
    behind = rest[len(crowd)][1] if len(crowd) < len(rest) else None
    keys = positions.between(before, behind, 1 + len(crowd))
    if max(map(len, keys)) > LONGEST:
        ids = [each for each, _ in others]
        ids.insert(at, id)
        return dict(zip(ids, positions.between(None, None, len(ids)), strict=True))
    return dict(zip([id, *crowd], keys, strict=True))


def _index(others: Sequence[tuple[UUID, str]], id: UUID, move: Move) -> int:
    if move.at:
        return 0 if move.at == "first" else len(others)
    anchor, side = move.before or move.after, "before" if move.before else "after"
    if anchor == id:
        raise Invalid.at(side, "it cannot stand beside itself.")
    for at, (each, _) in enumerate(others):
        if each == anchor:
            return at if move.before else at + 1
    raise Invalid.at(side, f"there is no {anchor} here.")
