"""The image of all functions and of the migrations: our code, the packages it needs, and their bytecode."""

import sys
from pathlib import Path

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"  # whose bytecode the tree has
BASE = f"docker.io/library/python:{PYTHON}-slim"


def build(tree: Path) -> dict[str, int]:
    app = tree / "app"
    app.mkdir()
    return {}
