"""Every view and every dialog, in both themes: as WCAG has it, at each width, for a finger, and with large letters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.scenes import ASIDES, VIEWS, Furnisher, goes, stands
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import complaints

FAULTS = Path(__file__).with_name("faults.js").read_text()
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


def too_small(page: Page, least: int) -> list[Any]:
    found: list[Any] = page.evaluate(f"least => {FAULTS}.tooSmall(least)", least)
    return found


def too_wide(page: Page, width: int, letters: str = "100%") -> list[Any]:
    """What does not fit at this width, of the window's and of the letters."""
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
    page.evaluate(DRAWN)
    found: list[Any] = page.evaluate(f"() => {FAULTS}.tooWide()")
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return found


def focused(opened: Locator) -> Locator:
    """What opened, once it has the focus or has in it what has."""
    return opened.and_(opened.page.locator(":focus-within"))


def said_by_axe(page: Page) -> list[Any]:
    """But for a day of the calendar: its name says how many tasks it has, and these have names of their own."""
    found = complaints(page)
    is_day = [
        rule == "label-content-name-mismatch" and all('role="gridcell"' in each for each in nodes)
        for rule, _, nodes in found
    ]
    return [each for each, day in zip(found, is_day, strict=True) if not day]


def faults(page: Page) -> Iterator[str]:
    yield from (f"axe: {each}" for each in said_by_axe(page))
    yield from (f"smaller than 24 px: {each}" for each in too_small(page, 24))
    yield from (f"too wide for 320 px: {each}" for each in too_wide(page, 320))
    yield from (f"too wide with letters twice as large: {each}" for each in too_wide(page, 640, "200%"))
    page.set_viewport_size(WIDE)
    page.evaluate(DRAWN)


@pytest.fixture
def ids(alice: Somebody) -> dict[str, str]:
    return Furnisher(alice.context.request, alice.address).furnishes()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_view_is_for_everybody(alice: Somebody, ids: dict[str, str], theme: Any) -> None:
    page = alice.opens_a_live_tab().page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    found = []
    for scene in VIEWS:
        goes(page, scene, ids)
        stands(page, scene)
        found += [f"{scene.name}: {each}" for each in faults(page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_dialog_is_for_everybody(alice: Somebody, ids: dict[str, str], theme: Any) -> None:
    page = alice.opens_a_live_tab().page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = []
    for aside in ASIDES:
        page.set_viewport_size(NARROW if aside.narrow else WIDE)
        goes(page, VIEWS[0], ids)
        stands(page, VIEWS[0])
        before = aside.opener(page) if aside.button else page.get_by_role("link", name=VIEWS[0].shows).first
        before.focus()
        opened = aside.opens(page)
        expect(focused(opened), f"{aside.name} has the focus").to_be_visible()  # a frame later than it is there
        found += [f"{aside.name}: {each}" for each in (*complaints(page), *too_small(page, 24))]
        if aside.modal:
            page.keyboard.press("Tab")
            expect(focused(opened), f"Tab stays in {aside.name}").to_be_visible()
            assert page.evaluate(f"() => {FAULTS}.focusIsSeen()"), f"in {aside.name} nobody sees where the focus is"

        page.keyboard.press("Escape")

        expect(opened).to_have_count(0)
        expect(before).to_be_focused()

    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
def test_a_finger_hits_everything_on_a_phone(alice: Somebody, ids: dict[str, str], browser: Browser) -> None:
    phone = browser.new_context(
        base_url=alice.address,
        storage_state=alice.context.storage_state(),
        viewport=NARROW,
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = phone.new_page()
    found = []
    for scene in VIEWS:
        goes(page, scene, ids)
        stands(page, scene)
        found += [f"{scene.name}: {each}" for each in too_small(page, 24)]
    phone.close()

    assert not found, "\n".join(found)
