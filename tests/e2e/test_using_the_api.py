"""Who types what functions/README.md says of the API gets what it promises."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.installation import Installation
from tests.world import ROOT

COMMANDS = re.findall(r"```bash\n(.*?)```", (ROOT / "functions/README.md").read_text(), re.DOTALL)


@pytest.fixture
def taskora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with Installation.running(tmp_path_factory.mktemp("taskora")) as installation:
        yield installation


def test_the_api_is_used_as_its_guide_says(taskora: Installation, tmp_path: Path) -> None:
    script = "\nprintf '\\n---\\n'\n".join(COMMANDS)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "TASKORA": taskora.address},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    registered, _, made, found, finished, undone, seen, repeated, snoozed, told, pinged, talked = done.stdout.split(
        "\n---\n"
    )
    assert json.loads(registered)["email"] == "ann@example.org"
    [task, again] = [json.loads(each) for each in re.findall(r"{.*?}", made)]
    assert task == again
    assert [each["id"] for each in json.loads(found)["items"]] == [task["id"]]
    assert json.loads(finished)["status"] == "done"
    assert json.loads(undone)
    assert "items" in json.loads(seen)
    assert json.loads(repeated)["next"]["due"] == "2026-12-31"
    assert json.loads(snoozed)["kind"] == "snooze"
    notifications, read, preferences = re.findall(r"{.*?}(?={|$)", told)
    assert (json.loads(notifications)["items"], json.loads(read)) == ([], {"read": 0, "unread": 0})
    assert json.loads(preferences)["quiet_hours"] == {"start": "22:00", "end": "07:00"}
    assert json.loads(pinged)["type"] == "webhook.ping"
    assert json.loads(talked)["answer"]["tasks"][0]["title"] == "Buy milk"
