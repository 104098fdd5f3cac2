"""What a request about many tasks at once may say."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from functions.tasks.bodies import NO_TAGS, Day, Patch, Place, Tags
from shared.documents import Document
from shared.fields import Id
from shared.web import Body


class ManyPatch(Patch):
    """As for a single task; `add_tags` and `remove_tags` leave the other tags as they are."""

    add_tags: Tags = NO_TAGS
    remove_tags: Tags = NO_TAGS
    due_day: Annotated[Day | None, Field(description="Due on this day; a time of day stays, and its zone")] = None

    def asked_of(self, current: Document) -> Document:
        asked = self.model_dump(mode="json", exclude_unset=True, include=set(Patch.model_fields))
        if self.add_tags or self.remove_tags:
            added, removed = map(str, self.add_tags), set(map(str, self.remove_tags))
            tags = [*(asked["tags"] or [] if "tags" in asked else current["tags"]), *added]
            asked["tags"] = [tag for tag in dict.fromkeys(tags) if tag not in removed]
        if self.due_day:
            asked["due"] = self.due_day + (current["due"] or "")[len(self.due_day) :]
        return asked

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("say at least one field")
        if self.due_day and "due" in self.model_fields_set:
            raise ValueError("say due or due_day, not both")
        return self


class Known(Body):
    id: Id
    version: int


class Many(Body):
    """`ids`, or `tasks` with the versions the change was made from; and one of the other four."""

    ids: Annotated[list[Id] | None, Field(min_length=1, max_length=500)] = None
    tasks: Annotated[list[Known] | None, Field(min_length=1, max_length=500)] = None
    change: ManyPatch | None = None
    move: Place | None = None
    delete: Literal[True] | None = None
    restore: Literal[True] | None = None

    @model_validator(mode="after")
    def one_thing(self) -> Self:
        if (self.ids is None) == (self.tasks is None):
            raise ValueError("say ids or tasks, one of the two")
        if len([said for said in (self.change, self.move, self.delete, self.restore) if said]) != 1:
            raise ValueError("say one of change, move, delete and restore")
        return self

    @property
    def all_ids(self) -> list[UUID]:
        return list(dict.fromkeys(self.ids or [task.id for task in self.tasks or []]))

    @property
    def versions(self) -> dict[UUID, int]:
        return {task.id: task.version for task in self.tasks or []}
