"""What is tried against Taskora, and what prevents it: without its guard each attack was seen to succeed.

The table in .github/SECURITY.md names these attacks; each is tried twice, on the code as it is and on a copy of it in
which the one guard is taken away.
"""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from functions.notify.letters import Letter
from functions.notify.smtp import as_message
from shared.sessions import token_hash
from tests import guards, telling
from tests.authenticator import Authenticator
from tests.deliveries import Fact, work_due
from tests.guards import Edit
from tests.newcomers import browser
from tests.people import PASSWORD, Person
from tests.ports import free_port
from tests.post_office import PostOffice, text_of
from tests.push_service import VAPID_PRIVATE_KEY, Browser, encoded
from tests.world import NO_AUTHORITIES, Function, World

Attempt = Callable[["Scene"], bool]

MAIL_SERVER = free_port()
MAILS = (
    ("SMTP_URL", f"smtp://127.0.0.1:{MAIL_SERVER}"),
    ("MAIL_FROM", "hello@taskora.test"),
    ("PUBLIC_URL", "https://taskora.test"),
)


@dataclass
class Scene:
    """Alice, whom it is about; Mallory, who tries; and the function it is tried on."""

    alice: Person
    mallory: Person
    function: Function

    def as_alice(self) -> httpx.Client:
        return self.alice.browsing(self.function)

    def as_mallory(self) -> httpx.Client:
        return self.mallory.browsing(self.function)

    def from_elsewhere(self, **headers: str) -> httpx.Client:
        """Alice's browser, on a page of Mallory's."""
        said = {"cookie": f"session={self.alice.token}", "x-forwarded-host": "taskora.test"} | headers
        return httpx.Client(base_url=self.function.url, headers=said, verify=NO_AUTHORITIES)


@dataclass(frozen=True)
class Attack:
    name: str
    function: str
    succeeds: Attempt
    guard: Edit | tuple[Edit, ...]
    settings: tuple[tuple[str, str], ...] = ()


def another_sites_form_adds_a_task(scene: Scene) -> bool:
    headers = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    with scene.from_elsewhere(**headers) as browser:
        return browser.post("/api/tasks", json={"title": "Planted"}).status_code == 201


def a_cookie_without_an_origin_adds_a_task(scene: Scene) -> bool:
    with scene.from_elsewhere() as browser:
        return browser.post("/api/tasks", json={"title": "Planted"}).status_code == 201


def another_sites_page_signs_a_visitor_in(scene: Scene) -> bool:
    with scene.from_elsewhere(**{"origin": "https://evil.test", "sec-fetch-site": "cross-site"}) as browser:
        credentials = {"email": scene.mallory.email, "password": PASSWORD}
        return "set-cookie" in browser.post("/api/auth/login", json=credentials).headers


def somebody_elses_task_is_read(scene: Scene) -> bool:
    task = scene.as_alice().post("/api/tasks", json={"title": "Alice's own"}).json()
    return "Alice's own" in scene.as_mallory().get(f"/api/tasks/{task['id']}").text


def a_body_fills_the_memory(scene: Scene) -> bool:
    answer = scene.as_alice().post("/api/tasks", json={"title": "x", "notes": "y" * 3_000_000})
    return answer.status_code != 413


def an_event_of_nobody_is_believed(scene: Scene) -> bool:
    forged = Fact(scene.alice.id, 1, "task.completed", "task/7").delivery.having(signature="00")
    return forged.to(scene.function).status_code == 204


def a_push_service_of_theirs_is_inside(scene: Scene) -> bool:
    """By a name that anybody can give an address to."""
    with socket.create_server(("127.0.0.1", 0)) as inside:
        browser = Browser(f"https://localhost:{inside.getsockname()[1]}")
        scene.as_mallory().post("/api/push/subscriptions", json=browser.subscription()).raise_for_status()
        inside.settimeout(0.05)
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(telling.said(scene.mallory, telling.tell(scene.mallory)).to, scene.function)
            while not answer.done():
                try:
                    inside.accept()[0].close()
                except TimeoutError:
                    continue
                return True
    return False


