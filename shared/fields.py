"""Fields that several bodies have: ids, a text that is seen, a place in the manual order, what weeks begin with."""

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import UUID7, AfterValidator, Field

from shared import positions

# Spaces, controls, what Unicode says to ignore where it is not known, and three signs that are drawn as nothing.
UNSEEN = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff]*"
)


def _visible(text: str) -> str:
    if UNSEEN.fullmatch(text):
        raise ValueError("it shows nothing")
    return text


def _position(text: str) -> str:
    if not positions.is_key(text):
        raise ValueError("a position is a key as `fractional-indexing` makes them; take it from others, or use `move`")
    return text


Visible = AfterValidator(_visible)
Id = Annotated[UUID, Field(strict=False)]
NewId = Annotated[UUID7 | None, Field(strict=False, description="UUIDv7; for clients that work offline")]
Position = Annotated[str, AfterValidator(_position), Field(description="Place in the order, compared byte by byte")]
WeekStart = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
