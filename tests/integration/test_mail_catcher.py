"""On one machine a mail is shown at the terminal and kept, and goes nowhere."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from knative.local.mail_catcher import MailCatcher
from tests.world import ROOT, eventually


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[MailCatcher]:
    with started(tmp_path / "mails") as catcher:
        yield catcher


@contextmanager
def started(folder: Path) -> Iterator[MailCatcher]:
    catcher = MailCatcher(ROOT, folder)
    catcher.start()
    yield catcher
    catcher.stop()


def kept(catcher: MailCatcher) -> list[Path]:
    return sorted(catcher.folder.glob("*.eml"))


def send(catcher: MailCatcher, text: str, to: str = "ada@example.org") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "taskora@localhost", to, "Gr\u00fc\u00dfe"
    message.set_content(text)
    host, _, port = catcher.url.removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port), "here", timeout=10) as server:
        server.send_message(message)
    return message


def test_a_mail_is_shown_and_kept_for_its_owner_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "First.\n.\n..two dots\n\nhttp://localhost:8080/reset#token=x\n" + "long " * 300 + "\u00e4\x1b[31m\n"

    with started(tmp_path / "mails") as catcher:
        message = send(catcher, text)

    [file] = kept(catcher)
    assert file.read_bytes().replace(b"\r\n", b"\n") == message.as_bytes()
    assert (file.stat().st_mode & 0o777, catcher.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    said = capfd.readouterr().out
    assert "Mail for ada@example.org: Gr\u00fc\u00dfe" in said
    assert "  | .\n  | ..two dots\n  | \n  | http://localhost:8080/reset#token=x\n" in said
    assert "\x1b" not in said
    assert str(file) in said


def test_a_mail_to_an_address_in_another_script_arrives(catcher: MailCatcher) -> None:
    send(catcher, "Hello", "j\u00fcrgen@stra\u00dfe.example.org")

    assert len(kept(catcher)) == 1


def test_what_is_no_mail_disturbs_nobody(catcher: MailCatcher) -> None:
    host, _, port = catcher.url.removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port), "here", timeout=10) as rude:
        assert rude.docmd("DATA")[0] == 503
        assert rude.docmd("VRFY ada")[0] == 502
        rude.send("x" * 2_000_000)
        send(catcher, "Hello")

    assert len(kept(catcher)) == 1


def test_when_it_dies_it_comes_back_where_it_was(catcher: MailCatcher) -> None:
    send(catcher, "One")
    url = catcher.url
    catcher.process.kill()
    catcher.process.wait()

    catcher.start_again()
    send(catcher, "Two")

    assert catcher.url == url
    eventually(lambda: len(kept(catcher)) == 2, "both are kept")


def test_it_keeps_the_latest_two_hundred(catcher: MailCatcher) -> None:
    for number in range(200):
        (catcher.folder / f"2020-01-01 {number:03}.eml").touch()

    send(catcher, "One more")

    assert [file.name for file in kept(catcher)][:1] == ["2020-01-01 001.eml"]
    assert len(kept(catcher)) == 200
