"""Whoever does literally what a guide says: writes its files, and types its commands."""

import os
import re
import subprocess
from pathlib import Path

from tests.e2e.conftest import PYTHON, House

BLOCK = re.compile(r"(?P<before>(?:[^\n]+\n)+)\n```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)


def blocks(guide: str, *kinds: str) -> list[re.Match[str]]:
    return [block for block in BLOCK.finditer(guide) if block["kind"] in kinds]


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
