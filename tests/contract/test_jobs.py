"""What the cluster's Jobs do: for the first time, again, after a death half-way, and where somebody was before them."""

import base64
import json
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError

import pytest

from knative.overlays.kind import make_secrets
from tests.world import ROOT

KIND = ROOT / "knative/overlays/kind"


class Kubernetes(ThreadingHTTPServer):
    """As much of its API as the role of the Job allows: create any Secret, read `passwords`."""

    def __init__(self, identity: Path) -> None:
        super().__init__(("localhost", 0), Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity / "ca.crt", identity / "key")
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.secrets: dict[str, dict[str, str]] = {}
        self.left = 100  # requests it answers before it is away

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # who does not trust us hangs up


class Answer(BaseHTTPRequestHandler):
    server: Kubernetes

    def do_POST(self) -> None:
        wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = wanted["metadata"]["name"]
        if not self._may("/api/v1/namespaces/taskora/secrets"):
            return
        if name in self.server.secrets:
            self._answer(409)
        else:
            self.server.secrets[name] = wanted["stringData"]
            self._answer(201)

    def do_GET(self) -> None:
        if self._may("/api/v1/namespaces/taskora/secrets/passwords"):
            kept = self.server.secrets["passwords"]
            self._answer(200, {key: base64.b64encode(value.encode()).decode() for key, value in kept.items()})

    def _may(self, path: str) -> bool:
        self.server.left -= 1
        if self.server.left < 0:
            self._answer(500)
        elif self.path != path or self.headers["Authorization"] != "Bearer ours":
            self._answer(403)
        else:
            return True
        return False

    def _answer(self, status: int, data: object = None) -> None:
        body = json.dumps({"data": data}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """What Kubernetes puts into a pod: who it is, and whom it may believe."""
    certify(tmp_path)
    (tmp_path / "token").write_text("ours")
    (tmp_path / "namespace").write_text("taskora")
    return tmp_path


def certify(folder: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate for a test, is not installed")
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "ca.crt")]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    words = [openssl, "req", "-x509", "-days", "1", *key, *name, *files]
    subprocess.run(words, check=True, capture_output=True, timeout=60)


@pytest.fixture
def kubernetes(identity: Path) -> Iterator[Kubernetes]:
    with Kubernetes(identity) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_secrets_are_made_once_and_kept(kubernetes: Kubernetes, identity: Path) -> None:
    make_secrets.main(kubernetes.url, identity)
    first = dict(kubernetes.secrets)
    make_secrets.main(kubernetes.url, identity)

    assert kubernetes.secrets == first
    assert first.keys() == {"passwords", "taskora", "accounts", "webhooks", "push", "tidy", "migrations"}
    assert len(set(first["passwords"].values())) == len(first["passwords"])


def test_what_an_earlier_version_did_not_make_is_made_and_kept(kubernetes: Kubernetes, identity: Path) -> None:
    make_secrets.main(kubernetes.url, identity)
    del kubernetes.secrets["accounts"], kubernetes.secrets["passwords"]["encryption_key"]

    make_secrets.main(kubernetes.url, identity)
    first = dict(kubernetes.secrets)
    make_secrets.main(kubernetes.url, identity)

    assert kubernetes.secrets == first
    assert len(first["accounts"]["ENCRYPTION_KEYS"]) >= 48


def test_secrets_of_two_installations_have_nothing_in_common() -> None:
    one, other = make_secrets.new_passwords(), make_secrets.new_passwords()

    assert not set(one.values()) & set(other.values())
    assert all(len(value) >= 48 and value.isalnum() for value in one.values())


def test_what_died_half_way_is_finished_with_the_same_passwords(kubernetes: Kubernetes, identity: Path) -> None:
    kubernetes.left = 2
    with pytest.raises(HTTPError, match="500"):
        make_secrets.main(kubernetes.url, identity)
    assert kubernetes.secrets.keys() == {"passwords", "taskora"}
    passwords = dict(kubernetes.secrets["passwords"])

    kubernetes.left = 100
    make_secrets.main(kubernetes.url, identity)

    assert kubernetes.secrets["passwords"] == passwords
    assert kubernetes.secrets["migrations"]["DATABASE_URL"] == kubernetes.secrets["taskora"]["DATABASE_URL"]
    assert passwords["taskora_functions"] in kubernetes.secrets["migrations"]["DATABASE_URL"]


