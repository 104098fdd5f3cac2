"""The hits of a search: stage by stage, the best first, and last what may have been meant."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID

from functions.tasks import typos
from functions.tasks.ladders import Forms, Ladder
from shared import db
from shared.libpq import KEPT
from shared.shapes import Task
from shared.words import any_of, in_text

if TYPE_CHECKING:
    from shared.filters.conditions import Condition

sql = db.queries(__file__, "hunting")

IN_TASK, IN_COMMENTS, MEANT, MEANT_IN_COMMENTS = 0, 7, 8, 15  # the first of the stages in which hits come
STAGES = range(MEANT_IN_COMMENTS + 1)
FEW = 5  # hits; with fewer, what may have been meant is sought, too
MANY = 3  # of the newest 300 tasks; where more are hits, hits are sought among the newest
VARIED, MOST_MEANT = 4, 30  # words that may have been mistyped, and those that one of them may have been
KEY = 6  # signs of a user's key
LAST = UUID(int=2**128 - 1)
NOTHING = "'~!'"  # no lexeme has a sign that is in no word


@dataclass(frozen=True)
class Place:
    """Behind which hit a page begins, and how many that have what was sought were before it."""

    stage: int = -1
    at: str = "infinity"
    id: UUID = LAST
    seen: int = 0


@dataclass
class Hit:
    document: str
    stage: int

    def __post_init__(self) -> None:
        self.task: Task = json.loads(self.document)


class Hunt:
    def __init__(
        self,
        tx: db.Transaction,
        user_id: UUID,
        words: list[str],
        tags: Mapping[UUID, str],
        place: Place,
        wanted: int,
        condition: "Condition | None",
    ) -> None:
        self.condition, self.values = (condition.text, condition.values) if condition else ("true", {})
        self.tx, self.user_id, self.words, self.place, self.wanted = tx, user_id, words, place, wanted
        self.key = str(user_id)[-KEY:]
        self.tags = tags
        self.tag_words = {tag: set(in_text(name)) for tag, name in tags.items()}
        self.complete = True
        exact = [Forms([(word, False)], self._tags(lambda said, word=word: said == word)) for word in words]
        loose = [Forms([(word, True)], self._tags(lambda said, word=word: said.startswith(word))) for word in words]
        self.ladder = self.meant = Ladder.of(exact, loose)

    def _tags(self, fits: Any) -> list[UUID]:
        return [tag for tag, words in self.tag_words.items() if any(map(fits, words))]

    async def hits(self) -> list[Hit]:
        hits: list[Hit] = []
        if self.place.stage < IN_COMMENTS:
            hits = await (self._newest() if await self._are_many() else self._by_index(self.ladder, IN_TASK))
        if len(hits) < self.wanted and self.place.stage <= IN_COMMENTS:
            hits += await self._in_comments(self.ladder, IN_COMMENTS, self.wanted - len(hits))
        are_few = len(hits) < self.wanted and self.place.seen + len(hits) < FEW
        if are_few or self.place.stage >= MEANT:
            hits += await self._meant(self.wanted - len(hits), bool(self.place.seen or hits))
        return hits

    async def _are_many(self) -> bool:
        row = await self.tx.one(sql.density, user_id=self.user_id, whole=self.keyed(self.ladder.whole))
        return bool(row["hits"] > MANY)

    async def _newest(self) -> list[Hit]:
        """Stage by stage, none of which needs more than its newest hits."""
        hits: list[Hit] = []
        stages = self.ladder.stages
        for number in range(max(self.place.stage, 0), len(stages)):
            missing = self.wanted - len(hits)
            if not missing or stages[number] in stages[:number]:
                continue
            apart = any_of(f"({stage})" for stage in dict.fromkeys(stages[:number])) if number else NOTHING
            asked: dict[str, Any] = {"whole": stages[number], "apart": apart, "stage": number, "limit": missing}
            newest = await self._ask(sql.newest_of_stage, **asked, **self._behind(number))
            if len(newest) < missing:
                newest = await self._by_index(self.ladder.only(number), number, apart, missing)
            hits += newest
        return hits

    async def _by_index(
        self, ladder: Ladder, first: int, apart: str = NOTHING, limit: int | None = None, known: Sequence[UUID] = ()
    ) -> list[Hit]:
        asked: dict[str, Any] = {f"stage{number}": self.keyed(stage) for number, stage in enumerate(ladder.stages[:6])}
        asked |= {"narrow": self.keyed(ladder.narrow), "whole": ladder.whole, "apart": apart, "known": list(known)}
        asked |= {"first": first, "limit": self.wanted if limit is None else limit, "stage": self.place.stage}
        return await self._ask(sql.by_index, **asked, **self._behind(self.place.stage))

    async def _in_comments(self, ladder: Ladder, first: int, limit: int, known: Sequence[UUID] = ()) -> list[Hit]:
        return await self._ask(
            sql.in_comments, spoken=ladder.spoken, words=[self.keyed(word) for word in ladder.words], first=first,
            apart=ladder.whole, known=list(known), limit=limit, stage=self.place.stage, **self._behind(first),
        )  # fmt: skip

    async def _meant(self, limit: int, some: bool) -> list[Hit]:
        """Of words that are there, only one that is sought alone, or all when there are no hits, were mistyped."""
        forms = [Forms([(word, True)], each.tags) for word, each in zip(self.words, self._meant_tags(), strict=True)]
        varied = [each for each in forms if typos.edits(each.words[0][0])][:VARIED]
        if len(self.words) > 1:
            there = await self._written(self.words, 1)
            unknown = [each for each in varied if each.words[0][0] not in there]
            varied = unknown if unknown or some else varied
        for each in varied:
            each.words += await self._near(each.words[0][0])
        if not varied:
            return []
        self.meant = Ladder.of(forms, forms)
        place, self.place = self.place, Place()  # what is found already, on whatever page
        known = [UUID(hit.task["id"]) for hit in await self._in_comments(self.ladder, IN_COMMENTS, FEW)]
        self.place = place
        hits: list[Hit] = []
        if place.stage < MEANT_IN_COMMENTS:
            hits = await self._by_index(self.meant, MEANT, self.ladder.whole, limit, known)
        if len(hits) < limit:
            hits += await self._in_comments(self.meant, MEANT_IN_COMMENTS, limit - len(hits), known)
        return hits

    def _meant_tags(self) -> list[Forms]:
        return [
            Forms([], self._tags(lambda said, word=word: said.startswith(word) or typos.is_near(said, word)))
            for word in self.words
        ]

    async def _near(self, word: str) -> list[tuple[str, bool]]:
        """Words that are there and may have been meant; whether a longer one that begins so will do."""
        long_enough = len(word) if len(word) > typos.SHORTEST + 1 else typos.LONG
        near = [(each, len(each) >= long_enough) for each in await self._written(typos.looked_up(word), long_enough)]
        if typos.edits(word) > 1:
            asked = {"heads": sorted(typos.heads(word)), "shortest": KEY + 1 + len(word) - typos.edits(word)}
            asked |= {"user_id": self.user_id, "begins": self._pattern(":*")}
            begun = [str(row["word"]) for row in await self.tx.all(sql.beginning, **asked)]
            near += [(each, False) for each in begun if typos.is_near(each, word)]
        return sorted(near, key=lambda form: (typos.distance(form[0], word), form))[:MOST_MEANT]

    async def _written(self, words: Iterable[str], long_enough: int) -> list[str]:
        asked = {"user_id": self.user_id, "begins": self._pattern(":*"), "is": self._pattern("")}
        rows = await self.tx.all(sql.written, **asked, words=sorted(words), long_enough=long_enough)
        return [str(row["word"]) for row in rows]

    def _pattern(self, end: str) -> str:
        return self.keyed(f"'~a?'{end} | '~n?'{end} | '~c?'{end}")

    def _behind(self, stage: int) -> dict[str, Any]:
        place = self.place if self.place.stage == stage else Place()
        return {"at": place.at, "id": place.id}

    def keyed(self, query: str) -> str:
        return query.replace("~", self.key)

    async def _ask(self, statement: LiteralString, *, whole: str = "", apart: str, **values: Any) -> list[Hit]:
        values |= {"whole": self.keyed(whole), "apart": self.keyed(apart), "user_id": self.user_id}
        if "spoken" in values:
            values["spoken"] = self.keyed(values["spoken"])
        rows = await self.tx.all(filtered(statement, self.condition), **values, **self.values)
        self.complete = self.complete and not any(row["cut"] for row in rows)
        return [Hit(row["document"], row["stage"]) for row in rows]


@lru_cache(KEPT)
def filtered(statement: str, condition: str) -> LiteralString:
    return db.composed(statement.replace("{condition}", condition))
