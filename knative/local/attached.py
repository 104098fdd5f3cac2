"""Functions of somebody's own that run along: `ATTACH=../lamp make run` takes what manifests that folder holds."""

from pathlib import Path

from knative.local.trouble import Trouble


def manifests(folder: str | None, root: Path) -> list[Path]:
    if not folder:
        return []
    found = sorted((root / folder).glob("*.yaml"))
    if not found:
        raise Trouble(f"there is no manifest (*.yaml) in {root / folder}; name the folder that has yours in ATTACH")
    return found
