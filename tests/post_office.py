"""A real mail server: what it takes it keeps, and it can be told to refuse, to be silent, or to be away."""

import asyncio
import ssl
import subprocess
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port
from tests.world import eventually

USER, PASSWORD = "taskora", "p@ss/word"


class PostOffice:
    """`says` is its answer to each recipient, but for those it `says_to` another; `goodbye` its last.

    While `answers` is clear it has a letter and says nothing.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        self.taken: list[bytes] = []
        self.recipients: list[str] = []
        self.logins: list[str] = []
        self.says = "250 OK"
        self.says_to: dict[str, str] = {}
        self.goodbye = "221 Bye"
        self.hangs_up = False  # when it has a letter
        self.answers = threading.Event()
        self.answers.set()
        self.port = free_port()
        self._how: dict[str, Any] = {}
        if starttls:
            self._how = {"tls_context": starttls, "require_starttls": True, "authenticator": self._admit}
        elif tls:
            self._how = {"ssl_context": tls, "authenticator": self._admit, "auth_require_tls": False}

    def __enter__(self) -> Self:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._how)
        self._controller.start()
        self.is_open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.answers.set()
        if self.is_open:
            self._controller.stop(no_assert=True)
        self.is_open = False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def letters_to(self, email: str) -> list[EmailMessage]:
        letters = [message_from_bytes(letter, _class=EmailMessage, policy=policy.default) for letter in self.taken]
        return [letter for letter in letters if email in str(letter["To"])]

    def letter_to(self, email: str) -> EmailMessage:
        eventually(lambda: self.letters_to(email), f"a letter to {email}")
        [letter] = self.letters_to(email)
        return letter

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        said = self.says_to.get(address, self.says)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return said

    async def handle_QUIT(self, _server: object, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.goodbye

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        if self.hangs_up:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        await asyncio.to_thread(self.answers.wait)  # until then it has the letter and does not say so
        return "250 OK"

    def _admit(self, _server: object, _session: Session, _envelope: Envelope, _how: str, said: object) -> AuthResult:
        assert isinstance(said, LoginPassword)
        self.logins.append(said.login.decode())
        right = (said.login, said.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=not right, message=None if right else "535 5.7.8 no")


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body
    return str(body.get_content())


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Of 127.0.0.1, and the file by which it is trusted."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=post office", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made
