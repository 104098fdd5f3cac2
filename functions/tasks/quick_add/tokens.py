"""The text of quick add as words, each knowing where it stands and whether it goes on from the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from functions.tasks.quick_add.company import NAMES

CHUNK = re.compile(r'[#@]"[^"]+"|\S+')
EVERY = re.compile(r"(?:every|each|ev)!", re.IGNORECASE)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(?=\d\d:\d\d)", re.ASCII)
QUOTED = re.compile(r'(?<![\w#@])(?:"[^"]+"|“[^”]+”|«[^»]+»|\'(?=\S)[^\']+(?<=\S)\'|‘[^’]+’)(?!\w)')  # noqa: RUF001
SINGLE_QUOTED = re.compile(r"'[^']+'|‘[^’]+’")  # noqa: RUF001  # of a whole text, whatever is in them
OPENING, CLOSING = "([{\"'“‘«*_~", ".,;:!?)]}\"'”’»…*_~"  # noqa: RUF001
COMMA = re.compile(r"(?<=[^\W\d]),(?=[^\W\d])")

NAMES_BY_BEGINNING: dict[str, list[tuple[str, ...]]] = {}
for _name in NAMES:
    NAMES_BY_BEGINNING.setdefault(_name[0], []).append(_name)


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is in lower case and without the punctuation around it, which is `head` and `tail`; the place is of the
    word alone. A word in quotes has no meaning, so it is empty here.
    """

    word: str
    start: int
    end: int
    head: str = ""
    tail: str = ""


class Text:
    """Behind the last word, and where `after` finds that a phrase cannot go on, there is the empty word."""

    def __init__(self, text: str) -> None:
        self.text = text
        whole = [(0, len(text))] if SINGLE_QUOTED.fullmatch(text.strip()) else []
        quoted = whole or [found.span() for found in QUOTED.finditer(text)]
        self.tokens = [_kept(token, quoted) for token in _tokens(text)]
        self.words = [*(token.word for token in self.tokens), ""]
        for first, last in _names(self.words):
            self.words[first:last] = [""] * (last - first)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> str:
        return self.words[at]

    def after(self, at: int) -> int:
        """Where the word behind this one is, unless a sign or the end of the text comes first: -1, the empty word."""
        following = at + 1
        if at < 0 or following >= len(self.tokens) or self.tokens[at].tail or self.tokens[following].head:
            return -1
        return following

    def skip(self, at: int, *words: str) -> int:
        """Behind one of these words, if one of them is here."""
        return self.after(at) if self.words[at] in words else at

    def shouts(self, at: int) -> bool:
        """There is a ! before the next word, and no space between them."""
        following = self.tokens[at + 1 : at + 2]
        return self.words[at] == "!" and bool(following) and following[0].start == self.tokens[at].end

    def as_written(self, at: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[at].end]


def _names(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(words):
        for name in NAMES_BY_BEGINNING.get(word, ()):
            if tuple(words[at : at + len(name)]) == name:
                yield at, at + len(name)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for chunk in CHUNK.finditer(text):
        start, end = chunk.span()
        if text[start] in "#@" and text[start + 1 : start + 2] == '"' and chunk[0].endswith('"') and end - start > 3:
            tokens.append(Token(chunk[0], start, end))
            continue
        if moment := MOMENT.match(chunk[0]):
            tokens.append(Token(moment[1], start, start + len(moment[1]) + 1))
            start += len(moment[1]) + 1
        elif every := EVERY.match(chunk[0]):
            tokens.append(Token(every[0].lower(), start, start + every.end()))
            start += every.end()
        elif text[start] == "!" and text[start + 1 : start + 2].isalnum():
            tokens.append(Token("!", start, start + 1))
            start += 1
        elif text[start] == "@" and text[start + 1 : start + 2].isdigit():
            tokens.append(Token("@", start, start + 1))
            start += 1
        for since, until in _between_commas(text, start, end):
            tokens.append(_trimmed(text, since, until))
    return tokens


def _between_commas(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if start == end:
        return []
    cuts = [found.end() for found in COMMA.finditer(text, start, end)]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _trimmed(text: str, start: int, end: int) -> Token:
    chunk = text[start:end]
    core = chunk.lstrip(OPENING)
    since = end - len(core)
    core = core.rstrip(CLOSING)
    if not core:  # a sign by itself
        return Token(chunk, start, end)
    until = since + len(core)
    return Token(core.lower().replace("’", "'"), since, until, text[start:since], text[until:end])  # noqa: RUF001


def _kept(token: Token, quoted: Sequence[tuple[int, int]]) -> Token:
    is_quoted = any(start < token.end and token.start < end for start, end in quoted)
    return replace(token, word="") if is_quoted else token
