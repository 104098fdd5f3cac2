"""E-mail addresses: what looks like one, and which are one and the same."""

import re
import unicodedata

LONGEST = 254
# Behind the @ stands nothing that ends an address in a mail's header, or is a comment there; and nowhere what begins an
# encoded word, which may hold the ends of lines. So an address is one recipient and writes no header.
LABEL = r"[^\s@.,;:<>()\[\]\"\\]+"
SHAPE = re.compile(rf"(?!.*=\?)[^\s@]{{1,64}}@{LABEL}(\.{LABEL})+")


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
