"""Which phrases say when, and which are part of what is to be done: "dentist friday", but not "Monday blues".

Neighbours are judged together, from the last to the first: whatever stands behind a phrase is known by then.
"""

from collections.abc import Sequence
from itertools import pairwise

from functions.tasks.quick_add.neighbours import (
    APPOINTMENTS,
    BEING,
    BINDING,
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
    PEOPLE,
    PLACING,
    RESTFUL,
    VERBS,
)
from functions.tasks.quick_add.phrases import (
    ADVERB,
    FIRM,
    OF_TIME,
    PLAIN,
    SHY,
    SURE,
    Clock,
    End,
    Phrase,
    Repeat,
    Unclear,
)
from functions.tasks.quick_add.tokens import ORDINALS, Text, number


def standing_by_themselves(text: Text, phrases: Sequence[Phrase]) -> list[Phrase]:
    of_time = [phrase for phrase in phrases if phrase.kind in OF_TIME]
    repeats = any(isinstance(phrase.value, Repeat) for phrase in of_time)
    unclear = any(isinstance(phrase.value, Unclear) and (repeats or not phrase.value.alone) for phrase in of_time)
    unclear = unclear or (repeats and not {"except", "excluding", "unless"}.isdisjoint(text.words))
    unclear = unclear or any(
        text[one.last] in JOINING and one.last + 1 == other.first for one, other in pairwise(of_time)
    )
    kept = [phrase for phrase in phrases if phrase.kind not in OF_TIME and phrase.kind != "priority"]
    around = Company(text, kept)
    has_time = False
    for cluster in reversed(_clusters(text, of_time) if not unclear else []):
        ends = any(isinstance(phrase.value, End) for phrase in cluster)
        if not repeats and (ends or (cluster[0].weekday and text[cluster[0].first] == "from")):
            continue
        if len(cluster) > 1 and cluster[-1].standing is ADVERB and not around.accepts(cluster[-1:], False):
            cluster = cluster[:-1]  # tomorrow weekly report
        if text[cluster[0].first] == "tom" and any(phrase.kind == "date" for phrase in cluster[1:]):
            cluster = cluster[1:]  # email tom tomorrow
        if not around.accepts(cluster, has_time):
            continue
        said = [phrase for phrase in cluster if not isinstance(phrase.value, Unclear)]
        has_time = has_time or any(isinstance(phrase.value, Clock) for phrase in said)
        kept += around.with_for(said)
        around.know(said)
    for phrase in reversed(phrases):
        if phrase.kind == "priority" and around.accepts([phrase], False):
            kept.append(phrase)
            around.know([phrase])
    return sorted(kept, key=lambda phrase: phrase.first)


def _clusters(text: Text, phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    clusters: list[list[Phrase]] = []
    for phrase in phrases:
        if clusters and clusters[-1][-1].last == phrase.first and text.tokens[phrase.first - 1].tail in ("", ","):
            clusters[-1].append(phrase)
        else:
            clusters.append([phrase])
    return clusters


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
        if self._is_bound(first, "end" if clocks and right == "link" else right) or self._is_a_name(cluster):
            return False
        where = "start" if self._begins(first.first) else "amid"
        if right == "being" and where == "amid":
            right = "word"
        elif right == "people":
            right = "being" if first.weekday or first.kind == "repeat" else "word"
        elif right == "word" and where == "start" and self._happens(cluster):
            right = "end"
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
        return "verb" if word in VERBS and goes_on else "word"

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
