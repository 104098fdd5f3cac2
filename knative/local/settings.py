"""The settings of this machine's Taskora, for whoever runs a function by hand: `eval "`make --silent settings`"`.

They have the names that func.yaml asks for. What is at home in a cluster is where `make run` has it.
"""

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SECRETS = ROOT / ".taskora/secrets.yaml"
ADDRESSES = ROOT / ".taskora/runner/addresses.json"
MANIFESTS = ROOT / "knative/overlays/local/rendered.yaml"
_INGRESS = "http://kafka-broker-ingress.knative-eventing.svc.cluster.local"


def secrets() -> dict[str, dict[str, str]]:
    if not SECRETS.exists():
        sys.exit("There is no Taskora on this machine yet. Start it with `make run`.")
    return {secret["metadata"]["name"]: secret["stringData"] for secret in yaml.safe_load_all(SECRETS.read_text())}


def settings() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, values in secrets().items():
        whose = "" if name == "taskora" else f"{name.upper()}_"
        found |= {f"{whose}{key}": value for key, value in values.items()}
    for manifest in yaml.safe_load_all(MANIFESTS.read_text()):
        found |= {name: value for name, value in _given_by(manifest).items() if ".svc.cluster.local" in value}
    return {name: _as_it_is_here(value) for name, value in found.items()}


def _given_by(manifest: dict[str, Any]) -> dict[str, str]:
    match manifest:
        case {"kind": "ConfigMap", "metadata": {"name": "taskora"}, "data": values}:
            return dict(values)
        case {"kind": "Service", "spec": {"template": {"spec": {"containers": [{"env": env}]}}}}:
            return {each["name"]: each["value"] for each in env if "value" in each}
    return {}


def _as_it_is_here(value: str) -> str:
    """In the runner's addresses; without a runner, in the cluster's, which nobody answers here."""
    addresses = json.loads(ADDRESSES.read_text()) if ADDRESSES.exists() else {}
    for inside, here in addresses.items():
        value = value.replace(_INGRESS if inside == "ingress" else inside, here)
    return value


if __name__ == "__main__":
    for name, value in settings().items():
        print(f"export {name}={shlex.quote(value)}")  # noqa: T201  # for a shell to read
