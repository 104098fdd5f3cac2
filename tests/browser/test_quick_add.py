"""Adding tasks by typing them: what is understood, what is not, and where it comes."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.somebody import Somebody

HERE = ZoneInfo("UTC")  # where somebody is who did not say


def today() -> str:
    return datetime.now(HERE).date().isoformat()


def test_what_is_typed_is_understood_while_it_is_typed(alice: Somebody) -> None:
    home = alice.has_list("Home")
    tab = alice.opens_a_tab("/inbox")

    tab.new_task.press_sequentially("🎂 Pay rent every last day 9am #Home @bills p1 !30 min before")

    says = ["Repeats every last day", "Time 9am", "List #Home", "Tag @bills", "Priority p1", "Reminder !30 min before"]
    expect(tab.tokens).to_have_text(says)
    marked = ["every last day", "9am", "#Home", "@bills", "p1", "!30 min before"]
    expect(tab.page.locator("form[aria-label='Add a task'] mark")).to_have_text(marked)
    expect(tab.page.get_by_text("30 minutes before")).to_be_visible()
    expect(tab.page.get_by_text("bills (new)")).to_be_visible()

    made = tab.adds_what_is_typed()
    assert (made["title"], made["list"], made["priority"]) == ("🎂 Pay rent", home["id"], "urgent")
    assert (made["recurrence"]["rule"], made["due"][10:]) == ("FREQ=MONTHLY;BYMONTHDAY=-1", "T09:00:00")
    assert [(each["kind"], each["minutes"]) for each in made["reminders"]] == [("before", 30)]
    expect(tab.new_task).to_have_value("")
    expect(tab.new_task).to_be_focused()


def test_marks_are_where_the_text_is(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")
    tab.page.set_viewport_size({"width": 320, "height": 640})

    tab.new_task.press_sequentially("A long title that is on several lines of a narrow phone, tomorrow 9am @phone p2")
    expect(tab.tokens).to_have_count(4)

    same = tab.new_task.evaluate("""field => {
        const layer = field.previousElementSibling, [one, other] = [field, layer].map(each => getComputedStyle(each));
        const named = ["font", "letterSpacing", "wordSpacing", "padding", "borderWidth", "whiteSpace", "overflowWrap"];
        const different = named.filter(name => one[name] !== other[name]);
        const [a, b] = [field, layer].map(each => each.getBoundingClientRect());
        if (["left", "top", "width"].some(side => Math.abs(a[side] - b[side]) > 0.5)) different.push("box");
        if (field.scrollHeight > field.clientHeight + 1) different.push("height");
        return different;
    }""")
    assert same == []


def test_a_token_is_text_again_after_a_click_on_it_and_back_after_another(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")
    tab.new_task.press_sequentially("Read Robinson by friday @books")
    friday = tab.page.locator("mark", has_text="friday")
    expect(tab.tokens).to_have_text(["Date by friday", "Tag @books"])

    tab.clicks_into(friday)
    expect(tab.tokens).to_have_text(["Text by friday", "Tag @books"])
    tab.clicks_into(friday)
    expect(tab.tokens).to_have_text(["Date by friday", "Tag @books"])
    tab.clicks_into(friday)
    expect(tab.tokens).to_have_text(["Text by friday", "Tag @books"])

    made = tab.adds_what_is_typed()
    assert (made["title"], made["due"]) == ("Read Robinson by friday", None)


def test_after_a_click_on_a_token_typing_and_enter_go_on_in_the_text(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")
    tab.new_task.press_sequentially("Buy milk tomorrow p2")
    tab.page.get_by_role("button", name="Keep it as text").last.click()
    expect(tab.tokens).to_have_text(["Date tomorrow", "Text p2"])

    expect(tab.new_task).to_be_focused()
    with tab.adding() as answer:
        tab.presses("Enter")
    made = answer.value.json()
    assert (made["title"], made["priority"]) == ("Buy milk p2", "none")


def test_tokens_are_made_text_by_the_keyboard_and_stay_so_while_typing_goes_on(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")
    tab.new_task.press_sequentially("Watch tomorrow never dies friday")
    expect(tab.tokens).to_have_text(["Date friday"])  # and not `tomorrow`, which was read on the way
    press = tab.page.keyboard.press

    press("Tab")
    expect(tab.page.get_by_role("button", name="Add", exact=True)).to_be_focused()
    press("Tab")
    expect(tab.page.get_by_role("button", name="Keep it as text")).to_be_focused()
    press("Enter")
    expect(tab.page.get_by_role("button", name="Read it again")).to_be_visible()
    tab.new_task.focus()
    press("Home")
    tab.page.keyboard.type("🎬 ")

    made = tab.adds_what_is_typed()
    assert (made["title"], made["due"]) == ("🎬 Watch tomorrow never dies friday", None)


def test_lists_and_tags_are_completed(alice: Somebody) -> None:
    office = alice.has_list("Home office")
    tag = alice.has_tag("garden")
    tab = alice.opens_a_tab("/inbox")
    offered = tab.page.get_by_role("listbox", name="Lists and tags").get_by_role("option")

    tab.new_task.press_sequentially("Water plants #ho")
    expect(offered).to_have_text(["Home officelist", "homakes a new tag"])
    tab.page.keyboard.press("Enter")
    expect(tab.new_task).to_have_value('Water plants #"Home office" ')
    tab.page.keyboard.type("@gar")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    tab.page.keyboard.press("Tab")
    expect(tab.new_task).to_have_value('Water plants #"Home office" @garden ')
    expect(tab.new_task).to_be_focused()

    made = tab.adds_what_is_typed()
    assert (made["title"], made["list"], made["tags"]) == ("Water plants", office["id"], [tag["id"]])


def test_quick_add_opens_anywhere_and_takes_what_is_typed_at_once(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    dialog = tab.page.get_by_role("dialog", name="Quick add")
    keyboard = tab.page.keyboard

    keyboard.press("q")
    keyboard.type("Call Ann")
    expect(dialog.get_by_label("New task")).to_have_value("Call Ann")
    expect(dialog.get_by_role("button", name="Add", exact=True)).to_be_visible()  # which may have to be fetched first
    expect(dialog.get_by_label("New task")).to_have_value("Call Ann")
    with tab.adding():
        keyboard.press("Enter")
    expect(dialog.get_by_text(re.compile("^Added to Inbox.*“Call Ann”$"))).to_be_visible()

    keyboard.type("Call Bob friday")
    dialog.get_by_role("button", name="Keep it as text").focus()
    keyboard.press("g")
    keyboard.press("s")  # which leads nowhere from in here
    keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(tab.page).to_have_url(re.compile("/today$"))
    keyboard.press("q")
    expect(dialog.get_by_label("New task")).to_have_value("Call Bob friday")
    with tab.adding() as made:
        keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    assert f"task={made.value.json()['id']}" in tab.page.url


@pytest.mark.parametrize("place", ["list", "tag", "today"])
def test_what_is_not_said_is_as_the_place_has_it(alice: Somebody, place: str) -> None:
    work, calls = alice.has_list("Work"), alice.has_tag("calls")
    paths = {"list": f"/list/{work['id']}", "tag": f"/tag/{calls['id']}", "today": "/today"}
    wanted: dict[str, tuple[str, Any]] = {
        "list": ("list", work["id"]), "tag": ("tags", [calls["id"]]), "today": ("due", today()),
    }  # fmt: skip
    tab = alice.opens_a_tab(paths[place])

    tab.new_task.press_sequentially("Call Ann")
    made = tab.adds_what_is_typed()

    field, value = wanted[place]
    assert made[field] == value
    expect(tab.task("Call Ann")).to_be_visible()


def test_a_date_that_is_said_goes_before_today(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/today")

    tab.new_task.press_sequentially("Call Ann tomorrow")
    expect(tab.tokens).to_have_count(1)
    made = tab.adds_what_is_typed()

    assert made["due"] == (datetime.now(HERE).date() + timedelta(1)).isoformat()


def test_what_is_typed_without_a_network_is_read_when_there_is_one(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")
    expect(tab.connection).to_have_text("Live")
    tab.is_kept()
    alice.context.set_offline(True)

    tab.new_task.press_sequentially("Call Ann tomorrow @calls")
    expect(tab.page.get_by_text("dates, lists and tags are read when it is sent")).to_be_visible()
    tab.page.keyboard.press("Enter")
    expect(tab.task("Call Ann tomorrow @calls")).to_be_visible()
    with tab.adding() as made:
        alice.context.set_offline(False)

    assert made.value.json()["title"] == "Call Ann"
    assert made.value.json()["due"] == (datetime.now(HERE).date() + timedelta(1)).isoformat()
    expect(tab.task("Call Ann")).to_be_visible()


def test_several_pasted_lines_become_a_task_each(alice: Somebody) -> None:
    tab = alice.opens_a_tab("/inbox")

    tab.pastes("- Milk\n- Bread @shop\n\n- [ ] Eggs\n")
    expect(tab.page.get_by_text("You pasted 3 lines")).to_be_visible()
    tab.page.get_by_role("button", name="Add 3 tasks").click()

    for title in ("Milk", "Bread", "Eggs"):
        expect(tab.task(title)).to_be_visible()
    expect(tab.new_task).to_be_focused()


def test_two_lists_are_refused_before_anything_is_sent(alice: Somebody) -> None:
    alice.has_list("Home")
    alice.has_list("Work")
    tab = alice.opens_a_tab("/inbox")

    tab.new_task.press_sequentially("Sweep #Home #Work")
    expect(tab.tokens).to_have_text(["List #Home", "List #Work"])  # and not "#Wor", which names another
    tab.page.keyboard.press("Enter")

    expect(tab.page.get_by_role("alert").filter(has_text="names Home and Work")).to_be_visible()
    expect(tab.new_task).to_have_value("Sweep #Home #Work")


def test_what_the_server_refuses_comes_back_to_be_changed(alice: Somebody) -> None:
    alice.has_list("Home")
    alice.has_list("Work")
    tab = alice.opens_a_tab("/inbox")
    tab.page.route("**/api/quick-add/parse", lambda route: route.abort())  # nothing is known of it before

    tab.new_task.press_sequentially("Sweep #Home #Work")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_text("“Sweep #Home #Work” was not added")).to_be_visible()
    tab.page.get_by_role("button", name="Bring it back").click()

    expect(tab.new_task).to_have_value("Sweep #Home #Work")
    expect(tab.page.get_by_text("was not added")).to_have_count(0)


def test_what_is_added_to_the_days_ahead_is_to_be_seen_there(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab("/upcoming")

    tab.adds("Water the beans")

    expect(tab.task("Water the beans")).to_be_visible()


def test_what_does_not_show_where_it_was_added_says_where_it_went(alice: Somebody) -> None:
    soon = alice.has_filter("Pressing", "p1")
    tab = alice.opens_a_tab(f"/filter/{soon['id']}")
    expect(tab.page.get_by_text("Nothing matches now.")).to_be_visible()

    tab.new_task.fill("Call Ann 27 Nov 2040")
    expect(tab.tokens).to_have_text(["Date 27 Nov 2040"])
    tab.adds_what_is_typed()
    toasts = tab.page.get_by_role("status", name="Done just now")
    expect(toasts).to_contain_text("Added to Inbox (27 Nov 2040): “Call Ann”")
    toasts.get_by_role("button", name="Open").click()

    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value("Call Ann")
    expect(tab.page).to_have_url(re.compile(f"/filter/{soon['id']}"))
