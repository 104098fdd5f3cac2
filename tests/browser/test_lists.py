"""Views of tasks: what they show, and what can be done in them by mouse and by keys."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab
from tests.world import eventually


def a_list(alice: Somebody, *titles: str) -> tuple[dict[str, Any], Tab]:
    home = alice.has_list("Home")
    for title in titles:
        alice.has_task(title, list=home["id"])
    tab = alice.opens_a_tab(f"/list/{home['id']}")
    tab.shows(*titles)
    return home, tab


# What is shown


def test_today_has_what_is_overdue_apart_and_nothing_of_later(alice: Somebody) -> None:
    today = alice.today()
    alice.has_task("Late", due=str(today - timedelta(1)))
    alice.has_task("Now", due=str(today))
    alice.has_task("Later", due=str(today + timedelta(1)))
    tab = alice.opens_a_tab("/today")

    expect(tab.page.get_by_role("list", name="Overdue").get_by_role("checkbox", name="Late")).to_be_visible()
    tab.shows("Late", "Now")


def test_the_days_ahead_are_there_also_when_they_are_free(alice: Somebody) -> None:
    tomorrow = alice.today() + timedelta(1)
    alice.has_task("Tomorrow's", due=str(tomorrow))
    tab = alice.opens_a_tab("/upcoming")

    day = f"{tomorrow:%A} {tomorrow.day} {tomorrow:%B}"
    expect(tab.page.get_by_role("list", name=day).get_by_role("checkbox")).to_have_count(1)
    expect(tab.page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(14)


def test_what_is_overdue_is_put_off_as_a_whole(alice: Somebody) -> None:
    today = alice.today()
    for title in ("One", "Two"):
        alice.has_task(title, due=str(today - timedelta(3)))
    tab = alice.opens_a_tab("/today")

    tab.page.get_by_role("button", name="Reschedule").click()
    tab.page.get_by_role("button", name="Today").click()

    expect(tab.page.get_by_role("list", name="Overdue")).to_have_count(0)
    tab.shows("One", "Two")


def test_order_groups_and_finished_tasks_are_in_the_address(alice: Somebody) -> None:
    home = alice.has_list("Home")
    alice.has_task("Beta", list=home["id"], priority="low")
    alice.has_task("Alpha", list=home["id"], priority="urgent")
    alice.has_task("Done before", list=home["id"], status="done")
    tab = alice.opens_a_tab(f"/list/{home['id']}")
    tab.shows("Beta", "Alpha")

    tab.page.get_by_label("Order").select_option("Title")
    tab.shows("Alpha", "Beta")
    tab.page.get_by_label("Group").select_option("By priority")
    expect(tab.page.get_by_role("list", name="Low priority").get_by_role("checkbox")).to_have_count(1)
    tab.page.get_by_role("button", name="Finished").click()
    tab.shows("Alpha", "Beta", "Done before")

    tab.page.reload()
    tab.shows("Alpha", "Beta", "Done before")
    expect(tab.page.get_by_label("Order")).to_have_value("title")


def test_an_order_goes_by_what_was_changed_before_it_was_chosen(alice: Somebody) -> None:
    _, tab = a_list(alice, "Apples", "Bread", "Cheese")
    tab.renames("Apples", to="Yoghurt")

    tab.page.get_by_label("Order").select_option("Title")

    tab.shows("Bread", "Cheese", "Yoghurt")


def test_several_keys_put_a_list_in_the_order_of_the_server(alice: Somebody) -> None:
    home = alice.has_list("Home")
    for title, priority, due in (
        ("Some day", "low", None),
        ("Early", "low", "2031-11-12"),
        ("At nine", "low", "2031-11-12T09:00"),
        ("Late", "low", "2031-11-20"),
        ("Pressing", "urgent", None),
    ):
        alice.has_task(title, priority=priority, due=due, list=home["id"])
    tab = alice.opens_a_tab(f"/list/{home['id']}")
    tab.shows("Some day", "Early", "At nine", "Late", "Pressing")

    tab.page.get_by_label("Order").select_option("Priority")
    tab.page.get_by_label("Then by", exact=True).select_option("Due date, last first")

    expect(tab.page).to_have_url(re.compile(r"sort=-priority,-due$"))
    tab.shows("Pressing", "Late", "Early", "At nine", "Some day")
    assert alice.finds(list=home["id"], sort="-priority,-due") == [
        "Pressing", "Late", "Early", "At nine", "Some day"
    ]  # fmt: skip
    tab.page.reload()
    tab.shows("Pressing", "Late", "Early", "At nine", "Some day")


def test_a_saved_filter_shows_what_it_finds_and_goes_on_doing_so(alice: Somebody) -> None:
    made = alice.has_filter("Now", "p1")
    task = alice.has_task("Matters", priority="urgent")
    alice.has_task("Does not")
    tab = alice.opens_a_tab(f"/filter/{made['id']}")
    expect(tab.connection).to_have_text("Live")
    tab.shows("Matters")

    other = alice.has_task("Matters, too", priority="urgent")
    expect(tab.task("Matters, too")).to_be_visible()
    alice.changes(task, priority="low")

    tab.shows(other["title"])


def test_a_list_that_is_gone_says_so(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/list/01920000-0000-7000-8000-000000000000")

    expect(tab.page.get_by_text("There is no such list.")).to_be_visible()


# What is done


def test_a_finished_task_stays_until_one_goes_elsewhere(alice: Somebody) -> None:
    _, tab = a_list(alice, "One", "Two")

    tab.task("One").check()
    tab.shows("One", "Two")
    expect(tab.task("One")).to_be_checked()
    tab.page.get_by_role("link", name="Inbox").click()
    tab.page.go_back()

    tab.shows("Two")


def test_a_title_is_changed_where_it_stands(alice: Somebody) -> None:
    _, tab = a_list(alice, "Buy milk")
    tab.renames("Buy milk", to="Buy oat milk")
    expect(tab.title("Buy oat milk")).to_be_focused()

    tab.presses("e")
    expect(tab.page.get_by_role("textbox", name="Title of Buy oat milk")).to_be_focused()
    tab.page.keyboard.type("Nothing of this")
    tab.presses("Escape")

    tab.shows("Buy oat milk")


def test_keys_alone_do_everything(alice: Somebody) -> None:
    home, tab = a_list(alice, "One", "Two", "Three")

    tab.presses("j", "j")
    expect(tab.title("Two")).to_be_focused()
    tab.presses("Alt+ArrowUp")
    tab.shows("Two", "One", "Three")
    tab.presses("ArrowDown", "Alt+ArrowRight")
    expect(tab.row("One")).to_have_attribute("aria-level", "2")
    tab.presses("Alt+ArrowLeft")
    expect(tab.row("One")).to_have_attribute("aria-level", "1")
    tab.presses("1")
    expect(tab.row("One")).to_contain_text("Urgent")
    tab.presses("t")
    tab.page.get_by_role("combobox", name="Tag").fill("errand")
    expect(tab.page.locator("[role=option][data-highlighted]")).to_contain_text("errand")
    tab.presses("Enter", "Escape")
    expect(tab.row("One")).to_contain_text("errand")
    tab.presses("d")
    tab.page.get_by_role("button", name="Tomorrow").press("Enter")
    expect(tab.row("One")).to_contain_text("Tomorrow")
    expect(tab.title("One")).to_be_focused()
    tab.presses("Space")
    expect(tab.task("One")).to_be_checked()
    tab.presses("End", "Delete")
    tab.shows("Two", "One")
    expect(tab.title("One")).to_be_focused()
    tab.presses("k", "m")
    tab.page.get_by_role("combobox", name="List").fill("inb")
    expect(tab.page.locator("[role=option][data-highlighted]")).to_have_text("Inbox")
    tab.presses("Enter")
    tab.shows("One")

    assert home["id"] in tab.page.url


def test_subtasks_fold_away_below_their_parent(alice: Somebody) -> None:
    cake = alice.has_task("Bake a cake")
    alice.has_task("Buy flour", parent=cake["id"])
    tab = alice.opens_a_tab("/inbox")
    tab.shows("Bake a cake", "Buy flour")
    expect(tab.row("Buy flour")).to_have_attribute("aria-level", "2")

    tab.page.get_by_role("button", name="Subtasks of Bake a cake").click()

    tab.shows("Bake a cake")


def test_tasks_are_dragged_in_order_below_others_and_to_lists(alice: Somebody) -> None:
    garden = alice.has_list("Garden")
    _, tab = a_list(alice, "One", "Two", "Three")

    tab.drags("Three", onto=tab.row("One"), at=0.1)
    tab.shows("Three", "One", "Two")
    tab.drags("Two", onto=tab.row("One"), at=0.5)
    expect(tab.row("Two")).to_have_attribute("aria-level", "2")
    tab.drags("Three", onto=tab.page.get_by_role("link", name="Garden"))
    tab.shows("One", "Two")

    eventually(lambda: alice.finds(list=garden["id"]) == ["Three"], "it is in the other list")


def test_of_a_long_list_only_what_is_near_is_on_the_page(alice: Somebody) -> None:
    root = alice.has_task("First")
    for number in range(99):
        alice.has_task(f"Part {number}", parent=root["id"])
    for number in range(3):
        alice.has_copy_of(root, title=f"Copy {number}")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.page.get_by_text("400 tasks")).to_be_visible()
    rows = tab.page.get_by_role("main").get_by_role("listitem").filter(has=tab.page.get_by_role("checkbox"))
    assert rows.count() < 100

    tab.presses("j", "End")

    last = rows.last
    expect(last).to_have_attribute("aria-posinset", "400")
    expect(last.get_by_role("link")).to_be_focused()
    expect(last).to_be_in_viewport()
    tab.presses("Home")
    expect(tab.title("First")).to_be_focused()
    expect(tab.row("First")).to_be_in_viewport()


def test_what_comes_into_the_place_of_a_row_out_of_sight_has_its_focus(alice: Somebody) -> None:
    for number in range(130):
        alice.has_task(f"Task {number}")
    tab = alice.opens_a_tab("/inbox")
    expect(tab.page.locator("li[data-index]").first).to_be_visible()  # the list is as long as all of its rows
    tab.title("Task 1").focus()
    tab.page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    expect(tab.title("Task 120")).to_be_in_viewport()

    tab.presses("Delete")

    expect(tab.title("Task 2")).to_be_focused()


def test_a_number_is_a_priority_on_a_row_and_in_the_menu(alice: Somebody) -> None:
    alice.has_task("Buy milk")
    tab = alice.opens_a_tab("/inbox")
    tab.shows("Buy milk")

    tab.presses("j", "2")
    expect(tab.row("Buy milk")).to_contain_text("High")
    tab.presses("p")
    expect(tab.page.get_by_role("menuitemradio", name="High")).to_be_checked()
    tab.presses("1")

    expect(tab.page.get_by_role("menu")).to_have_count(0)
    expect(tab.row("Buy milk")).to_contain_text("Urgent")


def test_a_due_date_is_typed_where_d_opens(alice: Somebody) -> None:
    alice.has_task("One")
    alice.has_task("Two", due="2030-01-07T09:00:00")
    tab = alice.opens_a_tab("/inbox")
    tab.shows("One", "Two")
    tab.presses("j", "x", "j", "x", "d")
    menu = tab.page.get_by_role("dialog", name="Due date")
    field = menu.get_by_role("textbox", name="Due date")
    expect(field).to_be_focused()

    tab.page.keyboard.type("no such day")
    expect(menu).to_contain_text("No date was understood")
    tab.presses("Enter")
    expect(field).to_have_value("no such day")
    field.fill("1 feb 2030")
    expect(menu).to_contain_text("1 Feb 2030")
    tab.presses("Enter")

    expect(menu).to_have_count(0)
    expect(tab.row("One")).to_contain_text("1 Feb 2030")
    expect(tab.row("Two")).to_contain_text("1 Feb 2030, 09:00")
    tab.presses("d")
    field.fill("2 feb 2030 at 14:00")
    tab.presses("Enter")
    expect(tab.row("One")).to_contain_text("2 Feb 2030, 14:00")
