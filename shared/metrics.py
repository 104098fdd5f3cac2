"""Counts for Prometheus, in its text format.

Own code, because the client library costs a cold start more than this file is long: it brings a web server, and
every function would import it before its first answer.
"""

from bisect import bisect_left
from collections.abc import Iterator

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

_counts: dict[str, dict[tuple[tuple[str, str], ...], int]] = {}
# Of requests, by method, route and status: a whole count for each bound, for +Inf, then the sum.
_durations: dict[tuple[str, str, int], list[float]] = {}
_histograms: dict[str, dict[tuple[tuple[str, str], ...], list[float]]] = {}  # the same of anything else, by its labels
_levels: dict[str, int] = {}


def count(name: str, amount: int = 1, **labels: str) -> None:
    series = _counts.setdefault(name, {})
    key = tuple(labels.items())
    series[key] = series.get(key, 0) + amount


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    key = (method, route, status)
    buckets = _durations.get(key)
    if buckets is None:
        buckets = _durations[key] = [0] * (len(_BOUNDS) + 2)
    _add(buckets, seconds)


def _add(buckets: list[float], seconds: float) -> None:
    buckets[bisect_left(_BOUNDS, seconds)] += 1
    buckets[-1] += seconds


def observe(name: str, seconds: float, **labels: str) -> None:
    series = _histograms.setdefault(name, {})
    _add(series.setdefault(tuple(labels.items()), [0] * (len(_BOUNDS) + 2)), seconds)


def level(name: str, value: int) -> None:
    """As it is now: it goes up and down."""
    _levels[name] = value


def exposition() -> str:
    lines = []
    for name, series in _counts.items():
        lines.append(f"# TYPE {name} counter")
        lines += [f"{name}{_braces(labels)} {value}" for labels, value in series.items()]
    lines += [line for name, value in _levels.items() for line in (f"# TYPE {name} gauge", f"{name} {value}")]
    lines.append("# TYPE http_request_duration_seconds histogram")
    for (method, route, status), buckets in _durations.items():
        labels = (("method", method), ("route", route), ("status", str(status)))
        lines += _histogram("http_request_duration_seconds", labels, buckets)
    for name, observed in _histograms.items():
        lines.append(f"# TYPE {name} histogram")
        lines += [line for labels, buckets in observed.items() for line in _histogram(name, labels, buckets)]
    return "\n".join(lines) + "\n"


def _histogram(name: str, labels: tuple[tuple[str, str], ...], buckets: list[float]) -> Iterator[str]:
    running: float = 0
    for bound, amount in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=False):
        running += amount
        yield f"{name}_bucket{_braces((*labels, ('le', bound)))} {running}"
    yield f"{name}_sum{_braces(labels)} {buckets[-1]}"
    yield f"{name}_count{_braces(labels)} {running}"


def _braces(labels: tuple[tuple[str, str], ...]) -> str:
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in labels) + "}" if labels else ""
