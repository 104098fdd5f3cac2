"""Manual order: a key for each thing, compared byte by byte, and always room for another between two of them.

The keys are those of the `fractional-indexing` packages, which exist for the page's language, too.
"""

import re
import time

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SMALLEST = f"A{'0' * 26}"  # what the smallest keys begin with; it is no key by itself
KEY = re.compile(r"([A-Z]|[a-z])[0-9A-Za-z]{1,199}")


def last() -> str:
    """Behind everything that was added before, without a look at it: the key is the time, in milliseconds."""
    left, digits = time.time_ns() // 1_000_000, ""
    for _ in range(8):
        left, digit = divmod(left, 62)
        digits = DIGITS[digit] + digits
    return f"h{digits}"


def between(before: str | None, behind: str | None, count: int = 1) -> list[str]:
    """So many keys, in order, behind the first and before the second; None: nothing is there."""
    from fractional_indexing import generate_n_keys_between

    if before is None and behind is not None and behind.startswith("A0") and not behind.startswith(SMALLEST):
        before = f"{SMALLEST}V"  # left alone, the package counts down to the smallest, and then does not take that
    return list(generate_n_keys_between(before, behind, count))


def is_key(text: str) -> bool:
    from fractional_indexing import FIError, validate_order_key

    if not KEY.fullmatch(text):
        return False
    try:
        validate_order_key(text)
    except FIError:
        return False
    return True
