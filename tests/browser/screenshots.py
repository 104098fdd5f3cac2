"""What each view looks like, in both themes, at three widths and in each state it may be in; and what opens over them.

`python -m tests.browser.screenshots [view …]` writes `<view>-<state>-<theme>-<width>.png` into `.taskora/screenshots`.
Nothing is judged here: somebody has to look at them.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, StorageState, expect, sync_playwright

from knative.local import page as frontend
from tests import chromium
from tests.browser.furnisher import Furnisher
from tests.browser.moments import MOMENTS, come
from tests.browser.scenes import ASIDES, VIEWS, Scene, goes, has_loaded, is_narrow, moves, stands
from tests.browser.somebody import Tab
from tests.chaos.installation import Installation
from tests.world import ROOT

FOLDER = ROOT / ".taskora/screenshots"
WIDTHS = {360: 740, 1280: 900, 2560: 1440}
VAST = 3840
VAST_TOO = ("inbox", "board", "calendar", "activity", "task", "settings-notifications")
HEIGHTS = {**WIDTHS, VAST: 2160}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BROKEN = json.dumps({"title": "Internal Server Error", "status": 500, "detail": "Something is broken here."})
ALWAYS = ("/api/me", "/api/auth/methods")  # whoever cannot be told from anybody else sees no view at all
PATIENCE = 15_000.0

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


class Studio:
    def __init__(self, browser: Browser, address: str, wanted: Sequence[str]) -> None:
        self._browser, self._address = browser, address
        self.views = [scene for scene in VIEWS if not wanted or scene.name in wanted]
        self.asides = [aside for aside in ASIDES if not wanted or aside.name in wanted]
        self.moments = [moment.name for moment in MOMENTS if not wanted or moment.name in wanted]
        self.taken = 0
        self._full, self.ids = self._person(furnished=True)
        self._empty, self.no_ids = self._person(furnished=False)

    def _person(self, furnished: bool) -> tuple[StorageState, dict[str, str]]:
        context = self._browser.new_context(base_url=self._address)
        furnisher = Furnisher(context.request, self._address)
        account = {"email": f"ada-{uuid4()}@example.org", "password": "correct horse battery staple"}
        furnisher.makes("/api/auth/register", **account, name="Ada", zone="Europe/Berlin")
        ids = furnisher.furnishes() if furnished else furnisher.has_places()
        state = context.storage_state()
        context.close()
        return state, ids

    @contextmanager
    def sitting(
        self, theme: Theme, who: StorageState | None = None, kept: bool = False
    ) -> Iterator[tuple[BrowserContext, Page]]:
        context = self._browser.new_context(
            base_url=self._address,
            storage_state=who or self._full,
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Berlin",
            service_workers="allow" if kept else "block",
        )
        context.set_default_timeout(PATIENCE)
        yield context, context.new_page()
        context.unroute_all(behavior="ignoreErrors")  # whoever was never answered need not be
        context.close()

    def takes(self, page: Page, name: str, state: str, theme: Theme, ready: Callable[[], None] = lambda: None) -> None:
        """At each width, from the narrowest; some of what is there at one is fetched for it."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            if is_narrow(width):
                expect(page.get_by_role("navigation", name="At hand")).to_be_attached()
            ready()
            self.takes_at(page, width, name, state, theme)

    def takes_at(self, page: Page, width: int, name: str, state: str, theme: Theme) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.screenshot(path=FOLDER / f"{name}-{state}-{theme}-{width}.png")
        self.taken += 1

    def full(self, theme: Theme) -> None:
        with self.sitting(theme) as (_, page):
            for scene in self.visits(page, self.ids):
                self.takes(page, scene.name, "full", theme, partial(stands, page, scene))
                if scene.name in VAST_TOO:
                    self.takes_at(page, VAST, scene.name, "full", theme)

    def offline(self, theme: Theme) -> None:
        """Gone to once the network is lost: nothing but tasks was asked for before."""
        with self.sitting(theme, kept=True) as (context, page):
            goes(page, VIEWS[0], self.ids)
            stands(page, VIEWS[0])
            Tab(page).is_kept()
            context.set_offline(True)
            expect(page.get_by_role("status", name="Connection")).to_have_text("Offline")
            for scene in self.views:
                moves(page, scene.address.format_map(self.ids))
                self.takes(page, scene.name, "offline", theme, partial(settles, page))

    def empty(self, theme: Theme) -> None:
        with self.sitting(theme, self._empty) as (_, page):
            for scene in self.visits(page, self.no_ids):
                self.takes(page, scene.name, "empty", theme, partial(settles, page))

    def visits(self, page: Page, ids: dict[str, str]) -> Iterator[Scene]:
        page.goto("/inbox")
        expect(page.get_by_role("main")).to_be_visible()
        for scene in self.views:
            moves(page, scene.address.format_map(ids))
            yield scene

    def loading(self, theme: Theme) -> None:
        """Nobody answers."""
        held: list[Route] = []
        with self.sitting(theme) as (context, page):
            context.route("**/api/**", lambda route: route.continue_() if is_always(route) else held.append(route))
            for scene in self.views:
                goes(page, scene, self.ids)
                self.takes(page, scene.name, "loading", theme)
                while held:
                    held.pop().abort()

    def error(self, theme: Theme) -> None:
        """Whatever is asked, the answer is that something is broken."""
        with self.sitting(theme) as (context, page):
            context.route("**/api/**", lambda route: route.continue_() if is_always(route) else breaks(route))
            for scene in self.views:
                goes(page, scene, self.ids)
                self.takes(page, scene.name, "error", theme, partial(settles, page))

    def dialogs(self, theme: Theme) -> None:
        with self.sitting(theme) as (_, page):
            for aside in self.asides:
                for width in filter(aside.is_at, WIDTHS):
                    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
                    page.goto(aside.at.format_map(self.ids))
                    aside.stands_by(page)
                    aside.is_reached(page)
                    aside.opens(page)
                    has_loaded(page)
                    self.takes_at(page, width, aside.name, "open", theme)

    def happenings(self, theme: Theme) -> None:
        """What they leave behind is nobody else's."""
        for width in WIDTHS if self.moments else ():
            who, ids = self._person(furnished=True)
            with self.sitting(theme, who) as (context, page):
                page.set_viewport_size({"width": width, "height": WIDTHS[width]})
                goes(page, VIEWS[0], ids)
                stands(page, VIEWS[0])
                expect(page.get_by_role("status", name="Connection")).to_have_text("Live")
                for moment, _ in come(page, Furnisher(context.request, self._address), ids["task"]):
                    if moment.name in self.moments:
                        self.takes_at(page, width, moment.name, "there", theme)


