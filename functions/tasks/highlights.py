"""Where a text has what was sought: as parts that are hits and parts that are not, which need no HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from typing_extensions import TypedDict

from functions.tasks import typos
from shared.words import FOLDING, IS_UNSPACED, UNSPACED, WORD, folded

LOOKED_AT = 30_000  # signs of a long text
SHOWN, BEFORE = 160, 40  # signs of it in an answer, and of these before the first hit


class Part(TypedDict):
    text: str
    hit: bool


class Highlighter:
    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        begins = rf"(?<![^\W_{UNSPACED}])"  # where a word begins, but among signs that are written without spaces
        each = sorted(words, key=len, reverse=True)
        said = [("" if IS_UNSPACED.match(word) else begins) + re.escape(word) for word in each]
        self._hit = re.compile(f"(?=({'|'.join(said)}))")  # ahead, for two of them may overlap

    def whole(self, text: str, near: bool = False) -> list[Part] | None:
        """None: it has nothing of it. `near`: also what may have been meant."""
        spans = self._spans(text, near)
        return parts(text, spans, 0, len(text)) if spans else None

    def some(self, text: str, near: bool = False) -> list[Part] | None:
        """What stands around the first hit."""
        text = text[:LOOKED_AT]
        spans = self._spans(text, near)
        if not spans:
            return None
        since = max(0, spans[0][0] - BEFORE)
        if since:
            since = text.find(" ", since, spans[0][0]) + 1 or since
        until = min(len(text), max(since + SHOWN, spans[0][1]))
        cut = parts(
            text, [(max(first, since), min(last, until)) for first, last in spans if first < until], since, until
        )
        return [*elided(since > 0), *cut, *elided(until < len(text))]

    def _spans(self, text: str, near: bool) -> list[tuple[int, int]]:
        plain = folded(text)
        found = self._found(plain, near)
        if not text.isascii():  # what is one sign may be two when folded, or none
            ends = list(accumulate(len(FOLDING[ord(sign)]) for sign in text))
            found = ((bisect_right(ends, first), bisect_right(ends, last - 1) + 1) for first, last in found)
        joined: list[tuple[int, int]] = []
        for first, last in found:
            if joined and first <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(last, joined[-1][1])
            else:
                joined.append((first, last))
        return joined

    def _found(self, plain: str, near: bool) -> Iterator[tuple[int, int]]:
        if not near:
            return (found.span(1) for found in self._hit.finditer(plain))
        known: dict[str, bool] = {}
        spans = []
        for found in WORD.finditer(plain):
            word = found[0]
            if word not in known:
                known[word] = any(word.startswith(sought) or typos.is_near(word, sought) for sought in self._words)
            if known[word]:
                spans.append(found.span())
        return iter(spans)


def parts(text: str, spans: Sequence[tuple[int, int]], since: int, until: int) -> list[Part]:
    cut: list[Part] = []
    for first, last in spans:
        if since < first:
            cut.append({"text": text[since:first], "hit": False})
        cut.append({"text": text[first:last], "hit": True})
        since = last
    if since < until:
        cut.append({"text": text[since:until], "hit": False})
    return cut


def elided(more: bool) -> list[Part]:
    return [{"text": "…", "hit": False}] if more else []
