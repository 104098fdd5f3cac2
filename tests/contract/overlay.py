"""A rendered overlay as one thing: its documents, and what they say of each other."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knative.cluster import inside

Document = dict[str, Any]

NAMESPACE = "taskora"

KNATIVE_SERVICE = "serving.knative.dev/v1/Service"


@dataclass(frozen=True)
class Overlay:
    documents: list[Document]
    secrets: Mapping[str, Mapping[str, str]]  # nothing rendered holds one: they are made where they are used
    routes: list[Document]

    @cached_property
    def objects(self) -> dict[tuple[str, str], Document]:
        return {(kind_of(each), each["metadata"]["name"]): each for each in self.documents}

    def of(self, *kinds: str) -> Iterator[Document]:
        return (each for each in self.documents if kind_of(each) in kinds)

    def functions(self) -> Iterator[Document]:
        return (each for each in self.of(KNATIVE_SERVICE) if each["metadata"]["name"] != "web")

    def has(self, ref: Document) -> bool:
        elsewhere = ref.get("namespace", NAMESPACE) != NAMESPACE
        return not elsewhere and (f"{ref['apiVersion']}/{ref['kind']}", ref["name"]) in self.objects

    def data(self, kind: str, name: str) -> Mapping[str, str] | None:
        if kind == "Secret":
            return self.secrets.get(name)
        found = self.objects.get(("v1/ConfigMap", name))
        return found and found["data"]

    def workloads(self) -> Iterator[Document]:
        return self.of(KNATIVE_SERVICE, "apps/v1/StatefulSet", "batch/v1/Job")

    def pods(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Whose pods, and their labels, with the one Knative adds."""
        for each in self.workloads():
            labels = dict(each["spec"]["template"].get("metadata", {}).get("labels", {}))
            if kind_of(each) == KNATIVE_SERVICE:
                labels["serving.knative.dev/service"] = each["metadata"]["name"]
            yield each["metadata"]["name"], labels

    def operator(self) -> Document:
        """The Job that runs an operator's command, as it is made on a cluster that has this overlay."""
        return inside.job(self.objects[KNATIVE_SERVICE, inside.FUNCTION], ["functions.relay.dead_letters", "list"])


Rule = Callable[[Overlay], list[str]]  # says what breaks it


def environment(overlay: Overlay, container: Document) -> dict[str, str]:
    """What a process finds in its environment."""
    found: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        for ref, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            if ref in source:
                found |= overlay.data(kind, source[ref]["name"]) or {}
    for variable in container.get("env", ()):
        if "value" in variable:
            found[variable["name"]] = variable["value"]
        else:
            [(ref, at)] = variable["valueFrom"].items()
            given = overlay.data(ref.removesuffix("KeyRef").capitalize(), at["name"]) or {}
            if at["key"] in given or not at.get("optional"):
                found[variable["name"]] = given[at["key"]]
    return found


def containers(pod: Document) -> list[Document]:
    return [*pod.get("initContainers", ()), *pod["containers"]]


def kind_of(document: Document) -> str:
    return f"{document['apiVersion']}/{document['kind']}"