def mailed(scene: Scene, title: str) -> EmailMessage:
    """Of a reminder of this task."""
    wanted = {"channels": {"reminder": {"email": True}}}
    scene.as_alice().put("/api/preferences", json=wanted).raise_for_status()
    office = PostOffice()
    office.port = MAIL_SERVER
    with office:
        telling.said(scene.alice, telling.tell(scene.alice, title)).to(scene.function).raise_for_status()
        work_due("deliveries").to(scene.function)
        return office.letter_to(scene.alice.email)


def a_webhook_leads_inside(scene: Scene) -> bool:
    asked = {"url": "https://169.254.169.254/latest/meta-data"}
    return scene.as_mallory().post("/api/webhooks", json=asked).status_code == 201


def somebody_elses_webhook_is_led_elsewhere(scene: Scene) -> bool:
    hook = scene.as_alice().post("/api/webhooks", json={"url": "https://hooks.example.org/"}).json()
    led = scene.as_mallory().patch(f"/api/webhooks/{hook['id']}", json={"url": "https://evil.example.org/"})
    return led.status_code == 200


def a_tasks_title_writes_headers_into_a_mail(scene: Scene) -> bool:
    return mailed(scene, "=?utf-8?q?x=0D=0ABcc:=20b@evil.test?=")["Bcc"] is not None


def a_tasks_title_is_markup_in_a_mail(scene: Scene) -> bool:
    return "<img" in text_of(mailed(scene, "Look: <img src=https://evil.test/seen>"), "html")


def somebody_elses_browser_is_told_no_more(scene: Scene) -> bool:
    said = Browser("https://push.example.org").subscription()
    made = scene.as_alice().post("/api/push/subscriptions", json=said).json()
    return scene.as_mallory().delete(f"/api/push/subscriptions/{made['id']}").status_code == 204


def a_link_that_ends_mails_is_made_up(scene: Scene) -> bool:
    wanted = {"channels": {"reminder": {"email": True}}}
    scene.as_alice().put("/api/preferences", json=wanted).raise_for_status()
    token = encoded(scene.alice.id.bytes + bytes(33))
    with scene.function.client() as anybody:
        anybody.post("/api/notifications/unsubscribe", params={"token": token})
    return not scene.as_alice().get("/api/preferences").json()["channels"]["reminder"]["email"]


def a_session_lives_on_after_logging_out(scene: Scene) -> bool:
    stolen = {"cookie": f"session={scene.alice.token}"}
    scene.as_alice().get("/api/me").raise_for_status()
    scene.as_alice().post("/api/auth/logout").raise_for_status()
    with scene.function.client(**stolen) as client:
        return client.get("/api/me").status_code == 200


def a_token_for_reading_writes(scene: Scene) -> bool:
    new = {"name": "Reads", "scopes": ["tasks:read"]}
    token = scene.alice.at("accounts").post("/api/tokens", json=new).json()["token"]
    with scene.function.client(authorization=f"Bearer {token}") as client:
        return client.post("/api/tasks", json={"title": "Written"}).status_code == 201


def second_factor(scene: Scene) -> Authenticator:
    """Alice's, set up just now. The code for it is used; the next one is good already."""
    alice = scene.as_alice()
    authenticator = Authenticator(alice.post("/api/me/second-factor", json={"password": PASSWORD}).json()["secret"])
    alice.post("/api/me/second-factor/confirm", json={"code": authenticator.code()}).raise_for_status()
    return authenticator


def a_code_is_used_twice(scene: Scene) -> bool:
    """Whoever looked over Alice's shoulder types it right after her."""
    code = second_factor(scene).code(1)
    login = {"email": scene.alice.email, "password": PASSWORD, "code": code}
    with scene.function.client() as somebody:
        somebody.post("/api/auth/login", json=login).raise_for_status()
        return somebody.post("/api/auth/login", json=login).status_code == 200


