"""How functions start and end, whatever starts them."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import tzdata

from tests.contract.house import function_names
from tests.ports import free_port
from tests.world import ROOT, World, eventually

FUNCTIONS = sorted(function_names(ROOT))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_its_own_pages(name: str, world: World) -> None:
    function = world.function(name)

    with function.client() as client:
        assert client.get("/health").json() == {"status": "ok", "tzdata": tzdata.IANA_VERSION}
        assert client.get("/ready").json() == {"database": True, "redis": True, "broker": True}
        assert "http_request_duration_seconds" in client.get("/metrics").text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_ends_by_itself_when_it_is_asked_to(name: str, world: World) -> None:
    function = world.start(name)

    assert function.terminate() == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_under_the_functions_framework(name: str, world: World, tmp_path: Path) -> None:
    port = free_port()
    environment = world.environment | {"K_SERVICE": name, "FUNCTION_SOURCE": f"functions/{name}/main.py"}
    command = [str(Path(sys.executable).with_name("functions-framework")), "--target", "handle", "--asgi"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--source", f"functions/{name}/main.py", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | environment | {"PYTHONPATH": "."},
            stdout=log,
            stderr=log,
        )
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/health"), f"{name} answers under the framework", within=60)
        refused = httpx.get(f"http://127.0.0.1:{port}/api/nothing")
    finally:
        process.terminate()
        process.wait(20)

    assert (refused.status_code, refused.headers["content-type"]) == (404, "application/problem+json")


def test_a_missing_setting_stops_the_start_and_is_named(world: World) -> None:
    environment = {name: value for name, value in world.environment.items() if name != "REDIS_URL"}

    started = subprocess.run(
        [sys.executable, "-m", "shared.entry"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            **environment,
            "K_SERVICE": "tasks",
            "FUNCTION_SOURCE": "functions/tasks/main.py",
        },
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert (started.returncode, started.stderr) == (1, "REDIS_URL is not set. The function cannot start without it.\n")


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False
