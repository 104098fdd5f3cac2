"""Of what is written in a task's panel nothing is lost, whoever else writes there."""

import pytest
from playwright.sync_api import expect

from tests.browser.panel import is_saved, opened
from tests.browser.somebody import Somebody


def test_notes_are_markdown_that_the_server_reads(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    _, panel = opened(alice, task)
    notes = panel.get_by_role("textbox", name="Notes")

    notes.fill("two **litres**")
    notes.press("Control+Enter")
    is_saved(alice, task, notes="two **litres**")
    panel.get_by_role("button", name="Preview").click()

    expect(panel.locator("strong", has_text="litres")).to_be_visible()
    panel.get_by_role("button", name="Edit", exact=True).click()
    expect(notes).to_be_focused()
    expect(notes).to_have_value("two **litres**")


def test_notes_half_written_survive_closing_a_reload_and_the_sessions_end(alice: Somebody) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    tab.page.route(
        "**/api/tasks/*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_()
    )
    notes = panel.get_by_role("textbox", name="Notes")
    notes.focus()
    notes.press_sequentially("half a thou")

    tab.page.reload()
    expect(notes).to_have_value("half a thou")
    assert alice.now_has(task)["notes"] == ""

    alice.logs_out_everywhere()
    tab.page.reload()
    tab.logs_in(alice)
    expect(notes).to_have_value("half a thou")

    tab.page.unroute("**/api/tasks/*")
    notes.press("Escape")
    expect(tab.panel).to_have_count(0)
    is_saved(alice, task, notes="half a thou")


@pytest.mark.parametrize("mine", [True, False])
def test_of_notes_changed_elsewhere_meanwhile_both_are_shown(alice: Somebody, mine: bool) -> None:
    task = alice.has_task("Buy milk", notes="two litres")
    _tab, panel = opened(alice, task)
    panel.get_by_role("button", name="Edit", exact=True).click()
    notes = panel.get_by_role("textbox", name="Notes")
    notes.fill("three litres")

    alice.changes(task, notes="one litre")

    question = panel.get_by_role("alert").filter(has_text="changed elsewhere")
    expect(question).to_contain_text("one litre")
    expect(notes).to_have_value("three litres")
    panel.get_by_label("Title", exact=True).focus()  # leaving the field decides nothing
    expect(question).to_be_visible()
    assert alice.now_has(task)["notes"] == "one litre"
    question.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()

    expect(question).to_have_count(0)
    expect(notes).to_have_value("three litres" if mine else "one litre")
    is_saved(alice, task, notes="three litres" if mine else "one litre")


@pytest.mark.parametrize("mine", [True, False])
def test_of_a_title_changed_at_two_places_at_once_both_are_shown(alice: Somebody, mine: bool) -> None:
    task = alice.has_task("Buy milk")
    tab, panel = opened(alice, task)
    tab.is_kept()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")
    title = panel.get_by_label("Title", exact=True)
    title.fill("Buy oat milk")
    title.press("Enter")
    expect(panel.get_by_text("Not sent yet")).to_be_visible()
    alice.changes(task, title="Buy rice milk")

    alice.context.set_offline(False)

    question = panel.get_by_role("alert").filter(has_text="changed elsewhere at the same time")
    expect(question).to_contain_text("Buy oat milk")
    expect(question).to_contain_text("Buy rice milk")
    question.get_by_role("button", name="Keep mine" if mine else "Take theirs").click()
    expect(question).to_have_count(0)
    expect(title).to_have_value("Buy oat milk" if mine else "Buy rice milk")
    is_saved(alice, task, title="Buy oat milk" if mine else "Buy rice milk")
