"""What one person does on the page, from the first visit on."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


def test_a_newcomer_registers_and_adds_edits_finishes_and_deletes_tasks(comes: Callable[..., Somebody]) -> None:
    alice = comes("Alice")
    tab = alice.opens_a_tab()

    tab.registers(alice)
    expect(tab.page.get_by_text("Nothing to do.")).to_be_visible()
    tab.adds("Pay the rent", priority="high", due="2040-03-01", at="09:30")
    tab.adds("Buy milk")
    expect(tab.row("Pay the rent")).to_contain_text("Thu, 1 Mar 2040, 09:30")
    expect(tab.row("Pay the rent")).to_contain_text("High priority")

    tab.edits("Buy milk", Title="Buy oat milk", Notes="two litres")
    tab.saves()
    expect(tab.row("Buy oat milk")).to_contain_text("two litres")

    tab.task("Pay the rent").check()
    tab.deletes("Buy oat milk")
    expect(tab.task("Buy oat milk")).to_have_count(0)
    expect(tab.connection).to_have_text("Live")

    tab.page.reload()
    expect(tab.page.get_by_text("Nothing to do.")).to_be_visible()
    tab.page.get_by_role("link", name="Finished").click()
    tab.task("Pay the rent").uncheck()
    tab.page.get_by_role("link", name="To do").click()
    expect(tab.task("Pay the rent")).to_be_visible()
    expect(tab.page.get_by_role("checkbox")).to_have_count(1)


def test_everything_can_be_done_with_the_keyboard_alone(alice: Somebody) -> None:
    tab = alice.opens_a_live_tab()
    press = tab.page.keyboard.press

    tab.page.get_by_label("New task").focus()
    tab.page.keyboard.type("Write to Bob")
    press("Enter")
    expect(tab.task("Write to Bob")).to_be_enabled()
    while not tab.task("Write to Bob").evaluate("box => box === document.activeElement"):
        press("Tab")
    press("Space")
    expect(tab.task("Write to Bob")).to_be_checked()
    press("Tab")
    press("Enter")
    expect(tab.editor.get_by_label("Title")).to_be_focused()
    press("End")
    tab.page.keyboard.type("by")
    press("Enter")
    expect(tab.task("Write to Bobby")).to_be_visible()
    expect(tab.page.get_by_role("button", name="Edit Write to Bobby")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(tab.page.get_by_role("button", name="Delete for good")).to_be_focused()
    press("Enter")

    expect(tab.page.get_by_text("Nothing to do.")).to_be_visible()
    expect(tab.page.get_by_label("New task")).to_be_focused()


def test_a_long_list_comes_page_by_page(alice: Somebody) -> None:
    for number in range(51):
        alice.has_task(f"Task {number}")
    tab = alice.opens_a_live_tab()
    expect(tab.task("Task 50")).to_be_visible()
    expect(tab.task("Task 0")).to_have_count(0)

    tab.page.get_by_role("button", name="Show more").click()

    expect(tab.task("Task 0")).to_be_visible()
    expect(tab.page.get_by_role("checkbox")).to_have_count(51)
    expect(tab.page.get_by_role("button", name="Show more")).to_have_count(0)


def test_a_title_with_markup_is_shown_as_text(alice: Somebody) -> None:
    title = "<img src=x onerror=\"document.title = 1\"><b>bold</b> & 'quoted' {{7*7}}"
    tab = alice.opens_a_live_tab()

    tab.adds(title)
    tab.edits(title, Notes="<script>document.title = 2</script>")
    tab.saves()

    expect(tab.row(title)).to_contain_text("<script>document.title = 2</script>")
    expect(tab.task(title)).to_be_visible()
    expect(tab.list.locator("img, b, script")).to_have_count(0)
    expect(tab.page).to_have_title(re.compile(r"^To do\b"))


def test_the_page_fits_a_narrow_phone(alice: Somebody) -> None:
    alice.has_task("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)
    tab = alice.opens_a_live_tab()
    tab.page.set_viewport_size({"width": 320, "height": 640})

    expect(tab.page.get_by_role("checkbox")).to_be_visible()

    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320
