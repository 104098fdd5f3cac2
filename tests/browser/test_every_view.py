"""Every view and every dialog: as WCAG has it in both themes, at each width, for a finger, and with large letters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.furnisher import Furnisher
from tests.browser.moments import come
from tests.browser.scenes import ASIDES, VIEWS, Aside, moves, stands
from tests.browser.somebody import Somebody
from tests.browser.test_accessibility import COLORS, complaints

FAULTS = Path(__file__).with_name("faults.js").read_text()
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
VAST: ViewportSize = {"width": 3840, "height": 2160}
FINGER = 44


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


def said_by_axe(page: Page, opened: Locator | None = None) -> Iterator[str]:
    """In both themes, the dark one where something new is to be seen."""
    yield from (f"axe: {each}" for each in complaints(page))
    page.emulate_media(color_scheme="dark")
    page.evaluate(DRAWN)
    yield from (f"axe, in the dark: {each}" for each in complaints(page, COLORS, opened))
    page.emulate_media(color_scheme="light")


def faults(page: Page) -> Iterator[str]:
    yield from said_by_axe(page)
    yield from (f"smaller than 24 px: {each}" for each in too_small(page, 24))
    yield from (f"too wide for 320 px: {each}" for each in too_wide(page, 320))
    yield from (f"too wide with letters twice as large: {each}" for each in too_wide(page, 640, "200%"))
    page.set_viewport_size(VAST)
    page.evaluate(DRAWN)
    yield from (f"lost on a large screen: {each}" for each in page.evaluate(f"() => {FAULTS}.adrift()"))
    page.set_viewport_size(WIDE)
    page.evaluate(DRAWN)


@pytest.fixture
def ids(alice: Somebody) -> dict[str, str]:
    return Furnisher(alice.context.request, alice.address).furnishes()


def comes_to(page: Page, aside: Aside, ids: dict[str, str]) -> None:
    """Where it opens, if that is not here."""
    address = aside.at.format_map(ids)
    if not page.url.endswith(address):
        moves(page, address)
        aside.stands_by(page)


def asides() -> Iterator[tuple[Aside, ViewportSize]]:
    """Each where it is, and twice where a phone has another way to it."""
    for aside in ASIDES:
        if aside.where != "narrow":
            yield aside, WIDE
        if aside.where == "narrow" or aside.in_sidebar:
            yield aside, NARROW


@pytest.mark.timeout(300)
def test_every_view_is_for_everybody(alice: Somebody, ids: dict[str, str]) -> None:
    page = alice.opens_a_live_tab().page
    page.set_viewport_size(WIDE)
    found = []
    for scene in VIEWS:
        moves(page, scene.address.format_map(ids))
        stands(page, scene)
        found += [f"{scene.name}: {each}" for each in faults(page)]

    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
def test_every_dialog_is_for_everybody(alice: Somebody, ids: dict[str, str]) -> None:
    page = alice.opens_a_live_tab("/inbox").page
    found = []
    for aside, size in asides():
        page.set_viewport_size(size)
        comes_to(page, aside, ids)
        aside.is_reached(page)
        before = aside.opener(page)
        before.focus()
        opened = aside.opens(page)
        if aside.takes_focus:
            expect(focused(opened), f"{aside.name} has the focus").to_be_visible()  # a frame later than it is there
        found += [f"{aside.name}: {each}" for each in (*said_by_axe(page, opened), *too_small(page, 24))]
        if aside.modal:
            page.keyboard.press("Tab")
            expect(focused(opened), f"Tab stays in {aside.name}").to_be_visible()
            assert page.evaluate(f"() => {FAULTS}.focusIsSeen()"), f"in {aside.name} nobody sees where the focus is"

        aside.closes(page)

        expect(before, f"{aside.name} gives the focus back").to_be_focused()
        aside.is_left(page)

    assert not found, "\n".join(found)


@pytest.mark.timeout(300)
def test_what_comes_up_by_itself_is_for_everybody(alice: Somebody, ids: dict[str, str]) -> None:
    page = alice.opens_a_live_tab("/inbox").page
    page.set_viewport_size(WIDE)
    found = []
    for moment, _ in come(page, Furnisher(alice.context.request, alice.address), ids["task"]):
        found += [f"{moment.name}: {each}" for each in (*said_by_axe(page), *too_small(page, 24))]

    assert not found, "\n".join(found)


@pytest.fixture
def phone(alice: Somebody, ids: dict[str, str], browser: Browser) -> Iterator[BrowserContext]:
    """With all of her tasks."""
    phone = browser.new_context(
        base_url=alice.address,
        storage_state=alice.context.storage_state(),
        viewport=NARROW,
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
        locale="en-GB",
    )
    yield phone
    phone.close()


@pytest.mark.timeout(300)
def test_a_finger_hits_everything_on_a_phone(alice: Somebody, ids: dict[str, str], phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/inbox")
    found = []
    for scene in VIEWS:
        moves(page, scene.address.format_map(ids))
        stands(page, scene)
        found += [f"{scene.name}: {each}" for each in too_small(page, FINGER)]
    for aside in ASIDES:
        comes_to(page, aside, ids)
        aside.is_reached(page)
        aside.opens(page)
        found += [f"{aside.name}: {each}" for each in too_small(page, FINGER)]
        aside.closes(page)
        aside.is_left(page)
    moves(page, "/inbox")
    for moment, _ in come(page, Furnisher(alice.context.request, alice.address), ids["task"]):
        found += [f"{moment.name}: {each}" for each in too_small(page, FINGER)]

    assert not found, "\n".join(found)
