"""A copy of the code in which one guard is taken away: what a test says is prevented, then has to happen."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.world import ROOT

CODE = ("functions", "shared")


@dataclass(frozen=True)
class Edit:
    file: str
    old: str
    new: str


def copy_of_the_code(folder: Path, parts: tuple[str, ...] = CODE) -> Path:
    for part in parts:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".func"))
    return folder


def apply(edit: Edit, code: Path) -> None:
    file = code / edit.file
    text = file.read_text()
    if text.count(edit.old) != 1:
        raise LookupError(f"{edit.file} no longer has this guard as the test knows it: {edit.old!r}")
    file.write_text(text.replace(edit.old, edit.new))
