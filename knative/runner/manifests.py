"""What the manifests say: Knative's objects as values, its defaults filled in. `reading` makes them from YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Destination:
    """A subscriber, a sink, or where dead letters go."""

    kind: Literal["service", "broker", "kafkasink", "uri"]
    name: str
    uri: str  # the whole address for "uri", else the path on that object: "" or "/events"
    namespace: str = ""


@dataclass(frozen=True)
class Delivery:
    retry: int
    backoff_policy: Literal["exponential", "linear"]
    backoff_delay: float  # seconds
    timeout: float  # seconds, for one attempt
    dead_letter_sink: Destination | None


@dataclass(frozen=True)
class Broker:
    name: str
    namespace: str
    topic: str
    delivery: Delivery | None  # for Triggers which have none of their own
    partitions: int | None = None  # of the ConfigMap; None: the topic's own affair


@dataclass(frozen=True)
class KafkaSink:
    name: str
    namespace: str
    topic: str
    partitions: int | None = None


@dataclass(frozen=True)
class Trigger:
    name: str
    namespace: str
    broker: str
    filters: tuple[dict[str, Any], ...]  # all must match; filter.attributes stands here as one exact
    ordered: bool
    subscriber: Destination
    delivery: Delivery


@dataclass(frozen=True)
class KafkaSource:
    name: str
    namespace: str
    topics: tuple[str, ...]
    group: str
    initial_offset: Literal["earliest", "latest"]
    ordered: bool
    sink: Destination
    delivery: Delivery
    extensions: Mapping[str, str]


@dataclass(frozen=True)
class PingSource:
    name: str
    namespace: str
    schedule: str
    timezone: str
    content_type: str
    data: bytes
    sink: Destination
    extensions: Mapping[str, str]


@dataclass(frozen=True)
class Program:
    """What a container is told to run. Its image is here the folder that its manifest stands in."""

    words: tuple[str, ...]
    folder: Path


@dataclass(frozen=True)
class Service:
    name: str
    namespace: str
    cluster_local: bool
    env: Mapping[str, str]  # ConfigMaps and Secrets filled in
    container_concurrency: int  # 0: no limit
    timeout_seconds: float  # from the request's arrival to the last byte of its answer
    response_start_timeout_seconds: float  # to the first byte
    idle_timeout_seconds: float  # between two bytes of an answer; 0: no limit
    readiness_path: str | None  # None: it is ready when its port takes a connection
    min_scale: int
    max_scale: int  # 0: no limit
    initial_scale: int
    target: float  # requests at once that one process shall hold, utilisation already counted in
    window: float  # seconds
    scale_down_delay: float  # seconds
    retention: float  # seconds the last process stays after the window
    program: Program | None = None  # none: a function of ours


@dataclass(frozen=True)
class Manifests:
    services: tuple[Service, ...] = ()
    brokers: tuple[Broker, ...] = ()
    sinks: tuple[KafkaSink, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    sources: tuple[KafkaSource, ...] = ()
    schedules: tuple[PingSource, ...] = ()
    left_to_the_cluster: tuple[str, ...] = ()
