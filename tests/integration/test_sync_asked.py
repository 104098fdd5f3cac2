"""Changes can be asked for, where a stream cannot pass."""

from typing import Any

import pytest

from tests.happenings import happen
from tests.people import Person


def test_changes_can_be_asked_for(alice: Person, mallory: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.has_task("Buy bread")

    page = alice.at("sync").get("/api/changes", params={"since": 0}).json()

    assert [change["sequence"] for change in page["items"]] == [1, 2]
    assert page["items"][0]["task"] == task
    assert (page["head"], page["resync"]) == (2, False)
    assert alice.at("sync").get("/api/changes", params={"since": 2}).json() == {"items": [], "head": 2, "resync": False}
    assert alice.at("sync").get("/api/changes").json() == {"items": [], "head": 2, "resync": False}
    assert mallory.at("sync").get("/api/changes", params={"since": 0}).json()["items"] == []


@pytest.mark.parametrize("size", [1, 9000])
def test_changes_come_in_portions_without_gap(alice: Person, size: int) -> None:
    happen(alice, 30, notes="x" * size)
    numbers: list[int] = []

    while not numbers or numbers[-1] < 30:
        since = numbers[-1] if numbers else 0
        page = alice.at("sync").get("/api/changes", params={"since": since, "limit": 10}).json()
        assert 0 < len(page["items"]) <= 10
        numbers += [change["sequence"] for change in page["items"]]

    assert numbers == list(range(1, 31))


def test_changes_older_than_kept_are_loaded_anew(alice: Person) -> None:
    happen(alice, 6)
    alice.world.rows("DELETE FROM events WHERE user_id = %s AND sequence <= 4", alice.id)

    def changes(since: int) -> dict[str, Any]:
        page: dict[str, Any] = alice.at("sync").get("/api/changes", params={"since": since}).json()
        return page

    assert changes(2) == {"items": [], "head": 6, "resync": True}
    assert changes(99) == {"items": [], "head": 6, "resync": True}
    assert [change["sequence"] for change in changes(4)["items"]] == [5, 6]


@pytest.mark.parametrize("query", ["since=x", "since=-1", f"since={2**63}", "since=1&limit=0", "since=1&limit=501"])
def test_changes_after_what_is_no_number_are_refused(alice: Person, query: str) -> None:
    assert alice.at("sync").get(f"/api/changes?{query}").status_code == 422
