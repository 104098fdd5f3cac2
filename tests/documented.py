"""Whatever a person is answered in any test, the API document says that it may be."""

import json
import re
from functools import cache

import httpx

from tests.world import ROOT


def must_be(response: httpx.Response) -> None:
    request = response.request
    documented = answers(request.method.lower(), request.url.path)
    assert documented is None or response.status_code in documented, (
        f"{response.status_code} to {request.method} {request.url.path} is not in the API document"
    )


def answers(method: str, path: str) -> frozenset[int] | None:
    """None: the document has no such operation, so it says nothing about it."""
    return next((said for route, said in operations(method) if route.fullmatch(path)), None)


@cache
def operations(method: str) -> list[tuple[re.Pattern[str], frozenset[int]]]:
    """Those without a parameter first, as routes are found."""
    paths = json.loads((ROOT / "frontend/public/api/openapi.json").read_text())["paths"]
    return [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), frozenset(map(int, paths[path][method]["responses"])))
        for path in sorted(paths, key=lambda path: path.count("{"))
        if method in paths[path]
    ]
