"""The image `web`, the one door to the outside: the page, and nginx told who answers what, under `app/`.

It is the gateway of `knative/runner/gateway.py` again, made of the same routes and the same promises.
"""

import gzip
import shutil
from pathlib import Path

from knative.images import configuration
from knative.images.tree import ROOT, size
from knative.local import page as built
from knative.runner.routes import Routes

NGINX = "1.28"
BASE = f"nginx:{NGINX}"
OURS = ROOT / "knative" / "images" / "nginx"

COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"}
WORTH_IT = 1024  # bytes; what is shorter fits into one packet anyhow


def build(tree: Path) -> dict[str, int]:
    built.build(ROOT / "frontend", ROOT / ".taskora")
    return lay_out(tree, Routes.read(ROOT / "knative/base/routes.yaml"), ROOT / "frontend/dist")


def lay_out(tree: Path, routes: Routes, page: Path) -> dict[str, int]:
    app = tree / "app"
    shutil.copytree(OURS, app)
    shutil.copytree(page, app / "page", ignore=links)
    for name, text in configuration.files(routes, app / "page").items():
        (app / name).write_text(text)
    compress(app / "page")
    return {part.name: size(part) for part in app.iterdir()}


def links(folder: str, names: list[str]) -> set[str]:
    """What leads out of the page is no part of it, and nginx need not look for it with each request."""
    return {name for name in names if Path(folder, name).is_symlink()}


def compress(page: Path) -> None:
    """Once and well, rather than with each answer."""
    for file in [path for path in page.rglob("*") if path.suffix in COMPRESSED]:
        if file.stat().st_size > WORTH_IT:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))
