"""The house: what stands at the top, what the Makefile says, what a build machine may do, what locks hold."""

import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from functions import table

ROOT = Path(__file__).parents[2]
TOP = {"functions", "shared", "knative", "eventing", "frontend", "tests", "Makefile", "README.md"}
BESIDE = {"pyproject.toml", "uv.lock", "LICENSE"}
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@cache
def committed() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def targets() -> dict[str, str]:
    """Each target of the Makefile and what `make help` says of it."""
    rules = re.findall(r"^([a-zA-Z0-9_-]+):(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return {name: rest.partition("## ")[2] for name, rest in rules}


def test_nothing_else_stands_at_the_top() -> None:
    names = {name.partition("/")[0] for name in committed()}

    assert {name for name in names if not name.startswith(".")} == TOP | BESIDE


def test_help_explains_every_target() -> None:
    answer = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    said = answer.stdout
    assert answer.stderr == ""  # where make complains of a target written twice

    for name, explanation in targets().items():
        assert explanation, f"{name} has no explanation"
        assert re.search(rf"make {name} +{re.escape(explanation[:20])}", said)


def test_no_target_is_taken_for_a_file() -> None:
    [phony] = re.findall(r"^\.PHONY:((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(phony.replace("\\\n", " ").split()) == targets().keys()


def test_the_readme_speaks_only_of_targets_that_exist() -> None:
    for document in [ROOT / "README.md", *ROOT.glob("*/README.md"), *ROOT.glob(".github/*.md")]:
        named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", document.read_text()))
        assert named <= targets().keys(), document


def test_the_first_command_is_in_sight() -> None:
    top = (ROOT / "README.md").read_text().splitlines()[:25]

    assert any(line.strip() == "make run" for line in top)


def test_the_table_of_functions_is_fresh() -> None:
    assert table.README.read_text() == table.text()


def test_a_build_machine_calls_only_what_a_person_can_call() -> None:
    for job in jobs():
        for step in job["steps"]:
            if "run" in step:
                for line in step["run"].strip().splitlines():
                    assert line.split()[0] == "make"
                    assert set(line.split()[1:]) <= targets().keys()


def test_actions_are_pinned_to_a_commit_and_named_by_version() -> None:
    for workflow in WORKFLOWS:
        for line in re.findall(r"uses: *(.*)", workflow.read_text()):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_a_build_machine_may_read_and_nothing_more() -> None:
    for workflow in WORKFLOWS:
        assert yaml.safe_load(workflow.read_text())["permissions"] == {"contents": "read"}
    for job in jobs():
        assert "permissions" not in job
        assert job["timeout-minutes"] <= 25
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_every_package_of_the_page_has_a_version_and_a_checksum() -> None:
    # npm may write entries for other platforms without a version, and then refuses its own lock there.
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]

    for name, package in packages.items():
        if name:
            assert package.get("version"), name
            assert package.get("integrity") or package.get("inBundle"), name


def test_packages_come_from_the_public_registries() -> None:
    python = re.findall(r'(?:registry|url|git) = "\w+://([^/"]+)', (ROOT / "uv.lock").read_text())
    page = re.findall(r'"resolved": "\w+[^:]*://([^/"]+)', (ROOT / "frontend/package-lock.json").read_text())

    assert set(python) == {"pypi.org", "files.pythonhosted.org"}
    assert set(page) <= {"registry.npmjs.org"}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    paths = re.compile(r"(?<![\w.-])/(?:work|root|home|Users)/[\w.-]+|/tmp/[a-z]+/")
    for name in committed():
        if name != "tests/contract/test_house.py":
            found = paths.search((ROOT / name).read_text(errors="replace"))
            assert found is None, f"{name}: {found}"


def jobs() -> Iterator[dict[str, Any]]:
    for workflow in WORKFLOWS:
        yield from yaml.safe_load(workflow.read_text())["jobs"].values()
