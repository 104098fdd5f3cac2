"""A tree is a folder to be laid over a base image at `/`: made twice of one source, the same to the last bit."""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TREES = ROOT / ".taskora" / "images"
MADE = 315532800  # 1980: no file is younger than another, whenever it was made


def lay(name: str, build: Callable[[Path], dict[str, int]], trees: Path = TREES) -> dict[str, int]:
    """Build a tree beside the old one, then take its place. Says what it is made of, in bytes."""
    trees.mkdir(parents=True, exist_ok=True)
    new, old = trees / f".{name}-{os.getpid()}", trees / f".{name}-{os.getpid()}-old"
    new.mkdir()
    try:
        parts = build(new)
        make_alike(new)
        if (trees / name).exists():
            (trees / name).rename(old)
        new.rename(trees / name)
    finally:
        for folder in (new, old):
            shutil.rmtree(folder, ignore_errors=True)
    return parts


def make_alike(tree: Path) -> None:
    """Readable for everybody and writable for its owner alone, whatever the umask was; and of one age."""
    for path in [tree, *tree.rglob("*")]:
        runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (MADE, MADE))


def digest(tree: Path) -> str:
    found = hashlib.sha256()
    for path in files(tree):
        found.update(f"{path.relative_to(tree)}\0{path.stat().st_mode:o}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return f"sha256:{found.hexdigest()}"


def size(*paths: Path) -> int:
    return sum(file.stat().st_size for path in paths for file in files(path))


def files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(file for file in path.rglob("*") if file.is_file())
