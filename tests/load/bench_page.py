"""What the page costs who uses it: bytes of a first visit, and with 10,000 tasks in a list how soon it shows what was
asked of it by a processor a quarter as fast, whether it scrolls without a hitch, and whether typing ever waits.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect, sync_playwright

from knative.local import page as frontend
from tests import chromium
from tests.chaos.installation import Installation
from tests.load import report
from tests.load.report import Figure
from tests.world import NO_AUTHORITIES, ROOT

TASKS, AT_ONCE = 10_000, 8
TIMES = 60  # each interaction
PACE = 250  # ms from what has been painted to the next click, of somebody in a hurry
SLOWER = 4
LOW = 600  # px of a window of 900
FRAMES = 600  # from the top of the list to its end
QUIET = 2_000  # ms without another script
WORDS = "water the plumber before seven"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WATCH = Path(__file__).with_name("page_watch.js").read_text()

FIGURES = [
    Figure("scripts of a first view", "kB", more_is_better=False, limit=150),
    Figure("scripts with what is fetched while nothing else is to do", "kB", more_is_better=False),
    Figure("add, p95 to the next paint", "ms", more_is_better=False, limit=100),
    Figure("complete, p95 to the next paint", "ms", more_is_better=False, limit=100),
    Figure("open, p95 to the next paint", "ms", more_is_better=False, limit=100),
    Figure("a letter in search, p95 to the next paint", "ms", more_is_better=False, limit=100),
    Figure("longest task while typing in search", "ms", more_is_better=False, limit=50),
    Figure("frames over 50 ms while scrolling", "", more_is_better=False, limit=0),
    Figure("until 10,000 tasks are there", "s", more_is_better=False),
]


class Owner:
    """Somebody with very many tasks, made by the API."""

    def __init__(self, address: str) -> None:
        self.address, self.account = address, {"email": f"{uuid4()}@example.org", "password": "a long enough password"}
        with self._client() as client:
            client.post("/api/auth/register", json=self.account).raise_for_status()
            self.cookies = dict(client.cookies)
            self.list = client.post("/api/lists", json={"name": "Everything"}).raise_for_status().json()["id"]
        with ThreadPoolExecutor(AT_ONCE) as hands:
            list(hands.map(self._makes, range(AT_ONCE)))

    def _client(self, cookies: dict[str, str] | None = None) -> httpx.Client:
        headers = {"origin": self.address}
        return httpx.Client(base_url=self.address, headers=headers, cookies=cookies, verify=NO_AUTHORITIES, timeout=60)

    def _makes(self, hand: int) -> None:
        with self._client(self.cookies) as client:
            for number in range(hand, TASKS, AT_ONCE):
                task = {"title": f"Task {number} of the plumber, to be done", "list": self.list}
                client.post("/api/tasks", json=task).raise_for_status()


class Watched:
    """A page that says how long things took."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page, self._session = page, session

    def slowed(self, rate: float) -> None:
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def begins(self, event: str) -> None:
        """From now on it is measured how long it takes from such an event to the next paint."""
        self.page.evaluate("event => watch.begin(event)", event)

    def took(self, times: int) -> list[float]:
        """How long it took, each of that many times."""
        took: list[float] = self.page.evaluate("times => watch.times(times)", times)
        return took

    def p95(self, times: int) -> float:
        return statistics.quantiles(self.took(times), n=100)[94]

    def click(self, target: Locator) -> None:
        """As a hand does; a locator's own click asks the page what lies there, which would be measured too."""
        self.page.mouse.move(*middle(target))
        self.page.wait_for_timeout(PACE)
        self.page.mouse.click(*middle(target))


@contextmanager
def visit(browser: Browser, owner: Owner) -> Iterator[Watched]:
    """A first visit: nothing of it is kept in this browser."""
    context = browser.new_context(base_url=owner.address, viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.add_cookies([{"name": name, "value": value, "url": owner.address} for name, value in owner.cookies.items()])
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"/list/{owner.list}")
    expect(rows(page).first).to_be_visible(timeout=120_000)
    yield Watched(page, context.new_cdp_session(page))
    context.close()


def first_view() -> set[str]:
    """The scripts without which no view is shown, as the build lists them."""
    listed: list[str] = json.loads((ROOT / "frontend/dist/.vite/first.json").read_text())
    return {"theme.js", *(path for path in listed if path.endswith(".js"))}


