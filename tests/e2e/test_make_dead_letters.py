"""The operator's command on this machine: from a dead letter to its delivery, through everything that runs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import yaml

from shared.ids import new_id
from tests.deliveries import Fact
from tests.e2e.conftest import PYTHON, House
from tests.world import eventually

READY = "Taskora is at"


def make_dead_letters(house: House, **arguments: str) -> "subprocess.CompletedProcess[str]":
    words = [f"{name}={value}" for name, value in arguments.items()]
    return subprocess.run(
        ["make", "--silent", "dead-letters", f"PYTHON={PYTHON}", *words],
        cwd=house.folder,
        capture_output=True,
        text=True,
        timeout=90,
    )


def test_without_a_taskora_the_remedy_is_named(house: House) -> None:
    asked = make_dead_letters(house)

    assert asked.returncode != 0
    assert "Start it with `make run`." in asked.stderr


@pytest.mark.timeout(300)
def test_a_dead_letter_is_seen_replayed_and_delivered_within_a_minute(house: House) -> None:
    with house.make_run() as run:
        run.says(READY)
        here = house.settings()
        with psycopg.connect(here["DATABASE_URL"], autocommit=True) as database:
            poison = Fact(new_id(), 1).delivery.signed(here["EVENT_SIGNING_KEYS"].encode())
            letter = poison.headers["ce-id"]
            database.execute(
                "INSERT INTO dead_letters (source, id, subscriber, type, headers, data, reason, transient,"
                " next_attempt_at) VALUES ('/taskora/tasks', %s, 'audit', 'task.updated', %s, %s, '422: no', false,"
                " now())",
                [letter, json.dumps(poison.headers), poison.data],
            )

            assert letter in make_dead_letters(house).stdout
            assert "1 due" in make_dead_letters(house, ARGS="replay --reason 422").stdout
            delivered = "SELECT 1 FROM dead_letters WHERE delivered_at IS NOT NULL"
            eventually(lambda: database.execute(delivered).fetchone() is not None, run.said, within=120)

            assert make_dead_letters(house).stdout == "No dead letters.\n"
            assert database.execute("SELECT id::text FROM activity").fetchall() == [(letter,)]


WATCH = """
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Watch(BaseHTTPRequestHandler):
    def do_POST(self):
        said = self.rfile.read(int(self.headers["content-length"])).decode()
        print(f"heard {said}", flush=True)
        self.send_response(204)
        self.end_headers()

HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Watch).serve_forever()
"""


def watch(folder: Path) -> None:
    """An operator's own function, that system-events are delivered to."""
    folder.mkdir()
    (folder / "watch.py").write_text(WATCH)
    inside = {"networking.knative.dev/visibility": "cluster-local"}
    ref = {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "name": "watch", "namespace": "default"}
    service = {
        "apiVersion": ref["apiVersion"],
        "kind": ref["kind"],
        "metadata": {"name": "watch", "namespace": "default", "labels": inside},
        "spec": {"template": {"spec": {"containers": [{"image": "watch", "command": [sys.executable, "watch.py"]}]}}},
    }
    trigger = {
        "apiVersion": "eventing.knative.dev/v1",
        "kind": "Trigger",
        "metadata": {"name": "watch", "namespace": "taskora"},
        "spec": {
            "broker": "system-events",
            "filters": [{"exact": {"type": "system.dead_letter"}}],
            "subscriber": {"ref": ref},
        },
    }
    (folder / "watch.yaml").write_text(yaml.safe_dump_all([service, trigger]))


@pytest.mark.timeout(400)
def test_poison_on_the_wire_is_kept_and_reported_and_again_when_it_is_replayed_in_vain(house: House) -> None:
    watch(house.folder.parent / "watch")
    log = house.data / "logs/runner.log"
    with house.make_run(ATTACH="../watch") as run:
        run.says(READY)
        ingress = json.loads((house.data / "runner/addresses.json").read_text())["ingress"]
        poison = Fact(new_id(), 1).delivery.signed(b"guessed")
        posted = httpx.post(f"{ingress}/taskora/task-events", headers=poison.headers, content=poison.data)
        assert posted.status_code == 202

        waiting = {("audit", poison.headers["ce-id"]), ("sync", poison.headers["ce-id"])}
        with psycopg.connect(house.settings()["DATABASE_URL"], autocommit=True) as database:
            kept = "SELECT count(*) FROM dead_letters"
            eventually(lambda: database.execute(kept).fetchone() == (2,), log.read_text, within=60)
        assert listed(house) == waiting
        eventually(lambda: len(heard(log)) >= 2, log.read_text, within=120)
        assert "2 due" in make_dead_letters(house, ARGS="replay --reason 'not signed'").stdout
        eventually(lambda: len(heard(log)) >= 4, log.read_text, within=150)

        assert listed(house) == waiting
    assert sorted((letter["subscriber"], letter["event"]) for letter in heard(log)) == sorted([*waiting, *waiting])
    assert all(letter["waits"] and "not signed" in letter["reason"] for letter in heard(log))


def listed(house: House) -> set[tuple[str, str]]:
    lines = make_dead_letters(house, ARGS="list --json").stdout.splitlines()
    return {(letter["subscriber"], letter["id"]) for letter in map(json.loads, lines)}


def heard(log: Path) -> list[Any]:
    said = [line.removeprefix("heard ") for line in log.read_text().splitlines() if line.startswith("heard ")]
    return [json.loads(line)["dead_letter"] for line in said]
