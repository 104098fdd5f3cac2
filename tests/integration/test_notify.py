"""Mails about accounts go out once, come again while the mail server is away, and are the same when they come twice."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from shared.ids import new_id
from tests.deliveries import event, work_due
from tests.people import Person
from tests.post_office import PASSWORD, USER, PostOffice, certificate, text_of
from tests.world import Door, Function, World, eventually

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
    world.rows("DELETE FROM account_mails")
    notify = started(world, office.url)
    yield notify
    notify.kill()


def started(world: World, url: str, **settings: str) -> Function:
    said = {"SMTP_URL": url, "MAIL_FROM": SENDER, "PUBLIC_URL": "https://taskora.test/"}
    return world.start("notify", **said | settings)


def wants(person: Person, kind: str = "reset", email: str | None = None, ago: str = "0 seconds") -> UUID:
    """As `accounts` leaves it."""
    mail_id = new_id()
    person.world.rows(
        "INSERT INTO account_mails (id, kind, email, email_key, user_id, requested_at, next_attempt_at)"
        " VALUES (%s, %s, %s, %s, %s, now() - %s::interval, now())",
        mail_id, kind, email or person.email, email or person.email, None if kind == "reset" else person.id, ago,
    )  # fmt: skip
    return mail_id


def outcome(world: World, mail_id: UUID) -> tuple[object, ...]:
    [row] = world.rows("SELECT outcome, attempts, unsure FROM account_mails WHERE id = %s", mail_id)
    return row


def time_passes(world: World) -> None:
    world.rows("UPDATE account_mails SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL")


def sent(office: PostOffice, number: int) -> bool:
    return len(office.taken) == number


def link_in(letter: EmailMessage) -> str:
    [link] = [line for line in text_of(letter).splitlines() if line.startswith("http")]
    return link


def test_who_forgot_a_password_gets_a_link_in_text_and_html(
    alice: Person, notify: Function, office: PostOffice, world: World, door: Door
) -> None:
    mail_id = wants(alice)

    assert work_due("mails").to(notify).status_code == 204

    letter = office.letter_to(alice.email)
    assert letter["Subject"] == "Reset your Taskora password"
    assert (letter["From"], letter["Message-ID"]) == (SENDER, f"<{mail_id}@mail.taskora.test>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert link_in(letter).startswith("https://taskora.test/reset#token=")
    assert f'<a href="{link_in(letter)}">' in text_of(letter, "html")
    assert outcome(world, mail_id)[0] == "sent"
    assert [kind for _, kind, _ in alice.events()] == ["user.password_reset_requested"]
    eventually(lambda: door.about(f"user/{alice.id}") == ["user.password_reset_requested"], "the broker has heard")


def test_the_token_is_nowhere_but_in_the_letter(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants(alice)
    assert work_due("mails").to(notify).status_code == 204

    token = link_in(office.letter_to(alice.email)).partition("=")[2]
    rows = world.rows("SELECT row_to_json(mail)::text FROM account_mails AS mail")
    rows += world.rows("SELECT data::text FROM events WHERE user_id = %s", alice.id)

    assert len(token) == 43
    assert not [
        text for text in (*notify.lines(), *(str(row) for row in rows)) if token in text or link_in_hex(token) in text
    ]


def link_in_hex(token: str) -> str:
    return token.encode().hex()


def test_nobody_is_written_to_who_has_no_account(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    mail_id = wants(alice, email="nobody@example.org")

    assert work_due("mails").to(notify).status_code == 204

    assert office.taken == []
    assert outcome(world, mail_id)[0] == "nobody has this address"


def test_the_link_goes_to_the_address_of_the_account_however_somebody_else_spells_it(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    """Domains that differ to a mail server may be one to us, and the other one's owner may be anybody."""
    email = f"alice-{alice.id}@strasse.example.org"
    world.rows("UPDATE users SET email = %s, email_key = %s WHERE id = %s", email, email, alice.id)
    mail_id = wants(alice, email=email)
    world.rows("UPDATE account_mails SET email = replace(email, 'ss', '\u00df') WHERE id = %s", mail_id)

    assert work_due("mails").to(notify).status_code == 204

    assert office.recipients == [email]


def test_word_of_a_changed_password_goes_to_its_owner(alice: Person, notify: Function, office: PostOffice) -> None:
    wants(alice, "password_changed")

    assert work_due("mails").to(notify).status_code == 204

    letter = office.letter_to(alice.email)
    assert letter["Subject"] == "Your Taskora password was changed"
    assert link_in(letter) == "https://taskora.test/reset"


def test_a_letter_goes_out_once_however_often_it_is_said(alice: Person, notify: Function, office: PostOffice) -> None:
    wants(alice)
    the_same = work_due("mails")

    with ThreadPoolExecutor(4) as dispatchers:
        answers = list(dispatchers.map(lambda _: the_same.to(notify), range(4)))

    assert [answer.status_code for answer in answers] == [204] * 4
    assert len(office.taken) == 1


