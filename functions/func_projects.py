"""What makes a function's folder a project of Knative's `func` CLI: `python -m functions.func_projects` writes it."""

import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]

COMMON = ("DATABASE_URL", "REDIS_URL", "EVENT_SIGNING_KEYS", "BROKER_INGRESS_URL", "PUBLIC_URL")

FUNC_YAML = """\
# Made by `make generate`, for `func run --builder=host`. How it runs on a cluster: knative/base/functions/{name}.yaml
specVersion: 0.36.0
name: {name}
runtime: python
invoke: http
created: 2026-11-20T00:00:00Z
run:
  envs:
{settings}
"""

PYPROJECT = """\
# Made by `make generate`, for `func run --builder=host`: func wants a package named `function`, and gets all of ours.
[project]
name = "function"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["taskora @ {root:parent:parent:uri}"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.metadata]
allow-direct-references = true

[tool.hatch.build.targets.wheel]
packages = ["function"]
"""

INIT = '''\
"""Made by `make generate`, for `func run`."""

from .func import new

__all__ = ["new"]
'''

FUNC = '''\
"""Made by `make generate`, for `func run`."""

from functions.{name}.main import handle
from shared.func import Function


def new() -> Function:
    return Function(handle)
'''


def files() -> dict[Path, str]:
    """Every file as it should be."""
    made = {}
    for main in sorted(ROOT.glob("functions/*/main.py")):
        folder, name = main.parent, main.parent.name
        made[folder / "func.yaml"] = FUNC_YAML.format(name=name, settings=settings(name))
        made[folder / "pyproject.toml"] = PYPROJECT
        made[folder / "function/__init__.py"] = INIT
        made[folder / "function/func.py"] = FUNC.format(name=name)
    return made


def settings(name: str) -> str:
    """What its manifest gives it; func takes from the developer's environment what is different on each machine."""
    given = {setting: from_outside(setting) for setting in COMMON} | {"K_SERVICE": name}
    manifest = yaml.safe_load((ROOT / f"knative/base/functions/{name}.yaml").read_text())
    for own in manifest["spec"]["template"]["spec"]["containers"][0]["env"]:
        given[own["name"]] = value(own)
    return "\n".join(f"    - name: {setting}\n      value: {json.dumps(given[setting])}" for setting in given)


def value(env: dict[str, Any]) -> str:
    match env:
        case {"valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}:
            return from_outside(f"{secret.upper()}_{key}")
        case {"name": name, "value": value} if ".svc.cluster.local" in value:
            return from_outside(name)
    return str(env["value"])


def from_outside(name: str) -> str:
    return f"{{{{ env:{name} }}}}"


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
