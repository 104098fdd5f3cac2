"""The queries of a search, from those of the best hits to those of the last ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from shared.words import Lexeme, all_of, any_of


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


@dataclass
class Ladder:
    """Queries from the best hits to the last ones. Each word may be there in several forms."""

    stages: list[str]
    whole: str
    narrow: str  # as much of the whole as the index is good for
    words: list[str]
    spoken: str  # any of the words in a comment

    @classmethod
    def of(cls, exact: Sequence[Forms], loose: Sequence[Forms]) -> "Ladder":
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
