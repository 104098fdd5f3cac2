"""Each function under Knative's `func`: what `func run --builder=host` does in its folder, done here step by step."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knative.local import guardian
from tests.contract import house
from tests.deliveries import Fact, tick, work_due
from tests.people import Person
from tests.ports import free_port
from tests.world import ROOT, Function, World, eventually, is_healthy

UV = ROOT / ".taskora/tools/bin/uv"  # it does what pip does, ten times as fast

SERVICE = """\
[project]
name = "service"
version = "0.1.0"
dependencies = ["func-python==0.8.1", "function @ {root:uri}/f"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.metadata]
allow-direct-references = true
"""
MAIN = """\
from func_python.http import serve
from function import new

serve(new)
"""

FUNCTIONS = sorted(house.function_names(ROOT))
TAKE_EVENTS = sorted({house.wired_to(each) for each in house.wiring(ROOT)} & set(FUNCTIONS))
[TABLE] = house.documents(ROOT / "knative/base/routes.yaml")
PAGES = {
    route["function"]: route["path"]
    for route in sorted(TABLE["routes"], key=lambda route: -len(route["path"]))
    if "GET" in route["methods"] and "{" not in route["path"]
}

UnderFunc = Callable[[str], Function]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of its own, because func works in the function's folder."""
    folder = tmp_path_factory.mktemp("checkout")
    ours = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ours, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "frontend/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def under_func(checkout: Path, quiet_world: World) -> Iterator[UnderFunc]:
    """Start this function as func does; once, unless a test ended it."""
    outside = quiet_world.environment | {
        "TIDY_DATABASE_URL": quiet_world.tidy_url,
        "SUBSCRIBER_URLS": "{}",
        "FUNCTION_URLS": "{}",
        "PUBLIC_URL": "https://taskora.test",
        **dict.fromkeys(("ACCOUNTS_ENCRYPTION_KEYS", "ACCOUNTS_OIDC_CLIENT_SECRET", "WEBHOOKS_ENCRYPTION_KEYS"), ""),
        **dict.fromkeys(("NOTIFY_MAIL_FROM", "NOTIFY_SMTP_URL", "PUSH_VAPID_PRIVATE_KEY"), ""),
    }
    running: dict[str, Function] = {}

    def function(name: str) -> Function:
        if name not in running or running[name].process.poll() is not None:
            fetched = {"UV_OFFLINE": "1"} if running else {}  # the first installation has what all of them need
            running[name] = func_run(checkout / "functions" / name, outside, fetched)
        return running[name]

    yield function
    for each in running.values():
        if each.process.poll() is None:
            each.kill()


def func_run(folder: Path, outside: dict[str, str], fetched: dict[str, str]) -> Function:
    port = free_port()
    scaffold = folder / ".func/runs" / str(port)
    (scaffold / "service").mkdir(parents=True)
    (scaffold / "pyproject.toml").write_text(SERVICE)
    (scaffold / "service/__init__.py").touch()
    (scaffold / "service/main.py").write_text(MAIN)
    (scaffold / "f").symlink_to("../../..")
    for command in (["venv", ".venv"], ["pip", "install", "."]):
        words = [str(UV), "--quiet", "--no-config", *command]
        subprocess.run(words, cwd=scaffold, env=os.environ | fetched, check=True, timeout=90)
    given = interpolated(house.documents(folder / "func.yaml")[0]["run"]["envs"], outside)
    log = scaffold / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [".venv/bin/python", "./service/main.py"],
            cwd=scaffold,
            env={"PATH": os.environ["PATH"], "PORT": str(port), "LISTEN_ADDRESS": f"127.0.0.1:{port}"} | given,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    guardian.watch(process.pid, signal.SIGKILL)
    function = Function(folder.name, process, f"http://127.0.0.1:{port}", log)
    eventually(lambda: is_healthy(function), f"{folder.name} answers")
    return function


def interpolated(envs: list[dict[str, str]], outside: dict[str, str]) -> dict[str, str]:
    named = re.compile(r"\{\{ env:(\w+) \}\}")
    return {env["name"]: named.sub(lambda found: outside[found[1]], env["value"]) for env in envs}


@pytest.fixture
def alice(quiet_world: World) -> Iterator[Person]:
    alice = Person(quiet_world, "Alice")
    yield alice
    alice.leave()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_under_func_is_ready_and_reaches_everything(name: str, under_func: UnderFunc) -> None:
    with under_func(name).client() as client:
        assert client.get("/health/readiness").status_code == 200
        assert client.get("/ready").json() == {"database": True, "redis": True, "broker": True}


@pytest.mark.parametrize("name", PAGES)
def test_a_person_gets_the_answers_of_our_own_entry(name: str, under_func: UnderFunc, alice: Person) -> None:
    alice.has_task("Water the plants")

    ours = alice.at(name).get(PAGES[name])
    theirs = alice.browsing(under_func(name)).get(PAGES[name])

    assert theirs.status_code == 200
    assert {**theirs.json(), "exported_at": None} == {**ours.json(), "exported_at": None}


@pytest.mark.parametrize("name", TAKE_EVENTS)
def test_an_event_is_taken(name: str, under_func: UnderFunc, alice: Person) -> None:
    own = {"clock": tick(), "relay": work_due("outbox"), "tidy": work_due("day")}

    answer = own.get(name, Fact(alice.id, 1).delivery).to(under_func(name))

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_change_is_published(under_func: UnderFunc, alice: Person, quiet_world: World) -> None:
    tasks, door = under_func("tasks"), quiet_world.door

    task = alice.browsing(tasks).post("/api/tasks", json={"title": "Tea"}).json()

    eventually(lambda: door.about(f"task/{task['id']}") == ["task.created"], "the event is at the broker's door")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_under_func_ends_when_it_is_asked_to(name: str, under_func: UnderFunc) -> None:
    function = under_func(name)

    assert function.terminate() == 0

    assert "Traceback" not in function.log.read_text()


def test_an_open_page_does_not_keep_a_function_from_ending(under_func: UnderFunc, alice: Person) -> None:
    sync = under_func("sync")

    with alice.browsing(sync).stream("GET", "/api/events/stream") as stream:
        next(stream.iter_lines())

        assert sync.terminate() == 0
