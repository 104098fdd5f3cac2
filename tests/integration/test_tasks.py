"""Creating, reading, listing, changing and deleting tasks."""

from tests.people import Person
from tests.world import Door, eventually


def test_a_created_task_is_kept_numbered_and_announced(alice: Person, door: Door) -> None:
    task = alice.has_task("Buy milk", priority="high")

    assert alice.at("tasks").get(f"/api/tasks/{task['id']}").json() == task
    assert alice.events() == [(1, "task.created", f"task/{task['id']}")]
    eventually(lambda: door.about(f"task/{task['id']}") == ["task.created"], "the broker has the event")
