"""A CloudEvent on the wire: binary mode over HTTP, signed by who made it."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from json.encoder import encode_basestring_ascii as quoted
from urllib.parse import quote, unquote
from uuid import UUID

from shared.config import settings

# In a header an attribute's value is percent-encoded, but for these: printable ASCII without space, quote and percent.
AS_IT_IS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')

PLAIN = re.compile(f"[{re.escape(AS_IT_IS)}]*")

# What CloudEvents exclude from every attribute; the first of them no text column takes.
FORBIDDEN = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")


class Unreadable(Exception):
    """Not a CloudEvent, or not one of ours. It will not become one by trying again."""


@dataclass(frozen=True, slots=True)
class Envelope:
    id: str
    source: str
    type: str
    attributes: dict[str, str]  # all others, extensions among them
    data: bytes

    @property
    def user_id(self) -> str:
        return self.attributes.get("partitionkey", "")

    @property
    def sequence(self) -> int:
        return int(self.attributes["sequence"])

    def headers(self) -> dict[str, str]:
        named = {"id": self.id, "source": self.source, "type": self.type, **self.attributes}
        if not PLAIN.fullmatch("".join(named.values())):
            named = {name: quote(value, safe=AS_IT_IS) for name, value in named.items()}
        headers = {f"ce-{name}": value for name, value in named.items()}
        return {"ce-specversion": "1.0", "content-type": "application/json", **headers}

    def signed(self) -> "Envelope":
        signature = _signature(self, settings().event_signing_keys[0])
        return Envelope(self.id, self.source, self.type, {**self.attributes, "signature": signature}, self.data)

    def is_signed(self) -> bool:
        given = self.attributes.get("signature", "")
        return any(
            hmac.compare_digest(given.encode(), _signature(self, key).encode()) for key in settings().event_signing_keys
        )

    def verified(self) -> "Envelope":
        """Itself, if one of our functions made it."""
        if not self.is_signed():
            raise Unreadable("It is not signed by this Taskora.")
        return self


def _signature(envelope: Envelope, key: bytes) -> str:
    """Over everything that a handler goes by."""
    named = [envelope.attributes.get(name, "") for name in ("subject", "partitionkey", "sequence", "work")]
    moment = _same_moment(envelope.attributes.get("time", ""))
    parts = [envelope.id, envelope.source, envelope.type, *named, moment, hashlib.sha256(envelope.data).hexdigest()]
    signature = _keyed(key).copy()
    signature.update(f"[{', '.join(map(quoted, parts))}]".encode())
    return signature.hexdigest()


@cache
def _keyed(key: bytes) -> hmac.HMAC:
    """To copy it takes half of what it takes to begin."""
    return hmac.new(key, digestmod="sha256")


def _same_moment(time: str) -> str:
    """A broker that reads a time and writes it again may write it another way."""
    try:
        return datetime.fromisoformat(time).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return time


def read(headers: Mapping[str, str], data: bytes) -> Envelope:
    """The event a broker posted. `headers` have lower-case names."""
    attributes = {name[3:]: unquote(value) for name, value in headers.items() if name.startswith("ce-")}
    if attributes.pop("specversion", None) != "1.0":
        raise Unreadable("It is not a CloudEvent 1.0 in binary mode.")
    for name, value in attributes.items():
        if FORBIDDEN.search(value):
            raise Unreadable(f"There is a control character in ce-{name}.")
    try:
        return Envelope(attributes.pop("id"), attributes.pop("source"), attributes.pop("type"), attributes, data)
    except KeyError as missing:
        raise Unreadable(f"It lacks ce-{missing.args[0]}.") from missing


def attributes(
    user_id: UUID,
    sequence: int,
    subject: str,
    happened_at: datetime,
    schema: str | None,
    traceparent: str | None,
    hooked: bool,
) -> dict[str, str]:
    """What a numbered event says about itself besides its id, source and type.

    `hooked`: a webhook waits for its user's events. Triggers go by it, so those of everybody else wake nobody.
    """
    named = {
        "subject": subject,
        "time": happened_at.isoformat(),
        "partitionkey": str(user_id),
        "sequence": str(sequence),
        "dataschema": schema,
        "traceparent": traceparent,
        "webhooks": "yes" if hooked else None,
    }
    return {name: value for name, value in named.items() if value}
