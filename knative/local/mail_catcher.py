"""A mail server that delivers nothing: it shows each mail at the terminal and keeps it in a folder.

On a machine of one's own nobody has another mail server at hand, and a mail that went out by mistake cannot be called
back. It speaks as much SMTP as one client needs who says one mail.
"""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from email import message_from_bytes, policy
from pathlib import Path

from knative.local import guardian
from knative.local.trouble import Trouble, say

_PATIENCE = 30.0
_LONGEST = 1_000_000  # bytes of one line, and of one mail
_KEPT = 200  # mails; older ones go


class MailCatcher:
    """It as a component, which keeps its port when it is started again."""

    name = "The mail catcher"
    process: subprocess.Popen[bytes]

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self.folder = root, folder
        self._port = _free_port()
        self.url = f"smtp://127.0.0.1:{self._port}"

    def start(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        words = [sys.executable, "-m", "knative.local.mail_catcher", str(self._port), str(self.folder)]
        self.process = subprocess.Popen(  # noqa: S603
            words, cwd=self._root, stdin=subprocess.DEVNULL, start_new_session=True
        )
        guardian.watch(self.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while not _answers(self._port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Trouble("the mail catcher did not start; name a mail server of your own in SMTP_URL")
            time.sleep(0.02)

    def start_again(self) -> None:
        guardian.release(self.process.pid)
        self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
        guardian.release(self.process.pid)


async def serve(port: int, folder: Path) -> None:
    async def one_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await Conversation(reader, writer, folder).hold()
        writer.close()

    server = await asyncio.start_server(one_client, "127.0.0.1", port, limit=_LONGEST)
    await server.serve_forever()


class Conversation:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, folder: Path) -> None:
        self._reader, self._writer, self._folder = reader, writer, folder
        self._to: list[str] = []

    async def hold(self) -> None:
        await self._say("220 Taskora keeps mails here and delivers none")
        while line := await self._reader.readline():
            words = line.decode(errors="replace").strip()
            verb = words[:4].upper()
            if verb == "QUIT":
                await self._say("221 bye")
                return
            await self._answer(verb, words)

    async def _answer(self, verb: str, words: str) -> None:
        match verb:
            case "EHLO":
                await self._say("250-taskora", "250-8BITMIME", "250 SMTPUTF8")
            case "RCPT":
                self._to.append(words.partition(":")[2].partition(">")[0].strip(" <"))
                await self._say("250 yes")
            case "DATA" if self._to:
                await self._say("354 go on, and end with a dot")
                keep(await self._mail(), self._to, self._folder)
                self._to = []
                await self._say("250 kept")
            case "DATA":
                await self._say("503 to whom?")
            case "HELO" | "MAIL" | "NOOP" | "RSET":
                self._to = []
                await self._say("250 yes")
            case _:
                await self._say("502 this is not known here")

    async def _mail(self) -> bytes:
        mail = bytearray()
        while (line := await self._reader.readuntil(b"\r\n")) != b".\r\n":
            mail += line[1:] if line.startswith(b".") else line
            if len(mail) > _LONGEST:
                raise ConnectionAbortedError
        return bytes(mail)

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()


def keep(mail: bytes, to: list[str], folder: Path) -> None:
    file = folder / f"{time.strftime('%Y-%m-%d %H.%M.%S')} {time.monotonic_ns()}.eml"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(mail)
    for old in sorted(folder.glob("*.eml"))[:-_KEPT]:
        old.unlink()
    message = message_from_bytes(mail, policy=policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else "(it has no text)"
    say(f"\n  Mail for {', '.join(to)}: {message['subject']}")
    for line in text.splitlines():
        say("  | " + "".join(character for character in line if character.isprintable()))
    say(f"  (kept as {file})\n")


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
