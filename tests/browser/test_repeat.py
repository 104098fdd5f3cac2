"""What repeats: chosen in the picker, steered in its view."""

import re

from playwright.sync_api import Route, expect

from tests.browser.somebody import Somebody


def test_a_task_is_made_to_repeat_in_words_and_dates(alice: Somebody) -> None:
    task = alice.has_task("Pay the rent", due="2031-11-28")
    tab = alice.opens_a_tab(f"/inbox?task={task['id']}")
    tab.page.get_by_role("button", name="Does not repeat").click()
    picker = tab.page.get_by_role("form", name="Repeat")

    picker.get_by_label("Unit").select_option("month")
    picker.get_by_role("radio", name="On a weekday").check()
    picker.get_by_label("Which one").select_option("last")
    picker.get_by_label("Weekday", exact=True).select_option("Friday")

    expect(picker.get_by_text("Every last Friday")).to_be_visible()
    expect(picker.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_count(5)
    expect(picker.get_by_role("list", name="Next dates")).to_contain_text("26 Dec 2031")
    with tab.page.expect_response(f"**/api/tasks/{task['id']}*"):
        picker.get_by_role("button", name="Save").click()
    assert alice.now_has(task)["recurrence"]["rule"] == "FREQ=MONTHLY;BYDAY=-1FR"


def test_what_the_controls_cannot_show_is_edited_as_text(alice: Somebody) -> None:
    task = alice.has_task(
        "Friday the 13th", due="2031-06-13", recurrence={"rule": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"}
    )
    tab = alice.opens_a_tab(f"/inbox?task={task['id']}")
    tab.page.get_by_role("button", name="Change how it repeats").click()
    picker = tab.page.get_by_role("form", name="Repeat")
    expect(picker.get_by_text("Every month on the 13th, if it is a Friday")).to_be_visible()

    picker.get_by_role("button", name="Edit as text").click()
    picker.get_by_label("Rule").fill("FREQ=MINUTELY")

    expect(picker.get_by_text("HOURLY is the most often that a task repeats")).to_be_visible()


def test_a_series_is_skipped_paused_resumed_and_ended(alice: Somebody) -> None:
    task = alice.has_task("Stand up", due="2031-11-03", recurrence={"rule": "FREQ=WEEKLY;BYDAY=MO"})
    tab = alice.opens_a_tab("/recurring")
    row = tab.page.get_by_role("listitem").filter(has_text="Stand up")
    expect(row).to_contain_text("Every Monday")
    expect(row).to_contain_text("3 Nov 2031")

    row.get_by_role("button", name="Skip this one").click()
    expect(row).to_contain_text("10 Nov 2031")
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    with tab.page.expect_response("**/resume"):
        row.get_by_role("button", name="Resume").click()
    expect(row.get_by_role("button", name="Pause")).to_be_visible()
    with tab.page.expect_response("**/end"):
        row.get_by_role("button", name="End", exact=True).click()

    expect(row).to_have_count(0)  # nothing of it is open any more
    assert alice.now_has(task)["status"] == "cancelled"


def test_without_anything_that_repeats_the_view_says_how(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/recurring")

    expect(tab.page.get_by_text("Nothing repeats yet.")).to_be_visible()
    expect(tab.page.get_by_text(re.compile("every friday at 9"))).to_be_visible()


def test_an_occurrence_that_was_deleted_comes_back(alice: Somebody) -> None:
    task = alice.has_task("Stand up", due="2031-11-03", recurrence={"rule": "FREQ=WEEKLY;BYDAY=MO"})
    tab = alice.opens_a_tab("/inbox")

    with tab.page.expect_response(f"**/api/tasks/{task['id']}"):
        tab.deletes("Stand up")
    expect(tab.row("Stand up")).to_contain_text("10 Nov")  # the next one follows
    with tab.page.expect_response("**/undo"):
        tab.page.get_by_role("button", name="Undo: Deleted “Stand up”").click()

    expect(tab.row("Stand up")).to_contain_text("3 Nov")
    assert alice.now_has(task)["status"] == "todo"


def test_deleted_though_the_answer_was_lost_it_is_skipped_once_and_comes_back(alice: Somebody) -> None:
    task = alice.has_task("Stand up", due="2031-11-03", recurrence={"rule": "FREQ=WEEKLY;BYDAY=MO"})
    tab = alice.opens_a_live_tab("/inbox")
    lost = list[int]()

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    tab.page.route(f"**/api/tasks/{task['id']}", lose, times=1)
    with tab.page.expect_response(f"**/api/tasks/{task['id']}") as again:
        tab.deletes("Stand up")
    assert [*lost, again.value.status] == [204, 204]
    assert alice.now_has(task)["status"] == "cancelled"
    with tab.page.expect_response("**/undo"):
        tab.page.get_by_role("button", name="Undo: Deleted “Stand up”").click()

    expect(tab.row("Stand up")).to_contain_text("3 Nov")
    assert alice.now_has(task)["status"] == "todo"
