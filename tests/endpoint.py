"""Somebody's own server, which webhooks send to: it keeps what comes, and answers as it is told."""

import hashlib
import hmac
import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.https import Https


@dataclass(frozen=True)
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.body)
        return said

    @property
    def delivery(self) -> str:
        return self.headers["taskora-delivery"]

    def is_signed_with(self, secret: str) -> bool:
        return is_signed(self.headers["taskora-signature"], self.body, secret)


def is_signed(signature: str, body: bytes, secret: str) -> bool:
    """As the API's description says it, written here once more."""
    parts = [part.split("=", 1) for part in signature.split(",")]
    [moment] = [value for name, value in parts if name == "t"]
    right = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return right in [value for name, value in parts if name == "v1"]


@dataclass(frozen=True)
class Said:
    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class Endpoint(Https):
    """`answers` by path, else 204; while `opened` is clear, those `held` have a request and say nothing."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.heard: list[Heard] = []
        self.answers: dict[str, Said | Callable[[Heard], Said]] = {}
        self.held: set[str] = set()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                heard = Heard(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
                endpoint.heard.append(heard)
                if self.path in endpoint.held:
                    endpoint.opened.wait(20)
                chosen = endpoint.answers.get(self.path, Said())
                said = chosen(heard) if callable(chosen) else chosen
                self.send_response(said.status)
                for name, value in said.headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *_: object) -> None: ...

        super().__init__(Handler, tls)

    def hold(self, *paths: str) -> None:
        """From now on they say nothing, until it is `opened`."""
        self.held |= {*paths}
        self.opened.clear()

    def at(self, path: str) -> list[Heard]:
        return [each for each in list(self.heard) if each.path == path]


@contextmanager
def endpoint(tls: ssl.SSLContext) -> Iterator[Endpoint]:
    endpoint = Endpoint(tls)
    yield endpoint
    endpoint.close()
