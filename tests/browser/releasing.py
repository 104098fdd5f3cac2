"""Another build of the page, as it comes to where the page is served from."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEWER = "index-newer.js"


@contextmanager
def released(page: Path) -> Iterator[None]:
    """Another build of the page: its first script is called otherwise, and whatever names it says so."""
    [script] = page.glob("assets/index-*.js")
    newer = script.with_name(NEWER)
    newer.write_text(f'import "./{script.name}";')
    naming = [file for file in (*page.glob("*.html"), page / "worker.js") if script.name in file.read_text()]
    compressed = [file for file in (file.with_name(f"{file.name}.gz") for file in naming) if file.exists()]
    before = {file: file.read_bytes() for file in (*naming, *compressed)}
    for file in naming:
        file.write_text(file.read_text().replace(script.name, NEWER))
    for file in compressed:
        file.unlink()
    try:
        yield
    finally:
        for file, content in before.items():
            file.write_bytes(content)
        newer.unlink()
