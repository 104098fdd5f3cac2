"""`make run` in an empty folder: a small but real Taskora, which survives its parts being killed and leaves nothing."""

import fcntl
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from knative.local.stores import Postgres, Valkey
from tests.e2e.conftest import House, Run
from tests.world import eventually

READY = "Taskora is at http://localhost:"
WAITING = "Another start or `make ready` installs in this folder; waiting for it"


class Visitor:
    """Somebody with a browser."""

    def __init__(self, house: House) -> None:
        origin = f"http://localhost:{house.port}"
        self.http = httpx.Client(base_url=origin, headers={"Origin": origin}, timeout=30)
        self.account = {"email": f"{uuid4().hex}@example.org", "password": "correct horse battery"}

    def registers(self) -> None:
        self.http.post("/api/auth/register", json=self.account).raise_for_status()

    def logs_in(self) -> None:
        self.http.post("/api/auth/login", json=self.account).raise_for_status()

    def adds(self, title: str) -> None:
        self.http.post("/api/tasks", json={"title": title}).raise_for_status()

    def sees(self) -> list[str]:
        answer = self.http.get("/api/tasks").raise_for_status().json()
        return [task["title"] for task in answer["items"]]

    def can_work(self) -> bool:
        """Whether a write and a read succeed; a refusal while something is being restarted is none."""
        title = uuid4().hex
        try:
            self.adds(title)
            return title in self.sees()
        except httpx.HTTPError:
            return False


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    visitor = Visitor(house)
    with visitor.http:
        yield visitor


def test_a_newcomer_finds_a_taskora_that_keeps_what_it_is_told(bare_house: House) -> None:
    house, visitor = bare_house, Visitor(bare_house)
    with house.make_run() as run:
        run.says(READY)
        assert "<title>Taskora</title>" in visitor.http.get("/").text
        visitor.registers()
        visitor.adds("Pay rent")
        run.stop()  # Ctrl-C

        # Stopped in order before it returned, not by the guardian afterwards.
        assert [words for words in run.processes().values() if "guardian" not in words] == []
        assert run.left_behind() == []

    with house.make_run() as again:
        again.says(READY)
        assert visitor.sees() == ["Pay rent"]  # the session too
        assert "Installing" not in again.said()
        assert "Building" not in again.said()
    visitor.http.close()


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("PostgreSQL", r"postgres -D .*/cluster "),
        ("Valkey", "valkey-server 127"),
        ("The mail catcher", "-m knative.local.mail_catcher "),
        ("The runner", "-m knative.runner "),
        ("", "guardian.py"),
    ],
)
def test_a_part_that_is_killed_comes_back(house: House, visitor: Visitor, name: str, command: str) -> None:
    with house.make_run() as run:
        run.says(READY)
        visitor.registers()
        visitor.adds("Pay rent")
        killed = run.pid_of(command)

        os.kill(killed, signal.SIGKILL)

        if name:
            run.says(f"{name} ended (killed by SIGKILL); starting it again")
            run.says(f"{name} is back")
        eventually(lambda: run.search(command) not in (None, killed), run.said, within=10)
        eventually(visitor.can_work, run.said, within=30)
        assert "Pay rent" in visitor.sees()
        os.kill(run.pid_of("-m knative.local.up"), signal.SIGKILL)
        assert run.left_behind() == []


def test_a_mail_is_shown_at_the_terminal_and_its_link_leads_here(house: House, visitor: Visitor) -> None:
    with house.make_run() as run:
        run.says(READY)
        visitor.registers()
        visitor.http.post("/api/auth/reset", json={"email": visitor.account["email"]}).raise_for_status()

        run.says(f"Mail for {visitor.account['email']}: Reset your Taskora password")
        run.says(f"  | http://localhost:{house.port}/reset#token=")
        assert len(list((house.data / "mails").glob("*.eml"))) == 1


def test_accounts_are_confirmed_by_mail_where_it_is_asked_for(house: House, visitor: Visitor) -> None:
    with house.make_run(REGISTRATION="by-mail") as run:
        run.says(READY)
        visitor.registers()
        run.says("/confirm#token=")
        [token] = re.findall(r"/confirm#token=(\S+)", run.said())

        password = visitor.account["password"]
        visitor.http.post("/api/auth/register/confirm", json={"token": token, "password": password}).raise_for_status()

        assert visitor.can_work()


