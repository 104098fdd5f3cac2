"""Manifests of eventing, as they are written and as the runner takes them."""

from pathlib import Path

import pytest

from knative.runner.manifests import (
    Broker,
    Delivery,
    Destination,
    KafkaSink,
    KafkaSource,
    Manifests,
    Trigger,
)
from knative.runner.reading import read_manifests
from tests.conformance.eventing.stage import GRAVEYARD, NAMESPACE

BROKER = """
apiVersion: v1
kind: ConfigMap
metadata: {name: orders, namespace: taskora}
data: {bootstrap.servers: "kafka:9092", default.topic.partitions: "4", default.topic.replication.factor: "1"}
---
apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: taskora
  annotations: {eventing.knative.dev/broker.class: Kafka, kafka.eventing.knative.dev/external.topic: order-events}
spec:
  config: {apiVersion: v1, kind: ConfigMap, name: orders, namespace: taskora}
  delivery:
    retry: 3
    backoffPolicy: linear
    backoffDelay: PT0.5S
    timeout: PT20S
    deadLetterSink: {ref: {apiVersion: eventing.knative.dev/v1alpha1, kind: KafkaSink, name: graveyard}}
---
apiVersion: eventing.knative.dev/v1alpha1
kind: KafkaSink
metadata: {name: graveyard, namespace: taskora}
spec: {topic: dead, bootstrapServers: ["kafka:9092"], numPartitions: 2, replicationFactor: 1, contentMode: binary}
---
"""
OF_THE_BROKER = Delivery(3, "linear", 0.5, 20, GRAVEYARD)
TO_AN_ADDRESS = Destination("uri", "", "http://elsewhere/letters", NAMESPACE)
TRIGGER = """
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {{name: mail, namespace: taskora{annotations}}}
spec:
  broker: orders
  subscriber: {{uri: "http://mail/events"}}
  {more}
"""


def read(folder: Path, text: str) -> Manifests:
    file = folder / "manifests.yaml"
    file.write_text(text)
    return read_manifests([file])


def trigger(folder: Path, more: str = "", annotations: str = "") -> Trigger:
    [trigger] = read(folder, BROKER + TRIGGER.format(more=more, annotations=annotations)).triggers
    return trigger


def test_a_broker_and_a_sink_say_their_topics_and_delivery(tmp_path: Path) -> None:
    manifests = read(tmp_path, BROKER)

    # The topic is somebody else's, so it has the partitions it has, whatever the ConfigMap says.
    assert manifests.brokers == (Broker("orders", NAMESPACE, "order-events", OF_THE_BROKER, None),)
    assert manifests.sinks == (KafkaSink("graveyard", NAMESPACE, "dead", 2),)


def test_a_broker_without_an_external_topic_has_one_of_its_own_with_the_partitions_of_its_config(
    tmp_path: Path,
) -> None:
    own = BROKER.replace(", kafka.eventing.knative.dev/external.topic: order-events", "")

    [broker] = read(tmp_path, own).brokers

    assert (broker.topic, broker.partitions) == ("knative-broker-taskora-orders", 4)


def test_a_trigger_without_delivery_has_its_brokers(tmp_path: Path) -> None:
    assert trigger(tmp_path) == Trigger(
        "mail", NAMESPACE, "orders", (), False, Destination("uri", "", "http://mail/events", NAMESPACE), OF_THE_BROKER
    )


def test_a_trigger_with_delivery_has_nothing_of_its_brokers(tmp_path: Path) -> None:
    delivery = "delivery: {deadLetterSink: {uri: 'http://elsewhere/letters'}}"

    assert trigger(tmp_path, delivery).delivery == Delivery(0, "exponential", 0.2, 600, TO_AN_ADDRESS)


@pytest.mark.parametrize(
    ("more", "filters"),
    [
        ("filter: {attributes: {type: order.placed, subject: ''}}", ({"exact": {"type": "order.placed"}},)),
        ("filters: [{not: {prefix: {type: order.}}}]", ({"not": {"prefix": {"type": "order."}}},)),
        ("filter: {attributes: {type: a}}\n  filters: [{exact: {type: b}}]", ({"exact": {"type": "b"}},)),
    ],
    ids=["filter", "filters", "both"],
)
def test_a_trigger_says_what_it_wants(tmp_path: Path, more: str, filters: tuple[object, ...]) -> None:
    assert trigger(tmp_path, more).filters == filters


@pytest.mark.parametrize(("order", "ordered"), [("ordered", True), ("unordered", False)])
def test_a_trigger_says_its_order(tmp_path: Path, order: str, ordered: bool) -> None:
    annotations = f", annotations: {{kafka.eventing.knative.dev/delivery.order: {order}}}"

    assert trigger(tmp_path, annotations=annotations).ordered is ordered


SOURCE = """
apiVersion: sources.knative.dev/v1
kind: KafkaSource
metadata: {{name: audit, namespace: taskora}}
spec:
  bootstrapServers: ["kafka:9092"]
  topics: [order-events, dead]
  sink: {{ref: {{apiVersion: eventing.knative.dev/v1, kind: Broker, name: orders}}}}
  {more}
"""


def test_a_source_says_where_it_begins_its_group_its_order_and_what_it_adds(tmp_path: Path) -> None:
    more = """consumerGroup: taskora-audit
  initialOffset: earliest
  ordering: unordered
  delivery: {retry: 2, backoffPolicy: exponential, backoffDelay: PT1S, timeout: PT30S}
  ceOverrides: {extensions: {team: blue}}"""

    [source] = read(tmp_path, BROKER + SOURCE.format(more=more)).sources

    assert source == KafkaSource(
        "audit", NAMESPACE, ("order-events", "dead"), "taskora-audit", "earliest", False,
        Destination("broker", "orders", "", NAMESPACE), Delivery(2, "exponential", 1, 30, None), {"team": "blue"},
    )  # fmt: skip


def test_a_source_that_says_nothing_is_ordered_begins_latest_and_tries_ten_times_again(tmp_path: Path) -> None:
    [source] = read(tmp_path, BROKER + SOURCE.format(more="")).sources

    assert (source.ordered, source.initial_offset, source.extensions) == (True, "latest", {})
    assert source.delivery == Delivery(10, "exponential", 0.3, 600, None)
