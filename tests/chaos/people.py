"""People who use Taskora all the while, with browsers that ask again until they are answered."""

import asyncio
import json
import random
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aiohttp
from yarl import URL

from tests.chaos.endpoints import Endpoints, Subscription
from tests.chaos.ledger import Ledger

PASSWORD = "correct horse battery staple"
PATIENCE = 10.0  # seconds for one attempt


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Any
    attempts: int
    began: float  # the attempt that was answered
    asked: float  # the first one


class Browser:
    """One browser with its cookie. It asks until it is answered."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self._chance = random.Random(f"pauses of {name}")  # apart, so that retries don't change what is done next
        self.http = aiohttp.ClientSession(
            address,
            headers={"Origin": address},
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # its host is a number
            timeout=aiohttp.ClientTimeout(total=PATIENCE),
        )

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Reply:
        asked, attempts = time.monotonic(), 0
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        while True:
            began, attempts = time.monotonic(), attempts + 1
            pause = self._chance.uniform(0.1, 0.3) * min(8, attempts)
            try:
                async with self.http.request(method, path, json=body, headers=sent) as answer:
                    text = await answer.read()
                    if answer.status < 500 and answer.status != 429:
                        return Reply(answer.status, json.loads(text) if text else None, attempts, began, asked)
                    if answer.status == 429:
                        pause = float(answer.headers["Retry-After"])
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            await asyncio.sleep(pause)


class Person:
    def __init__(self, address: str, name: str, ledger: Ledger) -> None:
        self.name, self._address, self._ledger = name, address, ledger
        self._credentials = {"email": f"{name}@example.org", "password": PASSWORD}
        self._browsers: list[Browser] = []

    async def register(self) -> None:
        browser = self._browser("first")
        answer = await browser.ask("POST", "/api/auth/register", self._credentials | {"name": self.name})
        if answer.status == 409 and answer.attempts > 1:  # it was done, and the answer got lost
            answer = await browser.ask("POST", "/api/auth/login", self._credentials)
        if answer.status not in (200, 201):
            raise AssertionError(f"{self.name} could not register: {answer}")
        self.id = UUID(answer.body["id"])
        self.page = browser
        self._ledger.tasks[self.id] = {}

    async def open(self, what: str) -> Browser:
        """Another browser, signed in."""
        browser = self._browser(what)
        answer = await browser.ask("POST", "/api/auth/login", self._credentials)
        if answer.status != 200:
            self._ledger.wrong.append(f"{browser.name} could not log in: {answer}")
        return browser

    async def log_out_and_in(self, browser: Browser) -> None:
        answer = await browser.ask("POST", "/api/auth/logout")
        if answer.status != 204 and not (answer.status == 401 and answer.attempts > 1):
            self._ledger.wrong.append(f"{browser.name} could not log out: {answer}")
        answer = await browser.ask("POST", "/api/auth/login", self._credentials)
        if answer.status != 200:
            self._ledger.wrong.append(f"{browser.name} could not log in again: {answer}")

    async def subscribe(self, endpoints: Endpoints, types: tuple[str, ...]) -> None:
        """Its secret is said once, and that answer may get lost: only one whose secret is known is switched on."""
        path = f"/{self.name}"
        wanted = {"url": endpoints.address + path, "types": list(types), "active": False}
        answer = await self.page.ask("POST", "/api/webhooks", wanted)
        if answer.status != 201:
            self._ledger.wrong.append(f"{self.name} could not have a webhook: {answer}")
            return
        id, secret = answer.body["id"], answer.body["secret"]
        answer = await self.page.ask("PATCH", f"/api/webhooks/{id}", {"active": True})
        if answer.status != 200:
            self._ledger.wrong.append(f"{self.name} could not switch on a webhook: {answer}")
        endpoints.subscriptions.append(Subscription(self.id, id, secret, types, path))

    async def is_in_after_logging_out(self) -> bool:
        browser = await self.open("last browser")
        await browser.ask("GET", "/api/me")
        cookies = {cookie.key: cookie.value for cookie in browser.http.cookie_jar}
        await browser.ask("POST", "/api/auth/logout")
        browser.http.cookie_jar.update_cookies(cookies, URL(self._address))
        return (await browser.ask("GET", "/api/me")).status != 401

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.http.close()

    def _browser(self, what: str) -> Browser:
        self._browsers.append(Browser(self._address, f"{self.name}'s {what}"))
        return self._browsers[-1]
