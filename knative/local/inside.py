"""Run an operator's command with the settings of this machine's installation: `python -m knative.local.inside MODULE …`

On a cluster the same command runs in a pod, where these settings come from the Secret `taskora`.
"""

import os
import sys
from pathlib import Path

import yaml

SECRETS = Path(__file__).parents[2] / ".taskora" / "secrets.yaml"


def main() -> None:
    if not SECRETS.exists():
        sys.exit("There is no Taskora on this machine yet. Start it with `make run`.")
    settings: dict[str, str] = {}
    for secret in yaml.safe_load_all(SECRETS.read_text()):
        if secret["metadata"]["name"] == "taskora":
            settings = secret["stringData"]
    os.execve(sys.executable, [sys.executable, "-m", *sys.argv[1:]], os.environ | settings)  # noqa: S606


if __name__ == "__main__":
    main()
