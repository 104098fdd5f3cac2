"""By what the name of a tag or a list is known, however it is written."""

import unicodedata


def name_key(name: str) -> str:
    """Made here alone: SQL lowers `İ` otherwise, and not every database in the same way."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
