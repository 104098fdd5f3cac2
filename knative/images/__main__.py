"""What each image adds to its base, laid out without any daemon; and the images, where something builds them.

`python -m knative.images tree` writes `.taskora/images/<image>/`, to be laid over the base at `/`, and says what is in
it. `python -m knative.images build` makes images of these trees with docker, podman or buildah.
"""

import os
import shutil
import subprocess
import sys

from knative.images import functions, tree, web
from knative.images.tree import TREES

HERE = tree.ROOT / "knative" / "images"
# Each has BASE, the image it is laid over, and build(tree), which says what is in it.
IMAGES = {"functions": functions, "web": web}
BUILDERS = {"docker": ["docker", "build"], "podman": ["podman", "build"], "buildah": ["buildah", "build"]}


def main(words: list[str]) -> None:
    match words:
        case ["tree"]:
            lay()
        case ["build"]:
            lay()
            build(said("IMAGES", "kind.local/taskora"), said("TAG", "local"), said("BASES", ""))
        case _:
            sys.exit("Say what to do: tree or build.")


def lay() -> None:
    for name, image in IMAGES.items():
        parts = tree.lay(name, image.build)
        print(f"{TREES.relative_to(tree.ROOT) / name}  over {image.BASE}, {tree.digest(TREES / name)}")  # noqa: T201
        for part, size in sorted(parts.items(), key=lambda part: -part[1]):
            print(f"{size / 1e6:8.2f} MB  {part}")  # noqa: T201
        print(f"{tree.size(TREES / name) / 1e6:8.2f} MB  in total")  # noqa: T201


def said(name: str, otherwise: str) -> str:
    return os.environ.get(name) or otherwise


def build(prefix: str, tag: str, bases: str) -> None:
    builder = next((command for program, command in BUILDERS.items() if works(program)), None)
    if builder is None:
        sys.exit(
            "Images need docker, podman or buildah, and none of them works here. knative/README.md says how without."
        )
    for name, image in IMAGES.items():
        named = f"{prefix}/{name}:{tag}"
        containerfile = str(HERE / f"{name}.Containerfile")
        base = f"{bases}/{image.BASE}" if bases else image.BASE
        arguments = ["--file", containerfile, "--build-arg", f"BASE={base}", "--tag", named]
        if subprocess.run([*builder, *arguments, str(TREES / name)]).returncode != 0:  # noqa: S603
            sys.exit(f"{builder[0]} did not make {named}; above it says why.")
        print(f"{named} is made")  # noqa: T201


def works(program: str) -> bool:
    """A docker whose daemon is not running is installed and of no use."""
    return bool(shutil.which(program)) and subprocess.run([program, "info"], capture_output=True).returncode == 0  # noqa: S603


if __name__ == "__main__":
    main(sys.argv[1:])
