"""A rendered overlay hangs together, and each rule would notice if it did not."""

import copy
import json
import os
import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from knative import render
from knative.local import secret_manifests
from knative.overlays.kind import make_secrets
from shared.config import Settings, migration_settings, settings
from tests.contract import house
from tests.contract.overlay import KNATIVE_SERVICE, Document, Overlay, Rule, containers, environment, kind_of
from tests.contract.overlay_events import (
    events_arrive,
    functions_named_exist,
    made_topics,
    topics_are_alike_everywhere,
    topics_are_made,
)
from tests.contract.overlay_network import policies_select_what_exists, stores_are_found
from tests.contract.overlay_pods import (
    everything_is_in_the_namespace,
    no_secret_is_rendered,
    nothing_has_rights,
    only_web_is_public,
    pods_are_probed,
    resources_are_said,
    scale_is_bounded,
    streams_have_room,
    time_limits_leave_time_to_end,
    what_is_referred_to_exists,
)
from tests.world import ROOT

RULES: list[Rule] = [
    events_arrive,
    topics_are_made,
    topics_are_alike_everywhere,
    what_is_referred_to_exists,
    only_web_is_public,
    nothing_has_rights,
    everything_is_in_the_namespace,
    no_secret_is_rendered,
    time_limits_leave_time_to_end,
    streams_have_room,
    pods_are_probed,
    resources_are_said,
    scale_is_bounded,
    policies_select_what_exists,
    stores_are_found,
    functions_named_exist,
]

OURS = {f"kind.local/taskora/{name}:local" for name in ("functions", "web")}
STORES = {"postgres:17", "redpandadata/redpanda:v24.2.7", "valkey/valkey:8.1"}
ROOM = (1.0, 4.0)  # processors and GiB, beside what Knative itself asks for


@pytest.fixture(scope="module")
def overlays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Overlay]:
    file = tmp_path_factory.mktemp("secrets") / "secrets.yaml"
    mail = secret_manifests.Mail("smtp://here", "Taskora <taskora@here>")
    secret_manifests.keep(file, "postgresql://owner:secret@localhost:1/taskora", "redis://here", "http://here", mail)
    local = {each["metadata"]["name"]: each["stringData"] for each in house.documents(file)}
    passwords = make_secrets.new_passwords()
    kind = make_secrets.made_of(passwords) | {"passwords": passwords}
    return {name: overlay(name, made) for name, made in (("local", local), ("kind", kind))}


def overlay(name: str, secrets: dict[str, dict[str, str]]) -> Overlay:
    [table] = house.documents(ROOT / "knative/base/routes.yaml")
    return Overlay(house.documents(render.rendered_file(name)), secrets, table["routes"])


