"""What nginx is told that the code knows already: routes, headers, the page's files. The rest is in `nginx/`."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from knative.gateway import BODY_LIMIT, PASSED, REQUEST_ID, SECURITY
from knative.runner.page import content_type
from knative.runner.routes import INSIDE_ONLY, UNSAFE, Routes

# Never empty, nor a step up, however it is written.
PARAMETER = r"(?!(?:\.|%2[Ee]){1,2}(?:/|$))[^/]+"


def files(routes: Routes, page: Path) -> dict[str, str]:
    return {
        "routes.conf": _lines(_routes(routes)),
        "headers.conf": _lines(_headers()),
        "page.conf": _lines(_page(page)),
    }


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _routes(routes: Routes) -> Iterator[str]:
    places = [
        ("/".join("{}" if segment is None else segment for segment in ["", *segments]), segments, functions)
        for segments, functions in routes.in_order()
    ]
    patterns = [("~" + UNSAFE, "")]  # a slash in disguise would make it another path inside the function
    patterns += [(f"~^{_pattern(segments)}$", place) for place, segments, _ in places]
    yield from _map("$path", "$place", patterns)
    answers = [(f"{method} {place}", name) for place, _, functions in places for method, name in functions.items()]
    yield from _map("$request_method $place", "$function", answers)
    methods = [(place, ", ".join(sorted(functions))) for place, _, functions in places]
    yield from _map("$place", "$allowed", [*methods, ("default", "GET, HEAD")])


def _pattern(segments: Iterable[str | None]) -> str:
    return "".join("/" + (PARAMETER if segment is None else re.escape(segment)) for segment in segments)


def _headers() -> Iterator[str]:
    """Header by header what a function hears, and what is added to every answer."""
    yield f"client_max_body_size {BODY_LIMIT};"
    yield from _map(
        "$http_x_request_id", "$id", [(f"~^{REQUEST_ID}$", "$http_x_request_id"), ("default", "$request_id")]
    )
    inward = {
        "host": "$function.$functions_domain",
        "x-forwarded-host": "$http_host",
        "x-forwarded-proto": "$client_scheme",
        "x-forwarded-for": "$remote_addr",
        "x-request-id": "$id",
    } | {name: _variable("http", name) for name in PASSED}
    yield from (f"proxy_set_header {name} {value};" for name, value in inward.items())
    for name, value in SECURITY:
        added = "$" + name.replace("-", "_")
        yield from _map(_variable("upstream_http", name), added, [("", value)])
        yield f"add_header {name} {added} always;"
    for name, value in {
        "x-request-id": "$id",
        "allow": "$allow",
        "retry-after": "$retry_after",
        "cache-control": "$cache",
        "etag": "$etag",
    }.items():
        yield f"add_header {name} {value} always;"


def _variable(kind: str, header: str) -> str:
    return f"${kind}_{header.replace('-', '_')}"


def _page(page: Path) -> Iterator[str]:
    present = sorted(path for path in page.rglob("*") if path.is_file())
    inside = "|".join(re.escape(path) for path in sorted(INSIDE_ONLY))
    yield from _map("$uri", "$is_no_page", [(rf"~^(?:{inside})$|/\.|\\", "1")])
    yield "types {"
    yield from sorted({f"  {_quoted(content_type(path))} {path.suffix[1:]};" for path in present if path.suffix})
    yield "}"
    yield "default_type application/octet-stream;"
    tags = [
        (f"~^no-cache /{re.escape(path.relative_to(page).as_posix())}$", f'W/"{_digest(path)}"')
        for path in present
        if path.relative_to(page).parts[0] != "assets"
    ]
    # An empty one would take away a function's own.
    yield from _map("$cache $uri", "$etag", [*tags, ("default", "$upstream_http_etag")])
    yield from _map("$etag $http_if_none_match", "$is_unchanged", [(r"~^(\S+) \1$", "1")])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:20]


def _map(of: str, to: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'map "{of}" {to} {{'
    for key, value in pairs:
        yield f"  {key if key == 'default' else _quoted(key)} {_quoted(value)};"
    yield "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
