"""Who does what functions/README.md says has a new function: its files written, its commands run, its answer given."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import PYTHON, ROOT, House, eventually, free_port

GUIDE = (ROOT / "functions/README.md").read_text()
BLOCK = re.compile(r"(?P<before>(?:[^\n]+\n)+)\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
FILES = {"python", "sql", "yaml"}

pytestmark = pytest.mark.timeout(600)


def blocks(*kinds: str) -> list[re.Match[str]]:
    return [block for block in BLOCK.finditer(GUIDE) if block["kind"] in kinds]


def file_of(block: re.Match[str]) -> str:
    """The last path in the sentence before it."""
    return str(re.findall(r"`([\w./]+/[\w./]+)`", block["before"])[-1])


def write(block: re.Match[str], folder: Path) -> None:
    file = folder / file_of(block)
    if block["kind"] == "diff":
        lines = block["text"].splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] != "+")
        new = "".join(line[1:] for line in lines if line[0] != "-")
        assert file.read_text().count(old) == 1, f"{file_of(block)} does not hold, once:\n{old}"
        file.write_text(file.read_text().replace(old, new))
    else:
        assert not file.exists(), file_of(block)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["text"])


class Developer:
    def __init__(self, house: House) -> None:
        self.house = house
        unwanted = {"DATABASE_URL", "REDIS_URL", "KAFKA_BOOTSTRAP_SERVERS", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
        self.environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.environment["PYTHON"] = PYTHON

    def types(self, script: str, within: float) -> None:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.house.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=within,
        )
        assert done.returncode == 0, done.stdout

    def starts(self, script: str) -> "subprocess.Popen[bytes]":
        words = ["bash", "-euo", "pipefail", "-c", script]
        return subprocess.Popen(words, cwd=self.house.folder, env=self.environment)


@pytest.fixture
def developer(tmp_path: Path) -> Developer:
    (tmp_path / "taskora").mkdir()
    house = House(tmp_path / "taskora", tests=True)
    house.furnish()
    developer = Developer(house)
    developer.types("git init --quiet && git add --all", within=30)
    return developer


def test_the_guide_leads_to_a_function_that_keeps_its_promise(developer: Developer) -> None:
    if not (shutil.which("kustomize") or shutil.which("go")):
        pytest.skip("the guide renders manifests, and neither kustomize nor Go is installed")
    house = developer.house
    check, requests, question, settings, _, entry = (block["text"] for block in blocks("sh"))
    [answer] = blocks("json")
    for block in blocks("diff", *FILES):
        write(block, house.folder)

    developer.types(check, within=400)

    with house.make_run() as run:
        run.says("Taskora is at")
        asked = f'until test "$({question})" = {answer["text"].strip()!r}; do sleep 0.2; done'
        developer.types(f"{requests}\n{asked}".replace(":8080", f":{house.port}"), within=60)

        port = free_port()
        by_hand = developer.starts(f"{settings}\n{entry}".replace("8090", str(port)))
        try:
            eventually(lambda: reaches_everything(port), 30)
        finally:
            by_hand.terminate()
            assert by_hand.wait(30) == 0


def reaches_everything(port: int) -> bool:
    try:
        ready = httpx.get(f"http://127.0.0.1:{port}/ready")
    except httpx.TransportError:
        return False
    assert ready.json() == {"database": True, "redis": True, "broker": True}
    return True
