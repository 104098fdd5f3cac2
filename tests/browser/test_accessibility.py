"""axe finds nothing to complain about where somebody comes in, or where something goes wrong, in either theme."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.somebody import Somebody
from tests.world import ROOT

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = """async ([part, options]) => {
  const { violations } = await axe.run(part, options);
  return violations.map(({ id, help, nodes }) => [id, help, nodes.map((node) => node.html)]);
}"""

# What axe finds although it is as it should be: the rule, and a mark of every node that it means.
MEANT = {
    # A day of the calendar: its name says how many tasks it has, and these have names of their own.
    "label-content-name-mismatch": 'role="gridcell"',
    # What stands around a menu for the keyboard, to lead the focus on at once. It never keeps it.
    "aria-hidden-focus": "data-base-ui-focus-guard",
    # A menu floats above all landmarks, as WAI-ARIA has it.
    "region": 'role="menu"',
}
COLORS = ["color-contrast", "link-in-text-block"]  # all that another theme can change


def complaints(page: Page, rules: list[str] | None = None, within: Locator | None = None) -> list[Any]:
    """By these rules, else by the whole standard; about the whole page, or a part of it.

    axe goes to a page once, and what it has nothing against stays there: it is much, and nobody reads it.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    only = {"type": "tag", "values": STANDARD} if rules is None else {"type": "rule", "values": rules}
    part = (within or page.locator(":root")).element_handle()
    found = page.evaluate(VIOLATIONS, [part, {"runOnly": only, "resultTypes": ["violations"]}])
    heard = [(rule, help, [node for node in nodes if MEANT.get(rule, "<>") not in node]) for rule, help, nodes in found]
    return [each for each in heard if each[2]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_doors_are_accessible(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme)
    tab = alice.opens_a_tab()
    tab.logs_in(alice, password="there is no such account")
    expect(tab.page.get_by_role("alert")).to_contain_text("wrong")

    assert complaints(tab.page) == []

    tab.page.get_by_role("button", name="Make an account").click()
    expect(tab.page.get_by_role("heading", name="Make an account")).to_be_visible()

    assert complaints(tab.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rows_that_are_worked_on_are_accessible(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    alice.has_task("Overdue and urgent", due="2020-01-01", priority="urgent")
    alice.has_task("To be edited", notes="two lines\nof text", priority="low")
    tab = alice.opens_a_live_tab("/inbox")
    tab.task("Overdue and urgent").check()
    tab.row("To be edited").hover()
    tab.page.get_by_role("button", name="Edit To be edited").click()
    expect(tab.page.get_by_role("textbox", name="Title of To be edited")).to_be_focused()
    assert complaints(tab.page) == []


REFUSAL = {"type": "/problems/Forbidden", "detail": "This is refused."}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_trouble_is_accessible(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab("/inbox")
    tab.is_kept()
    alice.context.route("**/complete", lambda route: route.fulfill(status=403, json=REFUSAL))
    tab.task("Buy milk").click()
    expect(tab.page.get_by_role("button", name="1 change refused")).to_be_visible()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")
    expect(tab.page.get_by_text("You are offline.")).to_be_visible()
    tab.adds("Written offline")
    expect(tab.row("Written offline")).to_contain_text("Not sent yet")
    assert complaints(tab.page) == []

    tab.page.get_by_role("button", name="1 change refused").click()
    trouble = tab.page.get_by_role("dialog", name="Not sent yet")
    expect(trouble.get_by_role("list", name="Refused")).to_contain_text("This is refused.")
    expect(trouble.get_by_role("list", name="Waiting")).to_contain_text("Written offline")
    assert complaints(tab.page) == []
    alice.context.set_offline(False)
