"""What one person does on the page, from the first visit on."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


def test_a_newcomer_registers_and_adds_edits_finishes_and_deletes_tasks(comes: Callable[..., Somebody]) -> None:
    alice = comes("Alice")
    tab = alice.opens_a_tab()

    tab.registers(alice)
    expect(tab.page.get_by_text("Nothing due today.")).to_be_visible()
    tab.goes_to("Inbox")
    tab.adds("Pay the rent 2040-03-01 9:30 p2")
    tab.adds("Buy milk")
    expect(tab.row("Pay the rent")).to_contain_text("1 Mar 2040, 09:30")
    expect(tab.row("Pay the rent")).to_contain_text("High priority")

    tab.renames("Buy milk", to="Buy oat milk")
    tab.title("Buy oat milk").click()
    tab.panel.get_by_role("textbox", name="Notes").fill("two litres")
    tab.panel.get_by_role("button", name="Close task").click()
    expect(tab.row("Buy oat milk")).to_contain_text("Has notes")

    tab.task("Pay the rent").check()
    with tab.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        tab.deletes("Buy oat milk")
    expect(tab.task("Buy oat milk")).to_have_count(0)
    expect(tab.connection).to_have_text("Live")

    tab.page.reload()
    expect(tab.page.get_by_text("Your inbox is empty.")).to_be_visible()
    tab.goes_to("Completed")
    tab.task("Pay the rent").click()
    expect(tab.task("Pay the rent")).not_to_be_checked()
    tab.goes_to("Inbox")
    tab.shows("Pay the rent")


def test_a_title_with_markup_is_shown_as_text(alice: Somebody) -> None:
    title = "<img src=x onerror=\"document.title = 1\"><b>bold</b> & 'quoted' {{7*7}}"
    tab = alice.opens_a_live_tab("/inbox")

    tab.adds(title)
    tab.shows(title)
    tab.title(title).click()
    notes = tab.panel.get_by_role("textbox", name="Notes")
    notes.fill("<script>document.title = 2</script>*done*")
    notes.press("Escape")
    expect(tab.row(title)).to_contain_text("Has notes")
    tab.title(title).click()

    expect(tab.panel.locator("em")).to_have_text("done")
    expect(tab.panel.get_by_label("Title", exact=True)).to_have_value(title)
    expect(tab.page.locator("main, [aria-label^='Task: ']").locator("img, b, script")).to_have_count(0)
    expect(tab.page).to_have_title(re.compile(r"^Inbox\b"))


def test_a_word_without_end_fits_a_narrow_phone(alice: Somebody) -> None:
    task = alice.has_task("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)
    tab = alice.opens_a_live_tab("/inbox")
    tab.page.set_viewport_size({"width": 320, "height": 640})
    tab.shows(task["title"])

    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320
    tab.opens_task(task)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320
