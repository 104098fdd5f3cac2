"""A list as a board: a column for each status."""

from playwright.sync_api import expect

from tests.browser.somebody import Somebody, Tab
from tests.world import eventually


def board(alice: Somebody) -> Tab:
    home = alice.has_list("Home")
    for title, status in (("Write", "todo"), ("Paint", "in_progress"), ("Sleep", "done")):
        alice.has_task(title, list=home["id"], status=status)
    tab = alice.opens_a_tab(f"/list/{home['id']}?layout=board")
    expect(tab.task("Sleep")).to_be_visible()
    return tab


def column(tab: Tab, name: str, *titles: str) -> None:
    expect(tab.page.get_by_role("region", name=name).locator("[data-title]")).to_have_text(list(titles))


def test_each_task_stands_in_the_column_of_its_status(alice: Somebody) -> None:
    tab = board(alice)

    column(tab, "To do", "Write")
    column(tab, "In progress", "Paint")
    column(tab, "Finished", "Sleep")


def test_a_task_is_dragged_to_another_column(alice: Somebody) -> None:
    tab = board(alice)

    tab.drags("Write", onto=tab.page.get_by_role("region", name="In progress"), at=0.8)
    column(tab, "In progress", "Write", "Paint")
    tab.drags("Paint", onto=tab.page.get_by_role("region", name="Finished"), at=0.8)

    column(tab, "In progress", "Write")
    expect(tab.task("Paint")).to_be_checked()


def test_a_task_goes_from_column_to_column_by_keys(alice: Somebody) -> None:
    tab = board(alice)

    tab.presses("j", "Alt+ArrowRight")
    column(tab, "In progress", "Write", "Paint")
    expect(tab.title("Write")).to_be_focused()
    tab.presses("ArrowRight")
    expect(tab.title("Sleep")).to_be_focused()
    tab.presses("Alt+ArrowLeft")

    column(tab, "In progress", "Write", "Paint", "Sleep")
    eventually(lambda: alice.finds(status="in_progress") == ["Write", "Paint", "Sleep"], "it is saved")
