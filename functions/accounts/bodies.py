"""What a request about an account may say."""

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from functions.accounts.addresses import LONGEST, plausible
from shared.fields import WeekStart
from shared.web import Body, Storable


def _one_spelling(password: str) -> str:
    """The same characters come as other bytes from other keyboards."""
    return unicodedata.normalize("NFKC", password)


def _locale(tag: str) -> str:
    """As BCP 47 writes it: zh-Hant-TW. Whether anybody speaks it, the browser has to know."""
    if not LOCALE.fullmatch(tag):
        raise ValueError("a language like en, pt-BR or zh-Hant")
    language, *rest = tag.lower().split("-")
    extensions = [part for part in rest if len(part) == 1]
    if len(set(extensions)) < len(extensions):
        raise ValueError("no extension comes twice in a language")
    plain = rest.index(extensions[0]) if extensions else len(rest)
    shown = [{2: str.upper, 4: str.title}.get(len(part) if part.isalpha() else 0, str)(part) for part in rest[:plain]]
    return "-".join([language, *shown, *rest[plain:]])


LOCALE = re.compile(
    "([a-z]{2,3}|[a-z]{5,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST), AfterValidator(plausible)]
Password = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_one_spelling)]
NewPassword = Annotated[Password, StringConstraints(min_length=10)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
Zone = Annotated[str, StringConstraints(max_length=40)]
Locale = Annotated[str, StringConstraints(max_length=35), AfterValidator(_locale)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Token = Annotated[str, StringConstraints(max_length=200)]
Theme = Literal["system", "light", "dark"]


class Profile(Body):
    """What people say about themselves, with what it is when they say nothing."""

    name: Name = ""
    zone: Zone = "UTC"
    locale: Locale = "en"
    week_start: WeekStart = "monday"
    theme: Theme = "system"


class Registration(Profile):
    email: Email
    password: NewPassword


class ProfilePatch(Body):
    """A merge patch: what is absent stays, null sets back."""

    name: Name | None = None
    zone: Zone | None = None
    locale: Locale | None = None
    week_start: WeekStart | None = None
    theme: Theme | None = None

    def asked(self) -> dict[str, str]:
        said = self.model_dump(exclude_unset=True)
        return {field: Profile.model_fields[field].default if value is None else value for field, value in said.items()}


class Confirmation(Body):
    token: Token
    password: Password


class Credentials(Body):
    email: Email
    password: Password
    code: Code | None = None


class PasswordOnly(Body):
    """Who has no password has to have logged in just before."""

    password: Password | None = None


class Proof(PasswordOnly):
    """Who has a second factor says a code of it as well."""

    code: Code | None = None


class PasswordChange(Body):
    """Who signs in through a provider alone has no current one, and gets one."""

    current_password: Password | None = None
    new_password: NewPassword


class Reset(Body):
    email: Email


class NewPasswordByMail(Body):
    token: Token
    new_password: NewPassword
