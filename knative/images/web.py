"""The image `web`, the one door to the outside: the page, and nginx told who answers what, under `app/`.

It is the gateway of `knative/runner/gateway.py` again, made of the same routes and the same promises.
"""

import shutil
from pathlib import Path

from knative.images import configuration
from knative.images.tree import ROOT, size
from knative.local import page as built
from knative.runner.routes import Routes

NGINX = "1.28"
BASE = f"nginx:{NGINX}"
OURS = ROOT / "knative" / "images" / "nginx"


def build(tree: Path) -> dict[str, int]:
    built.build(ROOT / "frontend")
    return lay_out(tree, Routes.read(ROOT / "knative/base/routes.yaml"), ROOT / "frontend/dist")


def lay_out(tree: Path, routes: Routes, page: Path) -> dict[str, int]:
    app = tree / "app"
    shutil.copytree(OURS, app)
    shutil.copytree(page, app / "page", ignore=links)
    for name, text in configuration.files(routes, app / "page").items():
        (app / name).write_text(text)
    built.compress(app / "page")
    return {part.name: size(part) for part in app.iterdir()}


def links(folder: str, names: list[str]) -> set[str]:
    """What leads out of the page is no part of it, and nginx need not look for it with each request."""
    return {name for name in names if Path(folder, name).is_symlink()}
