"""A document's values, read with their path in hand: whatever is wrong is said by its place and name."""

import re
from dataclasses import dataclass
from typing import Any


class Wrong(ValueError):
    """One thing in one object; its path is in front."""


@dataclass(frozen=True)
class At:
    """A place in a document, which knows its path so that whatever is wrong there can be said."""

    value: Any
    path: str = ""

    def __getitem__(self, key: str | int) -> "At":
        if self.value is None:
            return At(None, self._step(key))
        if not isinstance(self.value, dict):
            raise Wrong(f"{self.path} must be a mapping")
        return At(self.value.get(key), self._step(key))

    def __bool__(self) -> bool:
        return self.value is not None

    def _step(self, key: str | int) -> str:
        if isinstance(key, int) or "/" in key:
            return f"{self.path}[{key}]"
        return f"{self.path}.{key}" if self.path else key

    def items(self) -> list["At"]:
        if self.value is None:
            return []
        if not isinstance(self.value, list):
            raise Wrong(f"{self.path} must be a list")
        return [At(value, self._step(index)) for index, value in enumerate(self.value)]

    def text(self, default: str | None = None) -> str:
        if self.value is None and default is not None:
            return default
        if not isinstance(self.value, str) or (not self.value and default is None):
            raise Wrong(f"{self.path} must be a text" + ("" if self.value is not None else "; it is missing"))
        return self.value

    def one_of(self, *allowed: str, default: str) -> str:
        value = self.text(default)
        if value not in allowed:
            raise Wrong(f"{self.path}: {value} is not supported by the runner; {' or '.join(allowed)} is")
        return value

    def number(self, default: float, low: float, high: float) -> float:
        """A number, also one written as text, as annotations have to be."""
        value = default if self.value is None else self.value
        try:
            number = float(value) if not isinstance(value, bool) else None
        except (TypeError, ValueError):
            number = None
        if number is None or not low <= number <= high:
            raise Wrong(f"{self.path} must be a number from {low:g} to {high:g}, not {value!r}")
        return number

    def whole(self, default: int, low: int, high: int) -> int:
        number = self.number(default, low, high)
        if number != int(number):
            raise Wrong(f"{self.path} must be a whole number, not {self.value!r}")
        return int(number)

    def texts(self) -> dict[str, str]:
        if self.value is None:
            return {}
        if not (isinstance(self.value, dict) and all(isinstance(value, str) for value in self.value.values())):
            raise Wrong(f"{self.path} must be a mapping of texts")
        return dict(self.value)

    def go_duration(self, default: float, low: float, high: float) -> float:
        """Seconds of a duration as Go writes it: 6s, 1m30s."""
        if self.value is None:
            return default
        text = str(self.value)
        if not _GO_DURATION.fullmatch(text):
            raise Wrong(f"{self.path} must be a duration such as 6s or 1m30s, not {text!r}")
        seconds = sum(float(n) * _GO_UNITS[unit] for n, unit in _GO_PART.findall(text))
        if not low <= seconds <= high:
            raise Wrong(f"{self.path} must be from {low:g}s to {high:g}s, not {text}")
        return seconds

    def iso_duration(self, default: float) -> float:
        """Seconds of a duration as ISO 8601 writes it: PT1S, PT0.2S, P1DT2H."""
        if self.value is None:
            return default
        match = _ISO_DURATION.fullmatch(str(self.value))
        if match is None or not any(match.groups()):
            raise Wrong(f"{self.path} must be an ISO 8601 duration such as PT1S, not {self.value!r}")
        return sum(float(n) * unit for n, unit in zip(match.groups(), (86400, 3600, 60, 1), strict=True) if n)


_GO_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}
_GO_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_GO_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h))+|0")
_ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
