"""What a request about a list, a tag or a saved filter may say."""

import unicodedata
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from shared.documents import Document
from shared.fields import Id, NewId, Position, Visible
from shared.names import name_key
from shared.web import Body, refused


def _name(text: str) -> str:
    """As a line of text shows it."""
    name = " ".join(text.split())
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise ValueError("it contains a control character")
    if len(name_key(name)) > 400:  # some signs stand for a whole sentence
        raise ValueError("it is too long when written out")
    return name


def _readable(query: str) -> str:
    """A refusal says the column, and so is not one fault among others."""
    from shared.filters.language import parse

    parse(query, "query")
    return query


Name = Annotated[str, StringConstraints(min_length=1, max_length=100), Visible, AfterValidator(_name)]
Color = Annotated[
    str,
    StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$", to_lower=True),
    Field(description="#rrggbb, in lower case when it is shown; null: whatever suits the page"),
]
Query = Annotated[str, AfterValidator(_readable), Field(description="In the filter language")]


class ListFields(Body):
    name: Name
    color: Color | None = None
    position: Position | None = None
    archived: bool = False


class NewList(ListFields):
    id: NewId = None


class Patch(Body):
    """A merge patch: what is absent stays, null sets back to what a new one has."""

    whole: ClassVar[type[Body]]

    def applied_to(self, current: Document) -> Document:
        said = self.model_dump(exclude_unset=True)
        wanted = {name: said.get(name, current[name]) for name in self.whole.model_fields}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        try:
            checked = self.whole.model_validate(wanted).model_dump()
        except ValidationError as error:
            raise refused(error) from error
        if "position" in checked and checked["position"] is None:
            checked["position"] = current["position"]
        return checked


class ListPatch(Patch):
    whole = ListFields

    name: Name | None = None
    color: Color | None = None
    position: Position | None = None
    archived: bool | None = None


class TagFields(Body):
    name: Name
    color: Color | None = None


class NewTag(TagFields):
    id: NewId = None


class TagPatch(Patch):
    whole = TagFields

    name: Name | None = None
    color: Color | None = None


class Merge(Body):
    into: Id


class FilterFields(Body):
    name: Name
    query: Query
    color: Color | None = None
    position: Position | None = None


class NewFilter(FilterFields):
    id: NewId = None


class FilterPatch(Patch):
    whole = FilterFields

    name: Name | None = None
    query: Query | None = None
    color: Color | None = None
    position: Position | None = None


class Move(Body):
    """One of the three: before another, behind another, or to an end."""

    before: Id | None = None
    after: Id | None = None
    at: Literal["first", "last"] | None = None

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        if [self.before, self.after, self.at].count(None) != 2:
            raise ValueError("say one of before, after and at")
        return self
