"""A real push service, and the browsers that fetch from it: they alone can read what it carries."""

import json
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from os import urandom
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateNumbers,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.https import Https

VAPID_PRIVATE_KEY = f"{7:064x}"


@dataclass(frozen=True)
class Pushed:
    path: str
    headers: dict[str, str]
    body: bytes


class PushService(Https):
    """`answers` by path, else 201; while `opened` is clear it has a message and says nothing."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.pushed: list[Pushed] = []
        self.answers: dict[str, tuple[int, dict[str, str]]] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.pushed.append(Pushed(self.path, headers, body))
                service.opened.wait(20)
                status, said = service.answers.get(self.path, (201, {}))
                self.send_response(status)
                for name, value in said.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        super().__init__(Handler, tls)

    def to(self, browser: "Browser") -> list[Pushed]:
        return [each for each in list(self.pushed) if each.path == browser.path]


@contextmanager
def push_service(tls: ssl.SSLContext) -> Iterator[PushService]:
    service = PushService(tls)
    yield service
    service.close()


@dataclass
class Browser:
    service: str  # its origin
    path: str = field(default_factory=lambda: f"/send/{uuid4().hex}")

    def __post_init__(self) -> None:
        self._key, self._auth = generate_private_key(SECP256R1()), urandom(16)
        self._public = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def endpoint(self) -> str:
        return f"{self.service}{self.path}"

    def private_numbers(self) -> EllipticCurvePrivateNumbers:
        return self._key.private_numbers()

    def subscription(self) -> dict[str, Any]:
        """What its `PushSubscription.toJSON()` gives."""
        keys = {"p256dh": encoded(self._public), "auth": encoded(self._auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def reads(self, pushed: Pushed) -> dict[str, Any]:
        """As RFC 8291 has it, written here once more."""
        assert pushed.headers["content-encoding"] == "aes128gcm"
        salt, size = pushed.body[:16], pushed.body[20]
        sender, sealed = pushed.body[21 : 21 + size], pushed.body[21 + size :]
        shared = self._key.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender))
        secret = derived(shared, self._auth, b"WebPush: info\0" + self._public + sender, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        said: dict[str, Any] = json.loads(plain.rstrip(b"\0").removesuffix(b"\2"))
        return said


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def signer(pushed: Pushed) -> tuple[str, dict[str, Any]]:
    """The key it says it was sent with, and what that key has signed."""
    scheme, _, said = pushed.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in said.split(","))
    point = urlsafe_b64decode(parts["k"] + "==")
    public: dict[str, str | list[str]] = {
        "kty": "EC",
        "crv": "P-256",
        "x": encoded(point[1:33]),
        "y": encoded(point[33:]),
    }
    assert scheme == "vapid"
    return parts["k"], dict(jwt.decode(parts["t"], ECKey.import_key(public), algorithms=["ES256"]).claims)
