"""Which phrases say when, and which are part of what is to be done: "dentist friday", but not "Monday blues".

Neighbours are judged together, from the last to the first: whatever stands behind a phrase is known by then.
"""

from collections.abc import Sequence
from itertools import pairwise

from functions.tasks.quick_add.company import Company
from functions.tasks.quick_add.neighbours import (
    JOINING,
)
from functions.tasks.quick_add.phrases import (
    ADVERB,
    OF_TIME,
    Clock,
    End,
    Phrase,
    Repeat,
    Unclear,
)
from functions.tasks.quick_add.tokens import Text


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
    judged = [phrase for phrase in phrases if phrase.kind == "priority" or (phrase.kind in OF_TIME and not unclear)]
    for cluster in reversed(_clusters(text, judged)):
        if cluster[0].kind == "priority":
            if around.accepts(cluster, False):
                kept += cluster
                around.know(cluster)
            continue
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
    return sorted(kept, key=lambda phrase: phrase.first)


def _clusters(text: Text, phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    clusters: list[list[Phrase]] = []
    for phrase in phrases:
        before = clusters[-1][-1] if clusters else None
        is_behind = before and before.last == phrase.first and text.tokens[phrase.first - 1].tail in ("", ",")
        if before and is_behind and "priority" not in (phrase.kind, before.kind):
            clusters[-1].append(phrase)
        else:
            clusters.append([phrase])
    return clusters
