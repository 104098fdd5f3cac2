"""What is left of a text when phrases are taken out of it, with the signs and spaces that served them alone."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace

from functions.tasks.quick_add.phrases import Kind, Phrase
from functions.tasks.quick_add.tokens import QUOTED, SINGLE_QUOTED, Text, Token

GONE = "\ud800"  # in no text: UTF-8 cannot write it
SERVING = [
    re.compile(r"\ud800+[,;](?=\s*\ud800)"),  # between two of them
    re.compile(r"[(\[{]\s*\ud800[\ud800\s]*[)\]}]"),  # (tomorrow)
    re.compile(r"\A\s*\ud800[\ud800\s]*(?:[,;:.]+|[-–—|](?=\s))"),  # tomorrow: …  # noqa: RUF001
    re.compile(r"(?:[,;:]|(?<=\s)[-–—|])\s*\ud800[\ud800\s]*(?=[.!?…]*\s*\Z)"),  # …, tomorrow  # noqa: RUF001
]
HOLE = re.compile(r"\s*\ud800(?:[\ud800\s]*\ud800)?([,;.!?:)\]]?)")
DOTTED = re.compile(r"\d*[ap]\.m|\d\d?\.\d\d?")  # 9 a.m., 24.12.
SIGNS = set(string.punctuation + string.whitespace + "–—…·•“”‘’«»\ud800")  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Span:
    """In characters (code points): `text[start:end]`."""

    start: int
    end: int
    kind: Kind


def spans_of(text: Text, phrases: Sequence[Phrase]) -> list[Span]:
    """Parentheses around them, and a comma that set them apart, belong to them."""
    spans = [Span(text.tokens[each.first].start, _end(text.tokens[each.last - 1]), each.kind) for each in phrases]
    for serving in SERVING:
        holed = _holed(text.text, spans)
        for found in serving.finditer(holed):
            start, end = found.span()
            inside = [number for number, span in enumerate(spans) if start <= span.start and span.end <= end]
            first, last = inside[0], inside[-1]
            spans[first] = replace(spans[first], start=start + len(found[0]) - len(found[0].lstrip()))
            spans[last] = replace(spans[last], end=start + len(found[0].rstrip()))
    return spans


def _end(token: Token) -> int:
    return token.end + bool(DOTTED.fullmatch(token.word) and token.tail.startswith("."))


def title_of(text: str, spans: Sequence[Span]) -> str:
    """Empty, if nothing but signs is left."""
    left = HOLE.sub(lambda found: found[1] or " ", _holed(text, spans))
    title = " ".join(left.split())
    if all(sign in SIGNS for sign in title):
        return ""
    if QUOTED.fullmatch(title) or (not spans and SINGLE_QUOTED.fullmatch(title)):
        return title[1:-1].strip() or title
    return title


def _holed(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + GONE * (span.end - span.start) + text[span.end :]
    return text
