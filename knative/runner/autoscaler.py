"""How many processes a Service should have: Knative's arithmetic over the requests it holds at once."""

import math
from collections import deque

from knative.runner.manifests import Service

PANIC_SHARE = 0.1  # of the window; what a sudden rush is judged by
PANIC_THRESHOLD = 2.0  # that many times what is there now
ROUNDING = 1e-6  # exactly at the target is not above it, whatever the last digits say


class Load:
    """The requests at once, over time, as averages of a window."""

    def __init__(self, now: float) -> None:
        self._began = self._last = now
        self._level = 0
        self._seconds: deque[list[float]] = deque()  # [which second, requests by seconds within it]

    def change(self, now: float, level: int) -> None:
        if self._level:
            self._add(self._last, now)
        elif level and not self._seconds:
            self._began = now  # after a window without any, the past is no part of the average
        self._last, self._level = now, level

    def _add(self, start: float, end: float) -> None:
        while start < end:
            second = math.floor(start)
            until = min(end, second + 1)
            if not self._seconds or self._seconds[-1][0] != second:
                self._seconds.append([second, 0.0])
            self._seconds[-1][1] += self._level * (until - start)
            start = until

    def average(self, now: float, window: float) -> float:
        """Over the window, or what there has been of it."""
        self.change(now, self._level)
        start = now - window
        area = sum(area * min(1.0, second + 1 - start) for second, area in self._seconds if second + 1 > start)
        return area / max(min(window, now - self._began), 1.0)

    def forget(self, before: float) -> None:
        while self._seconds and self._seconds[0][0] + 1 <= before:
            self._seconds.popleft()


class Autoscaler:
    def __init__(self, service: Service, now: float) -> None:
        self._service = service
        self.load = Load(now)
        self._panics_until = -math.inf
        self._panic_most = 0
        self._wanted: deque[tuple[float, int]] = deque()
        self._empty_since: float | None = None

    def decide(self, now: float, ready: int) -> int:
        """The number of processes wanted now, within what the manifest allows."""
        service = self._service
        wanted = max(self._steady(now), self._panic(now, ready))
        wanted = max(wanted, service.min_scale)
        if service.max_scale:
            wanted = min(wanted, service.max_scale)
        return self._retained(now, self._delayed(now, wanted))

    def _steady(self, now: float) -> int:
        self.load.forget(now - self._service.window)
        return self._processes_for(self.load.average(now, self._service.window))

    def _processes_for(self, requests: float) -> int:
        return math.ceil(requests / self._service.target - ROUNDING)

    def _panic(self, now: float, ready: int) -> int:
        wanted = self._processes_for(self.load.average(now, self._service.window * PANIC_SHARE))
        if wanted >= PANIC_THRESHOLD * max(ready, 1):
            self._panics_until = now + self._service.window
        if now >= self._panics_until:
            self._panic_most = 0
            return 0
        # In a panic nothing is taken away.
        self._panic_most = max(self._panic_most, wanted, ready)
        return self._panic_most

    def _delayed(self, now: float, wanted: int) -> int:
        """Go down only to the most that was wanted during scale-down-delay."""
        self._wanted.append((now, wanted))
        while self._wanted[0][0] < now - self._service.scale_down_delay:
            self._wanted.popleft()
        return max(number for _, number in self._wanted)

    def _retained(self, now: float, wanted: int) -> int:
        """The last process stays for the retention period after the decision to have none."""
        if wanted:
            self._empty_since = None
            return wanted
        if self._empty_since is None:
            self._empty_since = now
        return 0 if now - self._empty_since >= self._service.retention else 1
