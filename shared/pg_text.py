"""Values as PostgreSQL writes and reads them in text, and statements with numbers in the place of names.

The server says what type each parameter has, from where it stands; where it cannot know, the statement casts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import MINYEAR, UTC, date, datetime, time
from uuid import UUID

PLACE = re.compile(r"%(?:\((\w+)\)s|%)")


def numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """`%(name)s` becomes $1, `%%` is a percent sign."""
    names: dict[str, int] = {}

    def number(place: re.Match[str]) -> str:
        return f"${names.setdefault(place[1], len(names) + 1)}" if place[1] else "%"

    text = PLACE.sub(number, statement)
    return text, tuple(names)


def values(names: Sequence[str], given: Mapping[str, object]) -> list[bytes | None]:
    known = WRITERS.get
    return [
        None if (value := given[name]) is None else (known(type(value)) or _writer(type(value)))(value)
        for name in names
    ]


def _text(value: str) -> bytes:
    if "\0" in value:  # libpq would take it for the end
        raise ValueError("PostgreSQL's text has no NUL character.")
    return value.encode()


def _instant(value: datetime) -> bytes:
    """In UTC: the server reads no offset of sixteen hours or more, and Python has no year 0 and no year 10000."""
    if value.tzinfo is not None:
        try:
            value = value.astimezone(UTC)
        except OverflowError:
            return b"-infinity" if value.year == MINYEAR else b"infinity"
    return value.isoformat().encode()


def _array(value: Sequence[object]) -> bytes:
    return b"{%s}" % b",".join(b"NULL" if each is None else _element(_writer(type(each))(each)) for each in value)


def _element(text: bytes) -> bytes:
    return b'"%s"' % text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def _elements(text: bytes) -> list[bytes]:
    """Of an array whose elements need no quotes."""
    return text[1:-1].split(b",") if len(text) > 2 else []


WRITERS: dict[type, Callable[..., bytes]] = {
    str: _text,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"t" if value else b"f",
    UUID: lambda value: value.hex.encode(),
    bytes: lambda value: b"\\x" + value.hex().encode(),
    datetime: _instant,
    date: lambda value: value.isoformat().encode(),
    time: lambda value: value.isoformat().encode(),
    float: lambda value: repr(value).encode(),
    list: _array,
    tuple: _array,
}


def _writer(kind: type) -> Callable[..., bytes]:
    try:
        return WRITERS[kind]
    except KeyError:
        for ancestor in kind.__mro__:
            if ancestor in WRITERS:
                return WRITERS.setdefault(kind, WRITERS[ancestor])
        raise TypeError(f"A {kind.__name__} cannot be a parameter.") from None


# By the number of the column's type. What is not here is cast to one of them by the statement that reads it.
READERS: dict[int, Callable[[bytes], object]] = {
    16: lambda text: text == b"t",
    17: lambda text: bytes.fromhex(text[2:].decode()),
    20: int,
    21: int,
    23: int,
    25: bytes.decode,
    114: bytes.decode,  # json, as it is written
    701: float,
    1082: lambda text: date.fromisoformat(text.decode()),
    1083: lambda text: time.fromisoformat(text.decode()),
    1184: lambda text: datetime.fromisoformat(text.decode()),
    2278: lambda text: None,  # void
    2950: lambda text: UUID(text.decode()),
    2951: lambda text: [UUID(each.decode()) for each in _elements(text)],
}
