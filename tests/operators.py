"""The operators' command, as they type it in a pod or a shell: it needs the database's address and nothing else."""

import os
import subprocess
import sys

from tests.world import ROOT, World


def dead_letters(world: World, *words: str, **changed: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": world.environment["DATABASE_URL"]} | changed
    command = [sys.executable, "-m", "functions.relay.dead_letters", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def told(world: World, *words: str) -> str:
    ran = dead_letters(world, *words)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout
