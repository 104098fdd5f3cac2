"""A skipped test is never silent, and in CI its reason must be on the list."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import allowed
from tests.world import ROOT

SKIPS = """
import pytest

def test_that_runs(): pass

@pytest.mark.skipif(True, reason="there is no moon")
def test_by_moonlight(): pass

def test_by_sunlight(): pytest.skip("it is night")
"""


def run(folder: Path, code: str, **environment: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.skips", "-c", "/dev/null", "--rootdir", str(folder), str(folder)],
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.partition("skipped, and why")[2]


def test_a_run_ends_with_what_was_skipped_and_why(tmp_path: Path) -> None:
    code, summary = run(tmp_path, SKIPS)

    assert code == 0
    assert "1  there is no moon" in summary
    assert "1  it is night" in summary
    assert "fails in CI" not in summary


def test_in_ci_a_skip_is_a_failure(tmp_path: Path) -> None:
    code, summary = run(tmp_path, SKIPS, CI="true")

    assert code == 1
    assert "it is night   <- fails in CI" in summary


def test_a_skipped_module_counts(tmp_path: Path) -> None:
    module = 'import pytest\npytest.skip("not today", allow_module_level=True)\n'
    (tmp_path / "test_other.py").write_text("def test_that_runs(): pass\n")

    code, summary = run(tmp_path, module, CI="1")

    assert code == 1
    assert "not today" in summary


def test_a_reason_on_the_list_is_accepted(tmp_path: Path) -> None:
    for reason in allowed() or pytest.fail("the list is empty"):
        code, summary = run(tmp_path, f"import pytest\ndef test_it(): pytest.skip({reason!r})\n", CI="1")
        assert (code, "fails in CI" in summary) == (0, False), reason


def test_nothing_skipped_is_said_too(tmp_path: Path) -> None:
    code, summary = run(tmp_path, "def test_that_runs(): pass\n", CI="1")

    assert code == 0
    assert "nothing" in summary
