"""What a request about an account may say."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from functions.accounts.addresses import LONGEST, plausible
from shared.web import Body, Storable


def _one_spelling(password: str) -> str:
    """The same characters come as other bytes from other keyboards."""
    return unicodedata.normalize("NFKC", password)


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST), AfterValidator(plausible)]
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
