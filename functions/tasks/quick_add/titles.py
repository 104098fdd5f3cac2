"""Which phrases say when, and which are part of what is to be done: "dentist friday", but not "Monday blues".

Neighbours are judged together, from the last to the first: whatever stands behind a phrase is known by then.
"""

from collections.abc import Sequence
from itertools import pairwise

from functions.tasks.quick_add.phrases import ADVERB, FIRM, OF_TIME, SHY, SURE, Clock, End, Phrase, Repeat, Unclear
from functions.tasks.quick_add.tokens import ORDINALS, Text, number


def _words(listed: str) -> set[str]:
    return set(listed.split())


# A preposition or an article before it makes it part of the text: "reply to friday's", "before noon", "the weekend".
BINDING = _words("""
    of since until till before after around about to than between versus vs during through except not like per via
    into within without towards toward the a an my your his her its our their some any no each every is was it's
    were are another last previous past what which whose once twice called named titled
""")
PLACING = _words("at in on to for of the a from")  # before a P3 that is no priority
COMMON = _words("""
    day days week weeks month months year years hour hours minute minutes night morning evening afternoon after the
    first second third last every each
""")
ENJOYED = _words("watch rewatch see read reread hear play finish")  # Every Day, The First Monday in May
NUMBERED = _words("""
    chapter chapters page pages part parts step section season episode level unit lesson room floor gate platform
    terminal bus route line exit no number lap version release build issue ticket figure table volume vol act scene
    verse ratio score scored scale size psalm psalms symphony phase question exercise genesis exodus leviticus
    numbers deuteronomy joshua judges samuel kings chronicles ezra nehemiah esther job proverbs ecclesiastes isaiah
    jeremiah ezekiel daniel hosea matthew mark luke john acts romans corinthians galatians ephesians hebrews
    philippians colossians thessalonians timothy titus james peter revelation sura won interstate highway flight
    train grade class priority zone gb parking
""")
EPITHETS = _words("""
    black good holy ash palm easter cyber super shrove giving pancake ruby fat manic casual happy bloody blue freaky
    gloomy taco throwback meatless maundy small stormy motivation wacky tgi
""")
RESTFUL = _words("""
    nice good great long whole happy holiday relaxing spa lovely wonderful dream perfect romantic busy lost wedding
    family girls golf ski city all
""")
LINKING = _words("""
    about with to for in at on by from before after if because so when while unless re regarding via or but and then
    without using until till instead again please pls asap & + as during since not due sharp latest
""")
BEING = _words("""
    is isn't are was were will won't would can can't could should must may might has had does did never always be
    been i'm we're you're it's comes i'll we'll you'll means matters counts feels looks seems goes belongs knows
""")
PEOPLE = _words("i we you he she they it people someone everyone nobody")
EVERYDAY = _words("""
    carry life hero heroes use wear people items objects count matters low essentials problems tasks things clothes
    language sexism magic english person
""")
DASHES = {"-", "–", "—", "|", "·", "•", "/", "→", "->"}  # noqa: RUF001
OCCUPIED = _words("""
    plan prepare prep schedule organise organize enjoy survive celebrate reserve block save remember postpone replan
    reschedule cancel ruin hate love dread watch
""")
VERBS = _words("""
    accept add adjust announce answer apply approve arrange ask assemble assign attend backup bake bathe begin bike
    bill book borrow bring brush build buy call cancel change charge chase check choose clean clear close collect
    compile complete configure confirm congratulate contact continue convert cook copy create cut decide declutter
    decorate defrost delete deliver deploy deposit design destroy discuss do donate download draft draw drink drive
    drop dust eat edit email empty exchange exercise experiment explain fax feed fetch file fill finalise finalize
    find finish fix fly fold follow forward freeze get give go grab greet grind groom hand handle hang harvest have
    help hire hold hoover hug implement improve inform inspect install interview invite invoice iron jog join kick
    kill label laminate launch lead learn leave lend let listen load lock look lubricate mail make measure meditate
    meet mend merge migrate mix mop move mow name negotiate note notify observe obtain offer oil open order organise
    organize pack paint park pay phone pick ping place plan plant play polish post practice practise prepare present
    press print process proofread prune publish pull pump purchase push put raise reach read rebook receive recharge
    record recycle redo refactor refill register release remind remove renew rent repair repeat replace reply report
    repot request reschedule research reserve reset resolve respond rest restart restock retrieve return review
    rewrite ride ring rinse run save scan schedule scrub search see sell send set sew sharpen shave ship shop shovel
    show sign sketch skype sleep slice smoke sort speak start stop store stretch study submit subscribe sweep swim
    sync take talk teach tell test text thank tidy trade train transfer translate trim try tune turn unpack
    unsubscribe update upgrade upload use vacuum verify visit vote wait wake walk wash watch water weed weigh
    whatsapp wipe withdraw work wrap write zip
""")


def standing_by_themselves(text: Text, phrases: Sequence[Phrase]) -> list[Phrase]:
    of_time = [phrase for phrase in phrases if phrase.kind in OF_TIME]
    repeats = any(isinstance(phrase.value, Repeat) for phrase in of_time)
    unclear = any(isinstance(phrase.value, Unclear) and (repeats or not phrase.value.alone) for phrase in of_time)
    unclear = unclear or (repeats and not {"except", "excluding", "unless"}.isdisjoint(text.words))
    unclear = unclear or any(text[one.last] == "or" and one.last + 1 == other.first for one, other in pairwise(of_time))
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
        if word in BINDING:
            return True
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
