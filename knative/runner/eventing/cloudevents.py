"""CloudEvents 1.0 as they travel: over HTTP (binary or structured) and in a Kafka record.

Attributes are kept as the strings the wire carries, `datacontenttype` among them; data is bytes, passed on untouched.
"""

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from urllib.parse import quote, unquote

STRUCTURED = "application/cloudevents+json"
ANY_STRUCTURED = "application/cloudevents"  # so do batches and other formats begin, which no broker takes

_NAME = re.compile(r"[a-z0-9]+")
# What a CloudEvents string may not hold: control characters, and halves of characters.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# The HTTP binding percent-encodes space, quote, percent and everything outside printable ASCII.
_NEEDS_ENCODING = re.compile(r"[^\x21\x23\x24\x26-\x7e]")
_SAFE = "".join(map(chr, range(0x21, 0x7F))).replace('"', "").replace("%", "")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_JSON_TYPE = re.compile(r"[^;]*/([^;]*\+)?json\s*(;.*)?", re.IGNORECASE)


class NotAnEvent(ValueError):
    """What came is not a CloudEvent; the message says why."""


@dataclass(frozen=True, slots=True)
class Event:
    attributes: Mapping[str, str]
    data: bytes | None

    def extended(self, extensions: Mapping[str, str]) -> "Event":
        return Event({**self.attributes, **extensions}, self.data)


def from_http(headers: Mapping[str, str], body: bytes) -> Event:
    """The event of one request or answer; header names come in lower case."""
    content_type = headers.get("content-type")
    if content_type is not None and content_type.lower().startswith(ANY_STRUCTURED):
        return _from_json(content_type, body)
    if "ce-specversion" not in headers:
        raise NotAnEvent("there is neither a ce-specversion header nor a structured CloudEvent")
    attributes = {name[3:]: _decoded(value) for name, value in headers.items() if name.startswith("ce-")}
    if content_type:
        attributes["datacontenttype"] = content_type
    return checked(Event(attributes, body or None))


def to_http(event: Event) -> dict[str, str]:
    """The headers of the event in binary mode; its data is the body."""
    encoded = _encoded if _NEEDS_ENCODING.search("".join(event.attributes.values())) else str  # most need none
    headers = {"ce-" + name: encoded(value) for name, value in event.attributes.items() if name != "datacontenttype"}
    if "datacontenttype" in event.attributes:
        headers["content-type"] = event.attributes["datacontenttype"]
    return headers


def from_record(headers: Mapping[str, str], value: bytes | None) -> Event:
    """The event in a Kafka record, binary or structured."""
    content_type = headers.get("content-type")
    if content_type is not None and content_type.lower().startswith(ANY_STRUCTURED):
        return _from_json(content_type, value or b"")
    if "ce_specversion" not in headers:
        raise NotAnEvent("the record has no ce_specversion header")
    attributes = {name[3:]: value for name, value in headers.items() if name.startswith("ce_")}
    if content_type:
        attributes["datacontenttype"] = content_type
    return checked(Event(attributes, value))


def to_record(event: Event) -> tuple[bytes | None, dict[str, str], bytes | None]:
    """Key, headers and value of the record that carries the event: binary mode, keyed by `partitionkey`."""
    headers = {"ce_" + name: value for name, value in event.attributes.items() if name != "datacontenttype"}
    if "datacontenttype" in event.attributes:
        headers["content-type"] = event.attributes["datacontenttype"]
    key = event.attributes.get("partitionkey")
    return (None if key is None else key.encode()), headers, event.data


def checked(event: Event) -> Event:
    attributes = event.attributes
    if attributes.get("specversion") != "1.0":
        raise NotAnEvent(f"specversion is {attributes.get('specversion')!r}, not '1.0'")
    for required in ("id", "source", "type"):
        if not attributes.get(required):
            raise NotAnEvent(f"{required} is missing")
    for name, value in attributes.items():
        if not _NAME.fullmatch(name) or name == "data":
            raise NotAnEvent(f"{name!r} cannot be the name of an attribute")
        if _FORBIDDEN.search(value):
            raise NotAnEvent(f"{name} holds a character that no attribute may hold")
    for optional in ("subject", "dataschema", "datacontenttype"):
        if attributes.get(optional) == "":
            raise NotAnEvent(f"{optional} is empty")
    if any(character.isspace() for character in attributes["source"]):
        raise NotAnEvent("source is not a URI reference")
    if "time" in attributes and not _is_time(attributes["time"]):
        raise NotAnEvent("time is not an RFC 3339 timestamp")
    return event


def _from_json(content_type: str, body: bytes) -> Event:
    if content_type.split(";")[0].strip().lower() != STRUCTURED:
        raise NotAnEvent(f"{content_type} is not accepted; send one event, binary or as {STRUCTURED}")
    try:
        members = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotAnEvent("the body is not JSON") from error
    if not isinstance(members, dict):
        raise NotAnEvent("the body is not a JSON object")
    data, data_base64 = members.pop("data", None), members.pop("data_base64", None)
    attributes = {name: _text(name, value) for name, value in members.items() if value is not None}
    if data is not None and data_base64 is not None:
        raise NotAnEvent("data and data_base64 exclude each other")
    if data_base64 is not None:
        return checked(Event(attributes, _from_base64(data_base64)))
    if data is None:
        return checked(Event(attributes, None))
    # Data without a type is JSON, says the format; in binary mode that has to be said.
    return checked(Event(attributes, _data(data, attributes.setdefault("datacontenttype", "application/json"))))


def _text(name: str, value: Any) -> str:
    """Integers and booleans are attribute types of their own; on the wire they are their canonical string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and -(2**31) <= value < 2**31:
        return str(value)
    if isinstance(value, str):
        return value
    raise NotAnEvent(f"{name} is not of a type that attributes have")


def _data(data: Any, content_type: str) -> bytes:
    try:
        if _JSON_TYPE.fullmatch(content_type):
            return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        if isinstance(data, str):
            return data.encode()
    except (ValueError, RecursionError) as error:
        raise NotAnEvent("the data cannot be written down") from error
    raise NotAnEvent(f"data of type {content_type} must be a string")


def _from_base64(data: Any) -> bytes:
    try:
        return b64decode(data, validate=True)
    except (TypeError, ValueError, NotBase64) as error:
        raise NotAnEvent("data_base64 is not base64") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def _encoded(value: str) -> str:
    return quote(value, safe=_SAFE) if _NEEDS_ENCODING.search(value) else value


def _decoded(value: str) -> str:
    if "%" not in value:
        return value
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError as error:
        raise NotAnEvent("an attribute is not UTF-8") from error
