"""Search tasks: by the beginnings of words, however they are accented, and by what may have been meant."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, Literal, LiteralString, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from typing_extensions import TypedDict

from functions.tasks import listing, typos
from functions.tasks.highlights import Highlighter, Part
from shared import db, pages, rates
from shared.callers import SignedIn
from shared.libpq import KEPT
from shared.routes import Straight
from shared.shapes import Task
from shared.words import Lexeme, all_of, any_of, in_search, in_text

if TYPE_CHECKING:
    from shared.filters.conditions import Condition

sql = db.queries(__file__, "search")
router = APIRouter(route_class=Straight)
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

IN_TASK, IN_COMMENTS, MEANT, MEANT_IN_COMMENTS = 0, 7, 8, 15  # the first of the stages in which hits come
STAGES = range(MEANT_IN_COMMENTS + 1)
FEW = 5  # hits; with fewer, what may have been meant is sought, too
MANY = 3  # of the newest 300 tasks; where more are hits, hits are sought among the newest
VARIED, MOST_MEANT = 4, 30  # words that may have been mistyped, and those that one of them may have been
KEY = 6  # signs of a user's key
LAST = UUID(int=2**128 - 1)
NOTHING = "'~!'"  # no lexeme has a sign that is in no word


class Match(TypedDict):
    where: Literal["title", "notes", "tag", "comment"]
    id: str | None  # the tag's or the comment's
    parts: list[Part]


class Found(TypedDict):
    task: Task
    matches: list[Match]


class SearchPage(TypedDict):
    items: list[Found]
    next: str | None
    complete: bool  # false: there are more hits than were put in order


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


def narrowed_as_lists_are(endpoint: Endpoint) -> Endpoint:
    """It takes the parameters that say which tasks a list is of, too, and gets what is said of them as keywords."""
    own = [each for each in signature(endpoint).parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
    listed = [each for name, each in signature(listing.list_tasks).parameters.items() if name in listing.NARROWING]
    endpoint.__signature__ = Signature([*own, *listed])  # type: ignore[attr-defined]
    return endpoint


@router.get("/api/tasks/search", response_model=SearchPage)
@rates.limited("search")
@narrowed_as_lists_are
async def search(
    caller: SignedIn,
    request: Request,
    q: Annotated[str, Query(description="Words, or how they begin; anything else is passed over")],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(description="`next` of the page before, with the same words")] = None,
    **said: Any,
) -> Response:
    """Best hits first: all words in the title, then those with tags, notes and comments; whole words before beginnings,
    the newest first. What may have been meant comes last, if there is little else.

    `parts` of a match show where it is: put together they are the text, or the part of it around the first hit.
    """
    listing.refuse_others(request, search)
    place = Place() if cursor is None else place_of(cursor)
    words = in_search(q)
    if not words:
        return as_page([], [], None, True)
    async with db.transaction() as tx:
        tx.later(sql.by_index_alone)
        tags = {row["id"]: str(row["name"]) for row in await tx.all(sql.tags, user_id=caller.user_id)}
        hunt = Hunt(
            tx, caller.user_id, words, tags, place, limit + 1, listing.narrowed(caller, said, datetime.now(UTC))
        )
        hits = await hunt.hits()
        shown = hits[:limit]
        matches = await matches_of(hunt, shown)
    seen = place.seen + sum(hit.stage < MEANT for hit in shown)
    more = cursor_after(shown[-1], seen) if len(hits) > limit else None
    return as_page(shown, matches, more, hunt.complete)


@dataclass
class Ladder:
    """Queries from the best hits to the last ones. Each word may be there in several forms."""

    stages: list[str]
    whole: str
    narrow: str  # as much of the whole as the index is good for
    words: list[str]
    spoken: str  # any of the words in a comment

    @classmethod
    def of(cls, exact: Sequence["Forms"], loose: Sequence["Forms"]) -> "Ladder":
        def every(forms: Sequence[Forms], where: str) -> str:
            return all_of(any_of(each.lexemes(where)) for each in forms)

        one = any_of(lexeme for each in loose for lexeme in each.lexemes("a#"))
        stages = [every(exact, "a"), every(loose, "a"), every(exact, "a#"), every(loose, "a#"),
                  f"{one} & {every(loose, 'a#n')}", every(exact, "a#n"), every(loose, "a#n")]  # fmt: skip
        narrow = every([each for each in loose if each.are_long] or loose, "a#n")
        words = [any_of(each.lexemes("a#nc")) for each in loose]
        spoken = any_of(lexeme for each in loose for lexeme in each.lexemes("c"))
        return cls(stages, stages[-1], narrow, words, spoken)

    def only(self, number: int) -> "Ladder":
        stage = self.stages[number]
        return replace(self, stages=[stage] * len(self.stages), whole=stage, narrow=stage)


@dataclass
class Forms:
    """How one of the words may be written, and the tags that are called so."""

    words: list[tuple[str, bool]]  # and whether a longer one that begins so will do
    tags: list[UUID] = field(default_factory=list)

    @property
    def are_long(self) -> bool:
        return len(self.words[0][0]) > 2

    def lexemes(self, where: str) -> Iterable[Lexeme]:
        for each in where:
            if each == "#":
                yield from (Lexeme("#", str(tag)) for tag in self.tags)
            else:
                yield from (Lexeme(each, word, begins) for word, begins in self.words)


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


async def matches_of(hunt: Hunt, hits: Sequence[Hit]) -> list[list[Match]]:
    """Where each hit has what was sought."""
    light = Highlighter(hunt.words)
    comments: dict[str, list[tuple[str, str]]] = {}
    discussed = [UUID(hit.task["id"]) for hit in hits if hit.stage in (IN_COMMENTS, MEANT_IN_COMMENTS)]
    if discussed:
        asked = {"user_id": hunt.user_id, "tasks": discussed, "spoken": hunt.keyed(hunt.meant.spoken)}
        for row in await hunt.tx.all(sql.comments, **asked):
            comments.setdefault(str(row["task_id"]), []).append((str(row["id"]), str(row["text"])))
    return [matches(light, hit, hunt.tags, comments.get(hit.task["id"], [])) for hit in hits]


def matches(light: Highlighter, hit: Hit, tags: Mapping[UUID, str], comments: Sequence[tuple[str, str]]) -> list[Match]:
    task, near = hit.task, hit.stage >= MEANT
    found: list[tuple[Literal["title", "notes", "tag", "comment"], str | None, list[Part] | None]] = [
        ("title", None, light.whole(task["title"], near))
    ]
    found += [("tag", tag, light.whole(tags.get(UUID(tag), ""), near)) for tag in task["tags"]]
    found.append(("notes", None, light.some(task["notes"], near)))
    found += [("comment", comment, light.some(text, near)) for comment, text in comments[:3]]
    return [{"where": where, "id": id, "parts": parts} for where, id, parts in found if parts]


def as_page(hits: Sequence[Hit], matches: Sequence[list[Match]], more: str | None, complete: bool) -> Response:
    items = ",".join(
        f'{{"task":{hit.document},"matches":{json.dumps(found, ensure_ascii=False)}}}'
        for hit, found in zip(hits, matches, strict=True)
    )
    end = f'"next":{json.dumps(more)},"complete":{json.dumps(complete)}'
    return Response(f'{{"items":[{items}],{end}}}', media_type="application/json")


def cursor_after(hit: Hit, seen: int) -> str:
    return pages.cursor([str(hit.stage), hit.task["created_at"], hit.task["id"], str(seen)])


def place_of(cursor: str) -> Place:
    stage, at, task, seen = pages.place(cursor, int, datetime.fromisoformat, UUID, int)
    if stage not in STAGES:
        raise pages.malformed()
    return Place(stage, at.isoformat(), task, seen)
