"""The product behind nginx: its own tree, routes and page, and the real functions."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from tests.nginx import Nginx, before
from tests.streams import Page
from tests.world import World

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def nginx(world: World) -> Iterator[Nginx]:
    with before(world) as nginx:
        yield nginx


@pytest.fixture
def browser(nginx: Nginx) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=nginx.address, headers={"origin": nginx.address}, timeout=30) as browser:
        yield browser


def test_a_person_registers_logs_in_and_sees_each_change_as_it_happens(nginx: Nginx, browser: httpx.Client) -> None:
    account = {"email": f"alice-{uuid4()}@example.org", "password": PASSWORD}
    assert browser.post("/api/auth/register", json=account | {"name": "Alice"}).status_code == 201
    browser.cookies.clear()
    assert browser.get("/api/tasks").status_code == 401
    assert browser.post("/api/auth/login", json=account).is_success

    with Page(nginx.address, browser.cookies["session"]) as open_page:
        made = browser.post("/api/tasks", json={"title": "Stand up"}, headers={"idempotency-key": "once"})
        again = browser.post("/api/tasks", json={"title": "Stand up"}, headers={"idempotency-key": "once"})
        task = made.json()
        changed = browser.patch(f"/api/tasks/{task['id']}", json={"title": "Sit"}, headers={"if-match": '"1"'})
        stale = browser.patch(f"/api/tasks/{task['id']}", json={"title": "Lie"}, headers={"if-match": '"1"'})
        open_page.until(lambda: len(open_page.changes) >= 2, "both changes")

    assert (made.status_code, again.json(), changed.status_code) == (201, task, 200)
    assert (stale.status_code, stale.json()["current"]["title"]) == (412, "Sit")
    assert [each["title"] for each in browser.get("/api/tasks").json()["items"]] == ["Sit"]


def test_another_sites_page_can_do_nothing(browser: httpx.Client) -> None:
    answer = browser.post("/api/auth/login", json={}, headers={"origin": "https://evil.example"})

    assert answer.status_code == 403


def test_the_page_and_all_it_asks_for_are_there(browser: httpx.Client) -> None:
    page = browser.get("/tasks/today")
    wanted = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)

    assert "/assets/" in "".join(wanted)
    assert {browser.get(path).status_code for path in wanted} == {200}
    assert "default-src 'self'" in page.headers["content-security-policy"]
