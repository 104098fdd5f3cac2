"""Since when this process has looked at what is due, and has not been away from it.

What is late though somebody was there all the time had to wait for very many others: that is no outage, and each is
told by itself. What was due before anybody looked was missed.
"""

from datetime import datetime, timedelta

MOMENT = timedelta(minutes=1)  # so long nobody may have looked, and nothing is missed


class Vigil:
    def __init__(self) -> None:
        self._since: datetime | None = None
        self._last: datetime | None = None

    def looks(self, now: datetime) -> None:
        """A machine that slept was away, too, and so was whoever had nothing to wait for."""
        if self._since is None or self._last is None or not self._last - MOMENT <= now <= self._last + MOMENT:
            self._since = now
        self._last = now

    @property
    def missed_before(self) -> datetime:
        assert self._since is not None, "somebody looks before something fires"
        return self._since - MOMENT


vigil = Vigil()
