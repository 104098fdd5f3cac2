"""One letter to one mail server: what it said, and whether it can have taken the letter all the same."""

import asyncio
import re
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from functions.notify.lanes import LANES
from functions.notify.letters import Letter
from shared.config import settings

if TYPE_CHECKING:
    from email.message import EmailMessage
    from email.policy import EmailPolicy

    from functions.notify.smtp_line import Line

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Refused(Exception):
    """The server will never take this letter."""


class NotTaken(Exception):
    """It may another time. `sure`: not handed over, or the server said no. `is_away`: nor does it take others."""

    def __init__(self, why: object, sure: bool, is_away: bool = False) -> None:
        super().__init__(f"{type(why).__name__}: {without_addresses(str(why))}")
        self.sure, self.is_away = sure, is_away


async def deliver(letter: Letter, patience: float) -> None:
    await asyncio.get_running_loop().run_in_executor(_threads(), send, letter, patience)


@cache
def _threads() -> Executor:
    """One for each lane of both kinds of mails. The loop's own are few, and names are looked up with them."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(2 * LANES, "mail")


def send(letter: Letter, patience: float) -> None:
    """Within so many seconds: whoever is cut off instead does not know what became of it."""
    from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused

    here = settings()
    if not (here.smtp_url and here.mail_from and here.public_url):
        raise Refused("SMTP_URL, MAIL_FROM and PUBLIC_URL have to say how mails are sent.")
    message = as_message(letter, here.mail_from)
    line: Line | None = None
    try:
        with connected(here.smtp_url, domain(here.mail_from), time.monotonic() + patience) as line:
            line.send_message(message)
    except SMTPRecipientsRefused as error:
        [(code, said)] = error.recipients.values()
        raise no(code, said) from error
    except SMTPDataError as error:
        raise no(error.smtp_code, error.smtp_error) from error
    except SMTPNotSupportedError as error:
        raise (Refused(str(error)) if line else NotTaken(error, sure=True, is_away=True)) from error
    except (OSError, SMTPException) as error:
        raise NotTaken(error, sure=not (line and line.may_have_it), is_away=line is None) from error


def no(code: int, said: bytes | str) -> Exception:
    text = without_addresses(f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}")
    return Refused(text) if 500 <= code < 600 else NotTaken(text, sure=True)


def without_addresses(said: str) -> str:
    """Servers repeat whom it was for, and this goes to the log."""
    return re.sub(r"\S+@\S+", "(an address)", said)


@contextmanager
def connected(url: str, name: str, until: float) -> Iterator["Line"]:
    """`name`: who we say we are. What the machine calls itself means nothing outside of it, and asking takes long."""
    import ssl
    from smtplib import SMTPException

    from functions.notify.smtp_line import Line, SecureLine

    server = urlsplit(url)
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    if server.scheme == "smtps":
        line: Line = SecureLine(until, host, port, name, context=ssl.create_default_context())
    else:
        line = Line(until, host, port, name)
    try:
        if server.scheme == "smtp+starttls":
            line.starttls(context=ssl.create_default_context())
        if server.username:
            line.login(unquote(server.username), unquote(server.password or ""))
        yield line
    finally:  # whatever it says to that, what it said to the letter counts
        with suppress(OSError, SMTPException):
            line.quit()
        line.close()


class Literal(str):
    """A header that says just this. The library reads what it is given, and finds words in it that end a line
    (`=?utf-8?q?=0D=0A?=`); and a link that is longer than a line it writes so that no mail program knows it as one.
    """

    def __new__(cls, name: str, text: str) -> "Literal":
        made = super().__new__(cls, text)
        made.name = name
        return made

    name: str

    def fold(self, policy: "EmailPolicy") -> str:
        from email.header import Header

        said = str(self)
        if not said.isascii() or not said.isprintable() or "=?" in said:
            said = Header(said, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {said}{policy.linesep}"


def as_message(letter: Letter, sender: str) -> "EmailMessage":
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.utils import format_datetime

    name, _, host = letter.to.rpartition("@")
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(username=name, domain=host)
    message["Subject"] = Literal("Subject", letter.subject)
    message["Date"] = format_datetime(letter.asked_at)
    message["Message-ID"] = f"<{letter.id}@{domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # so that no holiday answers it
    if letter.unsubscribe:  # with one click in the mail program (RFC 8058)
        message["List-Unsubscribe"] = Literal("List-Unsubscribe", f"<{letter.unsubscribe}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message.set_boundary(letter.id.hex)  # and not a random one: a repeat is the same to the last byte
    return message


def domain(sender: str) -> str:
    from email.utils import parseaddr

    return parseaddr(sender)[1].rpartition("@")[2]
