"""What a request about an account may say."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.web import Body, Storable

EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")


def _plausible(email: str) -> str:
    """Whether it exists only a mail can tell; here it only has to look like an address."""
    if not email.isprintable() or not EMAIL.fullmatch(email):
        raise ValueError("an e-mail address like alice@example.org")
    return email


def _one_spelling(password: str) -> str:
    """The same characters come as other bytes from other keyboards."""
    return unicodedata.normalize("NFKC", password)


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_plausible)]
Password = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_one_spelling)]
NewPassword = Annotated[Password, StringConstraints(min_length=10)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
Zone = Annotated[str, StringConstraints(max_length=40)]


class Registration(Body):
    email: Email
    password: NewPassword
    name: Name = ""
    zone: Zone = "UTC"


class Credentials(Body):
    email: Email
    password: Password
