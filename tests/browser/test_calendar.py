"""The month of tasks: what stands on which day, and what moves it to another."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.somebody import Somebody

NOVEMBER = "/calendar/2031-11"  # nothing here is overdue or today


def test_a_task_stands_on_the_day_of_its_persons_zone(alice: Somebody) -> None:
    alice.lives_in("Europe/Berlin")
    alice.has_task("Stand up", due="2031-11-12T09:00:00", zone="Europe/Berlin")
    alice.has_task("Late in Honolulu", due="2031-11-12T20:00:00", zone="Pacific/Honolulu")
    month = alice.opens_a_tab(NOVEMBER).calendar

    expect(month.task("Stand up", "12 November")).to_contain_text("09:00")
    expect(month.task("Late in Honolulu", "13 November")).to_contain_text("07:00")


def test_a_dragged_task_keeps_its_time_and_can_be_put_back(alice: Somebody) -> None:
    alice.lives_in("Europe/Berlin")
    task = alice.has_task("Stand up", due="2031-11-12T09:00:00", zone="Europe/Berlin")
    tab = alice.opens_a_tab(NOVEMBER)

    tab.calendar.is_ready_to_drag("Stand up", "12 November")
    with tab.page.expect_response(f"**/api/tasks/{task['id']}"):
        tab.calendar.task("Stand up", "12 November").drag_to(tab.calendar.day("20 November"))

    expect(tab.calendar.task("Stand up", "20 November")).to_contain_text("09:00")
    assert alice.now_has(task)["due"] == "2031-11-20T09:00:00"
    with tab.page.expect_response("**/api/activity/*/undo"):
        tab.page.keyboard.press("z")
    expect(tab.calendar.task("Stand up", "12 November")).to_be_visible()
    assert alice.now_has(task)["due"] == "2031-11-12T09:00:00"


def test_keys_alone_find_a_day_and_move_its_task(alice: Somebody) -> None:
    task = alice.has_task("Water the plants", due="2031-11-28")
    tab = alice.opens_a_tab(NOVEMBER)
    expect(tab.calendar.task("Water the plants", "28 November")).to_be_visible()

    tab.calendar.day("1 November").focus()
    for key in ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowLeft"]:
        tab.page.keyboard.press(key)
    expect(tab.calendar.day("28 November")).to_be_focused()
    tab.calendar.task("Water the plants", "28 November").focus()
    tab.page.keyboard.press("Alt+ArrowRight")
    expect(tab.calendar.task("Water the plants", "29 November")).to_be_focused()
    expect(tab.page.get_by_role("status").filter(has_text="Moved “Water the plants” to")).to_be_attached()
    with tab.page.expect_response(lambda answer: "2031-12-06" in (answer.request.post_data or "")):
        tab.page.keyboard.press("Alt+ArrowDown")

    expect(tab.page).to_have_url(re.compile("/calendar/2031-12"))
    expect(tab.calendar.task("Water the plants", "6 December")).to_be_focused()
    assert alice.now_has(task)["due"] == "2031-12-06"


def test_more_than_fit_are_behind_the_day(alice: Somebody) -> None:
    for number in range(5):
        alice.has_task(f"Errand {number}", due="2031-11-12")
    tab = alice.opens_a_tab(NOVEMBER)

    tab.calendar.day("12 November").get_by_role("button", name="+2 more").click()

    expect(tab.page).to_have_url(re.compile("day=2031-11-12"))
    day = tab.page.get_by_role("region", name="12 November")
    expect(day.get_by_role("checkbox")).to_have_count(5)
    tab.page.reload()
    expect(day.get_by_role("checkbox")).to_have_count(5)
    day.get_by_role("checkbox", name="Errand 3").click()
    expect(day.get_by_role("checkbox")).to_have_count(4)
    expect(day.locator("input:focus")).to_have_count(1)


def test_what_has_no_day_waits_beside_the_month(alice: Somebody) -> None:
    task = alice.has_task("Paint the fence")
    tab = alice.opens_a_tab(f"{NOVEMBER}?day=2031-11-12")
    tray = tab.page.get_by_role("complementary", name="To be scheduled")

    with tab.page.expect_response(f"**/api/tasks/{task['id']}"):
        tray.get_by_role("button", name="Put “Paint the fence” on").click()

    expect(tab.calendar.task("Paint the fence", "12 November")).to_be_visible()
    expect(tray.get_by_role("checkbox", name="Paint the fence")).to_have_count(0)
    assert alice.now_has(task)["due"] == "2031-11-12"


def test_what_repeats_is_drawn_on_the_days_it_will_come_to(alice: Somebody) -> None:
    alice.has_task("Stand up", due="2031-11-03", recurrence={"rule": "FREQ=WEEKLY;BYDAY=MO"})
    month = alice.opens_a_tab(NOVEMBER).calendar

    expect(month.task("Stand up", "3 November")).to_be_visible()
    for later in ("10 November", "17 November", "24 November"):
        expect(month.day(later)).to_contain_text("Stand up")
        expect(month.day(later)).to_have_accessible_name(re.compile("1 task to come"))
    expect(month.day("11 November")).not_to_contain_text("Stand up")


def test_finished_tasks_are_there_when_they_are_wanted(alice: Somebody) -> None:
    task = alice.has_task("Call the bank")
    alice.completes(task)
    today = f"{alice.today().day} {alice.today():%B}"
    tab = alice.opens_a_tab("/calendar")
    expect(tab.calendar.day(today)).to_be_visible()
    expect(tab.calendar.day(today)).not_to_contain_text("Call the bank")

    tab.page.get_by_label("Finished tasks").click()

    expect(tab.calendar.task("Call the bank", today)).to_be_visible()
    expect(tab.page).to_have_url(re.compile("done=1"))


def test_on_a_phone_days_have_dots_and_a_list(alice: Somebody) -> None:
    tomorrow = alice.today() + timedelta(1)
    alice.has_task("Buy milk", due=str(tomorrow))
    tab = alice.opens_a_tab(f"/calendar/{tomorrow:%Y-%m}")
    tab.page.set_viewport_size({"width": 360, "height": 740})

    expect(
        tab.page.get_by_role("region", name=f"{tomorrow.day} {tomorrow:%B}").get_by_role("checkbox", name="Buy milk")
    ).to_be_visible()
    width = tab.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_a_day_that_is_closed_gives_the_focus_back(alice: Somebody) -> None:
    alice.has_task("Stand up", due="2031-11-12")
    tab = alice.opens_a_tab(NOVEMBER)
    day = tab.calendar.day("12 November")
    day.focus()
    closing = tab.page.get_by_role("button", name="Close the day")

    tab.presses("Enter")
    closing.click()
    expect(day).to_be_focused()
    tab.presses("Enter")
    closing.focus()
    tab.presses("Escape")

    expect(closing).to_have_count(0)
    expect(day).to_be_focused()