def test_a_part_that_cannot_come_back_ends_everything_and_says_why(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
        (house.data / "postgres/cluster/global/pg_control").unlink()
        os.kill(run.pid_of(r"postgres -D .*/cluster "), signal.SIGKILL)

        run.says("Taskora: PostgreSQL ended 5 times within a minute: PostgreSQL did not start: ")

        assert run.process.wait(timeout=30) != 0
        assert "could not find the database system" in run.said()
        assert run.left_behind() == []


@pytest.mark.parametrize("farewell", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_whatever_ends_it_leaves_nothing_behind(house: House, visitor: Visitor, farewell: signal.Signals) -> None:
    with house.make_run() as run:
        run.says(READY)
        visitor.registers()  # so that functions run, too
        assert len(run.processes()) > 4

        os.kill(run.pid_of("-m knative.local.up"), farewell)

        assert run.left_behind() == []
        assert ("Stopping" in run.said()) == (farewell is not signal.SIGKILL)


@pytest.mark.parametrize("moment", ["Taskora starts", "Python packages", "the page"])
def test_ctrl_c_while_it_installs_leaves_nothing_behind(bare_house: House, moment: str) -> None:
    stopped_at(moment, bare_house)


@pytest.mark.parametrize("moment", ["PostgreSQL", "date", "the runner"])
def test_ctrl_c_while_it_starts_leaves_nothing_behind(house: House, moment: str) -> None:
    stopped_at(moment, house)


def stopped_at(moment: str, house: House) -> None:
    with house.make_run() as run:
        run.says(moment)

        run.stop()

        assert run.left_behind() == []
        assert "Traceback" not in run.said()


def test_a_background_job_hears_ctrl_c_too(bare_house: House) -> None:
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does before it starts `make run &`
    try:
        run = bare_house.make_run()
    finally:
        signal.signal(signal.SIGINT, heard)

    with run:
        run.says("Taskora starts")
        run.stop()

        assert run.left_behind() == []


def test_asking_twice_finds_the_one_that_runs(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
        second = Run(house.folder, {"PORT": "0"})
        with second:
            assert second.process.wait(timeout=30) != 0

            assert f"http://localhost:{house.port}); use that one, or stop it first" in second.said()
        assert run.process.poll() is None


def test_installations_take_turns(house: House) -> None:
    with (house.data / "installing").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with house.make_run() as run, Run(house.folder, {}, "ready") as ready:
            run.says(WAITING)
            ready.says(WAITING)
            assert run.process.poll() is None
            ready.stop()

            fcntl.flock(other, fcntl.LOCK_UN)

            run.says(READY)


def test_data_of_a_newer_release_is_left_alone(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
    with Postgres.start(house.data / "postgres") as postgres, psycopg.connect(postgres.url) as connection:
        connection.execute("INSERT INTO migrations (name, digest) VALUES ('9999_from_the_future.sql', '')")

    said = house.refusal()

    assert "The database is newer than this release: it has 9999_from_the_future.sql" in said
    assert said.endswith("or move .taskora/postgres away to start empty")


def test_stores_of_ones_own_are_used_instead(house: House, visitor: Visitor, tmp_path: Path) -> None:
    with (
        Postgres.start(tmp_path / "own/postgres") as postgres,
        Valkey.start(tmp_path / "own/valkey") as valkey,
        house.make_run(DATABASE_URL=postgres.url, REDIS_URL=valkey.url) as run,
    ):
        run.says(READY)
        visitor.registers()

        assert not (house.data / "postgres").exists()
        assert not (house.data / "valkey").exists()
        with psycopg.connect(postgres.url) as connection:
            assert connection.execute("SELECT count(*) FROM users").fetchone() == (1,)


def test_secrets_are_for_the_owners_eyes_and_made_once(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
        first = (house.data / "secrets.yaml").read_text()
        mode = (house.data / "secrets.yaml").stat().st_mode & 0o777
    with house.make_run() as run:
        run.says(READY)
        second = (house.data / "secrets.yaml").read_text()

    assert mode == 0o600
    assert passwords_and_keys(first) == passwords_and_keys(second)
    assert len(passwords_and_keys(first)) == 3


def passwords_and_keys(manifest: str) -> list[str]:
    lines = [line.strip().removeprefix("DATABASE_URL: postgresql://") for line in manifest.splitlines()]
    return [line.rpartition("@")[0] or line for line in lines if line.startswith(("taskora_", "EVENT_SIGNING_KEYS"))]
