"""What belongs to a task in its panel: its subtasks, what follows it, and what was done."""

import re

from playwright.sync_api import expect

from tests.browser.panel import SOON, is_saved, opened
from tests.browser.somebody import Somebody
from tests.world import eventually

# Its subtasks


def test_subtasks_are_added_one_after_the_other_ticked_and_moved_by_keys(alice: Somebody) -> None:
    task = alice.has_task("Move to the new flat")
    tab, panel = opened(alice, task)
    add = panel.get_by_label("New subtask")

    for title in ("Pack", "Clean", "Hand over the key"):
        add.fill(title)
        add.press("Enter")
        expect(add).to_have_value("")
    panel.get_by_role("checkbox", name="Pack").check()

    expect(panel.get_by_text("1 of 3 done")).to_be_visible()
    panel.get_by_role("button", name="Open Hand over the key").press("Alt+ArrowUp")
    expect(panel.get_by_role("list", name="Subtasks").get_by_role("button")).to_have_text(
        ["Pack", "Hand over the key", "Clean"]
    )
    eventually(lambda: alice.subtasks_of(task) == ["Pack", "Hand over the key", "Clean"], "it is moved for good")
    tab.page.reload()
    expect(panel.get_by_text("1 of 3 done")).to_be_visible()  # the finished one is read, too
    panel.get_by_role("button", name="Open Clean").click()
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Clean")


def test_subtasks_are_understood_as_tasks_are_anywhere(alice: Somebody) -> None:
    work = alice.has_list("Work")
    task = alice.has_task("Move to the new flat", list=work["id"])
    tab, panel = opened(alice, task)

    panel.get_by_label("New subtask").fill("Pack 27 mar 2040 p1 @boxes")
    expect(panel.get_by_role("list", name="Understood in the text").get_by_role("listitem")).to_have_text(
        ["Date 27 mar 2040", "Priority p1", "Tag @boxes"]
    )
    with tab.adding() as answer:
        panel.get_by_label("New subtask").press("Enter")

    expect(panel.get_by_role("list", name="Subtasks").get_by_role("listitem")).to_contain_text("27 Mar 2040")
    made = answer.value.json()
    assert (made["title"], made["due"], made["priority"]) == ("Pack", "2040-03-27", "urgent")
    assert (made["parent"], made["list"], len(made["tags"])) == (task["id"], work["id"], 1)


def test_subtasks_that_were_finished_elsewhere_are_there(alice: Somebody) -> None:
    task = alice.has_task("Move to the new flat")
    part = alice.has_task("Measure the rooms", parent=task["id"])
    alice.changes(part, status="done")
    alice.has_task("Pack", parent=task["id"])

    _, panel = opened(alice, task)

    expect(panel.get_by_role("checkbox", name="Measure the rooms")).to_be_checked()
    expect(panel.get_by_text("1 of 2 done")).to_be_visible()


# How it repeats


def test_a_task_is_made_to_repeat_and_what_comes_next_is_said(alice: Somebody) -> None:
    task = alice.has_task("Water the flowers", due=SOON)
    tab, panel = opened(alice, task)

    panel.get_by_role("button", name="Does not repeat").click()
    picker = tab.page.get_by_role("form", name="Repeat")
    expect(picker.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_count(5)
    picker.get_by_role("button", name="Save").click()

    expect(panel.get_by_text(re.compile("every Monday", re.I))).to_be_visible()
    expect(panel.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_text(
        [re.compile(day) for day in ("2 Apr", "9 Apr", "16 Apr", "23 Apr", "30 Apr")]
    )
    eventually(lambda: (alice.now_has(task)["recurrence"] or {}).get("rule") == "FREQ=WEEKLY;BYDAY=MO", "it repeats")
    panel.get_by_role("button", name="Pause").click()
    expect(panel.get_by_text("Paused: nothing follows")).to_be_visible()
    panel.get_by_role("button", name="Resume").click()
    expect(panel.get_by_role("button", name="Pause")).to_be_visible()
    eventually(lambda: alice.now_has(task)["recurrence"]["state"] == "active", "it goes on")


def test_a_change_is_for_this_one_or_for_all_that_follow(alice: Somebody) -> None:
    task = alice.has_task("Water the flowers", due=SOON, recurrence={"rule": "FREQ=WEEKLY"})
    _tab, panel = opened(alice, task)
    series = task["series"]

    panel.get_by_label("Priority").select_option("Low")
    is_saved(alice, task, priority="low", series=series)
    panel.get_by_label("This and all that follow").check()
    panel.get_by_label("Title", exact=True).fill("Water the trees")
    panel.get_by_label("Title", exact=True).press("Enter")

    is_saved(alice, task, title="Water the trees")
    assert alice.now_has(task)["series"] != series  # it goes on in another segment
    panel.get_by_role("button", name="Skip this one").click()
    is_saved(alice, task, status="cancelled")


# Its history


def test_each_change_is_told_and_undone(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    alice.changes(task, title="Buy oat milk")
    _tab, panel = opened(alice, alice.now_has(task))

    panel.get_by_text("Activity", exact=True).click()
    activity = panel.get_by_role("list", name="Activity of this task")
    expect(activity).to_contain_text("Title: “Buy milk” became “Buy oat milk”".replace(" became", " →became"))
    activity.get_by_role("button", name=re.compile("^Undo: Changed")).click()

    is_saved(alice, task, title="Buy milk")
    expect(panel.get_by_label("Title", exact=True)).to_have_value("Buy milk")
