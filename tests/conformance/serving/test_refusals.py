"""What the runner does not support it refuses by name, before anything starts."""

import copy
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from knative.runner.reading import Refused, read_manifests
from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.conftest import Install
from tests.conformance.serving.installation import NAMESPACE, backstage_settings, service

AUTOSCALING = "spec.template.metadata.annotations[autoscaling.knative.dev/"
CONTAINER = "spec.template.spec.containers[0]"
TO_A = {"ref": {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "name": "a"}}


def changed(document: dict[str, Any], path: list[str | int], value: Any) -> dict[str, Any]:
    document = copy.deepcopy(document)
    place: Any = document
    for step in path[:-1]:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    place[path[-1]] = value
    return document


def refusal(folder: Path, *documents: dict[str, Any]) -> str:
    """What the runner says, and ends with; read here without a process around it, as there are many."""
    file = folder / "manifests.yaml"
    file.write_text(yaml.safe_dump_all([backstage_settings("http://nowhere"), *documents]), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_manifests([file])
    return str(refused.value)


def of_pod(*path: str | int) -> list[str | int]:
    return ["spec", "template", "spec", *path]


def of_scaling(key: str) -> list[str | int]:
    return ["spec", "template", "metadata", "annotations", f"autoscaling.knative.dev/{key}"]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            of_pod("containers", 0, "lifecycle"),
            {"preStop": {}},
            f"{CONTAINER}.lifecycle is not supported by the runner",
        ),
        (of_pod("containers", 0, "args"), ["-v"], f"{CONTAINER}.args needs a command beside it"),
        (of_pod("containers", 0, "startupProbe"), {}, f"{CONTAINER}.startupProbe is not supported by the runner"),
        (
            of_pod("containers", 0, "readinessProbe", "periodSeconds"),
            5,
            f"{CONTAINER}.readinessProbe.periodSeconds is not supported by the runner",
        ),
        (of_pod("initContainers"), [{}], "spec.template.spec.initContainers is not supported by the runner"),
        (
            of_pod("volumes"),
            [{"name": "v", "secret": {}}],
            "spec.template.spec.volumes[0].secret is not supported by the runner",
        ),
        (of_pod("containers", 0, "volumeMounts"), [{"name": "v", "mountPath": "/data"}], "/data is not supported"),
        (of_pod("containers", 0, "ports"), [{"name": "h2c"}], "h2c is not supported by the runner; http1 is"),
        (
            of_pod("containers", 0, "env"),
            [{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}],
            f"{CONTAINER}.env[0].valueFrom.fieldRef is not supported by the runner",
        ),
        (of_pod("containers"), [{}, {}], "spec.template.spec.containers must hold one container"),
        (of_scaling("panic-window-percentage"), "10", f"{AUTOSCALING}panic-window-percentage] is not supported"),
        (of_scaling("activation-scale"), "2", f"{AUTOSCALING}activation-scale] is not supported by the runner"),
        (of_scaling("metric"), "rps", f"{AUTOSCALING}metric]: rps is not supported by the runner; concurrency is"),
        (of_scaling("class"), "hpa.autoscaling.knative.dev", "hpa.autoscaling.knative.dev is not supported"),
        (["spec", "traffic"], [{"percent": 50, "latestRevision": True}], "spec.traffic[0].percent must be a number"),
        (["spec", "traffic"], [{"revisionName": "a-1"}], "spec.traffic[0].revisionName is not supported by the runner"),
        (["spec", "tempalte"], {}, "spec.tempalte is not supported by the runner"),
        (["metadata", "annotations"], {"serving.knative.dev/rollout-duration": "1m"}, "rollout-duration] is not"),
    ],
)
def test_a_field_that_would_change_behaviour(tmp_path: Path, path: list[str | int], value: Any, sentence: str) -> None:
    said = refusal(tmp_path, changed(service("a"), path, value))

    assert "Service a: " in said
    assert sentence in said


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (of_pod("timeoutSeconds"), 601, "spec.template.spec.timeoutSeconds must be a number from 1 to 600, not 601"),
        (of_pod("containerConcurrency"), -1, "containerConcurrency must be a number from 0 to 1000"),
        (of_pod("responseStartTimeoutSeconds"), 400, "responseStartTimeoutSeconds is above timeoutSeconds"),
        (of_scaling("window"), "5s", "must be from 6s to 3600s, not 5s"),
        (of_scaling("window"), "soon", "must be a duration such as 6s or 1m30s"),
        (of_scaling("min-scale"), "1.5", "must be a whole number"),
        (of_pod("containers", 0, "env"), [{"name": "PORT", "value": "1"}], "PORT is given by Knative"),
        (
            of_pod("containers", 0, "envFrom"),
            [{"secretRef": {"name": "gone"}}],
            f"{CONTAINER}.envFrom[0].secretRef: there is no Secret gone in the manifests",
        ),
        (["metadata", "labels"], {"networking.knative.dev/visibility": "private"}, "private is not supported"),
    ],
)
def test_a_value_that_a_cluster_would_refuse(tmp_path: Path, path: list[str | int], value: Any, sentence: str) -> None:
    said = refusal(tmp_path, changed(service("a"), path, value))

    assert sentence in said


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            {"apiVersion": "sources.knative.dev/v1", "kind": "ContainerSource", "metadata": {"name": "x"}},
            "ContainerSource x: ContainerSource of sources.knative.dev/v1 is not supported by the runner",
        ),
        (
            {
                "apiVersion": "eventing.knative.dev/v1",
                "kind": "Trigger",
                "metadata": {"name": "x", "namespace": NAMESPACE},
                "spec": {"broker": "none", "subscriber": TO_A},
            },
            "Trigger x: spec.broker: there is no Broker none in the manifests",
        ),
        (
            {
                "apiVersion": "eventing.knative.dev/v1",
                "kind": "Broker",
                "metadata": {"name": "x", "annotations": {"eventing.knative.dev/broker.class": "MTChannelBasedBroker"}},
            },
            "MTChannelBasedBroker is not supported by the runner; Kafka is",
        ),
        (
            {
                "apiVersion": "eventing.knative.dev/v1alpha1",
                "kind": "KafkaSink",
                "metadata": {"name": "x"},
                "spec": {"topic": "x", "contentMode": "structured"},
            },
            "spec.contentMode: structured is not supported by the runner; binary is",
        ),
        (
            {
                "apiVersion": "sources.knative.dev/v1",
                "kind": "KafkaSource",
                "metadata": {"name": "x", "namespace": NAMESPACE},
                "spec": {"topics": ["t"], "sink": TO_A, "delivery": {"backoffDelay": "1s"}},
            },
            "spec.delivery.backoffDelay must be an ISO 8601 duration such as PT1S, not '1s'",
        ),
    ],
)
def test_an_object_that_cannot_be_as_it_says(tmp_path: Path, document: dict[str, Any], sentence: str) -> None:
    said = refusal(tmp_path, service("a"), document)

    assert sentence in said


