"""The kill test, short enough for every build: each kind of fault at least once, one after another and overlapping."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos.faults import DECK, schedule

ROOT = Path(__file__).parents[2]
SHORT = "--seed 7 --minutes 1.3 --users 8 --pace 10 --gap 2.2 --longest 4 --settle 240".split()  # noqa: SIM905


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the kill test needs Linux: it holds processes by descriptor")
@pytest.mark.timeout(600)
def test_what_was_accepted_is_there_once_whatever_was_killed() -> None:
    run = subprocess.run([sys.executable, "-m", "tests.chaos", *SHORT], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout + run.stderr


def test_a_seed_always_makes_the_same_faults() -> None:
    assert schedule(7, 900, gap=5, longest=60) == schedule(7, 900, gap=5, longest=60)
    assert schedule(7, 900, gap=5, longest=60) != schedule(8, 900, gap=5, longest=60)


def test_a_short_run_has_something_of_everything() -> None:
    faults = schedule(7, 78, gap=2.2, longest=4)

    assert {(fault.target, fault.kind) for fault in faults} == set(DECK)


def test_one_target_is_hit_again_only_when_it_had_time_to_come_back() -> None:
    ends: dict[str, float] = {}
    for fault in schedule(7, 900, gap=5, longest=60):
        assert fault.at > ends.get(fault.target, 0)
        ends[fault.target] = fault.at + fault.seconds
