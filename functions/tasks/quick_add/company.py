"""The words around a phrase: whether among them it says when, or is part of what is to be done."""

from collections.abc import Sequence

from functions.tasks.quick_add.neighbours import (
    ACTS_OR_THINGS,
    APPOINTMENTS,
    BEFORE_THINGS,
    BEING,
    BINDING,
    CARRYING,
    COMMON,
    DASHES,
    ENJOYED,
    EPITHETS,
    EVERYDAY,
    GATHERINGS,
    JOINING,
    LINKING,
    NUMBERED,
    OCCUPIED,
    ORDERED,
    PEOPLE,
    PLACING,
    RESTFUL,
    VERBS,
    WORKS,
)
from functions.tasks.quick_add.phrases import (
    ADVERB,
    FIRM,
    PLAIN,
    SHY,
    SURE,
    Clock,
    Phrase,
)
from functions.tasks.quick_add.tokens import ORDINALS, Text, number, ordinal

APOSTROPHES = ("'", "’")  # noqa: RUF001


class Company:
    def __init__(self, text: Text, marks: Sequence[Phrase]) -> None:
        self.text = text
        self._aside: set[int] = {
            at for at, token in enumerate(text.tokens) if not any(map(str.isalnum, text.as_written(at)))
        }
        self.know(marks)
        self._leading = 0  # so many tokens are before the sentence begins
        while self._leading < len(text) and self._leading in self._aside:
            self._leading += 1

    def know(self, phrases: Sequence[Phrase]) -> None:
        """They are no words of the sentence."""
        self._aside.update(at for phrase in phrases for at in range(phrase.first, phrase.last))

    def accepts(self, cluster: Sequence[Phrase], has_time: bool) -> bool:
        first, last = cluster[0], cluster[-1]
        right = self._behind(last.last)
        clocks = any(isinstance(phrase.value, Clock) and phrase.standing is not SHY for phrase in cluster)
        if self._is_bound(first, "end" if clocks and right == "link" else right) or self._owns(last):
            return False
        if self._is_a_name(cluster):
            return False
        where = "start" if self._begins(first.first) else "amid"
        if right == "being" and where == "amid":
            right = "word"
        elif right == "people":
            right = "being" if first.weekday or first.kind == "repeat" else "word"
        elif right == "word" and where == "start" and self._happens(cluster):
            right = "end"
        if where == "start" and right != "end" and self._carries_on(cluster):
            right = "rest"
        wide = {place for phrase in cluster for place in phrase.standing}
        if (clocks and len(cluster) > 1) or (has_time and last.standing is not ADVERB):
            is_dated = clocks and any(phrase.kind == "date" and phrase.standing is FIRM for phrase in cluster)
            wide |= SURE if is_dated else FIRM  # flight 4 may 9:40 terminal 2
        is_everyday = first.kind == "repeat" and self.text[last.last] in EVERYDAY and right != "end"
        return f"{where} {right}" in wide and not is_everyday and not self._is_object(first, where, right)

    def with_for(self, cluster: list[Phrase]) -> list[Phrase]:
        """What a cake for friday is for."""
        if cluster and cluster[0].first and self.text[cluster[0].first - 1] == "for":
            return [cluster[0]._replace(first=cluster[0].first - 1), *cluster[1:]]
        return cluster

    def _begins(self, at: int) -> bool:
        if at <= self._leading:
            return True
        before = self.text.tokens[at - 1]
        return before.tail[-1:] in (".", ";", ":", "!", "?", ",") if before.tail else before.word in DASHES

    def _behind(self, at: int) -> str:
        if (
            at >= len(self.text)
            or self.text.tokens[at - 1].tail
            or self.text.tokens[at].head
            or (at in self._aside and self.text[at] not in LINKING)
        ):
            return "end"
        word = self.text[at]
        for name, words in (("link", LINKING), ("being", BEING), ("people", PEOPLE)):
            if word in words:
                return name
        goes_on = any(each not in self._aside for each in range(at + 1, len(self.text)))
        is_thing = word in ACTS_OR_THINGS and self.text[at + 1] == "of"  # a draft of it
        return "verb" if word in VERBS and goes_on and not is_thing else "word"

    def _happens(self, cluster: Sequence[Phrase]) -> bool:
        """Friday dentist, next week lunch with Ann; but not "Friday drinks", and no "5th interview"."""
        [first, *others] = cluster
        if others or first.kind != "date" or not (first.weekday or first.standing is PLAIN):
            return False
        what, following = first.last, self.text.after(first.last)
        if self.text[what] in GATHERINGS and self.text[following] == "with" and not first.numeric:
            return True
        while self.text[following] in APPOINTMENTS:
            what, following = following, self.text.after(following)
        return self.text[what] in APPOINTMENTS and self._behind(what + 1) in ("end", "link")

    def _carries_on(self, cluster: Sequence[Phrase]) -> bool:
        """With what is behind it at the start of a title: that would make no sense alone, or be something else."""
        at = cluster[-1].last
        word, is_object = self.text[at], self.text[at + 1] in BEFORE_THINGS
        if word in JOINING or (word in ORDERED and ordinal(self.text[at - 1]) and not is_object):
            return True
        if "amid word" in cluster[-1].standing or any(phrase.numeric for phrase in cluster):
            return False
        if word in CARRYING:
            return not self._says_what_to_do(at)
        acts = word in VERBS and (word not in ACTS_OR_THINGS or is_object)
        return not acts and self.text[self._last_word()] in WORKS

    def _owns(self, last: Phrase) -> bool:
        """In two weeks' time."""
        return self.text[last.last - 1].endswith("s") and self.text.tokens[last.last - 1].tail in APOSTROPHES

    def _says_what_to_do(self, at: int) -> bool:
        """Friday after work buy milk."""
        return any(
            self.text.tokens[each - 1].tail
            or (self._behind(each) == "verb" and self.text[each - 1] not in BEFORE_THINGS)
            for each in range(at + 1, len(self.text))
        )

    def _last_word(self) -> int:
        return max((at for at in range(len(self.text)) if at not in self._aside), default=-1)

    def _is_bound(self, first: Phrase, right: str) -> bool:
        """By what stands before it."""
        at = first.first - 1
        if at < 0 or self.text.tokens[at].tail or at in self._aside:
            return False
        word = self.text[at]
        numbered = word in NUMBERED and not number(self.text[at - 1])  # chapter 12, but not 12 chapters
        if first.kind == "priority":
            return self.text[first.first] != "!" and (word in PLACING or numbered)
        if word == "for":
            return right != "end" or first.standing == SHY or first.led
        if word in BINDING or (word in JOINING and "between" in self.text.words[max(at - 3, 0) : at]):
            return True
        if word in ("week", "weeks", "fortnight") and (self.text[at - 1] in ("a", "one") or number(self.text[at - 1])):
            return first.kind == "date" and not first.led  # a week today
        if first.led:
            return False
        if first.numeric:
            return numbered or word.endswith(("'s", "s'"))
        if self.text[first.first] == "weekend":
            return word in RESTFUL
        is_joined = first.kind == "date" and word in ("and", "or", "&")
        return is_joined or (first.weekday and (word in EPITHETS or word in ORDINALS))

    def _is_a_name(self, cluster: Sequence[Phrase]) -> bool:
        """Tom, and the SAT."""
        for phrase in cluster:
            word, written = self.text[phrase.last - 1], self.text.as_written(phrase.last - 1)
            if word == "sat" and phrase.kind == "date" and written.isupper() and not self.text.text.isupper():
                return True
            if self._has_capitals(phrase):
                return True
            if word != "tom" or phrase.kind != "date":
                continue
            if self._takes_whom(phrase.first - 1) or (phrase.first == 0 and len(cluster) == 1):
                return True
            if not (written.islower() or self.text.text.isupper()):
                return True
        return False

    def _takes_whom(self, at: int) -> bool:
        """A verb that begins something, as in "call tom"; the one in "pay rent tom" is none."""
        before = self.text[at]
        begins = self._begins(at) or self.text[at - 1] in LINKING
        return before in LINKING or (before in VERBS and begins)

    def _has_capitals(self, phrase: Phrase) -> bool:
        """What is read or watched has a name."""
        if not phrase.first or self.text[phrase.first - 1] not in ENJOYED:
            return False
        inside = range(phrase.first, phrase.last)
        capital = any(self.text[at] in COMMON and self.text.as_written(at).istitle() for at in inside)
        author = phrase.last + 1
        if capital and self.text[phrase.last] == "by" and author < len(self.text):
            return self.text.as_written(author).istitle()
        return capital and any(
            token.word and self.text.as_written(at).islower() and len(token.word) > 2 and token.word.isalpha()
            for at, token in enumerate(self.text.tokens)
        )

    def _is_object(self, first: Phrase, where: str, right: str) -> bool:
        """What is planned when all that is said is "plan next week"."""
        at = first.first - 1
        return (
            where == "amid" and right == "end" and not first.led and first.kind == "date"
            and self._begins(at) and self.text[at] in OCCUPIED
        )  # fmt: skip
