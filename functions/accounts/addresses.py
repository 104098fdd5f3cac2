"""E-mail addresses: what looks like one, and which are one and the same."""

import re
import unicodedata

LONGEST = 254
SHAPE = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")


def plausible(email: str) -> str:
    """Whether it exists only a mail can tell; here it only has to look like an address, however it is spelled."""
    if not email.isprintable() or not all(_looks_right(form) for form in (email, normal_form(email))):
        raise ValueError("an e-mail address like alice@example.org")
    return email


def normal_form(email: str) -> str:
    """What the database knows an address by, and who counts attempts. Made here alone: SQL lowers `İ` otherwise."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold())


def _looks_right(email: str) -> bool:
    return len(email) <= LONGEST and bool(SHAPE.fullmatch(email))
