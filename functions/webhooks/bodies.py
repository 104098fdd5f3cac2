"""What a request may say of a webhook."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from shared import guarded
from shared.events import EVENT_TYPES
from shared.web import Body, Storable

TYPES = {name for name, each in EVENT_TYPES.items() if each.topic != "system-events"}
KNOWN = TYPES | {f"{name.partition('.')[0]}.*" for name in TYPES}


def _address(url: str) -> str:
    try:
        server = guarded.checked(url)
    except guarded.Refused as refused:
        raise ValueError(f"nothing is sent there: {refused}") from None
    return server.geturl()


def _known(type: str) -> str:
    if type not in KNOWN:
        raise ValueError(f"there are no events of the type {type}; all those of a kind are such as task.*")
    return type


Address = Annotated[
    str,
    StringConstraints(max_length=2000),
    AfterValidator(_address),
    Field(description="By https, at a server that everybody can reach"),
]
Type = Annotated[str, StringConstraints(max_length=100), AfterValidator(_known)]
Types = Annotated[
    list[Type],
    Field(max_length=100, description="Of events, as task.completed or task.*; empty: all"),
    AfterValidator(lambda types: sorted(set(types))),
]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]


class NewWebhook(Body):
    url: Address
    types: Types = Field([])
    description: Description = ""
    active: bool = True


class WebhookPatch(Body):
    """Only the fields that are named. Switched on again, it goes on from now."""

    url: Address | None = None
    types: Types | None = None
    description: Description | None = None
    active: bool | None = None


Moment = Annotated[AwareDatetime, Field(strict=False)]


class ReplaySpan(Body):
    """From the first moment, until before the second."""

    since: Annotated[Moment, Field(alias="from")]
    until: Annotated[Moment, Field(alias="to")]


def host(url: str) -> str:
    """Of an address, which may hold a secret, what may be told."""
    return urlsplit(url).hostname or ""
