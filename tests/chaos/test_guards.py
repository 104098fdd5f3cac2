"""What the kill test takes away is there to be taken away: a guard that has moved would be noticed by hand alone."""

import shutil
from pathlib import Path

import pytest

from tests.chaos.guards import GUARDS, remove
from tests.chaos.installation import BY_DETOUR, DELIVERING
from tests.guards import Edit, apply
from tests.world import ROOT


@pytest.mark.parametrize("guard", GUARDS)
def test_each_guard_can_still_be_removed(guard: str, tmp_path: Path) -> None:
    for edit in GUARDS[guard]:
        (tmp_path / edit.file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / edit.file, tmp_path / edit.file)

    remove(guard, tmp_path)

    assert all(edit.new in (tmp_path / edit.file).read_text() for edit in GUARDS[guard])


def test_deliveries_can_still_be_led_by_the_detour(tmp_path: Path) -> None:
    runner = tmp_path / "runner.py"
    shutil.copy(ROOT / "knative/runner/runner.py", runner)

    apply(Edit("runner.py", DELIVERING, BY_DETOUR.format(7, "journal")), tmp_path)

    compile(runner.read_text(), runner, "exec")
