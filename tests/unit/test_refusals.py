"""What a constraint's refusal means to somebody is said to many, and nothing of them stays with it."""

import pytest

from shared import db
from shared.problems import Invalid


class RefusedBy(db.Refused):
    def __init__(self, constraint: str) -> None:
        self.constraint = constraint


def test_a_meaning_is_told_whole_and_keeps_nothing_of_whom_it_is_told() -> None:
    meaning = Invalid.at("list", "there is no such list.")

    with pytest.raises(Invalid) as told, db.refusals({"tasks_list": meaning}):
        raise RefusedBy("tasks_list")

    assert told.value.as_json("1") == meaning.as_json("1")
    assert (meaning.__traceback__, meaning.__cause__, meaning.__context__) == (None, None, None)


def test_what_has_no_meaning_stays_what_it_is() -> None:
    with pytest.raises(RefusedBy), db.refusals({}):
        raise RefusedBy("tasks_list")
