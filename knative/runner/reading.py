"""Reads rendered manifests strictly: what changes behaviour and is not supported is refused by name, all at once."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from knative.runner.cron import Cron
from knative.runner.document import At, Wrong
from knative.runner.fields import FIELDS, unsupported
from knative.runner.manifests import (
    Broker,
    Delivery,
    Destination,
    KafkaSink,
    KafkaSource,
    Manifests,
    PingSource,
    Program,
    Service,
    Trigger,
)

SERVICE = "serving.knative.dev/v1/Service"
BROKER = "eventing.knative.dev/v1/Broker"
KAFKA_SINK = "eventing.knative.dev/v1alpha1/KafkaSink"
TRIGGER = "eventing.knative.dev/v1/Trigger"
KAFKA_SOURCE = "sources.knative.dev/v1/KafkaSource"
PING_SOURCE = "sources.knative.dev/v1/PingSource"
CONFIG_MAP = "v1/ConfigMap"
SECRET = "v1/Secret"  # noqa: S105

# Objects that mean something to a cluster and nothing to one machine.
LEFT_TO_THE_CLUSTER = frozenset({
    "v1/Namespace", "v1/ServiceAccount", "v1/Service", "v1/PersistentVolumeClaim",
    "apps/v1/Deployment", "apps/v1/StatefulSet", "batch/v1/Job", "policy/v1/PodDisruptionBudget",
    "networking.k8s.io/v1/NetworkPolicy", "networking.k8s.io/v1/Ingress",
    "rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/RoleBinding",
    "rbac.authorization.k8s.io/v1/ClusterRole", "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
    "serving.knative.dev/v1beta1/DomainMapping", "networking.internal.knative.dev/v1alpha1/ClusterDomainClaim",
})  # fmt: skip

# What Knative's own ConfigMaps say when a manifest says nothing.
BROKER_DELIVERY = Delivery(10, "exponential", 0.2, 600, None)
SOURCE_DELIVERY = Delivery(10, "exponential", 0.3, 600, None)
MOST_SECONDS = 600  # max-revision-timeout-seconds

# Given by Knative itself to every container, so no manifest may set them.
RESERVED_ENV = frozenset({"PORT", "K_SERVICE", "K_CONFIGURATION", "K_REVISION"})


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

T = TypeVar("T")


class Refused(ValueError):
    """The manifests ask for what the runner cannot do; one sentence for each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_manifests(files: Iterable[Path]) -> Manifests:
    """Read the files as `kubectl apply` would one after the other: the same object again replaces the former."""
    objects: dict[tuple[str, str, str], Mapping[str, Any]] = {}
    folders: dict[tuple[str, str, str], Path] = {}
    for file in files:
        for document in _documents(file):
            key = _kind(document), *_identity(document)
            objects[key], folders[key] = document, file.absolute().parent
    return _Reader(objects, folders).read()


