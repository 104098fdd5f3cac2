"""A life in which everything happens that events tell of. `python -m tests.life` takes from it the examples that
the catalogue lacks, or those of the events it is told: what a running Taskora has published, and nobody has touched.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from eventing import catalogue
from shared.events import EVENT_TYPES
from tests import api, hooking
from tests.authenticator import Authenticator
from tests.deliveries import Delivery, Fact, dead, work_due
from tests.endpoint import Endpoint, Said, endpoint
from tests.newcomers import PASSWORD, browser
from tests.openid_provider import Liar
from tests.post_office import PostOffice, certificate
from tests.push_service import VAPID_PRIVATE_KEY, Browser
from tests.world import Function, Posted, World, eventually

HERE = "http://taskora.test"
ZONE = "Europe/Berlin"
EMAIL = "alice@example.org"
TRACED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
FIRST = ("specversion", "id", "source", "type", "subject", "time", "partitionkey", "sequence")


@dataclass
class Life:
    world: World
    accounts: Function  # and the others: set up for it
    notify: Function
    webhooks: Function
    provider: Liar
    endpoint: Endpoint
    browser: httpx.Client
    email: str

    def __post_init__(self) -> None:
        self._before = len(self.world.door.posted)

    def goes_by(self) -> None:
        self.joins()
        self.gets_organized()
        self.works()
        self.talks()
        self.repeats()
        self.is_reminded()
        self.signs_in_elsewhere()
        self.is_heard_elsewhere()
        self.is_careful()
        self.is_misunderstood()
        self.meets_a_fault_of_ours()
        self.leaves()

    def ask(self, method: str, path: str, said: Any = None, client: httpx.Client | None = None) -> Any:
        """As a browser does, of the function that the gateway would ask; what it is answered."""
        answer = (client or self.browser).request(method, f"{self.function(method, path).url}{path}", json=said)
        assert answer.status_code < 400, answer.text
        self.activity = answer.headers.get("taskora-activity")
        if answer.is_redirect:
            return answer.headers["location"]
        return answer.json() if answer.content else None

    def function(self, method: str, path: str) -> Function:
        routes = sorted(api.functions_by_route().items(), key=lambda route: route[0][1].count("{"))
        asked = path.partition("?")[0]
        matching = (
            function
            for (known, route), function in routes
            if known == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), asked)
        )
        return self.running(next(matching))

    def running(self, name: str) -> Function:
        of_its_own = {"accounts": self.accounts, "notify": self.notify, "webhooks": self.webhooks}
        return of_its_own.get(name) or self.world.function(name)

    def undo(self) -> None:
        """What was done last."""
        self.ask("POST", f"/api/activity/{self.activity}/undo")

    def brings(self, event_type: str, function: str) -> None:
        """The broker delivers what came last of this kind."""
        eventually(lambda: event_type in [event.type for event in self.published()], f"{event_type} is published")
        event = [event for event in self.published() if event.type == event_type][-1]
        assert Delivery(event.headers, event.data).to(self.running(function)).status_code == 204

    def published(self) -> list[Posted]:
        """All that is about this person, and what is about nobody."""
        events = self.world.door.posted[self._before :]
        return [event for event in events if event.topic == "system-events" or event.of == self.id]

    def joins(self) -> None:
        who = {"email": self.email, "password": PASSWORD, "name": "Alice", "zone": ZONE}
        self.id = self.ask("POST", "/api/auth/register", who)["id"]
        self.ask("POST", "/api/auth/logout")
        self.logs_in()
        self.ask("PATCH", "/api/me", {"week_start": "sunday", "theme": "dark"})

    def logs_in(self, password: str = PASSWORD, **besides: str) -> None:
        self.ask("POST", "/api/auth/login", {"email": self.email, "password": password} | besides)

    def gets_organized(self) -> None:
        self.list = self.ask("POST", "/api/lists", {"name": "Home", "color": "#3b82f6"})["id"]
        self.tag = self.ask("POST", "/api/tags", {"name": "bills", "color": "#ef4444"})["id"]
        query = "(today | overdue) & !@waiting"
        filter = self.ask("POST", "/api/filters", {"name": "Now", "query": query})["id"]
        named = {"lists": (self.list, "House"), "tags": (self.tag, "money"), "filters": (filter, "At once")}
        for kind, (id, name) in named.items():
            self.ask("PATCH", f"/api/{kind}/{id}", {"name": name})
            self.ask("DELETE", f"/api/{kind}/{id}")
            self.undo()

    def works(self) -> None:
        said = {"title": "Pay the rent", "notes": "To the **new** account.", "priority": "high", "due": "2040-03-31"}
        besides = {
            "list": self.list,
            "tags": [self.tag],
            "reminders": [{"kind": "days_before", "days": 1, "at": "18:00"}],
        }
        task = self.ask("POST", "/api/tasks", said | besides)["id"]
        comment = self.ask("POST", f"/api/tasks/{task}/comments", {"text": "Done at the **bank**."})["id"]
        self.ask("PATCH", f"/api/comments/{comment}", {"text": "Done by *telephone*."})
        self.ask("DELETE", f"/api/comments/{comment}")
        self.undo()
        self.ask("PATCH", f"/api/tasks/{task}", {"due": "2040-03-30T09:00:00", "zone": ZONE})
        self.ask("POST", f"/api/tasks/{task}/complete")
        self.ask("POST", f"/api/tasks/{task}/reopen")
        self.ask("DELETE", f"/api/tasks/{task}")
        self.ask("POST", f"/api/tasks/{task}/restore")

    def talks(self) -> None:
        self.ask("POST", "/api/chat/messages", {"text": "what is overdue?"})
        self.ask("DELETE", "/api/chat/messages")

    def repeats(self) -> None:
        said = {"title": "Water the plants", "due": "2040-03-26", "recurrence": {"rule": "FREQ=WEEKLY;BYDAY=MO"}}
        task = self.ask("POST", "/api/tasks", said)
        self.ask("POST", f"/api/tasks/{task['id']}/complete")
        self.ask("POST", f"/api/series/{task['series']}/pause")
        self.ask("POST", "/api/tasks", said | {"title": "Water the plants twice"})
        self.undo()
        self.undo()

    def is_reminded(self) -> None:
        self.ask("PUT", "/api/preferences", {"quiet_hours": {"start": "22:00", "end": "07:00"}})
        just_now = datetime.now(ZoneInfo(ZONE)) - timedelta(seconds=1)
        said = {"title": "Call the dentist", "due": f"{just_now:%Y-%m-%dT%H:%M:%S}", "zone": ZONE}
        task = self.ask("POST", "/api/tasks", said | {"reminders": [{"kind": "before", "minutes": 0}]})
        self.brings("reminder.scheduled", "remind")
        [notice] = self.ask("GET", "/api/notifications")["items"]
        self.ask("POST", f"/api/tasks/{task['id']}/reminders/{task['reminders'][0]['id']}/snooze", {"minutes": 60})
        self.ask("POST", f"/api/notifications/{notice['id']}/read")
        subscription = Browser("https://push.example.org").subscription()
        made = self.ask("POST", "/api/push/subscriptions", subscription)["id"]
        self.ask("DELETE", f"/api/push/subscriptions/{made}")

    def signs_in_elsewhere(self) -> None:
        self.provider.next_says = {"sub": self.email, "email": self.email}
        self.comes_back_from(self.ask("POST", "/api/me/identity", {"password": PASSWORD})["url"])
        self.ask("POST", "/api/auth/logout")
        self.comes_back_from(self.ask("GET", "/api/auth/oidc"))

    def is_heard_elsewhere(self) -> None:
        self.endpoint.answers["/kitchen"] = Said(410)
        said = {"url": f"{self.endpoint.origin}/kitchen", "types": ["task.*"], "description": "The kitchen's wall"}
        hook = self.ask("POST", "/api/webhooks", said)["id"]
        self.ask("PATCH", f"/api/webhooks/{hook}", {"types": ["task.completed"]})
        self.ask("POST", f"/api/webhooks/{hook}/ping")
        assert work_due("hooks").to(self.running("webhooks")).status_code == 204
        self.ask("DELETE", f"/api/webhooks/{hook}")

    def comes_back_from(self, entrance: str) -> None:
        self.ask("GET", self.browser.get(entrance).headers["location"].removeprefix(HERE))

    def is_careful(self) -> None:
        self.ask("POST", "/api/auth/reset", {"email": self.email})
        self.brings("work.due", "notify")
        said = {"name": "The script on my laptop", "scopes": ["tasks:read", "tasks:write"], "expires_in_days": 365}
        token = self.ask("POST", "/api/tokens", said)
        with browser(self.world.function("tasks"), authorization=f"Bearer {token['token']}") as script:
            self.ask("POST", "/api/tasks", {"title": "Said by a script"}, client=script)
        self.ask("DELETE", f"/api/tokens/{token['id']}")
        self.ask("POST", "/api/me/password", {"current_password": PASSWORD, "new_password": PASSWORD[::-1]})
        authenticator = Authenticator(self.ask("POST", "/api/me/second-factor", {"password": PASSWORD[::-1]})["secret"])
        codes = self.ask("POST", "/api/me/second-factor/confirm", {"code": authenticator.code()})["recovery_codes"]
        self.ask("POST", "/api/auth/logout-everywhere")
        self.logs_in(PASSWORD[::-1], code=authenticator.code(1))
        self.recovery_code = codes[0]

    def is_misunderstood(self) -> None:
        """And what she said is kept for an operator, who hears of a new release in the same minute."""
        self.world.rows("UPDATE releases SET told_at = NULL")
        poison = Fact(UUID(self.id), 10**9).delivery
        assert dead(poison, "audit", "422").to(self.running("relay")).status_code == 204
        assert work_due("outbox").to(self.running("relay")).status_code == 204

    def meets_a_fault_of_ours(self) -> None:
        self.world.rows("ALTER TABLE filters RENAME TO elsewhere")
        try:
            answer = self.browser.get(f"{self.function('GET', '/api/filters').url}/api/filters")
        finally:
            self.world.rows("ALTER TABLE elsewhere RENAME TO filters")
        assert answer.status_code == 500
        eventually(lambda: "system.error" in [event.type for event in self.published()], "operators hear of it")

    def leaves(self) -> None:
        self.ask("DELETE", "/api/me", {"password": PASSWORD[::-1], "code": self.recovery_code})
        eventually(lambda: "user.deleted" in [event.type for event in self.published()], "the last event is published")


@contextmanager
def life(world: World, email: str) -> Iterator[Life]:
    with ExitStack() as stack:
        office = stack.enter_context(PostOffice())
        provider = Liar()
        stack.callback(provider.close)
        oidc = {"OIDC_ISSUER": provider.url, "OIDC_CLIENT_ID": "taskora", "OIDC_CLIENT_SECRET": "between the two"}
        mail = {"SMTP_URL": office.url, "MAIL_FROM": "taskora@here.test", "VAPID_PRIVATE_KEY": VAPID_PRIVATE_KEY}
        accounts = world.start("accounts", OIDC_NAME="Example", PUBLIC_URL=HERE, **oidc)
        stack.callback(accounts.kill)
        notify = world.start("notify", PUBLIC_URL=HERE, **mail)
        stack.callback(notify.kill)
        trusted = certificate(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        theirs = stack.enter_context(endpoint(trusted[0]))
        webhooks = stack.enter_context(hooking.started(world, trusted))
        client = stack.enter_context(browser(accounts, traceparent=TRACED))
        yield Life(world, accounts, notify, webhooks, provider, theirs, client, email)


def main(wanted: list[str]) -> None:
    lacking = [each.name for each in EVENT_TYPES.values() if catalogue.example(each) is None]
    with tempfile.TemporaryDirectory() as folder, World(Path(folder)) as world, life(world, EMAIL) as alice:
        alice.goes_by()
        for event in reversed(alice.published()):  # the first of each kind has the last word
            if event.type in (wanted or lacking):
                catalogue.keep_example(EVENT_TYPES[event.type], structured(event))


def structured(event: Posted) -> dict[str, Any]:
    """As CloudEvents' JSON format has it: attributes and data in one document.

    Without the signature, which is of the data's very bytes.
    """
    named = {name[3:]: unquote(value) for name, value in event.headers.items() if name.startswith("ce-")}
    del named["signature"]
    ordered = [name for name in FIRST if name in named] + sorted(named.keys() - set(FIRST))
    data = {"datacontenttype": event.headers["content-type"], "data": json.loads(event.data)}
    return {name: named[name] for name in ordered} | data


if __name__ == "__main__":
    main(sys.argv[1:])
