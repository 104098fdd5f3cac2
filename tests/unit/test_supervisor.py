"""Keeping components running. That the real ones come back is shown in tests/e2e."""

import subprocess

import pytest

from knative.local.supervisor import End, keep_running
from knative.local.trouble import Trouble


class Quiet(End):
    """Nobody presses Ctrl-C here, and nobody waits."""

    def __init__(self) -> None:
        self.is_wished = False

    def wait(self, seconds: float) -> None: ...


class Fragile:
    """Ended, and hit again in its next starts."""

    name = "Fragile"

    def __init__(self, end: End, failing_starts: int) -> None:
        self._end, self.failing_starts = end, failing_starts
        self.process = _ended()

    def start_again(self) -> None:
        if self.failing_starts:
            self.failing_starts -= 1
            self.process = _ended()
            raise Trouble("it was hit while it started")
        self._end.is_wished = True

    def stop(self) -> None: ...


def test_a_component_that_is_hit_while_it_starts_is_started_once_more() -> None:
    end = Quiet()
    fragile = Fragile(end, failing_starts=2)

    keep_running([fragile], end)

    assert fragile.failing_starts == 0


def test_a_component_that_never_starts_is_given_up() -> None:
    end = Quiet()

    with pytest.raises(Trouble, match="Fragile ended 5 times within a minute"):
        keep_running([Fragile(end, failing_starts=100)], end)


def _ended() -> subprocess.Popen[bytes]:
    process = subprocess.Popen(["false"])
    process.wait()
    return process
