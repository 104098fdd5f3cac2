"""Rules of the way an event takes through an overlay, and of the names it meets there."""

import json
from collections.abc import Iterator
from datetime import timedelta

from knative.runner.eventing import topics
from tests.contract.overlay import NAMESPACE, Document, Overlay, environment


def events_arrive(overlay: Overlay) -> list[str]:
    """Triggers, sources and schedules lead to what exists, their dead letters too, and to a function on /events."""
    faults = []
    for each in overlay.of("eventing.knative.dev/v1/Trigger", "sources.knative.dev/v1/KafkaSource"):
        name, spec = each["metadata"]["name"], each["spec"]
        target, dead = spec.get("subscriber") or spec["sink"], spec["delivery"]["deadLetterSink"]["ref"]
        if "broker" in spec and ("eventing.knative.dev/v1/Broker", spec["broker"]) not in overlay.objects:
            faults.append(f"{name} listens to {spec['broker']}, which does not exist")
        faults += [
            f"{name} leads to {ref['name']}, which does not exist"
            for ref in (target["ref"], dead)
            if not overlay.has(ref)
        ]
        if target.get("uri") != "/events":
            faults.append(f"{name} delivers to {target.get('uri')}")
    for each in overlay.of("sources.knative.dev/v1/PingSource"):
        if not overlay.has(each["spec"]["sink"]["ref"]):
            faults.append(f"{each['metadata']['name']} ticks into what does not exist")
    for each in overlay.of("eventing.knative.dev/v1/Broker"):
        settings = overlay.data(each["spec"]["config"]["kind"], each["spec"]["config"]["name"]) or {}
        missing = {
            "bootstrap.servers",
            "default.topic.partitions",
            "default.topic.replication.factor",
        } - settings.keys()
        faults += [f"the Broker {each['metadata']['name']} lacks {key}" for key in sorted(missing)]
    return faults


def topics_are_made(overlay: Overlay) -> list[str]:
    """Whatever names a topic names one that is made; and all say the same address."""
    named = {each["metadata"]["annotations"]["kafka.eventing.knative.dev/external.topic"] for each in brokers(overlay)}
    servers = {
        each["data"]["bootstrap.servers"] for each in overlay.of("v1/ConfigMap") if "bootstrap.servers" in each["data"]
    }
    for each in overlay.of("sources.knative.dev/v1/KafkaSource", "eventing.knative.dev/v1alpha1/KafkaSink"):
        named |= {*each["spec"].get("topics", ()), each["spec"].get("topic")} - {None}
        servers |= set(each["spec"]["bootstrapServers"])
    made = {topic.name for topic in made_topics(overlay)}
    faults = [f"the topic {name} is named or made, not both" for name in sorted(named ^ made)]
    return faults if len(servers) == 1 else [*faults, f"there are several addresses of Kafka: {servers}"]


def topics_are_alike_everywhere(overlay: Overlay) -> list[str]:
    """The Job and the runner make the same topics."""
    different = set(made_topics(overlay)) ^ set(topics.TABLE.values())
    return [f"{topic} here or on one machine, not both" for topic in sorted(map(str, different))]


def functions_named_exist(overlay: Overlay) -> list[str]:
    """In the public routes, where dead letters are delivered again, and by those that ask others."""
    there = {each["metadata"]["name"] for each in overlay.functions()}
    faults = [
        f"{route['path']} leads to {route['function']}" for route in overlay.routes if route["function"] not in there
    ]
    for each in overlay.functions():
        [container] = each["spec"]["template"]["spec"]["containers"]
        for name, url in json.loads(environment(overlay, container).get("SUBSCRIBER_URLS", "{}")).items():
            if name not in there or url != f"http://{name}.{NAMESPACE}.svc.cluster.local/events":
                faults.append(f"dead letters of {name} would go to {url}")
        for name, url in json.loads(environment(overlay, container).get("FUNCTION_URLS", "{}")).items():
            if name not in there or url != f"http://{name}.{NAMESPACE}.svc.cluster.local":
                faults.append(f"{each['metadata']['name']} would ask {url} for {name}")
    return faults


def brokers(overlay: Overlay) -> Iterator[Document]:
    return overlay.of("eventing.knative.dev/v1/Broker")


def made_topics(overlay: Overlay) -> list[topics.Topic]:
    """What the Job makes; without one, the runner does."""
    table = overlay.data("ConfigMap", "make-topics")
    if table is None:
        return list(topics.TABLE.values())
    rows = [line.split() for line in table["topics.txt"].splitlines()]
    return [topics.Topic(name, int(partitions), timedelta(days=int(days))) for name, partitions, _, days, _ in rows]