def codes_are_guessed(scene: Scene) -> bool:
    """By somebody who knows the password."""
    second_factor(scene)
    with scene.function.client(**{"x-forwarded-for": "203.0.113.97"}) as client:
        login = {"email": scene.alice.email, "password": PASSWORD, "code": "no code"}
        return all(client.post("/api/auth/login", json=login).status_code == 401 for _ in range(15))


def a_token_makes_itself_a_better_one(scene: Scene) -> bool:
    new = {"name": "Reads", "scopes": ["tasks:read"]}
    token = scene.alice.at("accounts").post("/api/tokens", json=new).json()["token"]
    with scene.function.client(authorization=f"Bearer {token}") as client:
        return client.post("/api/tokens", json=new | {"scopes": ["tasks:write"]}).status_code == 201


def a_link_is_used_again(scene: Scene) -> bool:
    token = uuid4().hex
    scene.alice.world.rows(
        "INSERT INTO account_mails (id, kind, email, email_key, user_id, requested_at, token_hash, expires_at, outcome)"
        " VALUES (%s, 'reset', '', '', %s, now(), %s, now() + interval '1 hour', 'sent')",
        uuid4(), scene.alice.id, token_hash(token),
    )  # fmt: skip
    with scene.function.client(**{"x-forwarded-for": "203.0.113.77"}) as client:
        said = [{"token": token, "new_password": f"{whose} new password"} for whose in ("Alice's", "Mallory's")]
        first, second = (client.post("/api/auth/reset/confirm", json=body).status_code for body in said)
    assert first == 204
    return second == 204


def a_program_asks_without_end(scene: Scene) -> bool:
    return all(scene.as_alice().get("/api/tasks").status_code == 200 for _ in range(20))


def a_comments_markdown_runs(scene: Scene) -> bool:
    task = scene.as_alice().post("/api/tasks", json={"title": "Read this"}).json()
    text = "Look: <img src=x onerror=alert(1)>"
    comment = scene.as_alice().post(f"/api/tasks/{task['id']}/comments", json={"text": text}).json()
    return "<img" in comment["html"]


def an_address_writes_headers_into_a_mail(scene: Scene) -> bool:
    address = f"=?utf-8?q?{uuid4().hex[:8]}=0D=0ABcc:=20b?=@evil.test"
    with scene.function.client(**{"x-forwarded-for": "203.0.113.98"}) as client:
        taken = client.post("/api/auth/register", json={"email": address, "password": PASSWORD}).status_code == 201
    letter = Letter(uuid4(), address, datetime.now(UTC), "Hello", ("Read this:",), "https://taskora.test")
    return taken and b"\r\nBcc: b" in as_message(letter, "hello@taskora.test").as_bytes(policy=SMTP)


def passwords_are_guessed(scene: Scene) -> bool:
    with scene.function.client(**{"x-forwarded-for": "203.0.113.99"}) as client:
        guesses = [
            client.post("/api/auth/login", json={"email": scene.alice.email, "password": f"guess {number}"})
            for number in range(15)
        ]
    return all(guess.status_code == 401 for guess in guesses)


def the_owner_is_kept_out(scene: Scene) -> bool:
    """Where Alice logged in before."""
    login = {"email": scene.alice.email, "password": PASSWORD}
    with browser(scene.function) as hers, browser(scene.function) as mallory:
        hers.post("/api/auth/login", json=login).raise_for_status()
        for number in range(15):
            mallory.post("/api/auth/login", json=login | {"password": f"guess {number}"})
        return hers.post("/api/auth/login", json=login).status_code == 429


def tells(scene: Scene, path: str, **said: str) -> bool:
    """Whether the answer, or the work for it, differs between Alice's address and nobody's."""
    outcomes = []
    for email in (scene.alice.email, f"nobody-{uuid4()}@example.org"):
        with browser(scene.function) as client:
            before = passwords_hashed(client)
            answer = client.post(path, json={"email": email, **said})
            outcomes.append((answer.status_code, told(answer), passwords_hashed(client) - before))
    return outcomes[0] != outcomes[1]


