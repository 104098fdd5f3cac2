"""The text of quick add as words, each knowing where it stands; and those words that have a value, as days have."""

import re
from collections.abc import Iterator, Sequence
from datetime import time
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WORKDAYS = (0, 1, 2, 3, 4)
SATURDAY = 5

WEEKDAYS: dict[str, int] = {}
PLURALS: dict[str, int] = {}  # mondays, as in "on mondays"
ABBREVIATIONS: set[str] = set()  # there may be a dot behind them
for _number, _names in enumerate(
    ("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri", "saturday sat",
     "sunday sun")
):  # fmt: skip
    WEEKDAYS |= dict.fromkeys(_names.split(), _number)
    ABBREVIATIONS |= set(_names.split()[1:])
    PLURALS |= dict.fromkeys((f"{name}s" for name in _names.split() if not name.endswith("s")), _number)
for _name in PLURALS.keys() & WEEKDAYS:  # tues, thurs
    del PLURALS[_name]
SHY_WEEKDAYS = {"mon", "wed", "sat", "sun"}  # words by themselves, or nearly so

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sept sep", "october oct", "november nov", "december dec"), 1
):  # fmt: skip
    MONTHS |= dict.fromkeys(_names.split(), _number)
    ABBREVIATIONS |= set(_names.split()[1:])
SHY_MONTHS = {"may", "march", "mar"}

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = {word: number for number, word in enumerate(_NUMBERS, 1)}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}

UNITS = {
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "day": "day", "days": "day", "week": "week",
    "weeks": "week", "wk": "week", "wks": "week", "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "yr": "year", "yrs": "year",
}  # fmt: skip
EVERY = ("every", "each", "ev", "every!", "each!", "ev!")
ADVERBS = {
    "hourly": "hour", "daily": "day", "everyday": "day", "weekly": "week", "fortnightly": "fortnight",
    "biweekly": "fortnight", "bi-weekly": "fortnight", "monthly": "month", "quarterly": "quarter", "yearly": "year",
    "annually": "year",
}  # fmt: skip
MINUTES = {"min": 1, "mins": 1, "minute": 1, "minutes": 1, "hour": 60, "hours": 60, "hr": 60, "hrs": 60, "h": 60}

PARTS = {
    "morning": time(9), "noon": time(12), "midday": time(12), "afternoon": time(12), "evening": time(19),
    "night": time(22),
}  # fmt: skip
# Eight in the evening is twenty o'clock, and one in the evening is no time.
HOURS = {"morning": range(12), "afternoon": range(12, 19), "evening": range(16, 24), "night": range(18, 24)}

NAMES = [
    tuple(name.split())
    for name in ("saturday night live", "saturday night fever", "friday night lights", "friday night funkin",
                 "any given sunday", "sunday bloody sunday", "high noon", "usa today", "today show", "tonight show",
                 "day after tomorrow never", "tomorrow never dies", "world in 80 days", "two and a half men",
                 "man who was thursday", "friday the 13th", "fourth of july", "cinco de mayo", "day by day",
                 "in two minds", "one in a million", "24 hours in a day", "nine to five", "9 to 5", "before sunrise",
                 "world of tomorrow", "sunday times", "daily mail", "daily telegraph", "daily mirror", "daily show",
                 "never on sunday", "his girl friday", "3:10 to yuma", "midnight sun", "sunday best", "vampire weekend",
                 "second hand", "2nd hand", "today in history", "today i learned", "midday sun",
                 "last week tonight", "weekend update", "o'clock news", "o'clock shadow", "o'clock position")
]  # fmt: skip  # they are text as if they were quoted
HYPHEN = re.compile("[-–]")  # noqa: RUF001  # amid a word
TO = ("-", "–", "—", "to", "till", "until", "through")  # noqa: RUF001  # from one thing to another
CHUNK = re.compile(r'[#@]"[^"]+"|\S+')
FROM_COMPLETION = re.compile(r"([(\[]?)((?:every|each|ev)!)", re.IGNORECASE)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(?=\d\d:\d\d)", re.ASCII)
QUOTED = re.compile(r'(?<![\w#@])(?:"[^"]+"|“[^”]+”|«[^»]+»|\'(?=\S)[^\']+(?<=\S)\'|‘[^’]+’)(?!\w)')  # noqa: RUF001
SINGLE_QUOTED = re.compile(r"'[^']+'|‘[^’]+’")  # noqa: RUF001  # of a whole text, whatever is in them
OPENING, CLOSING = "([{\"'“‘«*_~", ".,;:!?)]}\"'”’»…*_~"  # noqa: RUF001
COMMA = re.compile(r"(?<=[^\W\d]),(?=[^\W\d])")

NAMES_BY_BEGINNING: dict[str, list[tuple[str, ...]]] = {}
for _words in NAMES:
    NAMES_BY_BEGINNING.setdefault(_words[0], []).append(_words)


class Token(NamedTuple):
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
        for first, last in _places_of_names(self.words):
            self.words[first:last] = [""] * (last - first)
        joined = (_is_joined(one, other) for one, other in pairwise(self.tokens))
        self._after = [*(at if is_joined else -1 for at, is_joined in enumerate(joined, 1)), -1, -1]

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, at: int) -> str:
        return self.words[at]

    def after(self, at: int) -> int:
        """Where the word behind this one is, unless a sign or the end of the text comes first: -1, the empty word."""
        return self._after[at]

    def skip(self, at: int, *words: str) -> int:
        """Behind one of these words, if one of them is here."""
        return self.after(at) if self.words[at] in words else at

    def shouts(self, at: int) -> bool:
        """There is a ! before the next word, and no space between them."""
        following = self.tokens[at + 1 : at + 2]
        return self.words[at] == "!" and bool(following) and following[0].start == self.tokens[at].end

    def as_written(self, at: int) -> str:
        return self.text[self.tokens[at].start : self.tokens[at].end]


def _is_joined(one: Token, other: Token) -> bool:
    """By nothing but space; Mar. 12 and Fri. 9:30 are joined, too."""
    is_short = one.tail == "." and one.word in ABBREVIATIONS and other.word[:1].isdigit()
    return (not one.tail or is_short) and not other.head


def _places_of_names(words: Sequence[str]) -> Iterator[tuple[int, int]]:
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
        elif every := FROM_COMPLETION.match(chunk[0]):
            tokens.append(Token(every[2].lower(), start + every.start(2), start + every.end(), every[1]))
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
    return token._replace(word="") if is_quoted else token


@lru_cache
def number(word: str, most: int = 999) -> int | None:
    """Of "3", or "three"."""
    is_short = word.isascii() and word.isdigit() and len(word) <= 4
    value = int(word) if is_short else NUMBERS.get(word, 0)
    return value if 1 <= value <= most else None


@lru_cache
def ordinal(word: str) -> int | None:
    """Of "3rd", or "third"."""
    digits = word[:-2]
    if digits.isascii() and digits.isdigit() and len(digits) <= 2:
        value = int(digits)
        ending = "th" if 10 < value < 20 else ENDINGS.get(value % 10, "th")
        return value if word[-2:] == ending and 1 <= value <= 31 else None
    return ORDINALS.get(word)


def day_number(word: str) -> int | None:
    """Of "4", "4th" or "fourth"."""
    return number(word, 31) if word.isdigit() else ordinal(word)


def counted_unit(text: Text, at: int) -> tuple[int, int | None, str]:
    """The last word, the number and the unit of "3 days", "3d" or "an hour"."""
    word = text[at]
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits and digits != word:
        return at, number(digits), word[len(digits) :]
    last = text.after(at)
    return last, 1 if word in ("a", "an") else number(word), text[last]
