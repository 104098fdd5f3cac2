"""Who does what eventing/attaching.md says has a lamp that lights up when somebody finishes a task."""

from pathlib import Path

import pytest

from tests.contract import admission
from tests.e2e.conftest import ROOT, House, eventually
from tests.e2e.guides import Developer, blocks, write

GUIDE = (ROOT / "eventing/attaching.md").read_text()
RUN = "ATTACH=../lamp make run\n"


@pytest.fixture
def lamp(house: House) -> Path:
    """A folder beside Taskora's, with the guide's files."""
    for block in blocks(GUIDE, "python", "yaml", "dockerfile"):
        write(block, house.folder.parent)
    return house.folder.parent / "lamp"


@pytest.mark.timeout(600)
def test_the_lamp_shines_when_somebody_finishes_a_task(house: House, lamp: Path) -> None:
    start, requests = (block["text"] for block in blocks(GUIDE, "sh"))
    [shown] = (block["text"] for block in blocks(GUIDE, "text"))
    assert start.endswith(RUN)
    assert sorted(path.name for path in lamp.iterdir()) == ["Containerfile", "lamp.yaml", "main.py"]
    developer = Developer(house)

    developer.types(start.removesuffix(RUN), within=300)
    with house.make_run(ATTACH="../lamp") as run:
        run.says("Taskora is at")
        developer.types(requests.replace(":8080", f":{house.port}"), within=60)

        log = house.data / "logs/runner.log"
        eventually(lambda: f"\n{shown}" in log.read_text(), 60, log.read_text)
    assert run.left_behind() == []
    assert log.read_text().count(shown) == 1
    assert "is dropped" not in log.read_text()  # which the broker says when it takes the answer for a failure


@pytest.mark.timeout(2 * admission.PATIENCE)
def test_a_cluster_takes_what_is_applied(lamp: Path) -> None:
    try:
        assert admission.judge([lamp / "lamp.yaml"]) == []
    except admission.NoGo as reason:
        pytest.skip(f"Knative's own admission: {reason}")


def test_a_folder_without_manifests_is_named(house: House) -> None:
    (house.folder.parent / "lamp").mkdir()

    assert house.refusal(ATTACH="../lamp").startswith("there is no manifest (*.yaml) in ")
