"""Run an operator's command with the settings of this machine's installation: `python -m knative.local.inside MODULE …`

On a cluster `knative.cluster.inside` runs the same command, with what the Secret `taskora` says there.
"""

import os
import sys

from knative.local.settings import secrets


def main() -> None:
    os.execve(sys.executable, [sys.executable, "-m", *sys.argv[1:]], os.environ | secrets()["taskora"])  # noqa: S606


if __name__ == "__main__":
    main()