def told(answer: httpx.Response) -> object:
    """All but the request's own id."""
    return {name: value for name, value in answer.json().items() if name != "request_id"}


def passwords_hashed(client: httpx.Client) -> int:
    lines = client.get("/metrics").text.splitlines()
    return sum(int(line.split()[-1]) for line in lines if line.startswith("password_hashes_total"))


def logging_in_tells_who_has_an_account(scene: Scene) -> bool:
    return tells(scene, "/api/auth/login", password="not the password")


def registering_tells_who_has_an_account(scene: Scene) -> bool:
    return tells(scene, "/api/auth/register", password=PASSWORD)


def asking_for_a_password_tells_who_has_an_account(scene: Scene) -> bool:
    return tells(scene, "/api/auth/reset")


def something_is_written_into_a_query(scene: Scene) -> bool:
    scene.as_alice().post("/api/tasks", json={"title": "Alice's own"}).raise_for_status()
    tag = r"@x'\)\)\) or \(\(\('a'='a"  # ends the condition, and begins another that is true
    return "Alice's own" in scene.as_mallory().get("/api/tasks", params={"filter": tag}).text


def somebody_passes_for_the_chat(scene: Scene) -> bool:
    """Who did it, says the history later, was a program of ours."""
    said = {"taskora-via": f"chat;{int(time.time())};{'0' * 64}"}
    task = scene.as_mallory().post("/api/tasks", json={"title": "Not me"}, headers=said).json()
    made = "SELECT data -> 'actor' ->> 'via' FROM events WHERE user_id = %s AND subject = %s"
    return scene.mallory.world.rows(made, scene.mallory.id, f"task/{task['id']}") == [("chat",)]


