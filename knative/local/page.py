"""Build the page, and only when something it is made of has changed."""

import gzip
import hashlib
from pathlib import Path

from knative.local import machine
from knative.local.programs import run
from knative.local.trouble import step

COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest"}
WORTH_IT = 1024  # bytes; what is shorter fits into one packet anyhow
_NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results"}


def build(frontend: Path) -> None:
    if is_built(frontend):
        return
    install_packages(frontend)
    digest = digest_of(frontend)  # of before: what changes meanwhile is built the next time
    with step("Building the page"):
        run(
            ["npm", "run", "build"],
            frontend,
            failure="the page could not be built",
            remedy="mend what it names in frontend/ and run it again",
        )
        compress(frontend / "dist")
        mark(frontend, digest)


def mark(frontend: Path, digest: str) -> None:
    """The page that is there was built of sources with this digest."""
    _stamp(frontend).write_text(digest)


def is_built(frontend: Path) -> bool:
    stamp = _stamp(frontend)
    return (frontend / "dist/index.html").exists() and stamp.exists() and stamp.read_text() == digest_of(frontend)


def _stamp(frontend: Path) -> Path:
    """Inside, so that it goes when that goes, and comes with it; and hidden, so that no gateway shows it."""
    return frontend / "dist" / ".built-of"


def compress(page: Path) -> None:
    """Once and well, rather than with each answer. Either gateway sends what lies beside a file to who takes it."""
    for file in [path for path in page.rglob("*") if path.suffix in COMPRESSED]:
        if file.stat().st_size > WORTH_IT:
            file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))


def install_packages(frontend: Path) -> None:
    """`npm ci`, unless exactly these packages are there already."""
    machine.node()
    wanted = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = frontend / "node_modules" / ".installed"  # inside, so that it goes when they go
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Installing the page's packages"):
        run(
            ["npm", "ci", "--no-audit", "--no-fund"],
            frontend,
            failure="the page's packages could not be installed",
            remedy="check that the npm registry can be reached and run it again",
        )
        stamp.write_text(wanted)


def digest_of(frontend: Path) -> str:
    """Of every file the page is made of, its name and its content."""
    digest = hashlib.sha256()
    for file in sorted(_sources(frontend)):
        digest.update(f"{file.relative_to(frontend)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> list[Path]:
    entries = [entry for entry in folder.iterdir() if entry.name not in _NOT_SOURCES]
    inner = [file for entry in entries if entry.is_dir() for file in _sources(entry)]
    return inner + [entry for entry in entries if entry.is_file()]
