"""What becomes late while the page stands there, and nobody does anything."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.somebody import Somebody


def test_a_task_becomes_overdue_when_its_time_has_passed(alice: Somebody) -> None:
    alice.lives_in("Europe/Berlin")
    noon = datetime.combine(alice.today(), time(12), ZoneInfo("Europe/Berlin"))
    alice.has_task("Stand up", due=f"{alice.today()}T12:02")
    alice.context.clock.install(time=noon)
    tab = alice.opens_a_live_tab("/today")
    expect(tab.task("Stand up")).to_be_visible()
    overdue = tab.page.get_by_role("heading", name="Overdue")
    expect(overdue).to_have_count(0)

    alice.context.clock.fast_forward("03:00")

    expect(overdue).to_be_visible()
