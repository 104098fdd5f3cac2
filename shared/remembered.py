"""What was found out about texts is remembered, for so many, and for as many as have so many characters together.

Either alone would be no bound on memory: it is others who choose how long they are, and a short one takes some, too.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


def remembered(characters: int, most: int = 2_000) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """For a function whose first argument is the text. Whoever was not asked for longest goes first."""

    def remembering(find: Callable[..., Value]) -> Callable[..., Value]:
        known: dict[tuple[Any, ...], Value] = {}
        held = 0

        def found(text: str | bytes, *others: Hashable) -> Value:
            nonlocal held
            question = (text, *others)
            if question in known:
                known[question] = value = known.pop(question)
                return value
            known[question] = value = find(text, *others)
            held += len(text)
            while held > characters or len(known) > most:
                oldest = next(iter(known))
                del known[oldest]
                held -= len(oldest[0])
            return value

        return found

    return remembering