def weigh(page: Page) -> dict[str, float]:
    fetched: dict[str, float] = page.evaluate("quiet => watch.scripts(quiet)", QUIET)
    needed = first_view()
    assert needed <= fetched.keys(), f"never fetched: {needed - fetched.keys()}"
    return {
        "scripts of a first view": sum(fetched[path] for path in needed) / 1000,
        "scripts with what is fetched while nothing else is to do": sum(fetched.values()) / 1000,
    }


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def rows(page: Page) -> Locator:
    return page.get_by_role("main").locator("[data-row]")


def measure(browser: Browser, owner: Owner) -> dict[str, float]:
    values: dict[str, float] = {}
    with visit(browser, owner) as watched:
        page = watched.page
        values["until 10,000 tasks are there"] = page.evaluate("() => performance.now()") / 1000
        values |= weigh(page)
        values["frames over 50 ms while scrolling"] = page.evaluate("frames => watch.scroll(frames)", FRAMES)
        page.evaluate("() => window.scrollTo(0, 0)")
        watched.slowed(SLOWER)
        values["open, p95 to the next paint"] = opens(watched)
        values["complete, p95 to the next paint"] = completes(watched)
        values["add, p95 to the next paint"] = adds(watched)
        values["a letter in search, p95 to the next paint"] = types(watched)
        watched.slowed(1)
        values["longest task while typing in search"] = longest_task(watched)
    return values


def opens(watched: Watched) -> float:
    page = watched.page
    panel = page.get_by_role("complementary", name="Open task")
    watched.begins("click")
    for number in range(TIMES):
        title = rows(page).nth(number % 8).locator("a[data-title]")
        watched.click(title)
        watched.took(number + 1)
        expect(panel.get_by_role("textbox", name="Title")).to_have_value(title.inner_text())
    p95 = watched.p95(TIMES)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    return p95


def completes(watched: Watched) -> float:
    watched.begins("click")
    for number in range(TIMES):
        box = rows(watched.page).locator("[type=checkbox]:not(:checked)").first  # a finished one stays where it was
        task = box.get_attribute("aria-label")
        if (too_low := middle(box)[1] - LOW) > 0:  # below it are the toasts
            watched.page.evaluate("by => window.scrollBy(0, by)", too_low + LOW / 2)
        watched.click(box)
        watched.took(number + 1)
        expect(rows(watched.page).get_by_role("checkbox", name=task, exact=True)).to_be_checked()
    return watched.p95(TIMES)


def adds(watched: Watched) -> float:
    page = watched.page
    took = []
    for number in range(TIMES):
        page.keyboard.press("q")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("combobox").or_(dialog.get_by_role("textbox")).first.fill(f"Something new {number}")
        page.wait_for_timeout(PACE)
        watched.begins("keydown")
        page.keyboard.press("Enter")
        took += watched.took(1)[:1]
        if dialog.count():
            page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    return statistics.quantiles(took, n=100)[94]


def types(watched: Watched) -> float:
    page = watched.page
    page.keyboard.press("g")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", name="Search", level=1)).to_be_visible()
    page.get_by_role("searchbox", name="Search tasks").click()
    watched.begins("keydown")
    for number, letter in enumerate(WORDS, 1):
        page.keyboard.type(letter)
        watched.took(number)
    return watched.p95(len(WORDS))


def longest_task(watched: Watched) -> float:
    page = watched.page
    page.keyboard.press("Control+a")
    page.evaluate("() => watch.tasks()")
    for letter in WORDS:
        page.keyboard.type(letter)
    longest: float = page.evaluate("() => watch.longest()")
    return longest


def main() -> int:
    path = chromium.find(whole=False)
    if path is None:
        sys.exit("There is no Chromium here: install it, or name it: CHROMIUM=…")
    frontend.build(ROOT / "frontend")
    with tempfile.TemporaryDirectory() as folder, Installation.running(Path(folder)) as installation:
        print(f"Making {TASKS:,} tasks.", flush=True)
        owner = Owner(installation.address)
        with sync_playwright() as playwright:
            expect.set_options(timeout=60_000)
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            status = report.benchmark("page", FIGURES, lambda: measure(browser, owner))
            browser.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
