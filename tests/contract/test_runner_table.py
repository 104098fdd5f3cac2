"""The tables of knative/README.md are what the runner reads, and every line names a test that exists."""

import re
from pathlib import Path

from knative.runner.fields import FIELDS, HELD

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"### (\w+) \((.+)\)")
ROW = re.compile(r"\| `([^`]+)` \| `(test_\w+)` \|")


def rows() -> list[tuple[str, str, str]]:
    """Kind, field and test of each line."""
    found, kind = [], ""
    for line in (ROOT / "knative/README.md").read_text("utf-8").splitlines():
        if heading := HEADING.fullmatch(line):
            kind = f"{heading[2]}/{heading[1]}"
        elif row := ROW.fullmatch(line):
            found.append((kind, row[1], row[2]))
    return found


def test_the_tables_name_exactly_the_fields_the_runner_holds_to() -> None:
    held = {(kind, path) for kind, fields in FIELDS.items() for path, field in fields.items() if field is HELD}

    assert {(kind, path) for kind, path, _ in rows()} == held


def test_every_line_names_a_test_of_the_suite() -> None:
    files = (ROOT / "tests/conformance").rglob("test_*.py")
    tests = {
        name for file in files for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text("utf-8"), re.M)
    }

    assert {test for _, _, test in rows()} <= tests
