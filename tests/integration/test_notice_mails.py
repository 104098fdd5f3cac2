"""Who wants to be told by mail is, once; and a mail server that is slow or away keeps nobody else waiting."""

import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from shared.notices import Notice
from shared.shapes import NoticedWebhook
from tests.deliveries import work_due
from tests.people import Person
from tests.post_office import PostOffice, text_of
from tests.push_service import VAPID_PRIVATE_KEY, Browser, push_service
from tests.telling import add, quiet_now, reminder, said, tell
from tests.world import Function, World, eventually

SENDER = "Taskora <hello@mail.taskora.test>"


@pytest.fixture(scope="module")
def world(quiet_world: World) -> World:
    """In which nobody else waits for a mail."""
    return quiet_world


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def notify(world: World, office: PostOffice) -> Iterator[Function]:
    world.rows("DELETE FROM deliveries")
    notify = started(world, office)
    yield notify
    notify.kill()


def started(world: World, office: PostOffice, **settings: str) -> Function:
    said = {"SMTP_URL": office.url, "MAIL_FROM": SENDER, "PUBLIC_URL": "https://taskora.test/"}
    return world.start("notify", **said | settings)


def wants_mails(person: Person, notify: Function, **kinds: bool) -> None:
    channels = {kind: {"email": wanted} for kind, wanted in kinds.items()}
    person.browsing(notify).put("/api/preferences", json={"channels": channels}).raise_for_status()


def told(person: Person, notify: Function, id: UUID) -> None:
    """Its event comes, and with it what makes the mails go."""
    notify_event, before = said(person, id), len(person.world.door.posted)
    assert notify_event.to(notify).status_code == 204
    announced = [posted.headers.get("ce-work") for posted in person.world.door.posted[before:]]
    assert "deliveries" in announced
    assert work_due("deliveries").to(notify).status_code == 204


def receipt(person: Person, notify: Function, id: UUID, channel: str = "email") -> dict[str, Any]:
    items = person.browsing(notify).get(f"/api/notifications/{id}/deliveries").json()["items"]
    [found] = [item for item in items if item["channel"] == channel]
    assert isinstance(found, dict)
    return found


def was_sent(person: Person, notify: Function, id: UUID) -> bool:
    return bool(receipt(person, notify, id, "push")["outcome"] == "sent")


def time_passes(world: World) -> None:
    world.rows("UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")


def none_is_due(world: World, notify: Function) -> bool:
    assert work_due("deliveries").to(notify).status_code == 204
    return not world.rows("SELECT FROM deliveries WHERE next_attempt_at <= now()")


def sent(office: PostOffice, number: int) -> bool:
    return len(office.taken) == number


def test_a_reminder_comes_in_text_and_html_and_says_how_to_get_no_more(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants_mails(alice, notify, reminder=True)
    id = tell(alice, "Pay <the> rent", due="2040-03-26T09:00:00", zone="Europe/Berlin")

    told(alice, notify, id)

    letter = office.letter_to(alice.email)
    [(delivery_id,)] = world.rows("SELECT id FROM deliveries WHERE notification_id = %s", id)
    assert (letter["Subject"], letter["From"]) == ("Reminder: Pay <the> rent", SENDER)
    assert letter["Message-ID"] == f"<{delivery_id}@mail.taskora.test>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<https://taskora.test/api/notifications/unsubscribe?token=")
    assert "Pay <the> rent - Due Monday, 26 March 2040 at 09:00" in text_of(letter)
    assert "<p>Pay &lt;the&gt; rent - Due Monday" in text_of(letter, "html")
    assert text_of(letter).count("Pay <the> rent") == 1
    assert letter["List-Unsubscribe"].strip("<>") in text_of(letter)
    assert (receipt(alice, notify, id)["outcome"], receipt(alice, notify, id)["attempts"]) == ("sent", 1)


def test_a_late_one_says_so(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)

    told(alice, notify, tell(alice, late=7200))

    assert "This comes late: it was planned for" in text_of(office.letter_to(alice.email))


