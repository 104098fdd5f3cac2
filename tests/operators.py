"""What operators have: the command, as they type it in a pod or a shell, and what they are alerted of."""

import json
import os
import subprocess
import sys

from tests.world import ROOT, Function, World


def dead_letters(world: World, *words: str, **changed: str) -> "subprocess.CompletedProcess[str]":
    """It needs the database's address and nothing else."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": world.environment["DATABASE_URL"]} | changed
    command = [sys.executable, "-m", "functions.relay.dead_letters", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def told(world: World, *words: str) -> str:
    ran = dead_letters(world, *words)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    return ran.stdout


def reported(function: Function, what: str, event_id: object) -> bool:
    """With the level that alerts watch for."""
    wanted = {"event": what, "event_id": str(event_id), "level": "error"}
    return any(wanted.items() <= json.loads(line).items() for line in function.lines())