def _documents(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        documents = list(yaml.load_all(file.read_text("utf-8"), LOADER))
    except (OSError, yaml.YAMLError) as error:
        raise Refused([f"{file} cannot be read: {' '.join(str(error).split())}"]) from error
    for document in documents:
        if document is None:
            continue
        if not (isinstance(document, dict) and "apiVersion" in document and "kind" in document):
            raise Refused([f"{file} holds something that is no Kubernetes object"])
        yield from document.get("items", ()) if document["kind"] == "List" else [document]


def _kind(document: Mapping[str, Any]) -> str:
    return f"{document['apiVersion']}/{document['kind']}"


def _identity(document: Mapping[str, Any]) -> tuple[str, str]:
    metadata = document.get("metadata") or {}
    return metadata.get("namespace") or "default", metadata.get("name") or ""


class _Reader:
    """Turns the objects of all files into values, and gathers what is wrong with any of them."""

    def __init__(
        self, objects: Mapping[tuple[str, str, str], Mapping[str, Any]], folders: Mapping[tuple[str, str, str], Path]
    ) -> None:
        self._objects, self._folders = objects, folders
        self._faults: list[str] = []

    def read(self) -> Manifests:
        self._refuse_unknown_kinds()
        manifests = Manifests(
            services=tuple(self._all(SERVICE, self._service)),
            brokers=tuple(self._all(BROKER, self._broker)),
            sinks=tuple(self._all(KAFKA_SINK, self._kafka_sink)),
            triggers=tuple(self._all(TRIGGER, self._trigger)),
            sources=tuple(self._all(KAFKA_SOURCE, self._kafka_source)),
            schedules=tuple(self._all(PING_SOURCE, self._ping_source)),
            left_to_the_cluster=tuple(
                f"{kind.rpartition('/')[2]} {name}" for kind, _, name in self._objects if kind in LEFT_TO_THE_CLUSTER
            ),
        )
        if self._faults:
            raise Refused(self._faults)
        return manifests

    def _refuse_unknown_kinds(self) -> None:
        known = LEFT_TO_THE_CLUSTER | FIELDS.keys() | {CONFIG_MAP, SECRET}
        for kind, _, name in self._objects:
            if kind not in known:
                api, _, word = kind.rpartition("/")
                self._faults.append(f"{word} {name}: {word} of {api} is not supported by the runner")

    def _all(self, kind: str, read: Callable[[str, str, At], T]) -> Iterator[T]:
        for (its_kind, namespace, name), document in self._objects.items():
            if its_kind != kind:
                continue
            what = f"{kind.rpartition('/')[2]} {name}"
            self._faults += [f"{what}: {path} is not supported by the runner" for path in unsupported(kind, document)]
            try:
                yield read(namespace, name, At(document))
            except Wrong as wrong:
                self._faults.append(f"{what}: {wrong}")

    # Serving

    def _service(self, namespace: str, name: str, document: At) -> Service:
        template, pod = document["spec"]["template"]["metadata"], document["spec"]["template"]["spec"]
        containers = pod["containers"].items()
        if len(containers) != 1:
            raise Wrong(f"{pod.path}.containers must hold one container; the runner supports no other number")
        container = containers[0]
        self._check_container(container)
        for traffic in document["spec"]["traffic"].items():
            traffic["percent"].whole(100, 100, 100)
        if document["spec"]["traffic"].value is not None and len(document["spec"]["traffic"].items()) > 1:
            raise Wrong(
                "spec.traffic: a split over revisions is not supported by the runner, which has only the latest"
            )

        def scaling(key: str) -> At:
            return template["annotations"][f"autoscaling.knative.dev/{key}"]

        scaling("class").one_of("kpa.autoscaling.knative.dev", default="kpa.autoscaling.knative.dev")
        scaling("metric").one_of("concurrency", default="concurrency")
        concurrency = pod["containerConcurrency"].whole(0, 0, 1000)
        target = scaling("target").number(concurrency or 100, 0.01, 1e6)
        utilisation = scaling("target-utilization-percentage").number(70, 1, 100) / 100
        min_scale = scaling("min-scale").whole(0, 0, 1000)
        max_scale = scaling("max-scale").whole(0, 0, 1000)
        if max_scale and max_scale < min_scale:
            raise Wrong(f"{scaling('max-scale').path} is below min-scale")
        timeout = pod["timeoutSeconds"].whole(300, 1, MOST_SECONDS)
        response_start = pod["responseStartTimeoutSeconds"].whole(min(300, timeout), 1, MOST_SECONDS)
        if response_start > timeout:
            raise Wrong(f"{pod.path}.responseStartTimeoutSeconds is above timeoutSeconds")
        env = self._environment(namespace, container)
        visibility = document["metadata"]["labels"]["networking.knative.dev/visibility"]
        return Service(
            name=name,
            namespace=namespace,
            cluster_local=bool(visibility) and visibility.one_of("cluster-local", default="") == "cluster-local",
            env=env,
            program=self._program(container, self._folders[SERVICE, namespace, name], env),
            container_concurrency=concurrency,
            timeout_seconds=timeout,
            response_start_timeout_seconds=response_start,
            idle_timeout_seconds=pod["idleTimeoutSeconds"].whole(0, 0, timeout),
            readiness_path=self._readiness_path(container["readinessProbe"]),
            min_scale=min_scale,
            max_scale=max_scale,
            initial_scale=scaling("initial-scale").whole(1, 0, 1000),
            # A hard limit caps the soft one.
            target=(min(target, concurrency) if concurrency else target) * utilisation,
            window=scaling("window").go_duration(60, 6, 3600),
            scale_down_delay=scaling("scale-down-delay").go_duration(0, 0, 3600),
            retention=scaling("scale-to-zero-pod-retention-period").go_duration(0, 0, 3600),
        )

    def _check_container(self, container: At) -> None:
        for port in container["ports"].items():
            port["name"].one_of("http1", default="http1")
        for mount in container["volumeMounts"].items():
            # The one place every process may write to anyway.
            mount["mountPath"].one_of("/tmp", default="")  # noqa: S108

    def _program(self, container: At, folder: Path, env: Mapping[str, str]) -> Program | None:
        command, args = ([word.text("") for word in container[name].items()] for name in ("command", "args"))
        if args and not command:
            raise Wrong(f"{container['args'].path} needs a command beside it: the runner does not know the image's own")
        return Program(tuple(_expanded(word, env) for word in [*command, *args]), folder) if command else None

    def _readiness_path(self, probe: At) -> str | None:
        path = probe["httpGet"]["path"]
        if probe["httpGet"]:
            return path.text("/")
        return None

    def _environment(self, namespace: str, container: At) -> Mapping[str, str]:
        env: dict[str, str] = {}
        for source in container["envFrom"].items():
            prefix = source["prefix"].text("")
            for ref, kind in (("configMapRef", CONFIG_MAP), ("secretRef", SECRET)):
                if source[ref]:
                    env |= {prefix + key: value for key, value in self._data(kind, namespace, source[ref]).items()}
        for variable in container["env"].items():
            name = variable["name"].text()
            value = self._env_value(namespace, variable, env)
            if name in RESERVED_ENV:
                raise Wrong(f"{variable.path}: {name} is given by Knative and cannot be set")
            if value is not None:
                env[name] = value
        return env

    def _env_value(self, namespace: str, variable: At, former: Mapping[str, str]) -> str | None:
        for ref, kind in (("configMapKeyRef", CONFIG_MAP), ("secretKeyRef", SECRET)):
            at = variable["valueFrom"][ref]
            if not at:
                continue
            data, key = self._data(kind, namespace, at), at["key"].text()
            if key not in data and not at["optional"].value:
                raise Wrong(f"{at.path}: {_word(kind)} {at['name'].text()} has no key {key}")
            return data.get(key)
        return _expanded(variable["value"].text(""), former)

    def _data(self, kind: str, namespace: str, ref: At) -> Mapping[str, str]:
        name = ref["name"].text()
        document = self._objects.get((kind, namespace, name))
        if document is None:
            if ref["optional"].value is True:
                return {}
            raise Wrong(f"{ref.path}: there is no {_word(kind)} {name} in the manifests")
        at = At(document, f"{_word(kind)} {name}: ")
        if kind == CONFIG_MAP:
            return at["data"].texts()
        try:
            decoded = {
                key: base64.b64decode(value, validate=True).decode() for key, value in at["data"].texts().items()
            }
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Wrong(f"Secret {name}: data must be base64 of UTF-8 text") from error
        return decoded | at["stringData"].texts()

    # Eventing

    def _broker(self, namespace: str, name: str, document: At) -> Broker:
        annotations, spec = document["metadata"]["annotations"], document["spec"]
        annotations["eventing.knative.dev/broker.class"].one_of("Kafka", default="")
        config, external = spec["config"], annotations["kafka.eventing.knative.dev/external.topic"]
        partitions = None
        if config:
            config["kind"].one_of("ConfigMap", default="")
            own = At({"name": config["name"].value, "optional": True}, config.path)
            data = self._data(CONFIG_MAP, config["namespace"].text(namespace), own)
            # A topic of somebody else's keeps the partitions it has.
            if "default.topic.partitions" in data and not external:
                key = f"ConfigMap {config['name'].value}: default.topic.partitions"
                partitions = At(data["default.topic.partitions"], key).whole(1, 1, 1000)
        return Broker(
            name=name,
            namespace=namespace,
            topic=external.text(f"knative-broker-{namespace}-{name}"),
            delivery=self._delivery(namespace, spec["delivery"]) if spec["delivery"] else None,
            partitions=partitions,
        )

    def _kafka_sink(self, namespace: str, name: str, document: At) -> KafkaSink:
        spec = document["spec"]
        spec["contentMode"].one_of("binary", default="binary")
        return KafkaSink(
            name=name,
            namespace=namespace,
            topic=spec["topic"].text(),
            partitions=spec["numPartitions"].whole(1, 1, 1000) if spec["numPartitions"] else None,
        )

    def _trigger(self, namespace: str, name: str, document: At) -> Trigger:
        spec, broker = document["spec"], document["spec"]["broker"].text()
        order = document["metadata"]["annotations"]["kafka.eventing.knative.dev/delivery.order"]
        if (BROKER, namespace, broker) not in self._objects:
            raise Wrong(f"spec.broker: there is no Broker {broker} in the manifests")
        return Trigger(
            name=name,
            namespace=namespace,
            broker=broker,
            filters=tuple(self._filters(spec)),
            ordered=order.one_of("ordered", "unordered", default="unordered") == "ordered",
            subscriber=self._destination(namespace, spec["subscriber"]),
            delivery=self._trigger_delivery(namespace, spec["delivery"], broker),
        )

    def _trigger_delivery(self, namespace: str, delivery: At, broker: str) -> Delivery:
        """A Trigger's delivery replaces its Broker's as a whole; nothing is merged."""
        if delivery:
            return self._delivery(namespace, delivery)
        of_broker = At(self._objects[BROKER, namespace, broker])["spec"]["delivery"]
        return self._delivery(namespace, of_broker) if of_broker else BROKER_DELIVERY

    def _filters(self, spec: At) -> Iterator[dict[str, Any]]:
        if spec["filters"]:
            # As on a cluster, filters hide filter.
            for at in spec["filters"].items():
                yield _checked_filter(at)
        elif attributes := spec["filter"]["attributes"].texts():
            yield {"exact": {key: value for key, value in attributes.items() if value}}

    def _kafka_source(self, namespace: str, name: str, document: At) -> KafkaSource:
        spec = document["spec"]
        topics = tuple(topic.text() for topic in spec["topics"].items())
        if not topics:
            raise Wrong("spec.topics must name a topic")
        return KafkaSource(
            name=name,
            namespace=namespace,
            topics=topics,
            # A cluster makes one up and remembers it; here it has to be the same after every start.
            group=spec["consumerGroup"].text(f"knative-kafka-source-{namespace}-{name}"),
            initial_offset="earliest"
            if spec["initialOffset"].one_of("earliest", "latest", default="latest") == "earliest"
            else "latest",
            ordered=spec["ordering"].one_of("ordered", "unordered", default="ordered") == "ordered",
            sink=self._destination(namespace, spec["sink"]),
            delivery=self._delivery(namespace, spec["delivery"]) if spec["delivery"] else SOURCE_DELIVERY,
            extensions=_extensions(spec),
        )

    def _ping_source(self, namespace: str, name: str, document: At) -> PingSource:
        spec = document["spec"]
        schedule, timezone = spec["schedule"].text("* * * * *"), spec["timezone"].text("UTC")
        try:
            Cron.parse(schedule)
        except ValueError as error:
            raise Wrong(f"spec.schedule: {error}") from error
        try:
            ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Wrong(f"spec.timezone: there is no zone {timezone}") from error
        return PingSource(
            name=name,
            namespace=namespace,
            schedule=schedule,
            timezone=timezone,
            content_type=spec["contentType"].text(""),
            data=_ping_data(spec),
            sink=self._destination(namespace, spec["sink"]),
            extensions=_extensions(spec),
        )

    def _delivery(self, namespace: str, spec: At) -> Delivery:
        policy = spec["backoffPolicy"].one_of("exponential", "linear", default="exponential")
        return Delivery(
            retry=spec["retry"].whole(0, 0, 1000),
            backoff_policy="linear" if policy == "linear" else "exponential",
            backoff_delay=spec["backoffDelay"].iso_duration(0.2),
            timeout=spec["timeout"].iso_duration(MOST_SECONDS) or MOST_SECONDS,
            dead_letter_sink=self._destination(namespace, spec["deadLetterSink"]) if spec["deadLetterSink"] else None,
        )

    def _destination(self, namespace: str, at: At) -> Destination:
        uri, ref = at["uri"].text(""), at["ref"]
        if not ref:
            if not uri.startswith(("http://", "https://")):
                raise Wrong(f"{at.path} needs a ref, or an absolute uri")
            return Destination("uri", "", uri, namespace)
        kind, name = f"{ref['apiVersion'].text()}/{ref['kind'].text()}", ref["name"].text()
        namespace = ref["namespace"].text(namespace)
        if uri and not uri.startswith("/"):
            raise Wrong(f"{at.path}.uri must be a path that begins with / beside a ref")
        if (kind, namespace, name) not in self._objects:
            raise Wrong(f"{ref.path}: there is no {_word(kind)} {name} in the manifests")
        match kind:
            case "serving.knative.dev/v1/Service":
                return Destination("service", name, uri, namespace)
            case "eventing.knative.dev/v1/Broker":
                return Destination("broker", name, uri, namespace)
            case "eventing.knative.dev/v1alpha1/KafkaSink":
                return Destination("kafkasink", name, uri, namespace)
        raise Wrong(f"{ref.path}: {kind} is not supported by the runner as a destination")


def _word(kind: str) -> str:
    return kind.rpartition("/")[2]


def _checked_filter(at: At) -> dict[str, Any]:
    if not isinstance(at.value, dict) or len(at.value) != 1:
        raise Wrong(f"{at.path} must hold exactly one of exact, prefix, suffix, all, any, not")
    [(dialect, value)] = at.value.items()
    match dialect:
        case "exact" | "prefix" | "suffix":
            attributes = at[dialect].texts()
            if not attributes:
                raise Wrong(f"{at.path}.{dialect} must name an attribute")
            return {dialect: attributes}
        case "all" | "any":
            return {dialect: [_checked_filter(below) for below in at[dialect].items()]}
        case "not":
            return {dialect: _checked_filter(At(value, f"{at.path}.not"))}
    raise Wrong(f"{at.path}.{dialect} is not supported by the runner")


def _extensions(spec: At) -> Mapping[str, str]:
    extensions = spec["ceOverrides"]["extensions"].texts()
    for name in extensions:
        if not (name.isascii() and name.isalnum() and name == name.lower()):
            raise Wrong(f"{spec.path}.ceOverrides.extensions: {name} must be lower-case letters and digits")
    return extensions


def _ping_data(spec: At) -> bytes:
    text, encoded = spec["data"].text(""), spec["dataBase64"].text("")
    if text and encoded:
        raise Wrong("spec holds both data and dataBase64")
    try:
        data = base64.b64decode(encoded, validate=True) if encoded else text.encode()
        is_object = not data or isinstance(json.loads(data), dict) if _is_json(spec) else True
    except ValueError as error:
        raise Wrong(f"spec.{'dataBase64' if encoded else 'data'}: {error}") from error
    if not is_object:
        raise Wrong("spec.data must be a JSON object")
    return data


def _is_json(spec: At) -> bool:
    return spec["contentType"].text("") == "application/json"


def _expanded(value: str, former: Mapping[str, str]) -> str:
    """$(NAME) stands for a variable given before; $$ is one dollar, and an unknown name stays as it is."""
    return _REFERENCE.sub(lambda found: "$" if found[0] == "$$" else former.get(found[1], found[0]), value)


_REFERENCE = re.compile(r"\$\$|\$\(([^)]+)\)")
