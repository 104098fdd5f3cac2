"""What somebody who has the page open sees of a newer one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.somebody import Somebody
from tests.chaos.installation import Installation

NEWER = "index-newer.js"


@contextmanager
def released(page: Path) -> Iterator[None]:
    """Another build of the page: its first script is called otherwise, and whatever names it says so."""
    [script] = page.glob("assets/index-*.js")
    newer = script.with_name(NEWER)
    newer.write_text(f'import "./{script.name}";')
    naming = [file for file in (*page.glob("*.html"), page / "worker.js") if script.name in file.read_text()]
    compressed = [file for file in (file.with_name(f"{file.name}.gz") for file in naming) if file.exists()]
    before = {file: file.read_bytes() for file in (*naming, *compressed)}
    for file in naming:
        file.write_text(file.read_text().replace(script.name, NEWER))
    for file in compressed:
        file.unlink()
    try:
        yield
    finally:
        for file, content in before.items():
            file.write_bytes(content)
        newer.unlink()


def test_a_newer_page_is_offered_and_comes_when_its_person_wants_it(alice: Somebody, taskora: Installation) -> None:
    tab = alice.opens_a_live_tab("/inbox")
    tab.is_kept()
    tab.new_task.fill("Half a thought")
    offer = tab.page.get_by_text("A new version of Taskora is ready.")
    expect(offer).to_have_count(0)

    with released(taskora.code / "frontend/dist"):
        alice.opens_a_live_tab("/today").page.close()  # by which the browser looks whether there is a newer one
        expect(offer).to_be_visible()
        tab.page.get_by_role("button", name="Reload").click()

        expect(tab.page.locator("script[type=module]").first).to_have_attribute("src", re.compile(NEWER))
        expect(tab.new_task).to_have_value("Half a thought")
