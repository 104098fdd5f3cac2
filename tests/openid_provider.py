"""OpenID providers: a real one, npm's `oidc-provider` under Node, with whom a browser signs in; and one that lies."""

import json
import re
import shutil
import subprocess
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.ports import free_port
from tests.world import NO_AUTHORITIES, ROOT, eventually

SOURCE = ROOT / "tests/openid"


def installed() -> Path:
    """Where the provider is, made once for each state of its lock: a folder among the other tools."""
    lock = (SOURCE / "package-lock.json").read_bytes() + (SOURCE / "provider.js").read_bytes()
    folder = ROOT / ".taskora/tools" / f"openid-{sha256(lock).hexdigest()[:16]}"
    if folder.exists():
        return folder
    if not shutil.which("npm"):
        pytest.skip("npm is not installed here")
    made = folder.with_suffix(".new")
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(SOURCE, made)
    fetched = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=made, capture_output=True, timeout=110)
    if fetched.returncode:
        pytest.skip("oidc-provider could not be fetched from npm")
    made.rename(folder)
    return folder


@dataclass
class Provider:
    """The real one. `accounts` are its users: what it says of each, by subject."""

    url: str
    file: Path

    def has(self, subject: str, **claims: object) -> None:
        accounts = json.loads(self.file.read_text()) if self.file.exists() else {}
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(accounts | {subject: claims}))
        new.replace(self.file)

    def signed_in(self, entrance: str, subject: str) -> str:
        """As somebody's browser who signs in there and consents; the address at which it comes back to us."""
        with httpx.Client(verify=NO_AUTHORITIES, timeout=20) as browser:
            answer = browser.get(entrance)
            for _ in range(12):
                if answer.is_redirect:
                    url = urljoin(str(answer.url), answer.headers["location"])
                    if not url.startswith(self.url):
                        return url
                    answer = browser.get(url)
                    continue
                assert answer.status_code == 200, answer.text
                form = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
                assert form, answer.text
                assert prompt, answer.text
                said = {"prompt": prompt[1], "login": subject, "password": "any"}
                answer = browser.post(urljoin(str(answer.url), form[1]), data=said)
        raise AssertionError("it leads nowhere")


@contextmanager
def running(folder: Path, redirect_uri: str) -> Iterator[Provider]:
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}", folder / "accounts.json")
    command = ["node", "provider.js", str(port), redirect_uri, str(provider.file)]
    with (folder / "openid.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=installed(), stdout=log, stderr=subprocess.STDOUT)
    try:
        eventually(lambda: b"listens" in (folder / "openid.log").read_bytes(), "the provider listens")
        yield provider
    finally:
        process.kill()
        process.wait()


Lie = Callable[["Liar", dict[str, Any]], dict[str, Any]]


@dataclass
class Liar:
    """Says of `claims` what a test wants, signed with its own key or another; knows what it was asked."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "1"}))
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    about: dict[str, Any] = field(default_factory=dict)
    signs_with: Any = None
    challenge: str | None = None  # of whom the next code is given to: it is exchanged for its verifier alone
    answers: int = 200
    next_says: dict[str, Any] = field(default_factory=dict)  # claims of whoever comes with a browser
    turns_back: bool = False  # and does not sign in

    def __post_init__(self) -> None:
        liar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/authorize"):
                    self.send_response(302)
                    self.send_header("location", liar.sends_back(self.path))
                    self.end_headers()
                    return
                said = liar.keys() if self.path == "/jwks" else liar.description()
                self.say(liar.answers, said)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                if not liar.is_for(parse_qs(body).get("code_verifier", [""])[0]):
                    self.say(400, {"error": "invalid_grant"})
                    return
                self.say(200, {"id_token": liar.id_token(), "access_token": "x", "token_type": "bearer"})

            def say(self, status: int, said: object) -> None:
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        } | self.about

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))

    def hears(self, entrance: str) -> dict[str, str]:
        """What a browser was sent here with; from now on it is answered truthfully."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(entrance).query).items()}
        self.challenge = asked.get("code_challenge")
        now = int(time.time())
        self.claims = {
            "iss": self.url,
            "aud": "taskora",
            "sub": "somebody",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "somebody@example.org",
            "email_verified": True,
        }
        return asked

    def is_for(self, verifier: str) -> bool:
        digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        return self.challenge in (None, digest)

    def sends_back(self, entrance: str) -> str:
        """Where a browser goes on to from here: nobody has to type anything."""
        asked = self.hears(entrance)
        self.claims |= self.next_says
        answer = {"error": "access_denied"} if self.turns_back else {"code": "x"}
        return f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked['state']})}"

    def id_token(self) -> str:
        claims = {name: value for name, value in self.claims.items() if value is not None}
        if self.header["alg"] == "none":
            return ".".join(_base64(json.dumps(part)) for part in ({"alg": "none"}, claims)) + "."
        return jwt.encode(self.header, claims, self.signs_with or self.key, algorithms=[self.header["alg"]])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _base64(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")
