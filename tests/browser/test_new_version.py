"""What somebody who has the page open sees of a newer one."""

import re

from playwright.sync_api import expect

from tests.browser.releasing import NEWER, released
from tests.browser.somebody import Somebody
from tests.chaos.installation import Installation


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
