"""What has to be read again and by nobody else: encrypted and signed with ENCRYPTION_KEYS, which are in no database.

The first key seals, each of them opens; so a new one goes in front, and the old one leaves when nothing needs it.
"""

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from shared.config import settings
from shared.problems import Unavailable

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def opened(sealed: str, within: int | None = None) -> str | None:
    """None: it is not ours, or it is older than so many seconds."""
    from cryptography.fernet import InvalidToken

    try:
        return _keys().decrypt(sealed.encode(), ttl=within).decode()
    except InvalidToken:
        return None


@cache
def _keys() -> "MultiFernet":
    # Imported with the first secret: nobody's start waits for it.
    from cryptography.fernet import Fernet, MultiFernet

    keys = settings().encryption_keys
    if not keys:
        raise Unavailable("This Taskora has no ENCRYPTION_KEYS, which this takes.", retry_after=3600)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key).digest())) for key in keys])
