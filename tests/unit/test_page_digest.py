"""The page is built again when something it is made of has changed, and only then."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knative.local.page import digest_of, is_built, mark
from knative.runner.page import NotThere, Page


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.ts").write_text("start()")
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda frontend: (frontend / "src/main.ts").write_text("begin()"),
        lambda frontend: (frontend / "src/main.ts").rename(frontend / "src/start.ts"),
        lambda frontend: (frontend / "src/other.ts").write_text(""),
        lambda frontend: (frontend / "package-lock.json").write_text("{ }"),
        lambda frontend: (frontend / "package-lock.json").unlink(),
    ],
    ids=["other content", "other name", "a new file", "other packages", "a file less"],
)
def test_a_change_shows(frontend: Path, change: Callable[[Path], object]) -> None:
    before = digest_of(frontend)

    change(frontend)

    assert digest_of(frontend) != before


def test_what_is_made_from_sources_is_none(frontend: Path) -> None:
    before = digest_of(frontend)

    for made in ("dist", "node_modules"):
        (frontend / made).mkdir()
        (frontend / made / "main.js").write_text("")

    assert digest_of(frontend) == before


def test_a_page_goes_with_what_it_was_built_of(frontend: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "other.ts").write_text("")
    (frontend / "dist").mkdir()
    (frontend / "dist/index.html").write_text("")
    assert not is_built(frontend)

    mark(frontend, digest_of(frontend))

    assert is_built(frontend)
    shutil.copytree(frontend / "dist", elsewhere / "dist")
    assert not is_built(elsewhere)
    shutil.rmtree(frontend / "dist")
    assert not is_built(frontend)


def test_it_is_hidden_so_that_nobody_is_shown_it(frontend: Path) -> None:
    (frontend / "dist").mkdir()

    mark(frontend, digest_of(frontend))

    [stamp] = (frontend / "dist").iterdir()
    with pytest.raises(NotThere):
        Page(frontend / "dist").file(f"/{stamp.name}")
