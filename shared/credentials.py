"""What lets somebody in, as it is shown: to its user, and in an export. The database makes it (`shown`)."""

from typing_extensions import TypedDict

from shared.callers import Scope


class Session(TypedDict):
    id: str
    began_at: str
    last_seen_at: str  # to the quarter of an hour
    expires_at: str
    user_agent: str  # of the browser it began in
    address: str  # from which it began


class Token(TypedDict):
    id: str
    name: str
    scopes: list[Scope]
    created_at: str
    expires_at: str | None
    last_used_at: str | None  # the hour
