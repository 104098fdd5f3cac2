"""What may have been meant by a word that is not found: one edit away, for long words two.

An edit is a sign too many, one missing, another one, or two in the wrong order. Nothing is kept for this when tasks
are written: the words one edit away are few enough to be looked up. Of two edits, one is behind the first letters:
those, or what is one edit away from them, begin some words, which are compared. Or both are signs in the wrong order or
too many: these are looked up, too. Not forgiven are two edits among the first letters that miss or mistake a sign.
"""

from collections.abc import Iterator

SHORTEST, LONG = 3, 8  # signs: below the first nothing is forgiven, from the second on two edits are
HEAD = 5  # signs by which words are found that two edits separate from a long one
ALPHABETS = [(first, "".join(map(chr, range(ord(first), ord(last) + 1)))) for first, last in
             ("az", "αω", "аѵ", "աֆ", "את", "ءي", "აჰ")]  # fmt: skip  # noqa: RUF001


def edits(word: str) -> int:
    """Numbers are meant as they are."""
    if len(word) < SHORTEST or not word.isalpha() or not alphabet(word):
        return 0
    return 1 if len(word) < LONG else 2


def alphabet(word: str) -> str:
    return next((letters for _, letters in ALPHABETS if letters[0] <= word[0] <= letters[-1]), "")


def swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def other(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in alphabet(word))


def longer(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in alphabet(word))


def one_edit_away(word: str) -> set[str]:
    """Of three letters, only those in the wrong order or with a fourth: anything else would be any word."""
    near = {*swapped(word), *longer(word)}
    if len(word) > SHORTEST:
        near |= {*other(word), *shorter(word)}
    return near - {word}


def looked_up(word: str) -> set[str]:
    near = one_edit_away(word)
    if edits(word) > 1:
        for first in {*swapped(word), *shorter(word)}:
            near |= {*swapped(first), *shorter(first)}
    return near - {word}


def heads(word: str) -> set[str]:
    """How words begin of which a long one may be two edits away."""
    head = word[:HEAD]
    return {head, *swapped(head), *other(head), *longer(word[: HEAD - 1]), *shorter(word[: HEAD + 1])}


def is_near(found: str, sought: str) -> bool:
    """Whether a word, or of one that is not very short the beginning, may be what was meant."""
    most = edits(sought)
    if not most or len(found) < len(sought) - most:
        return False
    distances = to_beginnings(sought, found[: len(sought) + most])
    if len(sought) > 4 and min(distances[len(sought) - (most > 1) :], default=most + 1) <= most:
        return True
    return len(found) <= len(sought) + most and distances[-1] <= most


def distance(found: str, sought: str) -> int:
    return to_beginnings(sought, found)[-1]


def to_beginnings(sought: str, found: str) -> list[int]:
    """How many edits lie between what was sought and each beginning of a word, the empty one first."""
    before: list[int] = []
    row = list(range(len(found) + 1))
    for number, letter in enumerate(sought, 1):
        earlier, before, row = before, row, [number]
        for at, other_letter in enumerate(found):
            least = min(before[at + 1] + 1, row[at] + 1, before[at] + (letter != other_letter))
            if at and number > 1 and letter == found[at - 1] and sought[number - 2] == other_letter:
                least = min(least, earlier[at - 1] + 1)
            row.append(least)
    return row
