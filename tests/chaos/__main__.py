"""The kill test: `python -m tests.chaos --minutes 15 --seed 7`."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.chaos import report
from tests.chaos.guards import GUARDS
from tests.chaos.rehearsal import Plan, rehearse

REPORTS = Path(__file__).parents[2] / ".taskora" / "chaos"


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15.0, help="so long people write and things go wrong")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--pace", type=float, default=18.0, help="writes a second, of all people together")
    parser.add_argument("--gap", type=float, default=5.0, help="seconds between faults, on average")
    parser.add_argument("--longest", type=float, default=60.0, help="seconds something is paused or stopped")
    parser.add_argument("--settle", type=float, default=900.0, help="seconds everything may take to arrive afterwards")
    parser.add_argument("--kafka", action="store_true", help="brokers are topics of an Apache Kafka")
    parser.add_argument("--without", choices=GUARDS, help="take this guard away; the run has to fail")
    parser.add_argument("--keep", action="store_true", help="leave the throwaway folder, with its logs, where it is")
    options = vars(parser.parse_args())
    keep = options.pop("keep")

    plan = Plan(**options)
    sys.stdout.write(f"seed {plan.seed}, for {plan.minutes:g} minutes\n")
    sys.stdout.flush()

    folder = Path(tempfile.mkdtemp(prefix="taskora-chaos-"))
    try:
        result = rehearse(plan, folder)
        found = report.summary(result)
        sys.stdout.write(report.as_text(found) + "\n")
        file = report.keep(found, REPORTS)
        sys.stdout.write(f"the whole report is {file}\n")
        if result.broken:
            shutil.copy(folder / "data" / "logs" / "runner.log", file.with_suffix(".runner.log"))
    finally:
        if keep:
            sys.stdout.write(f"its folder is {folder}\n")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if result.broken else 0)


if __name__ == "__main__":
    main()
