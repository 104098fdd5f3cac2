"""axe finds nothing to complain about, in either theme."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.somebody import Somebody
from tests.world import ROOT

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[Any]:
    page.evaluate(f"() => {{ {AXE} }}")
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", STANDARD)
    return [
        (violation["id"], violation["help"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
    ]


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
def test_the_list_is_accessible(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    alice.has_task("Overdue and urgent", due="2020-01-01", priority="urgent")
    alice.has_task("With notes", notes="two lines\nof text", priority="low")
    alice.has_task("To be edited")
    alice.has_task("To be deleted")
    tab = alice.opens_a_live_tab()
    tab.task("With notes").check()
    tab.edits("To be edited", Title="Being edited")
    tab.page.get_by_role("button", name="Delete To be deleted").click()

    assert complaints(tab.page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_trouble_is_accessible(comes: Callable[..., Somebody], theme: str) -> None:
    alice = comes("Alice", theme=theme).with_account()
    alice.has_task("Buy milk")
    tab = alice.opens_a_live_tab()
    broken = "**/api/tasks**"
    alice.context.route(broken, lambda route: route.fulfill(status=500, json={"detail": "Something is broken here."}))
    tab.adds("Refused")
    expect(tab.page.get_by_text("Not saved. Something is broken here.")).to_be_visible()
    alice.context.route(f"{broken}/*", lambda route: route.fulfill(status=500, json={"detail": "This is broken too."}))
    tab.task("Buy milk").click()
    expect(tab.page.get_by_text("“Buy milk” was not changed. This is broken too.")).to_be_visible()
    alice.context.set_offline(True)
    expect(tab.connection).to_have_text("Offline")

    assert complaints(tab.page) == []
