"""A service worker of a real browser reads what `notify` pushes, and shows it with what can be done about it.

No push service is reached from here: the sealed message is handed to the worker, and what was in it comes again as the
push that a browser would make of it.
"""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from functions.notify import browsers
from tests import push_service
from tests.browser.pushing import push

WHOLE_CHROMIUM = True  # notifications

PAGE = "<!doctype html><title>A page</title>"
WORKER = Path(__file__).with_name("push_worker.js").read_text()
ORDINARY = {"title": "Pay the rent \u00fc\U0001f600", "body": "Due today", "tag": "one"}
ACTIONS = [{"action": "complete", "title": "Complete", "path": "/x", "body": {}}]


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text, kind = (WORKER, "text/javascript") if self.path == "/worker.js" else (PAGE, "text/html")
            self.send_response(200)
            self.send_header("content-type", f"{kind}; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """With its service worker at work."""
    context = browser.new_context(permissions=["notifications"])
    page = context.new_page()
    page.goto(site)
    page.evaluate(
        "async () => { window.said = []; navigator.serviceWorker.onmessage = said => window.said.push(said.data);"
        " await navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready; }"
    )
    yield page
    context.close()


def said(page: Page, number: int) -> Any:
    page.wait_for_function(f"window.said.length >= {number}")
    return page.evaluate(f"window.said[{number - 1}]")


def test_a_service_worker_reads_it_with_the_browsers_own_means_and_shows_it(page: Page) -> None:
    mine = push_service.Browser("https://push.example.org")
    keys = mine.subscription()["keys"]
    message = json.dumps(ORDINARY | {"actions": ACTIONS}, ensure_ascii=False).encode()
    sealed = browsers.encrypted(message, keys["p256dh"], keys["auth"])

    page.evaluate(
        "async sealed => (await navigator.serviceWorker.ready).active.postMessage(sealed)",
        {"body": b64encode(sealed).decode(), "keys": keys, "key": as_jwk(mine)},
    )
    read = said(page, 1)
    push(page, read)

    assert read.encode() == message
    assert said(page, 2) == [ORDINARY | {"actions": ["complete"]}]


def as_jwk(mine: push_service.Browser) -> dict[str, str]:
    numbers = mine.private_numbers()
    parts = {"x": numbers.public_numbers.x, "y": numbers.public_numbers.y, "d": numbers.private_value}
    return {"kty": "EC", "crv": "P-256"} | {
        name: urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=") for name, number in parts.items()
    }
