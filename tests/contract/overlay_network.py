"""Rules of who may come to whom in an overlay, and by which name."""

import json
import re
from collections.abc import Mapping
from itertools import chain

from tests.contract.overlay import KNATIVE_SERVICE, NAMESPACE, Document, Overlay, kind_of

SERVICE = "v1/Service"
QUEUE_PROXY = {8012, 8013, 8112, 9090}  # requests as HTTP/1, HTTP/2 and TLS; the autoscaler's figures


def policies_select_what_exists(overlay: Overlay) -> list[str]:
    """Nobody may come in, but for what a policy says of pods that exist; and whoever listens has such a policy."""
    faults, open_to_someone = [], set()
    listening = {name for name, _ in overlay.pods()} - {each["metadata"]["name"] for each in overlay.of("batch/v1/Job")}
    policies = list(overlay.of("networking.k8s.io/v1/NetworkPolicy"))
    if not any(each["spec"] == {"podSelector": {}, "policyTypes": ["Ingress"]} for each in policies):
        faults.append("whoever is not named may come in")
    for each in policies:
        name, spec = each["metadata"]["name"], each["spec"]
        chosen = selected(overlay, spec["podSelector"])
        if not chosen:
            faults.append(f"the policy {name} is about nobody")
        for rule in spec.get("ingress", ()):
            open_to_someone |= chosen
            if not rule.get("from") or not rule.get("ports"):
                faults.append(f"the policy {name} lets everybody in, or to every port")
            for peer in rule.get("from", ()):
                if "podSelector" in peer and not selected(overlay, peer["podSelector"]):
                    faults.append(f"the policy {name} lets in pods that do not exist")
            ports = {port["port"] for port in rule.get("ports", ())}
            faults += [
                f"the policy {name} opens {port}, where nobody listens" for port in ports - listened_to(overlay, chosen)
            ]
    return faults + [f"nobody may come to {name}" for name in sorted(listening - open_to_someone)]


def selected(overlay: Overlay, selector: Document) -> set[str]:
    operator = overlay.operator()["spec"]["template"]["metadata"]["labels"]
    pods = [*overlay.pods(), ("an operator's command", operator)]
    return {name for name, labels in pods if matches(labels, selector)}


def matches(labels: Mapping[str, str], selector: Document) -> bool:
    for expression in selector.get("matchExpressions", ()):
        value = labels.get(expression["key"])
        match expression["operator"]:
            case "Exists" if value is None:
                return False
            case "NotIn" if value in expression["values"]:
                return False
            case "Exists" | "NotIn":
                pass
            case other:
                raise NotImplementedError(other)
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


def listened_to(overlay: Overlay, names: set[str]) -> set[int]:
    ports: set[int] = set()
    for each in overlay.workloads():
        if each["metadata"]["name"] in names:
            ports |= QUEUE_PROXY if kind_of(each) == KNATIVE_SERVICE else container_ports(each)
    return ports


def container_ports(workload: Document) -> set[int]:
    listed = (container.get("ports", ()) for container in workload["spec"]["template"]["spec"]["containers"])
    return {port["containerPort"] for port in chain.from_iterable(listed)}


def stores_are_found(overlay: Overlay) -> list[str]:
    """A store's Service leads to its pods, no function has its name, and every address is one of a Service."""
    faults, addresses = [], set()
    stateful = {each["metadata"]["name"]: each for each in overlay.of("apps/v1/StatefulSet")}
    for each in overlay.of(SERVICE):
        name = each["metadata"]["name"]
        chosen = selected(overlay, {"matchLabels": each["spec"]["selector"]})
        ports = {port["port"] for port in each["spec"]["ports"]}
        if chosen != {name} or ports - listened_to(overlay, chosen) or (KNATIVE_SERVICE, name) in overlay.objects:
            faults.append(f"the Service {name} leads to {chosen}")
        addresses |= {f"{host}:{port}" for port in ports for host in (name, f"{name}.{NAMESPACE}.svc.cluster.local")}
    for name, each in stateful.items():
        labels = each["spec"]["template"]["metadata"]["labels"]
        if (SERVICE, each["spec"]["serviceName"]) not in overlay.objects or not matches(
            labels, each["spec"]["selector"]
        ):
            faults.append(f"{name} is not what its Service or its selector says")
    if stateful:
        text = json.dumps(overlay.documents) + json.dumps(dict(overlay.secrets))
        named = set(re.findall(r"\b(?:postgres|valkey|redpanda)[a-z.]*:\d+", text))
        faults += [f"{address} leads nowhere" for address in sorted(named - addresses) if not is_image(address)]
    return faults


def is_image(text: str) -> bool:
    return re.fullmatch(r"(postgres|valkey|redpanda):\d\d?", text) is not None
