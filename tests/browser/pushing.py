"""No push service is reached from here: the browser is told that one has brought something."""

from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.world import eventually


def push(page: Page, text: str) -> None:
    """To the service worker of this page, as the browser does it that has a message from its push service."""
    session: CDPSession = page.context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    session.send("ServiceWorker.enable")

    def is_named() -> bool:
        page.evaluate("0")  # what the browser says comes in meanwhile
        return bool(known)

    eventually(is_named, "the browser says which service worker it has")
    origin = page.evaluate("location.origin")
    said = {"origin": origin, "registrationId": known[0]["registrationId"], "data": text}
    session.send("ServiceWorker.deliverPushMessage", said)
    session.detach()
