"""What a request about a task may say."""

import json
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from shared import moments, positions
from shared.documents import Document
from shared.fields import Id, NewId, Position, Visible, WeekStart
from shared.reminder_bodies import NO_REMINDERS, Had, TaskReminders, kept
from shared.shapes import Priority, Status
from shared.web import Body, Storable, refused


def _day(text: str) -> str:
    if not moments.DAY.fullmatch(text):
        raise ValueError("a date like 2026-11-20")
    return date.fromisoformat(text).isoformat()


def _each_once(tags: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(tags))


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Visible, Storable]
Notes = Annotated[str, StringConstraints(max_length=100_000), Storable]
NOTES_LIMIT = 100_000  # bytes of JSON; an event carries them up to three times and stays under 512 kB
Moment = Annotated[str, StringConstraints(max_length=40)]
Day = Annotated[str, AfterValidator(_day)]
Tags = Annotated[list[Id], AfterValidator(_each_once), Field(max_length=50, description="The tags' ids")]
NO_TAGS: list[UUID] = []
Stretch = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]
NOTHING: list[Stretch] = []


class Fields(Body):
    """Every field a client may set, with what it is when left out. PUT takes exactly this."""

    title: Title
    notes: Notes = ""
    status: Status = "todo"
    priority: Priority = "none"
    due: Moment | None = None
    zone: Moment | None = None
    start: Day | None = None
    list: Id | None = None
    parent: Id | None = None
    tags: Tags = NO_TAGS
    position: Position | None = None
    reminders: TaskReminders = NO_REMINDERS

    @field_validator("notes")
    @classmethod
    def small_enough_for_an_event(cls, notes: str) -> str:
        if len(json.dumps(notes, ensure_ascii=False).encode()) - len('""') > NOTES_LIMIT:
            raise ValueError("notes have at most 100,000 bytes, as JSON has them")
        return notes

    def as_document(self, position: str | None = None, reminders: Had = ()) -> Document:
        """Where no place is said, it is behind all others. `families.settle` knows where it is without a list.

        `reminders`: those that it has had.
        """
        dumped = self.model_dump(mode="json")
        said = {name: dumped[name] for name in Fields.model_fields} | {"completed_at": None}
        said["position"] = said["position"] or position or positions.last()
        said["reminders"] = kept(said["reminders"], said["due"], reminders) if said["reminders"] else []
        return said


class Repeat(Body):
    """How a task repeats. It begins with the day or time it is due, or if it is not due, today."""

    rule: Annotated[
        str,
        StringConstraints(max_length=500),
        Field(
            description="An RRULE's value (RFC 5545, with RFC 7529's SKIP), as FREQ=MONTHLY;BYDAY=-1FR. Where it does"
            " not say, weeks begin as the user's, and a day that a month lacks is its last one"
        ),
    ]
    kind: Annotated[
        Literal["fixed", "after_completion"],
        Field(description="By its start, whatever happens; or anew from the day it is done"),
    ] = "fixed"
    missed: Annotated[
        Literal["skip", "each"], Field(description="What comes after one that is done late: the next in time, or each")
    ] = "skip"
    zone: Annotated[Moment | None, Field(description="IANA; null: the task's own, or the user's")] = None


class QuickAdd(Body):
    """As somebody types it. What is left out is as the user's profile has it."""

    text: Annotated[str, StringConstraints(max_length=500), Storable]
    now: Annotated[
        str | None,
        StringConstraints(max_length=40),
        Field(description="When it was typed: a local time of the zone, or an instant; null: now"),
    ] = None
    zone: Annotated[str | None, StringConstraints(max_length=100), Field(description="IANA")] = None
    week_start: WeekStart | None = None
    locale: Annotated[
        str | None, StringConstraints(max_length=35), Field(description="With en-US, 5/4 is in May, else in April")
    ] = None
    literal: Annotated[
        list[Stretch],
        Field(max_length=250, description="Spans, as [start, end], that the user rejected: they stay text"),
    ] = NOTHING


def _as_typed(said: object) -> object:
    return {"text": said} if isinstance(said, str) else said


def _without_title(schema: dict[str, Any]) -> None:
    schema["required"].remove("title")


class NewTask(Fields):
    """With a title; or with `quick_add`, as it is typed: then other fields are for what that does not say."""

    model_config = ConfigDict(json_schema_extra=_without_title)

    id: NewId = None
    recurrence: Repeat | None = None
    quick_add: Annotated[
        QuickAdd | None,
        BeforeValidator(_as_typed, json_schema_input_type=QuickAdd | str | None),
        Field(description="Or just its text"),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def titled_by_one_of_them(cls, said: Any) -> Any:
        if not isinstance(said, dict) or said.get("quick_add") is None:
            return said
        if "title" in said:
            raise ValueError("say title or quick_add, not both")
        return said | {"title": "as it is read"}


class Patch(Body):
    """A merge patch: what is absent stays, null empties."""

    title: Title | None = None
    notes: Notes | None = None
    status: Status | None = None
    priority: Priority | None = None
    due: Moment | None = None
    zone: Moment | None = None
    start: Day | None = None
    list: Id | None = None
    parent: Id | None = None
    tags: Tags | None = None
    position: Position | None = None
    reminders: TaskReminders | None = None

    def asked_of(self, _: Document) -> Document:
        return self.model_dump(mode="json", exclude_unset=True)

    def applied_to(self, current: Document, goes_with_parent: bool = False) -> Fields:
        """The whole task after the patch, checked as a whole. Null sets a field back to what a new task has.

        `goes_with_parent`: something above it changes in the same way.
        """
        stays = {name: current[name] for name in Fields.model_fields}
        asked = self.asked_of(current)
        for name in [name for name, value in asked.items() if value is None]:
            stays.pop(name)
            del asked[name]
        if "zone" not in self.model_fields_set and "T" not in str(asked.get("due", stays.get("due"))):
            stays.pop("zone", None)  # no time left to be in a zone
        if "list" not in self.model_fields_set and "parent" in asked:
            stays.pop("list")  # it is where its parent is
        if "list" in asked and asked["list"] != current["list"] and not goes_with_parent:
            stays.pop("parent", None)
        try:
            return Fields.model_validate(stays | asked)
        except ValidationError as error:
            raise refused(error) from error


class TaskPatch(Patch):
    """`recurrence` makes it repeat, or otherwise from this occurrence on; null: no more."""

    recurrence: Repeat | None = None

    def asked_of(self, _: Document) -> Document:
        return self.model_dump(mode="json", exclude_unset=True, exclude={"recurrence"})


class Place(Body):
    """Where something shall stand among others."""

    list: Id | None = None
    parent: Id | None = None
    before: Id | None = None
    after: Id | None = None
    at: Literal["first", "last"] | None = None

    @model_validator(mode="after")
    def in_one_place(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("say where: before, after, at, list or parent")
        if len([said for said in (self.before, self.after, self.at) if said]) > 1:
            raise ValueError("say one of before, after and at")
        return self

    @property
    def side(self) -> str:
        return "before" if self.before else "after"


class Copy(Body):
    id: NewId = None
    title: Annotated[Title | None, Field(description="The original's, if left out")] = None
    with_subtasks: bool = True
