"""Who we are to push services: a key of this installation, which browsers subscribe to (RFC 8292)."""

import base64
import time
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from shared.config import settings

if TYPE_CHECKING:
    from py_vapid import Vapid02

LIVES = 12 * 3600  # seconds that a signature is good for; services take none of more than a day

_signed: dict[str, tuple[str, float]] = {}


@cache
def public_key() -> str | None:
    if not settings().vapid_private_key:
        return None
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point: bytes = _key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def authorization(endpoint: str) -> str:
    """For a push service, and not for a browser: one signature does for all of its."""
    server = urlsplit(endpoint)
    origin = f"https://{server.netloc}"
    signed, until = _signed.get(origin, ("", 0.0))
    if until < time.time():
        if len(_signed) >= 100:  # whoever subscribes names the services
            _signed.clear()
        said = {"aud": origin, "exp": int(time.time()) + LIVES, "sub": _contact()}
        signed = str(_key().sign(said)["Authorization"])
        _signed[origin] = signed, time.time() + LIVES / 2
    return signed


def is_key_of_a_browser(p256dh: str) -> bool:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), base64.urlsafe_b64decode(f"{p256dh}=="))
    except ValueError:
        return False
    return True


@cache
def _key() -> "Vapid02":
    from py_vapid import Vapid02

    return Vapid02.from_raw(base64.urlsafe_b64encode(bytes.fromhex(settings().vapid_private_key)))


def _contact() -> str:
    """Whom a push service writes to when something is wrong with what we send."""
    from email.utils import parseaddr

    if address := parseaddr(settings().mail_from)[1]:
        return f"mailto:{address}"
    return f"https://{urlsplit(settings().public_url).hostname or 'localhost'}"
