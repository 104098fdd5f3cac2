"""The operators' command does on a cluster what it does here: typed alike, said alike, and nothing is left of it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knative import render
from knative.cluster import inside
from tests.contract import house
from tests.operators import dead_letters, told
from tests.world import ROOT, World

# As much of a cluster as the command sees of it: one that has not begun at the first look, and runs what it is given.
KUBECTL = """#!{python}
import json, os, subprocess, sys
from pathlib import Path
there = Path({folder!r})
with (there / "said").open("a") as said:
    print(*sys.argv[1:], file=said)
assert sys.argv[1:5] == ["--context", "kind-here", "--namespace", "taskora"], sys.argv
match sys.argv[5:]:
    case ["get", "services.serving.knative.dev", "relay", *_]:
        print((there / "relay.json").read_text())
    case ["create", *_]:
        (there / "job.json").write_text(sys.stdin.read())
        print("job.batch/operator-x7")
    case ["get", "pods", "--selector", "job-name=operator-x7", *_]:
        looks = (there / "said").read_text().count("get pods")
        phase = "Pending" if looks == 1 or (there / "no-image").exists() else "Running"
        waits = {{"state": {{"waiting": {{"reason": "ErrImagePull", "message": "no such image"}}}}}}
        pod = {{"metadata": {{"name": "operator-x7-1"}}, "status": {{"phase": phase, "containerStatuses": [waits]}}}}
        print(json.dumps({{"items": [] if looks == 1 else [pod]}}))
    case ["logs", "--follow", "operator-x7-1"]:
        if (there / "cut-off").exists():
            sys.exit("error: connection lost")
        [container] = json.loads((there / "job.json").read_text())["spec"]["template"]["spec"]["containers"]
        python, *words = container["command"]
        assert python == "python"
        ran = subprocess.run([{python!r}, *words], cwd={root!r}, env={environment!r}, stderr=subprocess.STDOUT)
        (there / "status").write_text(str(ran.returncode))
    case ["get", "pod", "operator-x7-1", *_]:
        looks = (there / "said").read_text().count("get pod operator")
        over = {{"terminated": {{"exitCode": int((there / "status").read_text())}}}}
        state = {{"running": {{}}}} if (there / "cut-off").exists() and looks < 6 else over
        told = {{"phase": "Running", "containerStatuses": [{{"state": state}}]}}
        if (there / "evicted").exists():
            told = {{"phase": "Failed", "reason": "Evicted"}}
        print(json.dumps({{"status": told}}))
    case ["delete", "job.batch/operator-x7", *_]:
        (there / "job.json").unlink()
    case other:
        sys.exit(f"unknown here: {{other}}")
"""


class Cluster:
    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        environment = {"PATH": os.environ["PATH"], "DATABASE_URL": world.environment["DATABASE_URL"]}
        kubectl = folder / "bin/kubectl"
        kubectl.parent.mkdir()
        kubectl.write_text(
            KUBECTL.format(python=sys.executable, folder=str(folder), root=str(ROOT), environment=environment)
        )
        kubectl.chmod(0o755)
        (folder / "relay.json").write_text(json.dumps(relay()))
        self.path = f"{kubectl.parent}:{os.environ['PATH']}"

    def make_dead_letters(self, context: str = "kind-here", **arguments: str) -> "subprocess.CompletedProcess[str]":
        words = [f"{name}={value}" for name, value in ({"CONTEXT": context} | arguments).items()]
        make = ["make", "--silent", "dead-letters", f"PYTHON={sys.executable}", *words]
        environment = {"PATH": self.path}
        return subprocess.run(make, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)

    @property
    def is_as_before(self) -> bool:
        return not (self.folder / "job.json").exists() and "delete" in (self.folder / "said").read_text()


def relay() -> dict[str, Any]:
    documents = house.documents(render.rendered_file("kind"))
    [relay] = [each for each in documents if (each["kind"], each["metadata"]["name"]) == ("Service", "relay")]
    return relay


@pytest.fixture
def world(nothing_waits: World) -> World:
    nothing_waits.rows(
        "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient, next_attempt_at)"
        " VALUES ('/taskora/tasks', 'a', 'audit', 'task.updated', '{}', '{}', '422: it''s \"no\"', false, now())"
    )
    return nothing_waits


@pytest.fixture
def cluster(tmp_path: Path, world: World) -> Cluster:
    return Cluster(tmp_path, world)


def test_it_says_there_what_it_says_here(cluster: Cluster, world: World) -> None:
    for words in ("list", "list --json", "reasons", "show a"):
        assert cluster.make_dead_letters(ARGS=words).stdout == told(world, *words.split())
        assert cluster.is_as_before

    assert "1 due" in cluster.make_dead_letters(ARGS="""replay --reason "it's \\"no\\"" """).stdout
    assert cluster.make_dead_letters().stdout == "No dead letters.\n"


def test_it_ends_there_as_it_ends_here(cluster: Cluster, world: World) -> None:
    here, there = dead_letters(world, "replay", "b"), cluster.make_dead_letters(ARGS="replay b")

    assert "There is no dead letter b." in here.stderr
    assert "There is no dead letter b." in there.stdout  # a pod's log is one
    assert here.returncode != 0
    assert there.returncode != 0
    assert cluster.is_as_before


def test_what_kubectl_says_is_said(cluster: Cluster) -> None:
    (cluster.folder / "bin/kubectl").write_text('#!/bin/sh\necho "error: context does not exist" >&2\nexit 1\n')

    asked = cluster.make_dead_letters()

    assert asked.returncode != 0
    assert asked.stderr.splitlines()[0] == "error: context does not exist"


def test_a_cluster_that_cannot_begin_says_why_and_keeps_nothing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cluster.folder / "no-image").touch()
    monkeypatch.setenv("PATH", cluster.path)
    monkeypatch.setattr(inside, "BEGINS_WITHIN", 2.0)

    with pytest.raises(inside.Trouble, match="did not begin within 2 s: ErrImagePull no such image"):
        inside.main(["kind-here", "functions.relay.dead_letters", "list"])

    assert cluster.is_as_before


def test_one_that_nobody_can_follow_any_more_is_let_come_to_its_end(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file, said in (("cut-off", ""), ("status", "3")):
        (cluster.folder / file).write_text(said)
    monkeypatch.setenv("PATH", cluster.path)
    monkeypatch.setattr(inside, "BEGINS_WITHIN", 2.0)

    assert inside.main(["kind-here", "functions.relay.dead_letters", "list"]) == 3

    assert cluster.is_as_before


def test_one_that_the_cluster_took_away_is_not_waited_for(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    (cluster.folder / "cut-off").touch()
    (cluster.folder / "status").write_text("0")
    (cluster.folder / "evicted").touch()
    monkeypatch.setenv("PATH", cluster.path)

    with pytest.raises(inside.Trouble, match="The cluster ended operator-x7-1: Evicted"):
        inside.main(["kind-here", "functions.relay.dead_letters", "list"])

    assert cluster.is_as_before


def test_what_runs_there_is_relays_image_with_relays_settings_and_as_few_rights() -> None:
    [container] = relay()["spec"]["template"]["spec"]["containers"]
    made = inside.job(relay(), ["functions.relay.dead_letters", "list"])["spec"]["template"]["spec"]
    [operator] = made["containers"]

    assert {key: operator[key] for key in inside.TAKEN if key in operator} == {
        key: container[key] for key in ("image", "envFrom", "env", "resources", "securityContext")
    }
    assert made["automountServiceAccountToken"] is False
