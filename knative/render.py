"""Render the overlays with kustomize: `python -m knative.render`, or `--check` to see whether they are fresh.

A rendered file begins with digests of what it was made from and of itself, so that staleness and a change by hand show
on machines without kustomize.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OVERLAYS = ("local", "kind")
KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"
READ = {".yaml", ".py", ".sh", ".txt"}
TOOLS = ROOT / ".taskora" / "tools"


def main() -> None:
    stale = []
    for overlay in OVERLAYS:
        target = rendered_file(overlay)
        if "--check" not in sys.argv:
            target.write_text(render(overlay))
        elif not is_fresh(overlay):
            stale.append(str(target.relative_to(ROOT)))
    if stale:
        sys.exit(f"{', '.join(stale)}: not made from what stands in knative/ and eventing/ now. Run `make manifests`.")


def rendered_file(overlay: str) -> Path:
    return ROOT / "knative" / "overlays" / overlay / "rendered.yaml"


def is_fresh(overlay: str) -> bool:
    first, second, body = rendered_file(overlay).read_text().split("\n", 2)
    return f"{first}\n{second}\n" == header(overlay, body)


def header(overlay: str, body: str) -> str:
    digest = hashlib.sha256()
    for path in sources(overlay):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    made = hashlib.sha256(body.encode()).hexdigest()
    return f"# Made by `make manifests`. Digest of the sources: {digest.hexdigest()}\n# and of what follows: {made}\n"


def sources(overlay: str) -> list[Path]:
    folders = (ROOT / "knative" / "base", ROOT / "eventing" / "base", ROOT / "knative" / "overlays" / overlay)
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in READ)
    return sorted(path for path in found if path.name not in ("rendered.yaml", "routes.yaml"))


def render(overlay: str) -> str:
    built = subprocess.run(  # noqa: S603
        [kustomize(), "build", str(rendered_file(overlay).parent)], check=True, capture_output=True, text=True
    )
    return header(overlay, built.stdout) + built.stdout


def kustomize() -> str:
    """What is installed, or our own build of the pinned version."""
    if found := shutil.which("kustomize") or shutil.which("kustomize", path=TOOLS):
        return found
    go = shutil.which("go")
    if go is None:
        sys.exit("Rendering needs kustomize, or Go 1.24 or newer to build it: install one of them.")
    TOOLS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        environment = os.environ | {"GOBIN": folder, "GOFLAGS": "-mod=mod"}
        subprocess.run([go, "install", KUSTOMIZE], check=True, env=environment, cwd="/")  # noqa: S603
        return str(Path(folder, "kustomize").replace(TOOLS / "kustomize"))  # whoever else builds one does no harm


if __name__ == "__main__":
    main()
