"""The one table of what the runner reads in a manifest. What is not in it is refused by its name.

`HELD` fields work as on a cluster; `knative/README.md` names the conformance test that holds each.
`LEFT` fields say something to a cluster that has no meaning for processes on one machine.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any


class Field(Enum):
    HELD = "held"
    LEFT = "left to the cluster"


HELD, LEFT = Field.HELD, Field.LEFT

_METADATA = {
    "metadata.name": HELD,
    "metadata.namespace": HELD,
    "metadata.labels[]": LEFT,
    "metadata.annotations[]": LEFT,
}

_DELIVERY = {
    "spec.delivery.retry": HELD,
    "spec.delivery.backoffPolicy": HELD,
    "spec.delivery.backoffDelay": HELD,
    "spec.delivery.timeout": HELD,
    "spec.delivery.deadLetterSink.ref": HELD,
    "spec.delivery.deadLetterSink.uri": HELD,
}

_AUTOSCALING = "spec.template.metadata.annotations[autoscaling.knative.dev/{}]"
_CONTAINER = "spec.template.spec.containers[]"

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "serving.knative.dev/v1/Service": _METADATA
    | {
        "metadata.labels[networking.knative.dev/visibility]": HELD,
        "spec.template.metadata.labels[]": LEFT,
        "spec.template.metadata.annotations[]": LEFT,
        _AUTOSCALING.format("class"): HELD,
        _AUTOSCALING.format("metric"): HELD,
        _AUTOSCALING.format("min-scale"): HELD,
        _AUTOSCALING.format("max-scale"): HELD,
        _AUTOSCALING.format("initial-scale"): HELD,
        _AUTOSCALING.format("target"): HELD,
        _AUTOSCALING.format("target-utilization-percentage"): HELD,
        # Whether the activator stays in the path: here it always does.
        _AUTOSCALING.format("target-burst-capacity"): LEFT,
        _AUTOSCALING.format("window"): HELD,
        _AUTOSCALING.format("scale-down-delay"): HELD,
        _AUTOSCALING.format("scale-to-zero-pod-retention-period"): HELD,
        "spec.template.spec.containerConcurrency": HELD,
        "spec.template.spec.timeoutSeconds": HELD,
        "spec.template.spec.responseStartTimeoutSeconds": HELD,
        "spec.template.spec.idleTimeoutSeconds": HELD,
        "spec.template.spec.serviceAccountName": LEFT,
        "spec.template.spec.automountServiceAccountToken": LEFT,
        "spec.template.spec.enableServiceLinks": LEFT,
        "spec.template.spec.imagePullSecrets": LEFT,
        "spec.template.spec.volumes[].name": LEFT,
        "spec.template.spec.volumes[].emptyDir": LEFT,
        f"{_CONTAINER}.name": LEFT,
        f"{_CONTAINER}.image": LEFT,
        f"{_CONTAINER}.imagePullPolicy": LEFT,
        f"{_CONTAINER}.command": HELD,
        f"{_CONTAINER}.args": HELD,
        f"{_CONTAINER}.ports[].name": HELD,
        f"{_CONTAINER}.ports[].containerPort": LEFT,
        f"{_CONTAINER}.ports[].protocol": LEFT,
        f"{_CONTAINER}.env[].name": HELD,
        f"{_CONTAINER}.env[].value": HELD,
        f"{_CONTAINER}.env[].valueFrom.secretKeyRef.name": HELD,
        f"{_CONTAINER}.env[].valueFrom.secretKeyRef.key": HELD,
        f"{_CONTAINER}.env[].valueFrom.secretKeyRef.optional": HELD,
        f"{_CONTAINER}.env[].valueFrom.configMapKeyRef.name": HELD,
        f"{_CONTAINER}.env[].valueFrom.configMapKeyRef.key": HELD,
        f"{_CONTAINER}.env[].valueFrom.configMapKeyRef.optional": HELD,
        f"{_CONTAINER}.envFrom[].prefix": HELD,
        f"{_CONTAINER}.envFrom[].secretRef.name": HELD,
        f"{_CONTAINER}.envFrom[].secretRef.optional": HELD,
        f"{_CONTAINER}.envFrom[].configMapRef.name": HELD,
        f"{_CONTAINER}.envFrom[].configMapRef.optional": HELD,
        f"{_CONTAINER}.readinessProbe.httpGet.path": HELD,
        f"{_CONTAINER}.readinessProbe.httpGet.port": LEFT,
        f"{_CONTAINER}.readinessProbe.tcpSocket": HELD,
        f"{_CONTAINER}.readinessProbe.successThreshold": LEFT,
        f"{_CONTAINER}.livenessProbe": LEFT,
        f"{_CONTAINER}.resources": LEFT,
        f"{_CONTAINER}.securityContext": LEFT,
        f"{_CONTAINER}.volumeMounts[].name": LEFT,
        f"{_CONTAINER}.volumeMounts[].mountPath": HELD,
        "spec.traffic[].latestRevision": LEFT,
        "spec.traffic[].percent": HELD,
    },
    "eventing.knative.dev/v1/Broker": _METADATA
    | _DELIVERY
    | {
        "metadata.annotations[eventing.knative.dev/broker.class]": HELD,
        "metadata.annotations[kafka.eventing.knative.dev/external.topic]": HELD,
        "spec.config": HELD,
    },
    "eventing.knative.dev/v1alpha1/KafkaSink": _METADATA
    | {
        "spec.topic": HELD,
        "spec.numPartitions": HELD,
        "spec.replicationFactor": LEFT,
        "spec.contentMode": HELD,
        "spec.bootstrapServers": LEFT,
        "spec.auth": LEFT,
    },
    "eventing.knative.dev/v1/Trigger": _METADATA
    | _DELIVERY
    | {
        "metadata.annotations[kafka.eventing.knative.dev/delivery.order]": HELD,
        "spec.broker": HELD,
        "spec.filter.attributes": HELD,
        "spec.filters[]": HELD,
        "spec.subscriber.ref": HELD,
        "spec.subscriber.uri": HELD,
    },
    "sources.knative.dev/v1/KafkaSource": _METADATA
    | _DELIVERY
    | {
        "spec.bootstrapServers": LEFT,
        "spec.net": LEFT,
        "spec.consumers": LEFT,
        "spec.topics": HELD,
        "spec.consumerGroup": HELD,
        "spec.initialOffset": HELD,
        "spec.ordering": HELD,
        "spec.sink.ref": HELD,
        "spec.sink.uri": HELD,
        "spec.ceOverrides.extensions": HELD,
    },
    "sources.knative.dev/v1/PingSource": _METADATA
    | {
        "spec.schedule": HELD,
        "spec.timezone": HELD,
        "spec.contentType": HELD,
        "spec.data": HELD,
        "spec.dataBase64": HELD,
        "spec.sink.ref": HELD,
        "spec.sink.uri": HELD,
        "spec.ceOverrides.extensions": HELD,
    },
}


def unsupported(kind: str, document: Mapping[str, Any]) -> Iterator[str]:
    """The paths in a document that its table does not know, each as short as names the matter."""
    content = {key: value for key, value in document.items() if key not in {"apiVersion", "kind", "status"}}
    yield from _unknown(content, _tree(kind), "")


def _unknown(value: object, known: Mapping[str, Any] | Field, path: str) -> Iterator[str]:
    if isinstance(known, Field):
        return
    if isinstance(value, Mapping):
        for key, below in value.items():
            free = "[]" in known
            child = known.get(key, None if key.partition("/")[0].endswith("knative.dev") else known.get("[]"))
            step = f"[{key}]" if free else f".{key}" if path else str(key)
            if child is None:
                yield path + step
            else:
                yield from _unknown(below, child, path + step)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _unknown(below, known.get("[]", {}), f"{path}[{index}]")
    elif value is not None:
        yield path


@cache
def _tree(kind: str) -> Mapping[str, Any]:
    tree: dict[str, Any] = {}
    for path, field in FIELDS[kind].items():
        *branches, leaf = [key or name or "[]" for key, name in _STEP.findall(path)]
        node = tree
        for step in branches:
            node = node.setdefault(step, {})
        node[leaf] = field
    return tree


_STEP = re.compile(r"\[([^\]]*)\]|([^.\[]+)")
