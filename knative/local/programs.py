"""Run a program of somebody else's to its end, quietly; what it started ends with us."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from knative.local.trouble import complaint_of


def run(words: list[str], folder: Path, *, remedy: str, environment: Mapping[str, str] | None = None) -> str:
    """Its output; a Trouble with its last words and the remedy when it fails."""
    # A session of its own, so that npm's or uv's own children can be ended together with it.
    process = subprocess.Popen(  # noqa: S603
        words,
        cwd=folder,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    if process.returncode != 0:
        raise complaint_of(subprocess.CompletedProcess(words, process.returncode, output, errors), remedy)
    return output