def test_while_the_mail_server_is_away_the_letter_waits(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    mail_id = wants(alice)
    office.close()

    assert work_due("mails").to(notify).status_code == 503
    assert outcome(world, mail_id) == (None, 1, 0)

    with PostOffice() as again:
        other = started(world, again.url)
        eventually(lambda: work_due("mails").to(other).status_code == 204 and again.taken, "it has gone out")
        other.kill()
    assert [kind for _, kind, _ in alice.events()] == ["user.password_reset_requested"]


def test_a_no_for_now_is_tried_again_and_a_no_for_good_is_not(
    alice: Person, mallory: Person, notify: Function, office: PostOffice, world: World
) -> None:
    office.says = "450 4.2.0 come back later"
    later = wants(alice)
    assert work_due("mails").to(notify).status_code == 503
    assert outcome(world, later) == (None, 1, 0)

    office.says = "550 5.1.1 no such mailbox"
    never = wants(mallory)
    time_passes(world)
    assert work_due("mails").to(notify).status_code == 204
    assert [outcome(world, mail)[0] for mail in (later, never)] == ["refused", "refused"]


def test_after_a_kill_the_same_letter_goes_out_once_more_and_never_a_third_time(
    alice: Person, office: PostOffice, world: World
) -> None:
    world.rows("DELETE FROM account_mails")
    mail_id = wants(alice)
    office.answers.clear()
    for number in (1, 2):
        notify = started(world, office.url)
        with ThreadPoolExecutor(1) as dispatcher:
            answer = dispatcher.submit(work_due("mails").to, notify)
            eventually(partial(sent, office, number), "the mail server has it and has not said so")
            notify.kill()
            assert answer.exception() is not None
        time_passes(world)
    office.answers.set()

    notify = started(world, office.url)
    assert work_due("mails").to(notify).status_code == 204
    notify.kill()

    first, second = office.taken
    assert first == second
    assert outcome(world, mail_id) == ("sent, perhaps", 2, 2)


def test_a_kill_before_the_mail_server_has_the_letter_costs_nobody_a_letter(
    alice: Person, office: PostOffice, world: World
) -> None:
    world.rows("DELETE FROM account_mails")
    mail_id = wants(alice)
    for _ in range(2):
        notify = started(world, office.url)
        with psycopg.connect(world.owner_url) as other, ThreadPoolExecutor(1) as dispatcher:
            other.execute("SELECT FROM counters WHERE user_id = %s FOR UPDATE", [alice.id])
            answer = dispatcher.submit(work_due("mails").to, notify)
            eventually(world.waiting_for_locks, "it waits for its turn to write down what the link is good for")
            notify.kill()
            assert answer.exception() is not None
        eventually(lambda: not world.waiting_for_locks(), "the database has forgotten it")
        time_passes(world)

    notify = started(world, office.url)
    assert work_due("mails").to(notify).status_code == 204
    notify.kill()

    assert len(office.taken) == 1
    assert outcome(world, mail_id)[0] == "sent"


@pytest.mark.parametrize("goodbye", ["421 4.3.2 no time for this", "500 what?"])
def test_a_letter_that_was_taken_is_not_sent_again_for_a_bad_goodbye(
    alice: Person, notify: Function, office: PostOffice, world: World, goodbye: str
) -> None:
    mail_id = wants(alice)
    office.goodbye = goodbye

    assert work_due("mails").to(notify).status_code == 204

    assert len(office.taken) == 1
    assert outcome(world, mail_id)[0] == "sent"


@pytest.mark.parametrize("code", [450, 550])
def test_no_line_of_the_log_names_who_was_written_to(
    alice: Person, notify: Function, office: PostOffice, code: int
) -> None:
    wants(alice)
    office.says = f"{code} 5.1.1 <{alice.email}>: mailbox trouble"

    work_due("mails").to(notify)

    assert [line for line in notify.lines() if "mailbox trouble" in line]
    assert not [line for line in notify.lines() if alice.email in line]


def test_while_the_mail_server_says_nothing_no_letter_is_thought_to_be_sent(alice: Person, world: World) -> None:
    """Though more are to be sent than can be tried at once, and each try lasts long."""
    world.rows("DELETE FROM account_mails")
    for _ in range(12):
        wants(alice)
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(12) as dispatchers:
        notify = started(world, f"smtp://127.0.0.1:{silent.getsockname()[1]}")

        answers = list(dispatchers.map(lambda _: work_due("mails").to(notify).status_code, range(12)))

        assert sorted(answers) == [204] * 11 + [503]
    assert world.rows("SELECT max(unsure), max(attempts) FROM account_mails") == [(0, 1)]
    with PostOffice() as office:
        other = started(world, office.url)
        time_passes(world)
        assert work_due("mails").to(other).status_code == 204
        assert len(office.letters_to(alice.email)) == 12
        other.kill()
    notify.kill()


def test_a_line_that_breaks_when_the_letter_is_over_counts_as_a_kill(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    mail_id = wants(alice)
    office.hangs_up = True
    for _ in range(2):
        assert work_due("mails").to(notify).status_code == 503
        time_passes(world)

    assert work_due("mails").to(notify).status_code == 204

    first, second = office.taken
    assert first == second
    assert outcome(world, mail_id) == ("sent, perhaps", 2, 2)


def test_a_link_is_given_up_after_an_hour_and_a_word_of_warning_after_a_day(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    office.close()
    late = [wants(alice, ago="61 minutes"), wants(alice, "password_changed", ago="25 hours")]
    assert work_due("mails").to(notify).status_code == 204
    in_time = [wants(alice, ago="59 minutes"), wants(alice, "password_changed", ago="23 hours")]
    assert work_due("mails").to(notify).status_code == 503

    assert [outcome(world, mail)[0] for mail in (*late, *in_time)] == ["given up"] * 2 + [None] * 2


@pytest.mark.parametrize("address", ["a,b@example.org", "<x>@example.org", '"q"@example.org', "a(b)@example.org"])
def test_a_strange_address_is_one_address(
    alice: Person, notify: Function, office: PostOffice, world: World, address: str
) -> None:
    world.rows("UPDATE users SET email = %s, email_key = %s WHERE id = %s", address, address, alice.id)
    wants(alice, email=address)

    assert work_due("mails").to(notify).status_code == 204

    name, _, host = address.partition("@")
    quoted = name.replace('"', '\\"')
    assert office.recipients == [f'"{quoted}"@{host}']
    world.rows("UPDATE users SET email_key = %s WHERE id = %s", str(alice.id), alice.id)


def test_an_address_in_another_script_is_written_to(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    address = f"j\u00fcrgen-{alice.id}@stra\u00dfe-\u00fc.example.org"
    world.rows("UPDATE users SET email = %s, email_key = %s WHERE id = %s", address, address, alice.id)
    mail_id = wants(alice, email=address)

    assert work_due("mails").to(notify).status_code == 204

    assert outcome(world, mail_id)[0] == "sent"
    assert office.recipients == [f"j\u00fcrgen-{alice.id}@stra\u00dfe-\u00fc.example.org"]


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_where_it_is_asked_for_nothing_is_said_in_the_open(
    alice: Person, world: World, tmp_path: Path, scheme: str
) -> None:
    world.rows("DELETE FROM account_mails")
    context, trusted = certificate(tmp_path)
    with PostOffice(**{"smtps": {"tls": context}, "smtp+starttls": {"starttls": context}}[scheme]) as office:
        where = f"{scheme}://{USER}:p%40ss%2Fword@127.0.0.1:{office.port}"
        notify = started(world, where, SSL_CERT_FILE=str(trusted))
        stranger = started(world, where)  # who does not know who signed that certificate
        wants(alice)

        assert work_due("mails").to(stranger).status_code == 503
        time_passes(world)
        assert work_due("mails").to(notify).status_code == 204

        assert (office.logins, len(office.taken)) == ([USER], 1)
        for function in (notify, stranger):
            assert not [line for line in function.lines() if PASSWORD in line or "p%40ss" in line]
            function.kill()


def test_a_server_that_knows_no_tls_gets_no_password(alice: Person, world: World, office: PostOffice) -> None:
    world.rows("DELETE FROM account_mails")
    notify = started(world, f"smtp+starttls://{USER}:secret@127.0.0.1:{office.port}")
    wants(alice)

    assert work_due("mails").to(notify).status_code == 503

    assert (office.logins, office.taken) == ([], [])
    notify.kill()


def test_without_a_mail_server_it_says_so_and_keeps_nobody_waiting(alice: Person, world: World) -> None:
    world.rows("DELETE FROM account_mails")
    notify = world.start("notify")
    mail_id = wants(alice)

    assert work_due("mails").to(notify).status_code == 204

    assert outcome(world, mail_id)[0] == "refused"
    assert [line for line in notify.lines() if "SMTP_URL" in line]
    notify.kill()


def test_what_is_said_by_others_or_for_others_sends_nothing(
    alice: Person, notify: Function, office: PostOffice
) -> None:
    wants(alice)

    assert work_due("outbox").to(notify).status_code == 204
    assert event("user.password_changed").signed().to(notify).status_code == 204
    assert event("work.due", work="mails").to(notify).status_code == 422

    assert office.taken == []


def test_while_the_database_is_away_it_comes_again(
    alice: Person, notify: Function, office: PostOffice, world: World
) -> None:
    wants(alice)
    world.postgres.stop()
    try:
        away = work_due("mails").to(notify)
    finally:
        world.postgres.start_again()

    assert away.status_code == 503
    assert work_due("mails").to(notify).status_code == 204
    assert len(office.taken) == 1
