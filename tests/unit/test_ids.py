"""Ids."""

import subprocess
import sys
import time

from shared.ids import new_id

TWO_PROCESSES = """
import os
from shared.ids import new_id
new_id()
child = os.fork()
os.write(1, b"%d\\n" % (new_id().int & (1 << 62) - 1))  # in one piece: the two come at the same time
if child:
    os.waitpid(child, 0)
"""


def test_ids_are_version_7_and_tell_when_they_were_made() -> None:
    before = time.time_ns() // 1_000_000
    made = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000

    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
    assert all(before <= each.int >> 80 <= after for each in made)
    assert len(set(made)) == 1000


def test_processes_that_come_of_one_make_different_ids() -> None:
    said = subprocess.run([sys.executable, "-c", TWO_PROCESSES], capture_output=True, text=True, check=True)

    assert len(set(said.stdout.split())) == 2