@pytest.mark.parametrize("name", render.OVERLAYS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_an_overlay_keeps_this_rule(rule: Rule, name: str, overlays: dict[str, Overlay]) -> None:
    assert rule(overlays[name]) == []


@pytest.mark.parametrize("name", render.OVERLAYS)
def test_every_function_finds_its_settings_and_its_code(name: str, overlays: dict[str, Overlay]) -> None:
    for each in overlays[name].functions():
        [container] = each["spec"]["template"]["spec"]["containers"]
        given = {"K_SERVICE": each["metadata"]["name"], "PORT": "8080"}

        found = read(settings.__wrapped__, given | environment(overlays[name], container))

        assert isinstance(found, Settings)
        assert (ROOT / found.function_source).is_file()


def test_the_migrations_find_their_settings(overlays: dict[str, Overlay]) -> None:
    [container] = overlays["kind"].objects["batch/v1/Job", "migrations"]["spec"]["template"]["spec"]["containers"]

    found = read(migration_settings, environment(overlays["kind"], container))

    assert container["command"][-1] == "shared.migrate"
    assert len({found.migration_database_url, *found.role_urls}) == 3


def read(setting: Callable[[], Any], environment: dict[str, str]) -> Any:
    with patch.dict(os.environ, environment, clear=True):
        return setting()


def test_topics_are_what_the_product_says(overlays: dict[str, Overlay]) -> None:
    made = {each.name: (each.partitions, each.retention.days) for each in made_topics(overlays["kind"])}

    assert made == {
        "task-events": (3, 7),
        "reminder-events": (2, 1),
        "user-events": (2, 30),
        "chat-events": (2, 7),
        "system-events": (1, 1),
        "dead-letters": (1, 30),
    }


def test_images_are_ours_and_the_three_stores(overlays: dict[str, Overlay]) -> None:
    images = {
        container["image"]
        for each in overlays["kind"].workloads()
        for container in containers(each["spec"]["template"]["spec"])
    }

    assert images == OURS | STORES
    assert next(image for image in STORES if "redpanda" in image) in (
        ROOT / "tests/conformance/redpanda_container.py"
    ).read_text("utf-8")


def test_the_whole_fits_on_one_node(overlays: dict[str, Overlay], capsys: pytest.CaptureFixture[str]) -> None:
    processors, memory = asked_for(overlays["kind"])

    with capsys.disabled():
        print(f"\nkind asks for {processors:.3f} processors and {memory:.2f} GiB while everything starts at once")  # noqa: T201
    assert processors <= ROOM[0]
    assert memory <= ROOM[1]
    guide = (ROOT / "knative/README.md").read_text("utf-8")
    [(said_processors, said_memory)] = re.findall(r"([\d.]+) CPUs? and ([\d.]+) GiB", guide)
    assert processors <= float(said_processors)
    assert memory <= float(said_memory)


def asked_for(kind: Overlay) -> tuple[float, float]:
    """While everything starts: one pod of each, with Knative's sidecar, and the Jobs."""
    processors = memory = 0.0
    for each in kind.workloads():
        pod = each["spec"]["template"]["spec"]
        requests = [container["resources"]["requests"] for container in pod["containers"]]
        processors += sum(int(request["cpu"].removesuffix("m")) for request in requests) / 1000
        memory += sum(gibibytes(request["memory"]) for request in requests)
        processors += 0.025 if kind_of(each) == KNATIVE_SERVICE else 0
    return processors, memory


def gibibytes(quantity: str) -> float:
    units = {"Mi": 1 / 1024, "Gi": 1}
    return float(quantity[:-2]) * units[quantity[-2:]]


def test_whoever_asks_for_postgres_says_as_whom(overlays: dict[str, Overlay]) -> None:
    """A user without a name, as ours is in its image, is told "no attempt" for ever."""
    asked = [
        command
        for each in overlays["kind"].workloads()
        for container in containers(each["spec"]["template"]["spec"])
        for command in re.findall(r"pg_isready[^;\]]*", json.dumps(container))
    ]

    assert len(asked) == 3
    assert all("--username=taskora_owner" in command for command in asked)


def test_the_stores_speak_of_each_other_by_what_they_are_called(overlays: dict[str, Overlay]) -> None:
    """The owner, the database and the broker are named in one place for the store, and in another for who uses it."""
    [postgres] = pod_of(overlays["kind"], "apps/v1/StatefulSet", "postgres")["containers"]
    [redpanda] = pod_of(overlays["kind"], "apps/v1/StatefulSet", "redpanda")["containers"]
    store = environment(overlays["kind"], postgres)
    address = overlays["kind"].objects["v1/ConfigMap", "kafka"]["data"]["bootstrap.servers"]

    owner = f"{store['POSTGRES_USER']}:{store['POSTGRES_PASSWORD']}@postgres:5432/{store['POSTGRES_DB']}"
    assert overlays["kind"].secrets["migrations"]["MIGRATION_DATABASE_URL"] == f"postgresql://{owner}"
    assert f"--advertise-kafka-addr={address}" in redpanda["args"]


def pod_of(kind: Overlay, of: str, name: str) -> Document:
    pod: Document = kind.objects[of, name]["spec"]["template"]["spec"]
    return pod


# Planted faults


def put(kind: str, name: str, path: str, value: object) -> Callable[[Overlay], None]:
    """Set what stands at the path, or with None take it away."""

    def plant(planted: Overlay) -> None:
        node: Any = planted.objects[kind, name]
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in steps:
            node = node[step]
        if value is None:
            del node[last]
        else:
            node[last] = value

    return plant


def without(kind: str, name: str) -> Callable[[Overlay], None]:
    return lambda planted: planted.documents.remove(planted.objects.pop((kind, name)))


def annotated(name: str, key: str, value: str) -> Callable[[Overlay], None]:
    def plant(planted: Overlay) -> None:
        annotations = planted.objects[KNATIVE, name]["spec"]["template"]["metadata"]["annotations"]
        annotations[f"autoscaling.knative.dev/{key}"] = value

    return plant


def forgotten(secret: str, key: str) -> Callable[[Overlay], None]:
    def plant(planted: Overlay) -> None:
        del planted.secrets[secret][key]  # type: ignore[attr-defined]

    return plant


KNATIVE, CONFIG_MAP, STATEFUL, JOB = KNATIVE_SERVICE, "v1/ConfigMap", "apps/v1/StatefulSet", "batch/v1/Job"
TRIGGER, BROKER = "eventing.knative.dev/v1/Trigger", "eventing.knative.dev/v1/Broker"
SOURCE, SINK = "sources.knative.dev/v1/KafkaSource", "eventing.knative.dev/v1alpha1/KafkaSink"
POLICY, PING = "networking.k8s.io/v1/NetworkPolicy", "sources.knative.dev/v1/PingSource"
POD, FIRST = "spec.template.spec", "spec.template.spec.containers.0"

PLANTED: list[tuple[Rule, Callable[[Overlay], None]]] = [
    (events_arrive, put(TRIGGER, "tidy", "spec.broker", "systems")),
    (events_arrive, put(TRIGGER, "tidy", "spec.subscriber.ref.name", "tidier")),
    (events_arrive, put(TRIGGER, "tidy", "spec.subscriber.ref.namespace", "default")),
    (events_arrive, put(TRIGGER, "tidy", "spec.subscriber.uri", "/")),
    (events_arrive, put(TRIGGER, "tidy", "spec.delivery.deadLetterSink.ref.name", "letters")),
    (events_arrive, put(SOURCE, "audit", "spec.sink.uri", None)),
    (events_arrive, put(PING, "clock", "spec.sink.ref.name", "systems")),
    (events_arrive, put(BROKER, "task-events", "spec.config.name", "kafkas")),
    (events_arrive, put(CONFIG_MAP, "kafka", "data", {"bootstrap.servers": "redpanda:9092"})),
    (topics_are_made, put(SOURCE, "audit", "spec.topics", ["tasks"])),
    (topics_are_made, put(SINK, "dead-letters", "spec.topic", "letters")),
    (topics_are_made, put(SINK, "dead-letters", "spec.bootstrapServers", ["elsewhere:9092"])),
    (topics_are_made, put(CONFIG_MAP, "make-topics", "data", {"topics.txt": "a 1 partition 1 day\n"})),
    (
        topics_are_alike_everywhere,
        put(CONFIG_MAP, "make-topics", "data", {"topics.txt": "a 1 partition 1 day"}),
    ),
    (what_is_referred_to_exists, put(KNATIVE, "tasks", f"{FIRST}.envFrom.0.configMapRef.name", "tasks")),
    (what_is_referred_to_exists, forgotten("tidy", "DATABASE_URL")),
    (what_is_referred_to_exists, put(JOB, "topics", f"{POD}.volumes.0.configMap.name", "topics")),
    (what_is_referred_to_exists, put(JOB, "topics", f"{POD}.volumes.0.name", "script")),
    (what_is_referred_to_exists, without("v1/ServiceAccount", "secrets")),
    (what_is_referred_to_exists, without("rbac.authorization.k8s.io/v1/Role", "secrets")),
    (only_web_is_public, put(KNATIVE, "tasks", "metadata.labels", {})),
    (
        only_web_is_public,
        put(KNATIVE, "web", "metadata.labels", {"networking.knative.dev/visibility": "cluster-local"}),
    ),
    (nothing_has_rights, put(KNATIVE, "tasks", f"{POD}.automountServiceAccountToken", None)),
    (nothing_has_rights, put(JOB, "topics", f"{POD}.enableServiceLinks", None)),
    (nothing_has_rights, put(KNATIVE, "tasks", f"{FIRST}.securityContext.runAsUser", 1000)),
    (nothing_has_rights, put(STATEFUL, "valkey", f"{FIRST}.securityContext.readOnlyRootFilesystem", False)),
    (nothing_has_rights, put("v1/Namespace", "taskora", "metadata.labels", {})),
    (everything_is_in_the_namespace, put(STATEFUL, "valkey", "metadata.namespace", "default")),
    (no_secret_is_rendered, put(CONFIG_MAP, "kafka", "kind", "Secret")),
    (no_secret_is_rendered, put(STATEFUL, "valkey", f"{FIRST}.env.0", {"name": "PASSWORD", "value": "secret"})),
    (time_limits_leave_time_to_end, put(KNATIVE, "tasks", f"{POD}.timeoutSeconds", 30)),
    (time_limits_leave_time_to_end, put(KNATIVE, "tasks", f"{POD}.responseStartTimeoutSeconds", 300)),
    (streams_have_room, put(KNATIVE, "web", f"{POD}.timeoutSeconds", 300)),
    (streams_have_room, annotated("sync", "target-burst-capacity", "200")),
    (pods_are_probed, put(KNATIVE, "web", f"{FIRST}.livenessProbe", None)),
    (resources_are_said, put(KNATIVE, "tasks", f"{FIRST}.resources.limits.cpu", "1")),
    (resources_are_said, put(JOB, "migrations", f"{POD}.initContainers.0.resources.requests", {"cpu": "1m"})),
    (scale_is_bounded, annotated("tasks", "max-scale", "0")),
    (scale_is_bounded, annotated("tasks", "max-scale", "20")),
    (scale_is_bounded, annotated("clock", "window", "60s")),
    (policies_select_what_exists, without(POLICY, "nobody")),
    (policies_select_what_exists, without(POLICY, "valkey")),
    (policies_select_what_exists, put(POLICY, "postgres", "spec.ingress.0.ports.0.port", 5433)),
    (policies_select_what_exists, put(POLICY, "postgres", "spec.ingress.0.from", None)),
    (
        policies_select_what_exists,
        put(
            POLICY, "postgres", "spec.ingress.0.from.1.podSelector.matchLabels", {"app.kubernetes.io/name": "migration"}
        ),
    ),
    (
        policies_select_what_exists,
        put(
            POLICY, "postgres", "spec.ingress.0.from.2.podSelector.matchLabels", {"app.kubernetes.io/name": "operators"}
        ),
    ),
    (policies_select_what_exists, put(POLICY, "redpanda", "spec.podSelector.matchLabels", {"app": "redpanda"})),
    (stores_are_found, put("v1/Service", "valkey", "spec.selector", {"app.kubernetes.io/name": "redis"})),
    (stores_are_found, put("v1/Service", "valkey", "spec.ports.0.port", 6380)),
    (stores_are_found, put(STATEFUL, "postgres", "spec.serviceName", "postgresql")),
    (stores_are_found, put(SINK, "dead-letters", "spec.bootstrapServers", ["redpanda:9093"])),
    (functions_named_exist, without(KNATIVE, "accounts")),
    (functions_named_exist, put(KNATIVE, "relay", f"{FIRST}.env.1.value", '{"audit": "http://audit/events"}')),
    (functions_named_exist, put(KNATIVE, "chat", f"{FIRST}.env.1.value", '{"tasks": "http://tasks"}')),
]


@pytest.mark.parametrize(("rule", "plant"), PLANTED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_planted_fault_is_noticed(rule: Rule, plant: Callable[[Overlay], None], overlays: dict[str, Overlay]) -> None:
    planted = copy.deepcopy(overlays["kind"])
    assert rule(planted) == []

    plant(planted)

    assert rule(planted) != []


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)
