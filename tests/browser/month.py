"""The calendar's month, as a person finds what is in it."""

import re

from playwright.sync_api import Locator, Page, expect


class Month:
    """The calendar's month. Days are found by their names: "12 November"."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.grid = page.get_by_role("grid")

    def day(self, name: str) -> Locator:
        return self.grid.get_by_role("gridcell", name=re.compile(rf"\b{name}\b"))

    def task(self, title: str, day: str) -> Locator:
        return self.day(day).get_by_role("button").filter(has_text=title)

    def is_ready_to_drag(self, title: str, day: str) -> None:
        """What drags is fetched once the calendar is there."""
        expect(self.task(title, day)).to_have_attribute("draggable", "true")
