"""A release is called by its version and its code, wherever it stands."""

import shutil
import tomllib
from pathlib import Path

import pytest

from knative.images import functions as image
from shared import release
from tests.world import ROOT

HERE = release.release()
called = release.release.__wrapped__  # asked anew


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In an image."""
    image.take_in(tmp_path)
    monkeypatch.setattr(release, "ROOT", tmp_path)
    return tmp_path


def test_its_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == release.VERSION


def test_it_is_called_the_same_in_an_image(elsewhere: Path) -> None:
    assert called() == HERE
    shutil.copytree(ROOT / "functions/tasks/function", elsewhere / "functions/tasks/function")
    assert called() == HERE


@pytest.mark.parametrize("file", ["functions/tasks/main.py", "functions/clock/queries.sql", "shared/schema/new.sql"])
def test_other_code_is_another_release(elsewhere: Path, file: str) -> None:
    with (elsewhere / file).open("a") as code:
        code.write("\n")

    assert called() != HERE
