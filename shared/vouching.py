"""Through what a person asks, when one function asks another in their place: said in a header that is signed.

A signature is good for one credential, one address and a minute. Who makes such a header up says nothing by it: they
ask through what they came by.
"""

import hashlib
import hmac
import time
from typing import Literal
from uuid import UUID

from shared.config import settings

HEADER = "taskora-via"
HEADER_BYTES = HEADER.encode()
LIVES = 60  # seconds

Via = Literal["chat"]


def said(via: Via, credential: UUID, method: str, path: str) -> str:
    moment = int(time.time())
    return f"{via};{moment};{_signature(settings().event_signing_keys[0], via, moment, credential, method, path)}"


def heard(header: bytes, credential: UUID, method: str, path: str) -> Via | None:
    """What it says, if one of our functions said it just now, of this very request."""
    via, _, rest = header.decode("latin-1").partition(";")
    moment, _, given = rest.partition(";")
    if via != "chat" or not (moment.isascii() and moment.isdecimal() and len(moment) < 12):
        return None
    if abs(time.time() - int(moment)) > LIVES:
        return None
    right = (
        _signature(key, via, int(moment), credential, method, path).encode() for key in settings().event_signing_keys
    )
    return "chat" if any(hmac.compare_digest(given.encode("latin-1"), each) for each in right) else None


def _signature(key: bytes, via: str, moment: int, credential: UUID, method: str, path: str) -> str:
    """No event's signature, though by the same key: what that is of begins otherwise."""
    return hmac.new(key, f"{HEADER} {via} {moment} {credential} {method} {path}".encode(), hashlib.sha256).hexdigest()
