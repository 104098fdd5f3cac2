"""Examples of the rules of time, one a line, as `tests/unit/cases` holds them."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "unit" / "cases"


def cases(name: str) -> pytest.MarkDecorator:
    """Each test that takes a `case` is run with each of them."""
    lines = (FOLDER / f"{name}.jsonl").read_text().splitlines()
    found: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])
