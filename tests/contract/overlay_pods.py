"""Rules of what an overlay's pods are given, what they may do and how many they may become."""

import re
from collections.abc import Iterator

from shared import pool
from tests.contract.overlay import KNATIVE_SERVICE, NAMESPACE, Document, Overlay, containers, kind_of

RESERVED = 10  # connections for the migrations and for people


def what_is_referred_to_exists(overlay: Overlay) -> list[str]:
    """Secrets and ConfigMaps with their keys, service accounts, roles."""
    faults = []
    for each in overlay.workloads():
        name, pod = each["metadata"]["name"], each["spec"]["template"]["spec"]
        for container in containers(pod):
            faults += [f"{name} wants {fault}" for fault in missing_variables(overlay, container)]
        mounted = {mount["name"] for container in containers(pod) for mount in container.get("volumeMounts", ())}
        claims = {claim["metadata"]["name"] for claim in each["spec"].get("volumeClaimTemplates", ())}
        volumes = {volume["name"] for volume in pod.get("volumes", ())} | claims
        faults += [f"{name} mounts or has {volume}, not both" for volume in sorted(mounted ^ volumes)]
        for volume in pod.get("volumes", ()):
            if "configMap" in volume and overlay.data("ConfigMap", volume["configMap"]["name"]) is None:
                faults.append(f"{name} wants the ConfigMap {volume['configMap']['name']}")
        account = pod.get("serviceAccountName")
        if account and ("v1/ServiceAccount", account) not in overlay.objects:
            faults.append(f"{name} wants the account {account}")
    for each in overlay.of("rbac.authorization.k8s.io/v1/RoleBinding"):
        role = ("rbac.authorization.k8s.io/v1/Role", each["roleRef"]["name"])
        accounts = [("v1/ServiceAccount", subject["name"]) for subject in each["subjects"]]
        faults += [
            f"{name} is bound and does not exist" for _, name in [role, *accounts] if (_, name) not in overlay.objects
        ]
    return faults


def missing_variables(overlay: Overlay, container: Document) -> Iterator[str]:
    for source in container.get("envFrom", ()):
        for ref, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            if ref in source and overlay.data(kind, source[ref]["name"]) is None:
                yield f"the {kind} {source[ref]['name']}"
    for variable in container.get("env", ()):
        for ref, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
            at = variable.get("valueFrom", {}).get(ref)
            if at and not at.get("optional") and at["key"] not in (overlay.data(kind, at["name"]) or {}):
                yield f"{at['key']} of the {kind} {at['name']}"


def only_web_is_public(overlay: Overlay) -> list[str]:
    inside = {
        each["metadata"]["name"]
        for each in overlay.of(KNATIVE_SERVICE)
        if each["metadata"]["labels"].get("networking.knative.dev/visibility") == "cluster-local"
    }
    everybody = {each["metadata"]["name"] for each in overlay.of(KNATIVE_SERVICE)}
    return [f"{name} is public or should be" for name in (everybody - inside) ^ (everybody & {"web"})]


def nothing_has_rights(overlay: Overlay) -> list[str]:
    """Nobody is root or writes to its image, and only who makes secrets may speak to Kubernetes."""
    faults = []
    for each in overlay.workloads():
        name, pod = each["metadata"]["name"], each["spec"]["template"]["spec"]
        if (pod.get("automountServiceAccountToken") is False) == ("serviceAccountName" in pod):
            faults.append(f"{name} has a token it does not need")
        if kind_of(each) != KNATIVE_SERVICE and pod.get("enableServiceLinks") is not False:
            faults.append(f"{name} gets the addresses of all services as variables")
        for container in containers(pod):
            security = container["securityContext"]
            ours = "taskora/" in container["image"]
            if ours and (security["runAsUser"], security["runAsGroup"]) != (65532, 65532):
                faults.append(f"{name} runs as {security['runAsUser']}")
            if security.get("readOnlyRootFilesystem") is not True and (kind_of(each), name) != (
                "apps/v1/StatefulSet",
                "redpanda",
            ):
                faults.append(f"{name} can write to its image")
    [namespace] = overlay.of("v1/Namespace")
    if namespace["metadata"]["labels"].get("pod-security.kubernetes.io/enforce") != "restricted":
        faults.append("the namespace lets in what is not restricted")
    return faults


