"""By its signature an endpoint knows that we said it, and when: nobody else says it, or says it again later."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

KEPT = 24 * 3600  # seconds that the old secret signs beside the new one


def new_secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature(keys: Sequence[str], moment: int, body: bytes) -> str:
    """`t=1700000000,v1=…`; with two secrets two of them, for whoever still knows only one."""
    said = str(moment).encode() + b"." + body
    made = [hmac.new(key.encode(), said, hashlib.sha256).hexdigest() for key in keys]
    return ",".join([f"t={moment}", *(f"v1={each}" for each in made)])
