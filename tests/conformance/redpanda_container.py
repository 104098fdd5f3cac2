"""Redpanda, in a container, where Docker runs."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conformance.kafka_broker import NotHere, answers
from tests.ports import free_port

IMAGE = "redpandadata/redpanda:v24.2.7"
PATIENCE = 60.0  # seconds, once the image is there


@contextmanager
def redpanda() -> Iterator[str]:
    """The address of a broker that is gone afterwards."""
    info = ["docker", "info"]
    if not shutil.which("docker") or subprocess.run(info, capture_output=True, timeout=60, check=False).returncode:
        raise NotHere("no Docker runs here")
    port = free_port()
    address = f"127.0.0.1:{port}"
    kafka = ["--kafka-addr", f"0.0.0.0:{port}", "--advertise-kafka-addr", address]
    command = ["docker", "run", "--rm", "--detach", "--publish", f"{address}:{port}", IMAGE]
    command += ["redpanda", "start", "--mode", "dev-container", "--smp", "1", *kafka]
    container = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stdout.strip()
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(address):
            assert time.monotonic() < deadline, f"Redpanda is not ready after {PATIENCE:g} s"
        yield address
    finally:
        subprocess.run(["docker", "rm", "--force", container], capture_output=True, timeout=60, check=True)