def is_always(route: Route) -> bool:
    return urlsplit(route.request.url).path in ALWAYS


def breaks(route: Route) -> None:
    route.fulfill(status=500, body=BROKEN, content_type="application/problem+json")


def settles(page: Page) -> None:
    """Whatever it has to say stands there."""
    expect(page.get_by_role("main")).not_to_be_empty(timeout=PATIENCE)
    has_loaded(page)


def main(wanted: Sequence[str]) -> None:
    path = chromium.find(whole=False)
    if path is None:
        sys.exit("There is no Chromium here: install it, or name it: CHROMIUM=…")
    known = {each.name for kind in (VIEWS, ASIDES, MOMENTS) for each in kind}
    if unknown := set(wanted) - known:
        sys.exit(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}.")
    frontend.build(ROOT / "frontend")
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    missed = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        Installation.running(Path(folder)) as installation,
        sync_playwright() as playwright,
    ):
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        studio = Studio(browser, installation.address, wanted)
        for theme in THEMES:
            for kind in (
                studio.full,
                studio.empty,
                studio.loading,
                studio.offline,
                studio.error,
                studio.dialogs,
                studio.happenings,
            ):
                try:
                    kind(theme)
                except (Error, AssertionError) as problem:
                    missed += 1
                    sys.stderr.write(f"{kind.__name__}, {theme}: {problem}\n")
        browser.close()
    seconds = time.monotonic() - began
    sys.stdout.write(f"{studio.taken} pictures in {FOLDER.relative_to(ROOT)}, after {seconds:.0f} s\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