def test_a_letter_that_waited_for_the_mail_server_says_that_it_is_late(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants_mails(alice, notify, reminder=True)
    said(alice, tell(alice)).to(notify)
    world.rows("UPDATE deliveries SET deliver_at = now() - interval '61 seconds'")

    assert work_due("deliveries").to(notify).status_code == 204

    assert "This comes late: it was planned for" in text_of(office.letter_to(alice.email))


def test_whose_webhook_is_switched_off_reads_which_and_why(alice: Person, notify: Function, office: PostOffice) -> None:
    webhook: NoticedWebhook = {
        "id": str(uuid4()),
        "host": "hooks.example.org",
        "description": "The kitchen",
        "disabled": "failing",
    }
    notice = Notice("webhook/1", "webhook", [], datetime.now(UTC), webhook=webhook)
    [id] = add(alice, notice).values()

    told(alice, notify, id)

    letter = office.letter_to(alice.email)
    assert letter["Subject"] == "The webhook to hooks.example.org is switched off"
    assert "The kitchen: nothing has arrived there for more than a day." in text_of(letter)


def test_a_title_writes_no_headers(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    task = alice.has_task("Stand up")
    title = "Stand up\r\nBcc: mallory@example.org\r\n\r\n\u2028\x85all of it"
    [id] = add(alice, reminder(task | {"title": title})).values()

    told(alice, notify, id)

    letter = office.letter_to(alice.email)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Reminder: Stand up Bcc: mallory@example.org all of it"
    assert office.recipients == [alice.email]


def test_who_wants_no_mails_gets_none(alice: Person, notify: Function, office: PostOffice) -> None:
    id = tell(alice)

    assert said(alice, id).to(notify).status_code == 204
    assert work_due("deliveries").to(notify).status_code == 204

    assert office.taken == []


def test_a_letter_goes_out_once_however_often_it_is_said(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    the_same = said(alice, tell(alice))
    for _ in range(2):
        the_same.to(notify)

    with ThreadPoolExecutor(4) as dispatchers:
        answers = list(dispatchers.map(lambda _: work_due("deliveries").to(notify).status_code, range(4)))

    assert answers == [204] * 4
    eventually(partial(sent, office, 1), "it is sent")
    assert work_due("deliveries").to(notify).status_code == 204
    assert len(office.taken) == 1


def test_a_no_for_now_is_tried_again_and_a_no_for_good_is_not(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants_mails(alice, notify, reminder=True)
    office.says = "450 4.2.0 come back later"
    id = tell(alice)
    told(alice, notify, id)
    assert (receipt(alice, notify, id)["outcome"], receipt(alice, notify, id)["attempts"]) == (None, 1)
    assert "450 4.2.0" in receipt(alice, notify, id)["last_error"]

    office.says = "550 5.1.1 no such mailbox"
    time_passes(world)
    assert work_due("deliveries").to(notify).status_code == 204

    assert (receipt(alice, notify, id)["outcome"], receipt(alice, notify, id)["attempts"]) == ("refused", 2)


def test_one_who_is_refused_for_now_keeps_no_other_waiting(
    alice: Person, mallory: Person, notify: Function, office: PostOffice
) -> None:
    """However many of theirs come before."""
    ids = []
    for person in (*[alice] * 6, mallory):
        wants_mails(person, notify, reminder=True)
        ids.append(tell(person))
        said(person, ids[-1]).to(notify)
    office.says_to = {alice.email: "450 4.2.0 come back later"}

    eventually(lambda: none_is_due(alice.world, notify), "the steps that follow have tried the rest", within=60)

    office.letter_to(mallory.email)
    assert {receipt(alice, notify, id)["outcome"] for id in ids[:-1]} == {None}


def test_after_a_kill_the_same_letter_goes_out_once_more_and_never_a_third_time(
    alice: Person, office: PostOffice, world: World
) -> None:
    world.rows("DELETE FROM deliveries")
    office.answers.clear()
    notify = started(world, office)
    wants_mails(alice, notify, reminder=True)
    id = tell(alice)
    said(alice, id).to(notify)
    for number in (1, 2):
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("deliveries").to, notify)
            eventually(partial(sent, office, number), "the mail server has it and has not said so")
            notify.kill()
            assert answer.exception() is not None
        time_passes(world)
        notify = started(world, office)
    office.answers.set()

    assert work_due("deliveries").to(notify).status_code == 204

    first, second = office.taken
    assert first == second
    assert receipt(alice, notify, id)["outcome"] == "sent, perhaps"
    notify.kill()


@pytest.mark.parametrize("trouble", ["away", "silent"])
def test_a_mail_server_in_trouble_delays_no_push(
    alice: Person, office: PostOffice, world: World, trusted: tuple[ssl.SSLContext, Path], trouble: str
) -> None:
    world.rows("DELETE FROM deliveries")
    push = {"VAPID_PRIVATE_KEY": VAPID_PRIVATE_KEY, "REACHABLE_NETWORKS": "127.0.0.0/8"}
    notify = started(world, office, SSL_CERT_FILE=str(trusted[1]), **push)
    wants_mails(alice, notify, reminder=True)
    if trouble == "away":
        office.close()
    else:
        office.answers.clear()
    with push_service(trusted[0]) as service, ThreadPoolExecutor(8) as dispatchers:
        browser = Browser(service.origin)
        alice.browsing(notify).post("/api/push/subscriptions", json=browser.subscription()).raise_for_status()
        ids = [tell(alice) for _ in range(8)]
        work = [dispatchers.submit(work_due("deliveries").to, notify) for _ in range(4)]
        for id in ids:
            assert said(alice, id).to(notify).status_code == 204
            work.append(dispatchers.submit(work_due("deliveries").to, notify))

        for id in ids:  # before the mail server's silence is taken for its absence
            eventually(partial(was_sent, alice, notify, id), "it is in the browser", within=8)
        assert len(service.to(browser)) == 8
        assert {receipt(alice, notify, id)["outcome"] for id in ids} == {None}
        office.answers.set()
    notify.kill()


def test_a_push_that_nobody_can_sign_any_more_waits_and_letters_go(
    alice: Person, office: PostOffice, world: World, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    world.rows("DELETE FROM deliveries")
    push = {"SSL_CERT_FILE": str(trusted[1]), "REACHABLE_NETWORKS": "127.0.0.0/8"}
    with push_service(trusted[0]) as service:
        browser, notify = Browser(service.origin), started(world, office, VAPID_PRIVATE_KEY=VAPID_PRIVATE_KEY, **push)
        wants_mails(alice, notify, reminder=True)
        alice.browsing(notify).post("/api/push/subscriptions", json=browser.subscription()).raise_for_status()
        service.answers[browser.path] = 503, {}
        id = tell(alice)
        assert said(alice, id).to(notify).status_code == 204
        notify.kill()
        without = started(world, office, **push)
        time_passes(world)

        assert work_due("deliveries").to(without).status_code == 204

    assert len(office.letters_to(alice.email)) == 1
    waiting = receipt(alice, without, id, "push")
    assert (waiting["outcome"], waiting["attempts"]) == (None, 2)
    assert "VAPID_PRIVATE_KEY" in waiting["last_error"]
    without.kill()


def test_behind_a_hundred_letters_that_nobody_takes_a_push_leaves_at_once(
    alice: Person, mallory: Person, office: PostOffice, world: World, trusted: tuple[ssl.SSLContext, Path]
) -> None:
    """Also one that comes with the same work. Until both are there, the mail server has all that it was ever given."""
    world.rows("DELETE FROM deliveries")
    push = {"VAPID_PRIVATE_KEY": VAPID_PRIVATE_KEY, "REACHABLE_NETWORKS": "127.0.0.0/8"}
    notify = started(world, office, SSL_CERT_FILE=str(trusted[1]), **push)
    wants_mails(alice, notify, reminder=True)
    task = alice.has_task("Stand up")
    for id in add(alice, *(reminder(task) for _ in range(100))).values():
        said(alice, id).to(notify)
    with push_service(trusted[0]) as service, ThreadPoolExecutor(8) as dispatchers:
        browser = Browser(service.origin)
        mallory.browsing(notify).post("/api/push/subscriptions", json=browser.subscription()).raise_for_status()
        event, waiting = said(mallory, tell(mallory)), said(mallory, tell(mallory))
        mallory.browsing(notify).put("/api/preferences", json={"quiet_hours": quiet_now()}).raise_for_status()
        assert waiting.to(notify).status_code == 204
        mallory.browsing(notify).put("/api/preferences", json={}).raise_for_status()
        office.answers.clear()
        work = [dispatchers.submit(work_due("deliveries").to, notify) for _ in range(8)]
        eventually(partial(sent, office, 4), "as many as go at once are held")

        assert event.to(notify).status_code == 204
        assert len(service.to(browser)) == 1
        world.rows("UPDATE deliveries SET next_attempt_at = now() WHERE channel = 'push' AND outcome IS NULL")
        assert work_due("deliveries").to(notify).status_code == 204
        assert len(service.to(browser)) == 2
        assert len(office.taken) == 4  # for whoever had waited for one of them would have brought a fifth

        office.answers.set()
        assert {answer.result().status_code for answer in work} == {204}
    notify.kill()


def test_whoever_is_called_while_a_mail_server_is_silent_does_not_wait_for_it_too(
    alice: Person, notify: Function, office: PostOffice
) -> None:
    wants_mails(alice, notify, reminder=True)
    for _ in range(8):
        said(alice, tell(alice)).to(notify)
    office.answers.clear()
    with ThreadPoolExecutor(1) as dispatcher:
        first = dispatcher.submit(work_due("deliveries").to, notify)
        eventually(partial(sent, office, 4), "as many as go at once have begun")

        assert [work_due("deliveries").to(notify).status_code for _ in range(4)] == [204] * 4
        assert not first.done()
        assert len(office.taken) == 4

        office.answers.set()
        assert first.result().status_code == 204
    eventually(partial(sent, office, 8), "all of them went")


def test_each_letter_is_taken_by_itself_though_the_server_knows_of_only_one(
    alice: Person, office: PostOffice, world: World, notify: Function
) -> None:
    wants_mails(alice, notify, reminder=True)
    first, *others = (said(alice, tell(alice)) for _ in range(8))
    first.to(notify)
    world.plans_by_what_is_in("deliveries")
    for event in others:
        event.to(notify)
    time_passes(world)

    assert work_due("deliveries").to(notify).status_code == 204

    assert len(office.taken) == 8


def test_while_the_mail_server_is_away_letters_wait_and_then_go(
    alice: Person, office: PostOffice, world: World, notify: Function
) -> None:
    wants_mails(alice, notify, reminder=True)
    office.close()
    ids = [tell(alice) for _ in range(3)]
    for id in ids:
        told(alice, notify, id)
    assert {receipt(alice, notify, id)["outcome"] for id in ids} == {None}

    with PostOffice() as again:
        other = started(world, again)
        time_passes(world)
        assert work_due("deliveries").to(other).status_code == 204
        assert len(again.letters_to(alice.email)) == 3
        other.kill()


def link(office: PostOffice, person: Person) -> str:
    address = urlsplit(office.letter_to(person.email)["List-Unsubscribe"].strip("<>"))
    return f"{address.path}?{address.query}"


def mail_preferences(person: Person, notify: Function) -> dict[str, bool]:
    channels = person.browsing(notify).get("/api/preferences").json()["channels"]
    return {kind: wanted["email"] for kind, wanted in channels.items()}


def test_one_click_ends_mails_of_its_kind_without_a_session(
    alice: Person, mallory: Person, notify: Function, office: PostOffice
) -> None:
    for person in (alice, mallory):
        wants_mails(person, notify, reminder=True)
    told(alice, notify, tell(alice))
    click = {"content-type": "application/x-www-form-urlencoded"}

    with notify.client(**click, **{"sec-fetch-site": "cross-site"}) as mail_program:
        answers = [mail_program.post(link(office, alice), content="List-Unsubscribe=One-Click") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert mail_preferences(alice, notify) == {"reminder": False, "digest": True, "overdue": True, "webhook": True}
    assert mail_preferences(mallory, notify)["reminder"] is True
    assert [kind for _, kind, _ in alice.events()].count("preferences.changed") == 2
    said(alice, tell(alice)).to(notify)
    assert work_due("deliveries").to(notify).status_code == 204
    assert len(office.letters_to(alice.email)) == 1


def test_what_waits_when_its_user_wants_no_more_is_not_sent(
    alice: Person, notify: Function, office: PostOffice
) -> None:
    wants_mails(alice, notify, reminder=True)
    told(alice, notify, tell(alice))
    waiting = tell(alice)
    said(alice, waiting).to(notify)

    with notify.client() as mail_program:
        mail_program.post(link(office, alice)).raise_for_status()
    assert work_due("deliveries").to(notify).status_code == 204

    assert len(office.letters_to(alice.email)) == 1
    assert receipt(alice, notify, waiting)["outcome"] == "is wanted no more"


def test_whoever_only_looks_at_the_link_changes_nothing(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    told(alice, notify, tell(alice))

    with notify.client() as mail_program:
        answer = mail_program.get(link(office, alice))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<form method="post">' in answer.text
    assert mail_preferences(alice, notify)["reminder"] is True


def test_a_link_that_we_did_not_make_ends_nothing(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    told(alice, notify, tell(alice))
    path = link(office, alice)

    forged = [path[:-4] + "AAAA", path[:-10], path.split("=")[0] + "=", path.split("=")[0] + "=%FF%00"]
    with notify.client() as stranger:
        answers = [stranger.post(each).status_code for each in forged]

    assert answers == [422] * 4
    assert mail_preferences(alice, notify)["reminder"] is True


def test_a_link_of_before_the_key_was_changed_still_ends_them(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants_mails(alice, notify, reminder=True)
    told(alice, notify, tell(alice))
    path = link(office, alice)
    rotating = world.start("notify", EVENT_SIGNING_KEYS="a new key,the key of the tests")
    rotated = world.start("notify", EVENT_SIGNING_KEYS="a new key")

    with rotated.client() as late, rotating.client() as mail_program:
        assert late.post(path).status_code == 422
        assert mail_program.post(path).status_code == 200

    assert mail_preferences(alice, notify)["reminder"] is False
    rotating.kill()
    rotated.kill()


def test_the_link_of_somebody_who_is_gone_still_answers(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    told(alice, notify, tell(alice))
    alice.world.rows("DELETE FROM counters WHERE user_id = %s", alice.id)

    with notify.client() as mail_program:
        assert mail_program.post(link(office, alice)).status_code == 200


def test_nobody_is_written_to_whose_account_is_gone(alice: Person, notify: Function, office: PostOffice) -> None:
    wants_mails(alice, notify, reminder=True)
    id = tell(alice)
    said(alice, id).to(notify)
    alice.world.rows("UPDATE users SET deleted_at = now(), email_key = NULL WHERE id = %s", alice.id)

    assert work_due("deliveries").to(notify).status_code == 204

    assert office.taken == []
    assert alice.world.rows("SELECT outcome FROM deliveries WHERE user_id = %s", alice.id) == [("is over",)]
    alice.world.rows("UPDATE users SET deleted_at = NULL, email_key = email WHERE id = %s", alice.id)  # or it is erased


def test_no_line_of_the_log_names_who_was_written_to_or_what(
    alice: Person, notify: Function, office: PostOffice
) -> None:
    wants_mails(alice, notify, reminder=True)
    office.says = f"450 5.1.1 <{alice.email}>: mailbox trouble"
    id = tell(alice, "Secret title")

    told(alice, notify, id)

    assert [line for line in notify.lines() if "mailbox trouble" in line]
    assert not [line for line in notify.lines() if alice.email in line or "Secret" in line]
    assert alice.email not in receipt(alice, notify, id)["last_error"]


def test_without_a_mail_server_no_mail_is_planned(alice: Person, world: World) -> None:
    notify = world.start("notify")
    wants_mails(alice, notify, reminder=True)
    id = tell(alice)

    assert said(alice, id).to(notify).status_code == 204

    answer: httpx.Response = alice.browsing(notify).get(f"/api/notifications/{id}/deliveries")
    assert [item["channel"] for item in answer.json()["items"]] == ["in_app"]
    notify.kill()
