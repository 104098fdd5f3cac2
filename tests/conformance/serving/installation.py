"""What the suite talks to: addresses of an installation, here one that a runner of our own makes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import yaml

ROOT = Path(__file__).parents[3]
NAMESPACE = "conformance"
PATIENCE = 30.0


class Addresses:
    """Where an installation is to be found; a cluster with port-forwards would have the same."""

    def __init__(self, gateway: str, services: Mapping[str, str]) -> None:
        self.gateway = gateway
        self.services = services

    def of(self, service: str) -> str:
        return self.services[service]


class RunnerInstallation:
    """The real runner, as its own process, over real manifests."""

    def __init__(
        self,
        folder: Path,
        manifests: Sequence[Mapping[str, Any]],
        routes: Sequence[Mapping[str, Any]] = (),
        page: Path | None = None,
        entry: str = "tests.conformance.serving.function:main",
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        code: Path = ROOT,  # another runner than ours; the suite's own function is ours all the same
    ) -> None:
        self._code = code
        folder.mkdir(parents=True, exist_ok=True)
        self._state = folder / "state"
        self.output = folder / "output.log"
        (folder / "manifests.yaml").write_text(yaml.safe_dump_all([dict(one) for one in manifests]), encoding="utf-8")
        self.routes = folder / "routes.yaml"
        self.routes.write_text(yaml.safe_dump({"routes": [dict(one) for one in routes]}), encoding="utf-8")
        self._command = [
            *(sys.executable, "-m", "knative.runner"),
            *("--manifests", str(folder / "manifests.yaml")),
            *("--routes", str(self.routes)),
            *("--state", str(self._state)),
            *("--entry", entry),
            *("--port", "0"),
            *(("--page", str(page)) if page else ()),
            *arguments,
        ]
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{code}:{ROOT}", **(environment or {})}

    def __enter__(self) -> Self:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self._command,
                cwd=self._code,
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            self.addresses = self._wait_for_addresses()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> int:
        """As Ctrl-C would; what its exit status was."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def run_to_its_end(self) -> tuple[int, str]:
        """For a runner that is expected to refuse."""
        done = subprocess.run(
            self._command,
            cwd=self._code,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def wait_until_said(self, what: str, times: int = 1) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.said().count(what) < times:
            assert time.monotonic() < deadline, f"waited in vain for {what!r} in:\n{self.said()}"
            time.sleep(0.02)

    def _wait_for_addresses(self) -> Addresses:
        file, deadline = self._state / "addresses.json", time.monotonic() + PATIENCE
        while not file.exists():
            assert self.process.poll() is None, f"the runner ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"the runner did not come up:\n{self.said()}"
            time.sleep(0.02)
        found = json.loads(file.read_text("utf-8"))
        inside = {
            address.removeprefix("http://").partition(".")[0]: at
            for address, at in found.items()
            if address.endswith(".svc.cluster.local")
        }
        return Addresses(found["gateway"], inside)


def service(
    name: str,
    *,
    annotations: Mapping[str, str] | None = None,
    env: Mapping[str, str] | None = None,
    container: Mapping[str, Any] | None = None,
    **spec: Any,
) -> dict[str, Any]:
    """A Service that starts with its first request, and otherwise says only what it is told to."""
    scaling = {"initial-scale": "0"} | dict(annotations or {})
    variables = [{"name": name, "value": value} for name, value in (env or {}).items()]
    return {
        "apiVersion": "serving.knative.dev/v1",
        "kind": "Service",
        "metadata": {
            "name": name,
            "namespace": NAMESPACE,
            "labels": {"networking.knative.dev/visibility": "cluster-local"},
        },
        "spec": {
            "template": {
                "metadata": {"annotations": {f"autoscaling.knative.dev/{key}": on for key, on in scaling.items()}},
                "spec": {
                    "containers": [
                        {
                            "image": "taskora/conformance",
                            "env": variables,
                            "envFrom": [{"configMapRef": {"name": "backstage"}}],
                            "readinessProbe": {"httpGet": {"path": "/health"}},
                        }
                        | dict(container or {})
                    ],
                    **spec,
                },
            }
        },
    }


def backstage_settings(address: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "backstage", "namespace": NAMESPACE},
        "data": {"BACKSTAGE": address},
    }
