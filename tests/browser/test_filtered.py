"""What a filter leaves of a view: finished tasks, too, and what is done there meanwhile."""

import re

from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab


def is_asked_again(answer: object) -> bool:
    return "/api/tasks?filter=" in getattr(answer, "url", "")


def paint_is_ticked_and_stays(tab: Tab) -> None:
    """Also once the filter has been asked again, which does not find it any more."""
    tab.shows("Paint", "Write")

    with tab.page.expect_response(is_asked_again):
        tab.task("Paint").click()
    tab.task("Write").hover()

    tab.shows("Paint", "Write")
    expect(tab.task("Paint")).to_be_checked()


def test_a_task_ticked_under_a_filter_stays_where_it_was(alice: Somebody) -> None:
    for title in ("Write", "Paint"):
        alice.has_task(title, priority="urgent")
    tab = alice.opens_a_live_tab("/inbox?q=p1&sort=title")

    paint_is_ticked_and_stays(tab)

    tab.goes_to("Today")
    tab.page.go_back()
    tab.shows("Write")


def test_a_task_ticked_in_a_saved_filter_stays_where_it_was(alice: Somebody) -> None:
    for title in ("Write", "Paint"):
        alice.has_task(title, priority="urgent")
    pressing = alice.has_filter("Pressing", "p1")
    tab = alice.opens_a_live_tab(f"/filter/{pressing['id']}?sort=title")

    paint_is_ticked_and_stays(tab)


def test_finished_tasks_are_filtered_like_the_others(alice: Somebody) -> None:
    alice.has_task("Write", priority="urgent")
    alice.has_task("Paint", priority="urgent", status="done")
    alice.has_task("Sleep", status="done")
    tab = alice.opens_a_tab("/inbox?q=p1")
    tab.shows("Write")

    tab.page.get_by_role("button", name="Finished").click()
    tab.shows("Write", "Paint")
    tab.page.get_by_role("button", name="Board").click()

    finished = tab.page.get_by_role("region", name="Finished")
    expect(finished.locator("[data-title]")).to_have_text(["Paint"])


def test_a_filter_of_finished_tasks_shows_them(alice: Somebody) -> None:
    alice.has_task("Paint", status="done")
    alice.has_task("Write")
    done = alice.has_filter("Done", "completed: today")

    tab = alice.opens_a_tab(f"/filter/{done['id']}")

    tab.shows("Paint")
    expect(tab.page.get_by_text(re.compile("^1 task$"))).to_be_visible()
