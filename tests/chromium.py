"""A Chromium for the browser tests: the machine's own, else Playwright's, fetched by `python -m tests.chromium`.

Where there is one without the parts that nobody sees, it does for most tests, and starts in a third of the time. It has
no notifications and no push; a module whose tests want those says `WHOLE_CHROMIUM = True`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

_LIGHT = ("chromium-headless-shell", "chrome-headless-shell")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find(whole: bool = True) -> str | None:
    """Where a Chromium is, the light one unless a whole one is wanted; None where there is none."""
    named = os.environ.get("CHROMIUM")
    names = _NAMES if whole else (*_LIGHT, *_NAMES)
    installed = [path for name in names if (path := shutil.which(name))]
    candidates = [named] if named else [*installed, str(_MAC), _playwrights_own()]
    return next((path for path in candidates if Path(path).exists()), None)


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__" and find() is None:
    sys.stdout.write("There is no Chromium here; fetching Playwright's own.\n")
    if subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) != 0:
        sys.stdout.write(
            "It could not be fetched, so the browser tests are skipped: install chromium, or name it: CHROMIUM=…\n"
        )