def test_a_secret_that_somebody_else_made_is_kept(kubernetes: Kubernetes, identity: Path) -> None:
    kubernetes.secrets["taskora"] = {"DATABASE_URL": "postgresql://elsewhere"}

    make_secrets.main(kubernetes.url, identity)

    assert kubernetes.secrets["taskora"] == {"DATABASE_URL": "postgresql://elsewhere"}


def test_functions_know_no_password_but_their_own() -> None:
    passwords = make_secrets.new_passwords()

    known = json.dumps(make_secrets.made_of(passwords)["taskora"])

    assert {name for name, password in passwords.items() if password in known} == {
        "taskora_functions",
        "valkey",
        "event_signing_key",
    }


def test_secrets_are_told_to_nobody_but_the_cluster(kubernetes: Kubernetes, identity: Path) -> None:
    certify(identity)  # the server still shows the former one

    with pytest.raises(URLError, match="certificate verify failed"):
        make_secrets.main(kubernetes.url, identity)

    assert kubernetes.secrets == {}


# Redpanda's own rpk is in its image alone; this keeps what it is told in a file, and is as hard to convince.
RPK = """#!/bin/sh
echo "$*" >> "$STATE/said"
[ -e "$STATE/broker" ] || { touch "$STATE/broker"; exit 1; }
case "$1 $2" in
    "cluster info") ;;
    "topic list") printf 'NAME  PARTITIONS  REPLICAS\\n'; for t in "$STATE"/*.topic; do [ -e "$t" ] && cat "$t"; done;;
    "topic create") echo "$3  $5  $7" > "$STATE/$3.topic"; echo "${9#*=}" > "$STATE/$3.retention"; echo "$3  OK";;
    "topic alter-config") [ -e "$STATE/stubborn" ] || echo "${5#*=}" > "$STATE/$3.retention"; echo "$3  OK";;
    "topic describe") echo "retention.ms  $(cat "$STATE/$3.retention")  DYNAMIC_TOPIC_CONFIG";;
esac
:
"""


@pytest.fixture
def rpk(tmp_path: Path) -> Path:
    program = tmp_path / "bin/rpk"
    program.parent.mkdir()
    program.write_text(RPK)
    program.chmod(0o755)
    return program


def make_topics(rpk: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"STATE": str(rpk.parent), "PATH": f"{rpk.parent}:{os.environ['PATH']}"}
    words = ["sh", str(KIND / "make_topics.sh"), str(KIND / "topics.txt")]
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)


def made(rpk: Path) -> dict[str, tuple[int, int]]:
    """Partitions and days of every topic."""
    found = {}
    for topic in rpk.parent.glob("*.topic"):
        _, partitions, _ = topic.read_text().split()
        found[topic.stem] = int(partitions), int(topic.with_suffix(".retention").read_text()) // 86_400_000
    return found


def test_topics_are_made_as_soon_as_there_is_a_broker_and_once(rpk: Path) -> None:
    first = make_topics(rpk)
    again = make_topics(rpk)

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert "there is no broker yet" in first.stdout
    assert made(rpk)["user-events"] == (2, 30)
    assert len(made(rpk)) == 6
    assert (rpk.parent / "said").read_text().count("topic create") == 6


def test_a_topic_that_exists_gets_the_retention_it_should_have(rpk: Path) -> None:
    make_topics(rpk)
    (rpk.parent / "task-events.retention").write_text("1000")

    make_topics(rpk)

    assert made(rpk)["task-events"] == (3, 7)


def test_a_retention_that_was_refused_is_no_success(rpk: Path) -> None:
    make_topics(rpk)
    (rpk.parent / "task-events.retention").write_text("1000")
    (rpk.parent / "stubborn").touch()

    assert make_topics(rpk).returncode != 0


def test_a_topic_with_other_partitions_is_left_and_named(rpk: Path) -> None:
    make_topics(rpk)
    (rpk.parent / "task-events.topic").write_text("task-events  12  1\n")

    tried = make_topics(rpk)

    assert tried.returncode != 0
    assert "task-events has another number of partitions than 3" in tried.stderr
