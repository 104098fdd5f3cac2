"""What the guardian ends. That it outlives its starter, and is replaced when killed, is shown in tests/e2e."""

import io
import os
import signal
import subprocess
import sys

from knative.local import guardian

NOBODY = 65534


def test_a_number_that_is_somebody_elses_by_now_saves_nobody() -> None:
    with subprocess.Popen(["sleep", "60"], user=NOBODY if os.geteuid() == 0 else None) as ours:
        said = io.StringIO(f"1 {int(signal.SIGCONT)}\n{ours.pid} {int(signal.SIGTERM)}\n")

        ending = os.fork()
        if ending == 0:
            try:
                if os.geteuid() == 0:  # to whom everything is allowed
                    os.setuid(NOBODY)
                sys.stdin = said
                guardian._main()
            finally:
                os._exit(0)
        os.waitpid(ending, 0)

        try:
            assert ours.wait(timeout=5) == -signal.SIGTERM
        finally:
            ours.kill()
