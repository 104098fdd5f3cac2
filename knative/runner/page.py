"""The static page: its files, and index.html for every address that the page itself knows how to show."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote

from aiohttp import web

from knative.runner.routes import INSIDE_ONLY

FOREVER = "public, max-age=31536000, immutable"  # a file under assets/ has its content's hash in its name
ASK_EACH_TIME = "no-cache"
DOCUMENT = "/api/openapi.json"  # of the whole API; nothing else below /api is a file

# The system's own table differs from machine to machine.
TYPES = mimetypes.MimeTypes(filenames=())
TYPES.add_type("text/javascript", ".js")
TYPES.add_type("application/manifest+json", ".webmanifest")
TYPES.add_type("font/woff2", ".woff2")


class NotThere(Exception):
    """The page has no such file, and this is no address of the page either."""


class Page:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None

    def file(self, path: str) -> web.FileResponse:
        """The answer to a GET of that raw path."""
        if self._folder is None or path in INSIDE_ONLY:
            raise NotThere
        name = unquote(path, errors="strict") if _is_utf8(path) else ""
        parts = name.split("/")[1:]
        if not name or "\0" in name or "\\" in name or any(part.startswith(".") for part in parts):
            raise NotThere
        file = self._folder.joinpath(*parts)
        if not _is_within(self._folder, file):
            if parts[0] in {"assets", "api"}:
                # An old page asks for a file of its time: index.html would not be that script, nor the document.
                raise NotThere
            file = self._folder / "index.html"
            if not file.is_file():
                raise NotThere
        cache = FOREVER if file.parent == self._folder / "assets" else ASK_EACH_TIME
        return web.FileResponse(file, headers={"cache-control": cache, "content-type": content_type(file)})


def content_type(file: Path) -> str:
    kind = TYPES.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _is_within(folder: Path, file: Path) -> bool:
    try:
        return file.is_file() and file.resolve().is_relative_to(folder)
    except OSError:
        return False  # such a name as no file can have


def _is_utf8(path: str) -> bool:
    try:
        unquote(path, errors="strict")
    except UnicodeDecodeError:
        return False
    return True
