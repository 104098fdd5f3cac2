"""Who does what eventing/attaching.md says has a lamp that lights up when somebody finishes a task."""

import json
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.contract import admission
from tests.e2e.conftest import PYTHON, ROOT, House
from tests.e2e.guides import Developer, blocks, write
from tests.world import eventually

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
        eventually(lambda: f"\n{shown}" in log.read_text(), log.read_text, within=60)
    assert run.left_behind() == []
    assert log.read_text().count(shown) == 1
    assert "is dropped" not in log.read_text()  # which the broker says when it takes the answer for a failure


BROKEN = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

class Lamp(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(204 if Path("repaired").exists() else 503)
        self.end_headers()
        print("The lamp shines" if Path("repaired").exists() else "The lamp is broken", flush=True)

HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Lamp).serve_forever()
"""


@pytest.mark.timeout(400)
def test_what_the_lamp_did_not_take_is_kept_and_delivered_when_it_is_repaired(house: House, lamp: Path) -> None:
    (lamp / "lamp.py").write_text(BROKEN)
    [sink] = re.findall(r"`(deadLetterSink: [^`]*)`", GUIDE)
    [address] = re.findall(r'`("lamp": [^`]*)`', GUIDE)
    replace(lamp / "lamp.yaml", "functions-framework, --target=shine", f"{sys.executable}, lamp.py")
    replace(lamp / "lamp.yaml", "retry: 5", "retry: 0")
    replace(lamp / "lamp.yaml", "timeout: PT30S", f"timeout: PT30S, {sink}")
    replace(house.folder / "knative/overlays/local/rendered.yaml", '{"audit":', f'{{{address}, "audit":')
    log = house.data / "logs/runner.log"

    with house.make_run(ATTACH="../lamp") as run:
        run.says("Taskora is at")
        _, requests = (block["text"] for block in blocks(GUIDE, "sh"))
        Developer(house).types(requests.replace(":8080", f":{house.port}"), within=60)
        with psycopg.connect(house.settings()["DATABASE_URL"], autocommit=True) as database:
            eventually(lambda: states(database) == ["tried again"], log.read_text, within=60)
            (lamp / "repaired").touch()
            eventually(lambda: states(database) == ["delivered"], log.read_text, within=200)
        assert told(house) == "delivered"

    assert log.read_text().count("The lamp shines") == 1


def replace(file: Path, old: str, new: str) -> None:
    assert file.read_text().count(old) == 1, old
    file.write_text(file.read_text().replace(old, new))


def states(database: psycopg.Connection[TupleRow]) -> list[str]:
    return [state for (state,) in database.execute("SELECT state FROM undelivered WHERE subscriber = 'lamp'")]


def told(house: House) -> str:
    words = ["make", "--silent", "dead-letters", f"PYTHON={PYTHON}", "ARGS=list --all --json --subscriber lamp"]
    asked = subprocess.run(words, cwd=house.folder, capture_output=True, text=True, timeout=90, check=True)
    return str(json.loads(asked.stdout)["state"])


@pytest.mark.timeout(2 * admission.PATIENCE)
def test_a_cluster_takes_what_is_applied(lamp: Path) -> None:
    try:
        assert admission.judge([lamp / "lamp.yaml"]) == []
    except admission.NoGo as reason:
        pytest.skip(f"Knative's own admission: {reason}")


def test_a_folder_without_manifests_is_named(house: House) -> None:
    (house.folder.parent / "lamp").mkdir()

    assert house.refusal(ATTACH="../lamp").startswith("there is no manifest (*.yaml) in ")
