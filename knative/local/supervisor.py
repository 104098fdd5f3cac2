"""Keep components running until somebody asks for the end: what dies is started again, or it is said why not."""

import os
import select
import signal
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from subprocess import Popen
from types import FrameType
from typing import Protocol

from knative.local import guardian
from knative.local.server import DidNotStart
from knative.local.trouble import Trouble, say

FAREWELLS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TOO_OFTEN = 5  # ends …
_WITHIN = 60.0  # … in so many seconds


class Component(Protocol):
    """Something that runs, and can be started again with what it had."""

    @property
    def name(self) -> str: ...

    @property
    def process(self) -> Popen[bytes]: ...

    def start_again(self) -> None: ...

    def stop(self) -> None: ...


class End:
    """The wish to end, by Ctrl-C, by `kill`, by the terminal closing. Said twice, it is meant at once."""

    def __init__(self) -> None:
        self.is_wished = False
        self._waking, wakes = _pipe()
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake up
        for number in FAREWELLS:
            if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup asks to stay
                signal.signal(number, self._wish)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, FAREWELLS)

    def wait(self, seconds: float) -> None:
        """Until the wish, a child's end, or the time: whatever comes first."""
        if not self.is_wished and select.select([self._waking], [], [], seconds)[0]:
            os.read(self._waking, 4096)

    def _wish(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_wished:
            raise KeyboardInterrupt
        self.is_wished = True


def keep_running(components: Sequence[Component], end: End) -> None:
    ends: dict[str, Ends] = defaultdict(Ends)
    while not end.is_wished:
        for component in components:
            if component.process.poll() is not None and not end.is_wished:
                _revive(component, ends[component.name])
        guardian.present()
        end.wait(1.0)


def stop(components: Sequence[Component]) -> None:
    """In the reverse order of their start; asked for a second time, at once."""
    try:
        for component in reversed(components):
            component.stop()
    except KeyboardInterrupt:
        for component in components:
            component.process.kill()
            component.process.wait()


class Ends:
    """When a component ended lately, and why it did not come back."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_TOO_OFTEN)
        self.why = ""

    def note(self) -> None:
        self._times.append(time.monotonic())

    def are_too_many(self) -> bool:
        return len(self._times) == _TOO_OFTEN and self._times[-1] - self._times[0] < _WITHIN


def _revive(component: Component, ends: Ends) -> None:
    how = _how_it_ended(component.process.returncode)
    ends.note()
    if ends.are_too_many():
        why = ends.why or f"the last time {how}; see its log in .taskora"
        raise Trouble(f"{component.name} ended {_TOO_OFTEN} times within a minute: {why}")
    say(f"  {component.name} ended ({how}); starting it again")
    try:
        component.start_again()
    except (DidNotStart, Trouble) as problem:
        # What ended it may have hit it again while it started. If it is something lasting, it ends too often.
        ends.why = str(problem)
        say(f"  {component.name} is not back yet")
    else:
        ends.why = ""
        say(f"  {component.name} is back")


def _how_it_ended(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"


def _pipe() -> tuple[int, int]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    return reading, writing
