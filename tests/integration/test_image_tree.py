"""The functions' image tree, started as a pod starts it: as another user, who can write nothing, from elsewhere."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from knative.images import functions
from knative.images.tree import digest, lay
from tests.contract.house import function_names
from tests.load import bench_start
from tests.load.bench_start import PYTHON, Start
from tests.people import Person
from tests.ports import free_port
from tests.world import ROOT, World

FUNCTIONS = sorted(function_names(ROOT))
NOBODY = 65532
UNCHECKED = b"\1\0\0\0"  # in a .pyc: valid whatever its source says


@dataclass
class Tree:
    path: Path
    digest: str

    @property
    def app(self) -> Path:
        return self.path / "app"


def built() -> Iterator[Tree]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        lay("functions", functions.build, Path(folder))
        path = Path(folder) / "functions"
        yield Tree(path, digest(path))


@pytest.fixture(scope="module")
def tree() -> Iterator[Tree]:
    yield from built()


@pytest.fixture
def sealed(tree: Tree) -> Iterator[Tree]:
    """Nobody may write it; its owner neither, should the tests not be root's."""
    for path in tree.path.rglob("*"):
        path.chmod(path.stat().st_mode & ~0o222)
    yield tree
    for path in tree.path.rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)
    assert digest(tree.path) == tree.digest, "something was written into the tree"


def as_somebody_else(command: list[str]) -> list[str]:
    """As the image's user where the tests are root's, and as whoever they are else.

    It may read what is root's alone, as a Python in root's home is, and write nothing.
    """
    if os.geteuid() != 0 or (setpriv := shutil.which("setpriv")) is None:
        return command
    kept = [f"--{which}=-all,+dac_read_search" for which in ("inh-caps", "ambient-caps", "bounding-set")]
    return [setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs", *kept, *command]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_from_the_tree_and_leaves_it_as_it_was(
    name: str, world: World, alice: Person, sealed: Tree, tmp_path: Path
) -> None:
    port = free_port()
    health, first = starts(name, world, alice, sealed)
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            as_somebody_else(first.command),
            cwd="/",
            env={**first.environment, "PORT": str(port)},
            stdout=log,
            stderr=log,
        )
    try:
        healthy = bench_start.answer(health, port, process)
        answered = bench_start.answer(first, port, process)
    finally:
        process.terminate()
        code = process.wait(20)

    assert (healthy, answered, code) == (200, 204 if first.path == "/events" else 200, 0), (
        tmp_path / "log"
    ).read_text()


def test_migrations_run_from_the_tree(world: World, sealed: Tree) -> None:
    world.rows("CREATE DATABASE from_the_tree")
    url = world.owner_url.replace(world.database, "from_the_tree")
    environment = world.environment | {
        "MIGRATION_DATABASE_URL": url,
        "TIDY_DATABASE_URL": world.tidy_url,
        "PYTHONPATH": f"{sealed.app}:{sealed.app}/site-packages",
    }

    for _ in ("at first", "again"):
        subprocess.run(
            as_somebody_else([PYTHON[0], "-S", "-m", "shared.migrate"]),
            cwd=sealed.app,
            env=environment,
            check=True,
            timeout=60,
        )

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM tasks").fetchone() == (0,)


def test_an_operators_command_runs_from_the_tree(world: World, sealed: Tree) -> None:
    asked = subprocess.run(
        as_somebody_else([PYTHON[0], "-S", "-m", "functions.relay.dead_letters", "reasons", "--json"]),
        cwd=sealed.app,
        env={
            "DATABASE_URL": world.environment["DATABASE_URL"],
            "PYTHONPATH": f"{sealed.app}:{sealed.app}/site-packages",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (asked.returncode, asked.stderr) == (0, "")


def test_the_same_source_makes_the_same_tree(tree: Tree) -> None:
    [again] = {other.digest for other in built()}

    assert again == tree.digest


def test_nothing_in_the_tree_knows_where_it_was_made(tree: Tree) -> None:
    places = [str(place).encode() for place in (tree.path.parent, ROOT, Path(sys.prefix))]

    for path in tree.path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [place for place in places if place in content], path


def test_no_start_has_to_compile(tree: Tree) -> None:
    sources = {path for path in tree.app.rglob("*.py") if path.name != "start.py"}
    compiled = [path for path in tree.app.rglob("*.pyc") if path.parent.name == "__pycache__"]

    assert {path.parents[1] / f"{path.name.partition('.')[0]}.py" for path in compiled} == sources
    assert {path.read_bytes()[4:8] for path in compiled} == {UNCHECKED}


def test_the_tree_has_nothing_for_developers(tree: Tree) -> None:
    there = {path.name for path in (tree.app / "site-packages").iterdir()}

    assert {"fastapi", "httptools", "psycopg_binary.libs"} <= there
    assert not there & {"pip", "pytest", "functions_framework", "flask", "aiohttp", "bin", *functions.NEVER_IMPORTED}
    assert not [name for name in there if name.endswith(".dist-info")]
    assert {path.name for path in (tree.app / "functions").iterdir()} == set(FUNCTIONS)


def starts(name: str, world: World, person: Person, tree: Tree) -> tuple[Start, Start]:
    health, first = (start for start in bench_start.starts(world, person, tree.path) if start.name.startswith(name))
    return health, first
