"""Counts for Prometheus, in its text format.

Own code, because the client library costs a cold start more than this file is long: it brings a web server, and
every function would import it before its first answer.
"""

from bisect import bisect_left

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

_counts: dict[str, dict[tuple[tuple[str, str], ...], int]] = {}
# Of requests, by method, route and status: a whole count for each bound, for +Inf, then the sum.
_durations: dict[tuple[str, str, int], list[float]] = {}


def count(name: str, amount: int = 1, **labels: str) -> None:
    series = _counts.setdefault(name, {})
    key = tuple(labels.items())
    series[key] = series.get(key, 0) + amount


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    key = (method, route, status)
    buckets = _durations.get(key)
    if buckets is None:
        buckets = _durations[key] = [0] * (len(_BOUNDS) + 2)
    buckets[bisect_left(_BOUNDS, seconds)] += 1
    buckets[-1] += seconds


def exposition() -> str:
    lines = []
    for name, series in _counts.items():
        lines.append(f"# TYPE {name} counter")
        lines += [f"{name}{_braces(labels)} {value}" for labels, value in series.items()]
    lines.append("# TYPE http_request_duration_seconds histogram")
    for (method, route, status), buckets in _durations.items():
        labels = (("method", method), ("route", route), ("status", str(status)))
        running: float = 0
        for bound, amount in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=False):
            running += amount
            lines.append(f"http_request_duration_seconds_bucket{_braces((*labels, ('le', bound)))} {running}")
        lines.append(f"http_request_duration_seconds_sum{_braces(labels)} {buckets[-1]}")
        lines.append(f"http_request_duration_seconds_count{_braces(labels)} {running}")
    return "\n".join(lines) + "\n"


def _braces(labels: tuple[tuple[str, str], ...]) -> str:
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in labels) + "}" if labels else ""
