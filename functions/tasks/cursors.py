"""A cursor is a place in an order, as text that clients only pass on: what comes or goes meanwhile moves nothing."""

import base64
import json
import re
from collections.abc import Sequence

from shared.problems import Invalid

PARTS = re.compile(r"[ -~]*", re.ASCII)
MALFORMED = Invalid.at("cursor", "take it from `next` of the page before.")


def cursor(place: Sequence[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def place(cursor: str) -> list[str]:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
    except (ValueError, RecursionError):
        raise MALFORMED from None
    if not (isinstance(found, list) and all(isinstance(part, str) and PARTS.fullmatch(part) for part in found)):
        raise MALFORMED
    return found