def test_the_runner_says_everything_wrong_at_once_and_starts_nothing(install: Install, backstage: Backstage) -> None:
    first = changed(service("a"), of_pod("timeoutSeconds"), 0)
    second = changed(changed(service("b"), of_pod("hostNetwork"), True), of_scaling("window"), "1s")

    status, said = install(
        service("c", annotations={"initial-scale": "1"}), first, second, start=False
    ).run_to_its_end()

    assert status == 1
    assert backstage.said("c", "begin") == []
    assert "Service a: spec.template.spec.timeoutSeconds" in said
    assert "Service b: spec.template.spec.hostNetwork is not supported" in said
    assert "Service b: spec.template.metadata.annotations[autoscaling.knative.dev/window]" in said


def test_only_the_gateway_is_public(install: Install) -> None:
    web = changed(service("web"), ["metadata", "labels"], {})
    open_to_all = changed(service("open"), ["metadata", "labels"], {})

    _, said = install(web, open_to_all, start=False).run_to_its_end()

    assert "Service open: a public Service beside web is not supported by the runner" in said
    assert "Service web" not in said


def test_what_means_nothing_on_one_machine_is_left_to_the_cluster(install: Install) -> None:
    policy = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "closed"}, "spec": {}}
    hardened = changed(service("a"), of_pod("containers", 0, "securityContext"), {"runAsNonRoot": True})

    installed = install(policy, hardened)

    assert "NetworkPolicy closed is left to the cluster" in installed.said()


def test_a_taken_port_is_said_with_its_remedy(install: Install) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        status, said = install(service("a"), start=False, arguments=["--port", port]).run_to_its_end()

    assert status == 1
    assert f"port {port} is taken: stop what uses it, or choose another with --port" in said


def test_a_missing_file_is_said(install: Install, tmp_path: Path) -> None:
    missing = ["--manifests", str(tmp_path / "secrets.yaml")]

    status, said = install(service("a"), start=False, arguments=missing).run_to_its_end()

    assert status == 1
    assert "secrets.yaml cannot be read" in said
    assert "Traceback" not in said


def test_brokers_need_a_place_for_their_log(install: Install) -> None:
    broker = {
        "apiVersion": "eventing.knative.dev/v1",
        "kind": "Broker",
        "metadata": {"name": "b", "annotations": {"eventing.knative.dev/broker.class": "Kafka"}},
    }

    status, said = install(broker, start=False).run_to_its_end()

    assert status == 1
    assert "set RUNNER_DATABASE_URL, or KAFKA_BOOTSTRAP_SERVERS" in said
