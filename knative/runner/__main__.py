"""Knative's rules on one machine: `python -m knative.runner --manifests … --routes … --page … --entry …`.

Services become processes, Brokers a durable log, PingSources a clock, and `web` the gateway of this process.
"""

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from knative.runner import logs
from knative.runner.background import at_fault
from knative.runner.reading import Refused
from knative.runner.runner import CannotStart, Runner, Settings

log = logging.getLogger("knative.runner")


def main() -> None:
    settings = _settings(sys.argv[1:])
    logs.write_to_stdout()
    try:
        status = asyncio.run(_run(settings))
    except (Refused, CannotStart) as error:
        faults, status = str(error).splitlines(), 1
    else:
        faults = []
    for fault in faults:
        log.error("%s", fault)
    sys.exit(status)


async def _run(settings: Settings) -> int:
    """Until somebody asks for the end, or a part that everything needs has ended: its exit status."""
    loop, end, fault = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    at_fault.set(fault.set)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _end_or_leave, end)
    runner = Runner(settings)
    starting, endings = asyncio.create_task(runner.start()), [asyncio.create_task(one.wait()) for one in (end, fault)]
    try:
        await asyncio.wait([starting, *endings], return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            gc.collect()
            gc.freeze()
            log.info("Taskora answers at %s", runner.address)
            await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await runner.stop()
    return int(fault.is_set())


def _end_or_leave(end: asyncio.Event) -> None:
    if end.is_set():
        os._exit(130)  # asked twice: the functions go down with this process
    end.set()


def _settings(words: Sequence[str]) -> Settings:
    parser = argparse.ArgumentParser("python -m knative.runner", description=__doc__)
    parser.add_argument("--manifests", type=Path, action="append", required=True, help="rendered YAML; later ones win")
    parser.add_argument("--routes", type=Path, required=True, help="method and path -> function, for the gateway")
    parser.add_argument("--page", type=Path, help="the folder of the built page")
    parser.add_argument("--host", default="127.0.0.1", help="where the gateway listens")
    parser.add_argument("--port", type=int, default=8080, help="0: any free one")
    parser.add_argument("--state", type=Path, required=True, help="a folder of the runner's own")
    parser.add_argument("--entry", required=True, metavar="MODULE:FUNCTION", help="what starts a function")
    parser.add_argument(
        "--preload", nargs="*", default=[], help="modules or files to import before any function starts"
    )
    given = parser.parse_args(words)
    return Settings(
        **vars(given),
        database_url=os.environ.get("RUNNER_DATABASE_URL", ""),
        kafka_bootstrap_servers=os.environ.get("KAFKA_BOOTSTRAP_SERVERS", ""),
    )


if __name__ == "__main__":
    main()
