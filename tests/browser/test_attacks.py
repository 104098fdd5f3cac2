"""What another site's page, or something that got into ours, can do in a real browser: with the gateway's headers
nothing; without them it is seen to succeed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.chaos.installation import Installation
from tests.world import eventually

GUARD = "content-security-policy"


def ours_is_shown_inside_of_theirs(page: Page, taskora: Installation) -> bool:
    """And is clicked on, under something else."""
    frame = f'<iframe src="{taskora.address}/" onload="document.title = \'loaded\'"></iframe>'
    page.route("https://evil.test/", lambda route: route.fulfill(content_type="text/html", body=frame))
    page.goto("https://evil.test/")
    eventually(lambda: page.title() == "loaded", "the frame is there, or an error in its place")
    return bool(page.frames[1].evaluate("document.querySelector('#page') !== null"))


def something_in_the_page_runs(page: Page, taskora: Installation) -> bool:
    page.goto(f"{taskora.address}/")
    eventually(lambda: page.evaluate("document.images[0]?.complete"), "the picture is known not to be there")
    return bool(page.evaluate("window.takenOver === true"))


PLANTED = '<img src="/no-such-picture" onerror="window.takenOver = true"></body>'


def visited(
    browser: Browser, taskora: Installation, succeeds: Callable[[Page, Installation], bool], guarded: bool
) -> bool:
    def on_its_way(route: Route) -> None:
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if guarded or name != GUARD}
        route.fulfill(response=answer, headers=headers, body=answer.text().replace("</body>", PLANTED))

    with browser.new_context() as context:
        page = context.new_page()
        page.route(f"{taskora.address}/", on_its_way)
        return succeeds(page, taskora)


@pytest.mark.parametrize("succeeds", [ours_is_shown_inside_of_theirs, something_in_the_page_runs])
def test_only_without_the_gateways_headers(
    succeeds: Callable[[Page, Installation], bool], taskora: Installation, browser: Browser
) -> None:
    assert not visited(browser, taskora, succeeds, guarded=True)
    assert visited(browser, taskora, succeeds, guarded=False)
