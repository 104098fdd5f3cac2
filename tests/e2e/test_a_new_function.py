"""Who does what functions/README.md says has a new function: its files written, its commands run, its answer given."""

import shutil
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import ROOT, House
from tests.e2e.guides import Developer, blocks, write
from tests.ports import free_port
from tests.world import eventually

GUIDE = (ROOT / "functions/README.md").read_text()
FILES = {"python", "sql", "yaml"}

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def developer(tmp_path: Path) -> Developer:
    (tmp_path / "taskora").mkdir()
    house = House(tmp_path / "taskora", tests=True)
    house.furnish()
    if (known := ROOT / ".mypy_cache").exists():  # whoever works here has checked the types before
        shutil.copytree(known, house.folder / known.name)
    developer = Developer(house)
    developer.types("git init --quiet && git add --all", within=30)
    return developer


def test_the_guide_leads_to_a_function_that_keeps_its_promise(developer: Developer) -> None:
    if not (shutil.which("kustomize") or shutil.which("go")):
        pytest.skip("the guide renders manifests, and neither kustomize nor Go is installed")
    house = developer.house
    check, requests, question, settings, _, entry = (block["text"] for block in blocks(GUIDE, "sh"))
    [answer] = blocks(GUIDE, "json")
    for block in blocks(GUIDE, "diff", *FILES):
        write(block, house.folder)

    developer.types(check, within=400)

    with house.make_run() as run:
        run.says("Taskora is at")
        asked = f'until test "$({question})" = {answer["text"].strip()!r}; do sleep 0.2; done'
        developer.types(f"{requests}\n{asked}".replace(":8080", f":{house.port}"), within=60)

        port = free_port()
        by_hand = developer.starts(f"{settings}\n{entry}".replace("8090", str(port)))
        try:
            eventually(lambda: reaches_everything(port), "the function is ready")
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
