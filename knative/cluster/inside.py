"""Run an operator's command in an installation on a cluster: `python -m knative.cluster.inside CONTEXT MODULE …`

All functions may be asleep, so there is no pod to enter: a Job runs it, with the image, the settings and the rights of
`relay`. It shows what the command says, ends as it ended, and is gone then. On this machine: `knative.local.inside`.
"""

import json
import subprocess
import sys
import time
from typing import Any

NAMESPACE, FUNCTION = "taskora", "relay"
BEGINS_WITHIN = 180.0  # seconds, in which a node may have to fetch the image
ENDS_WITHIN = 1800  # and the command itself

# Of the function's container: all that makes it what it is, and nothing of how it is asked.
TAKEN = ("image", "imagePullPolicy", "envFrom", "env", "resources", "securityContext")


class Trouble(Exception):
    """What a person has to know, in a sentence."""


class Cluster:
    def __init__(self, context: str) -> None:
        self._kubectl = ["kubectl", "--context", context, "--namespace", NAMESPACE]

    def get(self, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._asked("get", *words, "--output", "json"))
        return found

    def create(self, document: dict[str, Any]) -> str:
        return self._asked("create", "--filename", "-", "--output", "name", said=json.dumps(document)).strip()

    def delete(self, name: str) -> None:
        self._asked("delete", name, "--wait=false", "--ignore-not-found")

    def follow(self, pod: str) -> None:
        """What it says, from its first line to its end."""
        subprocess.run([*self._kubectl, "logs", "--follow", pod], check=False)  # noqa: S603

    def _asked(self, *words: str, said: str | None = None) -> str:
        try:
            asked = subprocess.run(  # noqa: S603
                [*self._kubectl, *words], input=said, capture_output=True, text=True, check=False
            )
        except FileNotFoundError as error:
            raise Trouble("kubectl is not installed.") from error
        if asked.returncode:
            raise Trouble(asked.stderr.strip())
        return asked.stdout


def main(words: list[str]) -> int:
    context, *command = words
    cluster = Cluster(context)
    name = cluster.create(job(cluster.get("services.serving.knative.dev", FUNCTION), command))
    try:
        pod = begun(cluster, name.rpartition("/")[2])
        cluster.follow(pod)
        return ended(cluster, pod)
    finally:
        cluster.delete(name)


def job(function: dict[str, Any], command: list[str]) -> dict[str, Any]:
    """As restricted as the function is. Should nobody be there to delete it, it is gone ten minutes after its end."""
    spec = function["spec"]["template"]["spec"]
    [container] = spec["containers"]
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"generateName": "operator-", "namespace": NAMESPACE},
        "spec": {
            "backoffLimit": 0,
            "activeDeadlineSeconds": ENDS_WITHIN,
            "ttlSecondsAfterFinished": 600,
            "template": {
                "metadata": {"labels": {"app.kubernetes.io/name": "operator"}},
                "spec": {
                    "restartPolicy": "Never",
                    "automountServiceAccountToken": False,
                    "enableServiceLinks": False,
                    "imagePullSecrets": spec.get("imagePullSecrets", []),
                    "containers": [
                        {
                            "name": "operator",
                            "command": ["python", "-m", *command],
                            **{key: container[key] for key in TAKEN if key in container},
                        }
                    ],
                },
            },
        },
    }


def begun(cluster: Cluster, name: str) -> str:
    """Its pod, as soon as there is something to read."""
    deadline = time.monotonic() + BEGINS_WITHIN
    why = "there is no pod yet"
    while time.monotonic() < deadline:
        for pod in cluster.get("pods", "--selector", f"job-name={name}")["items"]:
            if pod["status"]["phase"] in ("Running", "Succeeded", "Failed"):
                return str(pod["metadata"]["name"])
            why = waits_for(pod)
        time.sleep(0.5)
    raise Trouble(f"The command did not begin within {BEGINS_WITHIN:.0f} s: {why}")


def waits_for(pod: dict[str, Any]) -> str:
    for container in pod["status"].get("containerStatuses", ()):
        if waiting := container["state"].get("waiting"):
            return f"{waiting['reason']} {waiting.get('message', '')}".strip()
    return "; ".join(each.get("message", "") for each in pod["status"].get("conditions", ()) if "message" in each)


def ended(cluster: Cluster, pod: str) -> int:
    """With which status. What it said may be read before the cluster knows that it has ended; and if the connection
    broke that it was read by, the command still goes on."""
    deadline = time.monotonic() + ENDS_WITHIN
    while time.monotonic() < deadline:
        status = cluster.get("pod", pod)["status"]
        for container in status.get("containerStatuses", ()):
            if over := container["state"].get("terminated"):
                return int(over["exitCode"])
        if status["phase"] == "Failed":
            raise Trouble(
                f"The cluster ended {pod}: {status.get('message') or status.get('reason', 'it does not say why')}"
            )
        time.sleep(0.5)
    raise Trouble(f"It is not known how {pod} ended.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
