"""A container that says what it runs has that run, and not what starts our own functions."""

import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conformance.serving.conftest import Install
from tests.conformance.serving.installation import service
from tests.conformance.serving.machine import children_of, kill, wait_until_gone
from tests.conformance.serving.test_refusals import changed

# Nothing of ours, and nothing that would have to be installed.
PROGRAM = """#!{python}
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        said = dict(words=sys.argv[1:], folder=os.getcwd(), pid=os.getpid(), environment=dict(os.environ))
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """The folder that the manifests will stand in, with a program in it."""
    folder = tmp_path / "installation-0"
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / "lamp.py").write_text(PROGRAM.format(python=sys.executable))
    return folder


def with_command(*words: str, **container: Any) -> dict[str, Any]:
    return service("lamp", container={"command": list(words), "readinessProbe": {"tcpSocket": {}}} | container)


def test_a_container_with_a_command_runs_it_where_its_manifest_stands(
    install: Install, image: Path, client: httpx.Client
) -> None:
    lamp = with_command(
        sys.executable, "lamp.py", args=["--colour", "$(COLOUR)"], env=[{"name": "COLOUR", "value": "red"}]
    )

    said = client.get(install(lamp).addresses.of("lamp")).raise_for_status().json()

    assert said["words"] == ["--colour", "red"]
    assert Path(said["folder"]) == image
    assert {"K_SERVICE": "lamp", "COLOUR": "red"}.items() <= said["environment"].items()
    assert "RUNNER_DATABASE_URL" not in said["environment"]


@pytest.mark.skipif(sys.platform != "linux", reason="what a process ignores is seen in /proc")
def test_a_command_finds_signals_as_a_container_has_them(install: Install, image: Path, client: httpx.Client) -> None:
    (image / "signals.sh").write_text(f"grep SigIgn /proc/self/status > ignored\nexec {sys.executable} lamp.py\n")

    client.get(install(with_command("sh", "signals.sh")).addresses.of("lamp")).raise_for_status()

    ignored = int((image / "ignored").read_text().split()[1], 16)
    assert not any(ignored >> number - 1 & 1 for number in (signal.SIGPIPE, signal.SIGXFSZ))  # as Python ignores them


def test_a_command_is_looked_for_in_the_environment_beside_the_manifest_first(
    install: Install, image: Path, client: httpx.Client
) -> None:
    own = image / ".venv/bin/python3"
    own.write_text(PROGRAM.format(python=sys.executable))
    own.chmod(0o755)

    said = client.get(install(with_command("python3", "shines")).addresses.of("lamp")).raise_for_status().json()

    assert said["words"] == ["shines"]


@pytest.mark.skipif(sys.platform != "linux", reason="no other kernel ends a program whose parent was killed")
@pytest.mark.usefixtures("image")
@pytest.mark.parametrize("killed", ["runner", "zygote"])
def test_a_program_is_gone_when_who_started_it_is_killed(install: Install, client: httpx.Client, killed: str) -> None:
    installed = install(with_command(sys.executable, "lamp.py"))
    pid = client.get(installed.addresses.of("lamp")).raise_for_status().json()["pid"]
    [zygote] = children_of(installed.process.pid)

    kill(zygote if killed == "zygote" else installed.process.pid, signal.SIGKILL)

    wait_until_gone([pid])


def test_a_program_that_is_not_there_is_named(install: Install, image: Path, client: httpx.Client) -> None:
    installed = install(with_command("functions-framewrok"))

    assert client.get(installed.addresses.of("lamp")).status_code == 503
    installed.wait_until_said(f"functions-framewrok cannot be run in {image}: No such file or directory")


def test_of_two_services_with_one_name_neither_is_taken_for_the_other(install: Install) -> None:
    elsewhere = changed(with_command("lamp"), ["metadata", "namespace"], "default")
    elsewhere["spec"]["template"]["spec"]["containers"][0].pop("envFrom")

    status, said = install(service("lamp"), elsewhere, start=False).run_to_its_end()

    assert status == 1
    assert "Service lamp: the runner supports one of this name" in said
