"""An open task, for the tests of what its panel shows."""

from typing import Any

from playwright.sync_api import Locator

from tests.browser.somebody import Somebody, Tab
from tests.world import eventually

SOON = "2040-03-26T09:00:00"  # a Monday


def is_saved(alice: Somebody, task: dict[str, Any], **fields: Any) -> None:
    wanted = set(fields.items())
    eventually(lambda: wanted <= {(name, alice.now_has(task)[name]) for name in fields}, f"{fields} are saved")


def opened(alice: Somebody, task: dict[str, Any]) -> tuple[Tab, Locator]:
    tab = alice.opens_a_tab()
    return tab, tab.opens_task(task)