def everything_is_in_the_namespace(overlay: Overlay) -> list[str]:
    return [
        f"{each['kind']} {each['metadata']['name']} is in {each['metadata'].get('namespace')}"
        for each in overlay.documents
        if each["kind"] != "Namespace" and each["metadata"].get("namespace") != NAMESPACE
    ]


def no_secret_is_rendered(overlay: Overlay) -> list[str]:
    faults = [f"the Secret {each['metadata']['name']} stands in the repository" for each in overlay.of("v1/Secret")]
    for each in overlay.workloads():
        for container in containers(each["spec"]["template"]["spec"]):
            for variable in container.get("env", ()):
                if re.search(r"PASSWORD|KEYS?$|DATABASE_URL|REDIS_URL", variable["name"]) and "value" in variable:
                    faults.append(f"{each['metadata']['name']} has {variable['name']} in the open")
    return faults


def time_limits_leave_time_to_end(overlay: Overlay) -> list[str]:
    """timeoutSeconds is also what a pod has to end in, and 30 s of that pass before it hears of it."""
    faults = []
    for each in overlay.of(KNATIVE_SERVICE):
        spec = each["spec"]["template"]["spec"]
        if not 60 <= spec["timeoutSeconds"] <= 600 or spec["responseStartTimeoutSeconds"] > spec["timeoutSeconds"]:
            faults.append(
                f"{each['metadata']['name']}: {spec['timeoutSeconds']} s, {spec['responseStartTimeoutSeconds']} s"
            )
    return faults


def streams_have_room(overlay: Overlay) -> list[str]:
    """Who holds streams may hold them as long as Knative allows, and hold many."""
    faults = []
    for each in overlay.of(KNATIVE_SERVICE):
        template, name = each["spec"]["template"], each["metadata"]["name"]
        if name in ("sync", "web"):
            annotations = template["metadata"]["annotations"]
            burst, target = (
                annotations.get(f"autoscaling.knative.dev/{key}") for key in ("target-burst-capacity", "target")
            )
            if template["spec"]["timeoutSeconds"] != 600 or burst != "0" or int(target or 0) < 200:
                faults.append(f"{name} has no room for streams")
    return faults


def pods_are_probed(overlay: Overlay) -> list[str]:
    return [
        f"{each['metadata']['name']} has no {probe}"
        for each in overlay.of(KNATIVE_SERVICE, "apps/v1/StatefulSet")
        for container in each["spec"]["template"]["spec"]["containers"]
        for probe in ("readinessProbe", "livenessProbe")
        if probe not in container
    ]


def resources_are_said(overlay: Overlay) -> list[str]:
    """What a pod needs, and the memory it may not exceed. A CPU limit would multiply its start."""
    return [
        f"{each['metadata']['name']} says {container['resources']}"
        for each in overlay.workloads()
        for container in containers(each["spec"]["template"]["spec"])
        if container["resources"]["requests"].keys() != {"cpu", "memory"}
        or container["resources"]["limits"].keys() != {"memory"}
    ]


def scale_is_bounded(overlay: Overlay) -> list[str]:
    """Every Service ends somewhere, `clock` is gone first, and PostgreSQL has connections for them all in a rollout."""
    faults, most = [], {}
    for each in overlay.of(KNATIVE_SERVICE):
        name, annotations = each["metadata"]["name"], each["spec"]["template"]["metadata"]["annotations"]
        most[name] = int(annotations.get("autoscaling.knative.dev/max-scale", 0))
        if name == "clock" and annotations.get("autoscaling.knative.dev/window") != "6s":
            faults.append("clock stays longer than Knative makes it")
    faults += [f"{name} may grow without end" for name, scale in most.items() if scale == 0]
    postgres = overlay.objects.get(("apps/v1/StatefulSet", "postgres"))
    if postgres:
        [container] = postgres["spec"]["template"]["spec"]["containers"]
        [there] = [int(word.partition("=")[2]) for word in container["args"] if word.startswith("max_connections=")]
        wanted = 2 * pool.SIZE * sum(scale for name, scale in most.items() if name != "web") + RESERVED
        if wanted > there:
            faults.append(f"functions want {wanted} connections of {there}")
    return faults
