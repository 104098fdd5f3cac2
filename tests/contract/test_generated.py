"""What is made by a command is what the command would make now."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from eventing import catalogue
from functions import func_projects, openapi
from knative import render
from tests.world import ROOT


def test_the_event_catalogue_and_the_schemas_are_fresh() -> None:
    files = catalogue.files()

    assert {path: path.read_text() for path in files} == files
    assert {path for path in (ROOT / "eventing/schemas").glob("*") if path not in files} == set()


def test_the_api_document_is_fresh() -> None:
    assert openapi.DOCUMENT.read_text() == openapi.text()


def test_what_func_needs_is_fresh() -> None:
    files = func_projects.files()

    assert {path: path.read_text() for path in files} == files


def test_the_types_of_the_page_are_fresh(tmp_path: Path) -> None:
    made = tmp_path / "schema.ts"
    command = json.loads((ROOT / "frontend/package.json").read_text())["scripts"]["generate"]
    words = command.replace("src/api/schema.ts", str(made)).split()
    subprocess.run(["npx", "--no-install", *words], cwd=ROOT / "frontend", check=True, capture_output=True, timeout=60)

    assert (ROOT / "frontend/src/api/schema.ts").read_text() == made.read_text()


@pytest.mark.parametrize("overlay", render.OVERLAYS)
def test_a_rendered_overlay_is_made_from_what_stands_here(overlay: str) -> None:
    assert render.is_fresh(overlay)


@pytest.mark.parametrize("overlay", render.OVERLAYS)
def test_a_rendered_overlay_is_what_kustomize_makes(overlay: str) -> None:
    if not (shutil.which("kustomize") or shutil.which("go")):
        pytest.skip("neither kustomize nor Go is installed; the digest of the sources is checked all the same")

    assert render.rendered_file(overlay).read_text() == render.render(overlay)


@pytest.mark.parametrize("file", ["base/functions/clock.yaml", "overlays/local/rendered.yaml"])
def test_a_change_of_a_manifest_or_of_what_was_made_of_it_shows(
    file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for folder in ("knative/base", "knative/overlays", "eventing/base"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(render, "ROOT", tmp_path)
    assert render.is_fresh("local")

    manifest = tmp_path / "knative" / file
    manifest.write_text(manifest.read_text().replace("6s", "60s"))

    assert not render.is_fresh("local")
