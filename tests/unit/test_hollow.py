"""What stands in for modules that no running function uses."""

import subprocess
import sys

import pytest

from tests.contract.house import function_names
from tests.world import ROOT

NEVER_USED = {"click", "opentelemetry", "pydantic.v1.main", "pydantic.v1.types", "uvicorn"}
START = """
import sys
from shared import entry, hollow
with hollow.modules():
    entry.load("functions/{name}/main.py", "handle")
    import shared.serving
loaded = set(sys.modules)
import importlib.metadata
print(importlib.metadata.version("starlette"))
print(*loaded)
"""


@pytest.mark.parametrize("name", sorted(function_names(ROOT)))
def test_a_function_starts_without_what_it_never_uses(name: str) -> None:
    _, loaded = started(name)

    assert "shared.http_line" in loaded
    assert not loaded & NEVER_USED


@pytest.mark.parametrize("name", ["tasks", "organize"])
def test_what_not_every_request_needs_comes_with_the_first_that_does(name: str) -> None:
    _, loaded = started(name)

    assert not loaded & {"shared.filters.language", "shared.filters.tree", "functions.tasks.narrowing", "nh3", "argon2"}


def test_what_others_may_need_is_there_again() -> None:
    version, loaded = started("tasks")

    assert version
    assert "importlib.metadata" not in loaded


def started(name: str) -> tuple[str, set[str]]:
    said = subprocess.run(
        [sys.executable, "-c", START.format(name=name)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    version, loaded = said.splitlines()
    return version, set(loaded.split())
