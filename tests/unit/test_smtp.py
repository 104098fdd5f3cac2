"""A letter to a mail server ends in time, with a word on whether the server may have it."""

import asyncio
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Self
from uuid import UUID

import pytest

from functions.notify import smtp
from functions.notify.lanes import LANES
from functions.notify.letters import Letter
from shared.config import settings
from tests.post_office import PostOffice
from tests.world import eventually

LETTER = Letter(UUID(int=7), "alice@example.org", datetime.now(UTC), "Hello", ("Read this:",), "https://taskora.test")


@contextmanager
def mail_server(monkeypatch: pytest.MonkeyPatch, url: str) -> Iterator[None]:
    for name in ("K_SERVICE", "FUNCTION_SOURCE", "DATABASE_URL", "REDIS_URL", "BROKER_INGRESS_URL"):
        monkeypatch.setenv(name, "-")
    said = {"SMTP_URL": url, "MAIL_FROM": "us@taskora.test", "PUBLIC_URL": "https://taskora.test"}
    for name, value in (said | {"EVENT_SIGNING_KEYS": "-"}).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield
    settings.cache_clear()


def not_taken(patience: float) -> smtp.NotTaken:
    began = time.monotonic()
    with pytest.raises(smtp.NotTaken) as raised:
        smtp.send(LETTER, patience)
    assert time.monotonic() - began < patience + 3
    return raised.value


def test_a_server_that_never_says_hello_is_away_and_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, mail_server(monkeypatch, f"smtp://127.0.0.1:{silent.getsockname()[1]}"):
        error = not_taken(0.3)

    assert (error.sure, error.is_away) == (True, True)


def test_a_server_that_has_the_letter_and_says_nothing_may_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with PostOffice() as office, mail_server(monkeypatch, office.url):
        office.answers.clear()
        error = not_taken(1)
        assert len(office.taken) == 1

    assert (error.sure, error.is_away) == (False, False)


def test_however_many_wait_for_it_nothing_else_waits_for_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(office: PostOffice) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        letters = [asyncio.create_task(smtp.deliver(LETTER, 10)) for _ in range(2 * LANES)]

        await asyncio.to_thread(eventually, lambda: len(office.taken) == 2 * LANES, "the mail server has them all")

        office.answers.set()
        await asyncio.gather(*letters)

    with PostOffice() as office, mail_server(monkeypatch, office.url):
        office.answers.clear()
        asyncio.run(story(office))


@pytest.mark.parametrize("last", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_goes_silent_before_the_letter_does_not_have_it(
    monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    with Hesitant(last) as server, mail_server(monkeypatch, f"smtp://127.0.0.1:{server.port}"):
        error = not_taken(0.5)

    assert (error.sure, error.is_away) == (True, False)


def test_many_small_delays_are_one_great_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with Hesitant("never", pause=0.2) as server, mail_server(monkeypatch, f"smtp://127.0.0.1:{server.port}"):
        assert not_taken(0.5).sure is True
        smtp.send(LETTER, 10)


class Hesitant(socketserver.ThreadingTCPServer):
    """A mail server that says nothing more from that command on, or pauses before each answer."""

    daemon_threads = block_on_close = True

    def __init__(self, last: str, pause: float = 0) -> None:
        self.last, self.pause, self.over = last, pause, threading.Event()
        super().__init__(("127.0.0.1", 0), Answers)
        self.port = self.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


class Answers(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Hesitant)
        with suppress(OSError):
            self._say("220 hello")
            while line := self.rfile.readline().decode().strip().upper():
                if line.startswith(self.server.last):
                    self.server.over.wait()
                if line == "DATA":
                    self._say("354 go ahead")
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                self._say("250 OK")

    def _say(self, text: str) -> None:
        assert isinstance(self.server, Hesitant)
        time.sleep(self.server.pause)  # as a server does that is slow
        self.wfile.write(f"{text}\r\n".encode())