# What stands before it in the statement that changes a webhook.
CHANGED = "THEN held_until END,\n          updated_at = %(now)s, version = version + 1\n    "
ATTACKS = [
    Attack(
        "another site's form adds a task",
        "tasks",
        another_sites_form_adds_a_task,
        Edit("shared/callers.py", 'if request.method in CHANGING and page_of(request) != "ours":', "if False:"),
    ),
    Attack(
        "a cookie without an Origin adds a task",
        "tasks",
        a_cookie_without_an_origin_adds_a_task,
        Edit("shared/callers.py", 'if request.method in CHANGING and page_of(request) != "ours":', "if False:"),
    ),
    Attack(
        "another site's page signs a visitor in",
        "accounts",
        another_sites_page_signs_a_visitor_in,
        Edit("shared/callers.py", 'if page_of(request) == "foreign":', "if False:"),
    ),
    Attack(
        "somebody else's task is read",
        "tasks",
        somebody_elses_task_is_read,
        Edit(
            "shared/entities.sql",
            "WHERE user_id = %(user_id)s AND id = %(id)s AND deleted_at IS NULL;",
            "WHERE %(user_id)s::uuid IS NOT NULL AND id = %(id)s;",
        ),
    ),
    Attack(
        "an event of nobody is believed",
        "audit",
        an_event_of_nobody_is_believed,
        Edit("shared/envelope.py", "if not self.is_signed():", "if False:"),
    ),
    Attack(
        "a session lives on after logging out",
        "accounts",
        a_session_lives_on_after_logging_out,
        Edit(
            "functions/accounts/signing_in.py",
            "    await sessions.forget_copies(caller.user_id)\n    answer = Response(status_code=204)",
            "    answer = Response(status_code=204)",
        ),
    ),
    Attack(
        "a token for reading writes",
        "tasks",
        a_token_for_reading_writes,
        Edit("shared/callers.py", 'if needed not in (found.scopes or "").split():', "if False:"),
    ),
    Attack(
        "passwords are guessed",
        "accounts",
        passwords_are_guessed,
        Edit("functions/accounts/attempts.py", "if count > limit.most:", "if count > 1_000_000:"),
    ),
    Attack(
        "wrong passwords keep an account's owner out",
        "accounts",
        the_owner_is_kept_out,
        Edit("functions/accounts/attempts.py", "success_counts=False, by_place=True)", "success_counts=False)"),
    ),
    Attack(
        "logging in tells who has an account",
        "accounts",
        logging_in_tells_who_has_an_account,
        Edit(
            "functions/accounts/main.py",
            'right = await passwords.is_right(password, person["password_hash"] if person else None)',
            'right = person is not None and await passwords.is_right(password, person["password_hash"])',
        ),
    ),
    Attack(
        "registering tells who has an account",
        "accounts",
        registering_tells_who_has_an_account,
        Edit("functions/accounts/registering.py", 'if settings().registration == "by-mail":', "if False:"),
        settings=(("REGISTRATION", "by-mail"),),
    ),
    Attack(
        "asking for a new password tells who has an account",
        "accounts",
        asking_for_a_password_tells_who_has_an_account,
        Edit(
            "functions/accounts/resets.py",
            '            await mails.ask_for(tx, "reset", asked.email, email_key)',
            "            if not await tx.first(sql.by_email, email_key=email_key):\n"
            "                raise worn_out()\n"
            '            await mails.ask_for(tx, "reset", asked.email, email_key)',
        ),
    ),
    Attack(
        "something is written into a query",
        "tasks",
        something_is_written_into_a_query,
        Edit(
            "shared/filters/conditions.py",
            """return f"{'LIKE' if wild else '='} {self._value(pattern)}\"""",
            """return f"= '{pattern}'\"""",
        ),
    ),
    Attack(
        "an address writes headers into a mail",
        "accounts",
        an_address_writes_headers_into_a_mail,
        Edit("functions/accounts/addresses.py", r"(?!.*=\?)", ""),
    ),
    Attack(
        "a code is used twice",
        "accounts",
        a_code_is_used_twice,
        (
            Edit(
                "functions/accounts/second_factor.py",
                'if step is None or step <= factor["last_step"]:',
                "if step is None:",
            ),
            Edit(
                "functions/accounts/second_factor.sql", " AND confirmed_at IS NOT NULL AND last_step < %(step)s;", ";"
            ),
        ),
    ),
    Attack(
        "codes are guessed",
        "accounts",
        codes_are_guessed,
        Edit("functions/accounts/attempts.py", "if count > limit.most:", "if count > 1_000_000:"),
    ),
    Attack(
        "a token makes itself a better one",
        "accounts",
        a_token_makes_itself_a_better_one,
        (
            Edit("shared/callers.py", '_by_token(request, token, "")', '_by_token(request, token, "tasks:read")'),
            Edit("functions/accounts/tokens.py", "        await still_signed_in(tx)\n", ""),
        ),
    ),
    Attack(
        "a link in a mail is used again, or late",
        "accounts",
        a_link_is_used_again,
        Edit(
            "functions/accounts/queries.sql",
            "DELETE FROM account_mails\n WHERE user_id = %(user_id)s AND kind = 'reset'\n   AND EXISTS",
            "UPDATE account_mails SET attempts = 0\n WHERE user_id = %(user_id)s AND kind = 'reset'\n   AND EXISTS",
        ),
    ),
    Attack(
        "a program asks without end",
        "tasks",
        a_program_asks_without_end,
        Edit("shared/rates.py", "    if count > limit.most:", "    if False:"),
        settings=(("RATE_LIMITS", "read=10/60"),),
    ),
    Attack(
        "a comment's Markdown runs in its reader's page",
        "tasks",
        a_comments_markdown_runs,
        (
            Edit("functions/tasks/markdown.py", '"gfm-like", {"html": False', '"gfm-like", {"html": True'),
            Edit(
                "functions/tasks/markdown.py", "return sanitized(reader().render(text))", "return reader().render(text)"
            ),
        ),
    ),
    Attack(
        "a server of ours is made to ask inside (SSRF)",
        "notify",
        a_push_service_of_theirs_is_inside,
        Edit("shared/guarded.py", "if not is_open or", "if False and"),
        settings=(("VAPID_PRIVATE_KEY", VAPID_PRIVATE_KEY),),
    ),
    Attack(
        "a webhook leads inside",
        "webhooks",
        a_webhook_leads_inside,
        Edit("shared/guarded.py", "if not is_open or", "if False and"),
    ),
    Attack(
        "somebody else's webhook is led elsewhere",
        "webhooks",
        somebody_elses_webhook_is_led_elsewhere,
        (
            Edit(
                "functions/webhooks/subscriptions.sql",
                "FROM webhooks AS webhook WHERE user_id = %(user_id)s AND id = %(id)s;",
                "FROM webhooks AS webhook WHERE %(user_id)s::uuid IS NOT NULL AND id = %(id)s;",
            ),
            Edit(
                "functions/webhooks/subscriptions.sql",
                CHANGED + "WHERE user_id = %(user_id)s",
                CHANGED + "WHERE %(user_id)s::uuid IS NOT NULL",
            ),
        ),
    ),
    Attack(
        "a task's title writes headers into a mail",
        "notify",
        a_tasks_title_writes_headers_into_a_mail,
        Edit("functions/notify/smtp.py", 'Literal("Subject", letter.subject)', "letter.subject"),
        settings=MAILS,
    ),
    Attack(
        "a task's title is markup in a mail",
        "notify",
        a_tasks_title_is_markup_in_a_mail,
        Edit("functions/notify/letters.py", "<p>{escape(paragraph)}</p>", "<p>{paragraph}</p>"),
        settings=MAILS,
    ),
    Attack(
        "somebody else's browser is told no more",
        "notify",
        somebody_elses_browser_is_told_no_more,
        Edit(
            "functions/notify/subscriptions.sql",
            "DELETE FROM push_subscriptions WHERE user_id = %(user_id)s AND id = %(id)s;",
            "DELETE FROM push_subscriptions WHERE %(user_id)s::uuid IS NOT NULL AND id = %(id)s;",
        ),
    ),
    Attack(
        "a link that ends somebody's mails is made up",
        "notify",
        a_link_that_ends_mails_is_made_up,
        Edit("functions/notify/unsubscribing.py", "if len(content) < 17 or not any(", "if len(content) < 17 and any("),
    ),
    Attack(
        "somebody passes for the chat in the history",
        "tasks",
        somebody_passes_for_the_chat,
        Edit("shared/vouching.py", "if any(hmac.compare_digest(given", "if True or any(hmac.compare_digest(given"),
    ),
    Attack(
        "a body fills the memory",
        "tasks",
        a_body_fills_the_memory,
        Edit("shared/edge.py", "BODY_LIMIT = 1_048_576", "BODY_LIMIT = 100_000_000"),
    ),
]


@pytest.fixture(params=ATTACKS, ids=lambda attack: attack.name)
def attack(request: pytest.FixtureRequest) -> Attack:
    chosen: Attack = request.param
    return chosen


@pytest.fixture
def unguarded(attack: Attack, world: World, tmp_path: Path) -> Iterator[Function]:
    code = guards.copy_of_the_code(tmp_path)
    for edit in attack.guard if isinstance(attack.guard, tuple) else [attack.guard]:
        guards.apply(edit, code)
    function = world.start_from(code, attack.function, **dict(attack.settings))
    yield function
    function.kill()


@pytest.fixture
def guarded(attack: Attack, world: World) -> Iterator[Function]:
    if not attack.settings:
        yield world.function(attack.function)
        return
    function = world.start(attack.function, **dict(attack.settings))
    yield function
    function.kill()


def test_it_is_prevented(attack: Attack, guarded: Function, alice: Person, mallory: Person) -> None:
    assert not attack.succeeds(Scene(alice, mallory, guarded))


def test_without_its_guard_it_succeeds(attack: Attack, unguarded: Function, alice: Person, mallory: Person) -> None:
    assert attack.succeeds(Scene(alice, mallory, unguarded))
