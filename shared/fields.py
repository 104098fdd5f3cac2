"""Fields that several kinds of things have: their ids, and a place in the manual order."""

from typing import Annotated
from uuid import UUID

from pydantic import UUID7, AfterValidator, Field

from shared import positions


def _position(text: str) -> str:
    if not positions.is_key(text):
        raise ValueError("a position is a key as `fractional-indexing` makes them; take it from others, or use `move`")
    return text


Id = Annotated[UUID, Field(strict=False)]
NewId = Annotated[UUID7 | None, Field(strict=False, description="UUIDv7; for clients that work offline")]
Position = Annotated[str, AfterValidator(_position), Field(description="Place in the order, compared byte by byte")]
