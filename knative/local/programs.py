"""Run a program of somebody else's to its end, quietly; what it started ends with us."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from knative.local.trouble import Trouble, last_words


def run(
    words: list[str], folder: Path, *, failure: str, remedy: str, environment: Mapping[str, str] | None = None
) -> None:
    """Raises a Trouble when it fails: what could not be done, the program's last words, the remedy."""
    # A session of its own, so that npm's or uv's own children can be ended together with it.
    process = subprocess.Popen(  # noqa: S603
        words,
        cwd=folder,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    if process.returncode != 0:
        if "ENOSPC" in output or "No space left on device" in output:
            remedy = "the disk is full: make room and run it again"
        said = last_words(output).rstrip(".") or "it said nothing"
        raise Trouble(f"{failure}: {said}; {remedy}")
