"""Codes of a second factor: those of a moment, which an authenticator shows, and those for its loss. No database."""

import hashlib
import hmac
import re
import secrets
from base64 import b32encode

STEP = 30  # seconds
SKEW = (0, -1, 1)  # steps that a clock may be wrong
RECOVERY_CODES = 10


def matching_step(secret: str, code: str, now: float) -> int | None:
    import pyotp

    totp, current = pyotp.TOTP(secret), int(now) // STEP
    said = re.sub(r"\s", "", code).encode()
    steps = [current + skew for skew in SKEW]
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), said)), None)


def new_recovery_codes() -> list[str]:
    """Of 80 bits, so that their plain hash tells nothing."""
    plain = [b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    return ["-".join(re.findall("....", code)) for code in plain]


def looks_like_recovery(code: str) -> bool:
    return len(_plain(code)) == 16


def recovery_hash(code: str) -> bytes:
    return hashlib.sha256(_plain(code).encode()).digest()


def _plain(code: str) -> str:
    """However it was copied: in capitals, with spaces, without its dashes."""
    return re.sub(r"[\s-]", "", code).lower()
