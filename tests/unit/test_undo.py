"""Undo knows everything that can be done, and what stands in its way."""

from typing import Any, get_type_hints
from uuid import UUID

import pytest

from functions.tasks.operations import KIND_OF, Deed, Said, deeds, families, of_all, portions
from shared.documents import columns_of, row_of
from shared.events import EVENT_TYPES
from shared.ids import new_id
from shared.kinds import KINDS, LIST, TASK
from shared.problems import Invalid

CANNOT_BE_UNDONE = {  # of the account, or of nobody
    "user", "preferences", "notification", "reminder", "message", "chat", "work", "dead_letter", "error", "release",
}  # fmt: skip
ID = new_id()


def test_every_event_about_a_thing_is_one_that_undo_knows() -> None:
    about_things = {name for name, each in EVENT_TYPES.items() if each.entity not in CANNOT_BE_UNDONE}

    assert about_things == KIND_OF.keys()
    assert {EVENT_TYPES[name].entity for name in KIND_OF} == KINDS.keys()


NEVER_CHANGES = {"id", "created_at", "version", "updated_at", "inbox", "task"}
VALUES: dict[str, tuple[Any, Any]] = {  # of each field that can change, two
    "title": ("a", "b"), "notes": ("a", "b"), "status": ("todo", "done"), "priority": ("low", "high"),
    "due": ("2026-12-01T09:00:00", "2026-12-02T09:00:00"), "zone": ("Asia/Tokyo", None), "start": (None, "2026-11-20"),
    "list": (str(ID), str(new_id())), "parent": (None, str(ID)), "tags": ([], [str(ID)]), "position": ("a0", "a1"),
    "completed_at": (None, "2026-11-20T09:00:00.000000Z"), "name": ("a", "b"), "color": (None, "#ff0000"),
    "archived": (False, True), "query": ("today", "overdue"), "text": ("a", "b"), "html": ("<p>a</p>", "<p>b</p>"),
    "series": (None, str(ID)), "slot": ("2026-11-20", "2026-11-21"), "ordinal": (1, 2), "follows": (None, str(ID)),
    "skipped_at": (None, "2026-11-20T09:00:00.000000Z"), "recurrence": (None, {"rule": "FREQ=DAILY"}),
    "reminders": ([], [{"id": "1", "kind": "before", "minutes": 10}]),
    "root": (str(ID), str(new_id())), "segment": (1, 2), "rule": ("FREQ=DAILY", "FREQ=WEEKLY"),
    "kind": ("fixed", "after_completion"), "missed": ("skip", "each"), "state": ("active", "paused"),
    "template": ({"title": "a"}, {"title": "b"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_field_that_can_change_can_be_set_back(kind: Any) -> None:
    shape = get_type_hints(get_type_hints(kind.created.data)[kind.name])
    changing = shape.keys() - NEVER_CHANGES - kind.derived
    document = {name: VALUES[name][0] for name in changing}

    for name in changing:
        touched = [part for part in kind.parts if name in part.fields]
        changed = row_of(touched, document | {name: VALUES[name][1]}, "Europe/Berlin")
        assert changed != row_of(touched, document, "Europe/Berlin"), f"{name} stays as it is"
        assert changed.keys() == set(columns_of(touched))


def test_a_kind_comes_behind_those_it_is_placed_in() -> None:
    order = list(KINDS)

    for kind in KINDS.values():
        assert all(order.index(place.of) <= order.index(kind.name) for place in kind.places)


def done(*events: Said) -> Deed:
    [deed] = of_all(deeds(events))
    return deed


def said(event: str, made: dict[str, Any] | None = None, **changes: Any) -> Said:
    return Said(event, f"task/{ID}", changes, made)


def in_the_way(deed: Deed, **now: Any) -> list[tuple[str, Any, Any]]:
    obstacles = deed.look({"deleted": False} | now)
    return [(each["field"], each["left"], each["now"]) for each in obstacles]


def test_of_several_changes_the_first_says_what_was_and_the_last_what_was_left() -> None:
    deed = done(said("task.updated", title=["a", "b"]), said("task.updated", title=["b", "c"], notes=["", "x"]))

    assert (deed.was, deed.left) == ({"title": "a", "notes": ""}, {"title": "c", "notes": "x"})
    assert in_the_way(deed, title="c", notes="x") == []
    assert deed.wanted == {"deleted": False, "title": "a", "notes": ""}


def test_what_follows_from_others_is_never_in_the_way() -> None:
    deed = done(said("task.updated", due=["2026-12-01T09:00:00", None], due_at=["2026-12-01T08:00:00Z", None]))

    assert deed.left == {"due": None}
    assert in_the_way(deed, due=None, due_at="whenever") == []


def test_nothing_of_what_was_made_may_have_changed() -> None:
    deed = done(said("task.created", made={"id": str(ID), "title": "a", "version": 1, "updated_at": "then"}))

    assert in_the_way(deed, id=str(ID), title="a", version=3, updated_at="now") == []
    assert deed.goes
    assert in_the_way(deed, id=str(ID), title="b") == [("title", "a", "b")]
    assert in_the_way(deed, id=str(ID), title="b", deleted=True) == [("deleted", False, True)]


def test_a_field_that_tasks_had_once_is_passed_over() -> None:
    deed = done(said("task.updated", title=["a", "b"], mood=["good", "bad"]))

    assert in_the_way(deed, title="b") == []
    assert deed.wanted == {"deleted": False, "title": "a"}


def test_a_thing_goes_or_comes_or_stays() -> None:
    deleted = done(said("task.deleted", deleted=[False, True]))
    assert in_the_way(deleted, deleted=True) == []
    assert (deleted.comes, deleted.goes) == (True, False)

    restored = done(said("task.restored", deleted=[True, False], list=["a", "b"]))
    assert in_the_way(restored, list="b") == []
    assert (restored.comes, restored.goes) == (False, True)
    assert restored.wanted == {"deleted": True, "list": "a"}


def test_things_are_put_back_in_the_order_of_their_kinds() -> None:
    task, outer = new_id(), new_id()

    found = deeds(
        [
            Said("task.deleted", f"task/{task}", {"deleted": [False, True]}),
            Said("list.deleted", f"list/{outer}", {"deleted": [False, True]}),
        ]
    )

    assert [(deed.kind, deed.id) for deed in of_all(found)] == [(LIST, outer), (TASK, task)]


def test_what_happened_to_an_account_is_not_undone() -> None:
    with pytest.raises(Invalid, match=r"user\.logged_in"):
        deeds([Said("user.logged_in", f"user/{UUID(int=0)}", {})])


def deleted(weight: int = 1, parent: UUID | None = None) -> Deed:
    deed = Deed(TASK, new_id())
    deed.add(said("task.deleted", deleted=[False, True]))
    deed.now = {"deleted": True, "parent": parent and str(parent)}
    deed.weight = weight
    return deed


def test_thousands_are_put_back_some_at_a_time() -> None:
    sizes = [len(portion) for portion in portions(deleted() for _ in range(1200))]

    assert sizes == [500, 500, 200]
    assert [len(portion) for portion in portions(deleted(weight=1_500_000) for _ in range(5))] == [2, 2, 1]


def test_a_family_is_put_back_at_once() -> None:
    parent = deleted(weight=2_000_000)
    child, stranger = deleted(parent=parent.id), deleted()
    grandchild = deleted(weight=3_000_000, parent=child.id)

    assert list(portions([stranger, grandchild, parent, child])) == [[stranger], [grandchild, parent, child]]


def test_who_was_and_who_will_be_above_count_as_family() -> None:
    parent = deleted()
    child = deleted()
    child.add(said("task.updated", parent=[str(parent.id), None]))

    assert families({deed.id: deed for deed in (parent, child)}) == [[parent, child]]
