"""The embedded stores keep what they were given, stay closed to others, and end with their starter."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from knative.local import binaries
from knative.local.server import DidNotStart
from knative.local.stores import Postgres, Valkey
from tests.world import ROOT


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    with Postgres.start(tmp_path / "postgres") as postgres:
        yield postgres


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey.start(tmp_path / "valkey") as valkey:
        yield valkey


def test_postgresql_killed_keeps_what_it_accepted(postgres: Postgres) -> None:
    address = postgres.url
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'accepted' AS word")

    postgres.kill()
    postgres.start_again()

    assert postgres.url == address
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("accepted",)


def test_valkey_killed_keeps_what_it_has_written(valkey: Valkey) -> None:
    address = valkey.url
    with redis.Redis.from_url(address) as client:
        client.set("word", "accepted")
        client.execute_command("WAITAOF", 1, 0, 5000)

    valkey.kill()
    valkey.start_again()

    assert valkey.url == address
    with redis.Redis.from_url(address) as client:
        assert client.get("word") == b"accepted"


def test_a_restart_finds_yesterdays_data(tmp_path: Path) -> None:
    with Postgres.start(tmp_path) as postgres, psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE yesterday ()")

    with Postgres.start(tmp_path) as postgres, psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM yesterday").fetchone() == (0,)


def test_an_interrupted_first_start_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "cluster.new").mkdir()
    (tmp_path / "cluster.new/PG_VERSION").write_text("18\n")
    (tmp_path / "password.initdb").write_text("left over")

    with Postgres.start(tmp_path) as postgres, psycopg.connect(postgres.admin_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_nobody_enters_without_the_password(postgres: Postgres, valkey: Valkey) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url.replace(postgres.password, "guessed"))
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=valkey.port) as client:
        client.ping()


def test_passwords_are_for_the_owners_eyes(postgres: Postgres, valkey: Valkey) -> None:
    files = [file for server in (postgres, valkey) for file in server.data.iterdir() if file.is_file()]
    telling = [file for file in files for server in (postgres, valkey) if server.password in file.read_text()]
    listed = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout

    assert [oct(file.stat().st_mode & 0o777) for file in telling] == ["0o600"] * 3
    assert postgres.password not in listed
    assert valkey.password not in listed


def test_a_server_is_heard_on_this_machine_alone(postgres: Postgres, valkey: Valkey) -> None:
    with psycopg.connect(postgres.url) as connection, redis.Redis.from_url(valkey.url) as client:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert client.config_get("bind") == {"bind": "127.0.0.1"}


def test_stores_end_with_a_starter_that_is_killed(tmp_path: Path) -> None:
    starter = f"""
import os, pathlib
from knative.local.stores import Postgres, Valkey
folder = pathlib.Path({str(tmp_path)!r})
print(Postgres.start(folder / "p").process.pid, Valkey.start(folder / "v").process.pid, flush=True)
input()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", starter], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert all(runs(pid) for pid in pids)

        process.send_signal(signal.SIGKILL)

        deadline = time.monotonic() + 10
        while any(runs(pid) for pid in pids):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with Postgres.start(tmp_path):
        pass
    (tmp_path / "cluster/global/pg_control").unlink()

    with pytest.raises(DidNotStart, match="could not find the database system"):
        Postgres.start(tmp_path)


def test_an_installed_postgresql_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_package", lambda _: None)
    try:
        installed = binaries.postgres()
    except binaries.NotFound:
        pytest.skip("no other PostgreSQL is installed here")

    with Postgres.start(tmp_path / "data") as postgres, psycopg.connect(postgres.url) as connection:
        [[version]] = connection.execute("SHOW server_version_num").fetchall()

    assert int(version) // 10000 == binaries.major_of(installed)


def test_data_is_read_by_the_version_that_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without_wheels:
        without_wheels.setattr(binaries, "_package", lambda _: None)
        try:
            older = binaries.major_of(binaries.postgres())
        except binaries.NotFound:
            pytest.skip("no other PostgreSQL is installed here")
        with Postgres.start(tmp_path):
            pass

    with Postgres.start(tmp_path) as postgres, psycopg.connect(postgres.url) as connection:
        assert connection.info.server_version // 10000 == older


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.startswith("Z")
