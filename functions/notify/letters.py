"""What Taskora writes to people, as text and as HTML."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import UUID

from shared.config import settings


@dataclass(frozen=True, slots=True)
class Letter:
    id: UUID
    to: str
    asked_at: datetime
    subject: str
    paragraphs: tuple[str, ...]
    link: str
    points: tuple[str, ...] = ()  # a list behind the first paragraph
    unsubscribe: str = ""  # where to say that one wants no more such mails

    @property
    def text(self) -> str:
        first, *rest = self.paragraphs
        points = ["\n".join(f"* {point}" for point in self.points)] if self.points else []
        stop = [f"No more such mails: {self.unsubscribe}"] if self.unsubscribe else []
        return "\n\n".join([first, *points, self.link, *rest, *stop, "-- \nTaskora"]) + "\n"

    @property
    def html(self) -> str:
        first, *rest = (f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        points = ["<ul>", *(f"<li>{escape(point)}</li>" for point in self.points), "</ul>"] if self.points else []
        stop = [f'<p><a href="{escape(self.unsubscribe)}">No more such mails</a></p>'] if self.unsubscribe else []
        link = escape(self.link)
        body = "\n".join([first, *points, f'<p><a href="{link}">{link}</a></p>', *rest, *stop])
        return f'<!doctype html>\n<html lang="en"><body>\n{body}\n</body></html>\n'


def reset(id: UUID, to: str, asked_at: datetime, token: str) -> Letter:
    return Letter(
        id,
        to,
        asked_at,
        "Reset your Taskora password",
        (
            "Somebody, probably you, wants a new password for the Taskora account with this address. "
            "Set it here, within an hour:",
            "The link works once. If it was not you, there is nothing to do: the password stays what it is.",
        ),
        f"{page()}/reset#token={token}",
    )


def registration(id: UUID, to: str, asked_at: datetime, token: str) -> Letter:
    return Letter(
        id,
        to,
        asked_at,
        "Confirm your Taskora account",
        (
            "Somebody, probably you, made a Taskora account with this address. To begin, open this within a day and "
            "enter the password you chose:",
            "If it was not you, there is nothing to do: without this link there will be no account.",
        ),
        f"{page()}/confirm#token={token}",
    )


def account_exists(id: UUID, to: str, asked_at: datetime) -> Letter:
    return Letter(
        id,
        to,
        asked_at,
        "You have a Taskora account already",
        (
            "Somebody, probably you, wanted to make a Taskora account with this address, which has one. Log in here:",
            "If you forgot the password, ask there for a new one. If it was not you, there is nothing to do.",
        ),
        page(),
    )


def password_changed(id: UUID, to: str, asked_at: datetime) -> Letter:
    when = f"{asked_at.astimezone(UTC):%Y-%m-%d at %H:%M} UTC"
    return Letter(
        id,
        to,
        asked_at,
        "Your Taskora password was changed",
        (
            f"The password of your Taskora account was changed on {when}, and everybody else who was signed in to it "
            "is no longer. If that was you, there is nothing to do. If not, take your account back here:",
        ),
        f"{page()}/reset",
    )


def page() -> str:
    return settings().public_url
