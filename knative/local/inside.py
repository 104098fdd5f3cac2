"""Run an operator's command with the settings of this machine's installation: `python -m knative.local.inside MODULE …`

On a cluster the same command runs in a pod, where these settings come from the Secret `taskora`.
"""

import os
import sys

from knative.local.settings import secrets


def main() -> None:
    os.execve(sys.executable, [sys.executable, "-m", *sys.argv[1:]], os.environ | secrets()["taskora"])  # noqa: S606


if __name__ == "__main__":
    main()
