"""`python3 -m knative.local run` starts Taskora; `… prepare` only installs what developing needs.

Old Pythons read this file too, so it is written for them: it finds a newer one, or says that there is none.
"""

import os
import shutil
import subprocess
import sys

OLDEST = 11
NEWEST = 14  # requires-python in pyproject.toml


def suitable_python():
    # type: () -> str | None
    """Another Python of this machine that will do, newest first."""
    for minor in range(NEWEST, OLDEST - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A version manager's stand-in is found as well, and runs nothing.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:  # noqa: S603
            return found
    return None


def main():
    # type: () -> None
    major, minor = sys.version_info[:2]
    if major != 3 or not OLDEST <= minor <= NEWEST:
        better = suitable_python()
        if better is None:
            sys.exit(
                f"Taskora: it needs Python 3.{OLDEST} to 3.{NEWEST}, and this is {major}.{minor}; "
                "install one (https://www.python.org/downloads/, or your package manager), "
                f"and where it isn't found by itself name it: PYTHON=/path/to/python3.{NEWEST} make run"
            )
        os.execv(better, [better, "-m", "knative.local", *sys.argv[1:]])  # noqa: S606
    from knative.local import bootstrap

    bootstrap.main(sys.argv[1:])


if __name__ == "__main__":
    main()
