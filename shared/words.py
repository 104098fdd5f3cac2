"""The words of what people write, as they are kept to be found: made in one way of what is saved and of what is sought.

A word is folded: without case, accents and the like (`ß` is ss, `ø` is o). Chinese, Japanese, Thai and others write
no spaces: there, every two signs that stand together are a word. A picture is one, and so are `c++` and `c#`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST = 40  # signs of a word; by then it is found
MOST = 10_000  # different words of one text; a text of more is found by its first ones
ROOM = 150_000  # signs of all of them, far below what one tsvector holds
MOST_SOUGHT = 10  # words of a search; more would find no less than these

UNMARKED = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th",
            "ŋ": "n", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ə": "e", "ĸ": "k"}  # fmt: skip
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
PICTURES = "\u2190-\u245f\u2500-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
WORD = re.compile(rf"[{UNSPACED}]+|[{PICTURES}]|[^\W_{UNSPACED}]+(?:\+\+|\#)?")
ASCII_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")
IS_UNSPACED = re.compile(rf"[{UNSPACED}]")


class Folding(dict[int, str]):
    """What each sign becomes. Looked up once; forgotten when somebody tries them all."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        kept = (sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
        folded = "".join(UNMARKED.get(sign, sign) for sign in kept)
        if 0x1F3FB <= code <= 0x1F3FF or code == 0x640:  # a picture's colour of skin; what only stretches a word
            folded = ""
        if len(self) > 20_000:
            self.clear()
        self[code] = folded
        return folded


FOLDING = Folding()


def folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(FOLDING)


def in_text(text: str) -> Iterator[str]:
    """Every word of a text that is to be found, in order."""
    text = folded(text)
    if text.isascii() and "+" not in text and "#" not in text:
        yield from (word[:LONGEST] for word in ASCII_WORD.findall(text))
        return
    for word in WORD.findall(text):
        if word[-1] in "+#":
            yield word.rstrip("+#")[:LONGEST]
        if IS_UNSPACED.match(word):
            yield from (word[at : at + 2] for at in range(len(word)))
        else:
            yield word[:LONGEST]


def of_task(title: str, notes: str) -> str:
    """Each word with where it stands: `a` in the title, `n` in the notes alone."""
    called = dict.fromkeys(in_text(title))
    noted = dict.fromkeys(in_text(notes)) if notes else {}
    return _kept([*(f"a{word}" for word in called), *(f"n{word}" for word in noted if word not in called)])


def of_comment(text: str) -> str:
    return _kept([f"c{word}" for word in dict.fromkeys(in_text(text))])


def _kept(words: list[str]) -> str:
    text = " ".join(words[:MOST])
    return text if len(text) <= ROOM else text[: text.rindex(" ", 0, ROOM)]


def in_search(text: str) -> list[str]:
    """What has to be found, each once."""
    found: dict[str, None] = {}
    for word in WORD.findall(folded(text[:1000])):
        if IS_UNSPACED.match(word):
            found |= dict.fromkeys(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        else:
            found[word[:LONGEST]] = None
    return list(found)[:MOST_SOUGHT]


class Lexeme(NamedTuple):
    """As the index has it, but for the user's key, which stands before all of a user's lexemes."""

    where: str
    word: str
    begins: bool = False  # whether a longer word that begins so will do

    def __str__(self) -> str:
        return f"'~{self.where}{self.word}'{':*' if self.begins else ''}"


def any_of(lexemes: Iterable[object]) -> str:
    return f"({' | '.join(map(str, lexemes))})"


def all_of(parts: Iterable[str]) -> str:
    return " & ".join(parts)


def query(text: str) -> str | None:
    """A tsquery, with `~` for the user's key: every word in the title or the notes. None: there is nothing to seek."""
    words = in_search(text)
    return all_of(any_of(Lexeme(where, word, True) for where in "an") for word in words) or None
