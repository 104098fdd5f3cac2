"""What a cluster would say to the rendered overlays: `python -m tests.contract.admission`.

The judge is `manifestcheck`, which runs Knative's and Kubernetes' own admission code. It is built with Go, once for
each state of its sources, and kept in `.taskora/tools`: the first build takes minutes, and Go's caches a gigabyte.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from knative import render

SOURCE = Path(__file__).with_name("manifestcheck")
PATIENCE = 900  # seconds; a cold build is 110 s of one core


class NoGo(Exception):
    """The judge cannot be built here; says why."""


def main() -> None:
    try:
        refused = judge(render.rendered_file(overlay) for overlay in render.OVERLAYS)
    except NoGo as reason:
        print(f"Not checked by Knative's own admission: {reason}", file=sys.stderr)  # noqa: T201
        return
    if refused:
        sys.exit("\n".join(refused))


def judge(files: Iterable[Path]) -> list[str]:
    """Why a cluster would refuse something in these files: a line for each reason."""
    words = [str(program()), *map(str, files)]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    if ended.returncode not in (0, 1):
        raise RuntimeError(ended.stderr)
    lines = ended.stdout.splitlines()
    assert sum(" documents" in line for line in lines) == len(words) - 1, ended
    return [line for line in lines if not re.search(r": \d+ documents$", line)]


def program() -> Path:
    digest = hashlib.sha256()
    for path in sorted(each for each in SOURCE.iterdir() if each.suffix in {".go", ".mod", ".sum"}):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    built = render.TOOLS / f"manifestcheck-{digest.hexdigest()[:16]}"
    if not built.exists():
        build(built)
    return built


def build(built: Path) -> None:
    go = shutil.which("go")
    if go is None or version_of(go) < needed():
        raise NoGo(f"Go {'.'.join(map(str, needed()))} or newer is not installed")
    environment = os.environ | {"GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": "-mod=readonly"}
    if with_go(go, "mod", "download", environment=environment).returncode:
        raise NoGo("its Go modules cannot be fetched")
    built.parent.mkdir(parents=True, exist_ok=True)
    new = built.with_name(f"{built.name}.{os.getpid()}")
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    compiled = with_go(*polite, go, "build", "-o", str(new), ".", environment=environment)
    if compiled.returncode:
        raise RuntimeError(compiled.stderr)
    for older in built.parent.glob("manifestcheck-*"):
        if older != new:
            older.unlink(missing_ok=True)
    new.replace(built)


def with_go(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=SOURCE, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def version_of(go: str) -> tuple[int, ...]:
    environment = os.environ | {"GOTOOLCHAIN": "local"}
    said = with_go(go, "env", "GOVERSION", environment=environment).stdout
    found = re.search(r"go(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def needed() -> tuple[int, ...]:
    [said] = re.findall(r"^go (\d+)\.(\d+)", (SOURCE / "go.mod").read_text(), re.MULTILINE)
    return tuple(map(int, said))


if __name__ == "__main__":
    main()
