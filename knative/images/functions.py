"""The image of all functions and of the migrations: our code, the packages it needs, their bytecode; all under `app/`.

The packages come from the lock as wheels for Linux on this kind of processor, but for one that has none. Bytecode is
for one minor version of Python, the one that builds the tree; `app/base` names the image to lay the tree over.
"""

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from knative.images.tree import ROOT, size

BASE = f"python:{sys.version_info.major}.{sys.version_info.minor}-slim"
LIBC = "manylinux_2_28"  # what wheels ask of the system; Debian has had it since version 10
UV = ROOT / ".taskora/tools/bin/uv"
START = Path(__file__).with_name("start.py")

# What packages declare to need, and only other uses of them do: tests/integration/test_image_tree.py goes without it.
NEVER_IMPORTED = {
    "cffi": "makes argon2's binding, which needs but its _cffi_backend",
    "pycparser": "as cffi",
    "idna": "for clients of anyio",
    "opentelemetry": "see shared/hollow.py",
}
WITHOUT_A_WHEEL = {"http-ece": "pure Python, which is the same wherever it is built"}
READ_THEIR_SOURCE = {"anyio": "what it may import late; without it, all of it is imported at once, which takes 12 ms"}
FOR_INSTALLERS = ("bin", ".lock", "*.dist-info")
FOR_COMPILERS = ("*.pyi", "*.pyx", "*.pxd", "*.h", "py.typed")


def build(tree: Path) -> dict[str, int]:
    app = tree / "app"
    packages = app / "site-packages"
    install(packages)
    for pattern in (*NEVER_IMPORTED, *FOR_INSTALLERS):
        remove(packages.glob(pattern))
    for pattern in FOR_COMPILERS:
        remove(packages.rglob(pattern))
    take_in(app)
    compile_to_bytecode(app, tree)
    (app / "base").write_text(f"{BASE}\n")
    return {part.name: size(part) for part in [*packages.iterdir(), *app.iterdir()] if part != packages}


def install(packages: Path) -> None:
    """What the lock says the functions need, and nothing of the groups for development."""
    export = [str(UV), "export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project"]
    locked = subprocess.run(export, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603
    machine = {"arm64": "aarch64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    wheels = [
        "--only-binary=:all:",
        *(f"--no-binary={name}" for name in WITHOUT_A_WHEEL),
        "--no-deps",
        "--require-hashes",
        f"--python-platform={machine}-{LIBC}",
    ]
    place = ["--python", sys.executable, "--target", str(packages), "--link-mode=copy"]
    command = [str(UV), "pip", "install", "--quiet", *wheels, *place, "--requirements", "-"]
    subprocess.run(command, cwd=ROOT, input=locked, check=True)  # noqa: S603


def take_in(app: Path) -> None:
    """Our code with its SQL; not what writes documents, nor what the `func` CLI starts."""
    functions = [main.parent for main in ROOT.glob("functions/*/main.py")]
    for folder in [ROOT / "shared", *functions]:
        for path in [*folder.rglob("*.py"), *folder.rglob("*.sql")]:
            if not {"function", ".func"} & {*path.relative_to(ROOT).parts}:  # the latter are whole environments
                target = app / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    shutil.copyfile(START, app / START.name)


def compile_to_bytecode(app: Path, tree: Path) -> None:
    """It names files by their place in the image, and is valid whatever their age, which building an image resets:
    a start that has to compile takes three times as long. Ours keeps its source, which tracebacks show.
    """
    packages = app / "site-packages"
    with_source = [app / "functions", app / "shared", *(packages / name for name in READ_THEIR_SOURCE)]
    without = [path for path in packages.iterdir() if path not in with_source]
    python = [sys.executable, "-I", "-m", "compileall", "-q", "--invalidation-mode=unchecked-hash"]
    for paths, beside in ((with_source, []), (without, ["-b"])):
        subprocess.run([*python, *beside, "-s", str(tree), "-p", "/", *map(str, paths)], check=True)  # noqa: S603
    for path in without:
        remove([path] if path.suffix == ".py" else path.rglob("*.py"))


def remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
