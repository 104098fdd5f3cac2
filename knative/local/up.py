"""Taskora on this machine: the stores, the schema, the runner; kept running until Ctrl-C, and then all gone.

The bootstrap becomes this process when everything is installed.
"""

import os
import resource
import sys
from pathlib import Path

from knative.local import binaries, secret_manifests, supervisor
from knative.local.attached import manifests
from knative.local.lock import Lock
from knative.local.mail_catcher import MailCatcher
from knative.local.programs import run
from knative.local.runner_process import Runner
from knative.local.secret_manifests import Mail
from knative.local.server import DidNotStart
from knative.local.stores import DataOfAnotherVersion, Postgres, Valkey
from knative.local.supervisor import Component, End
from knative.local.trouble import Trouble, say, step, told

ROOT = Path(__file__).parents[2]
DATA = ROOT / ".taskora"
_EMPTY_START = "or move .taskora/postgres away to start empty"


def main(port: int) -> None:
    end = End()
    attached = manifests(os.environ.get("ATTACH"), ROOT)
    lock = Lock.take(DATA)
    address = f"http://localhost:{port}"
    lock.note(f"process {os.getpid()}, {address}")
    _allow_many_connections()
    components: list[Component] = []
    try:
        start(components, port, end, attached)
        if not end.is_wished:
            say(f"\n  Taskora is at {address}   (Ctrl-C ends it; its log is .taskora/logs/runner.log)\n")
        supervisor.keep_running(components, end)
    except DataOfAnotherVersion as problem:
        raise Trouble(f"{problem}; install PostgreSQL {problem.major}, {_EMPTY_START}") from problem
    except binaries.NotFound as problem:
        raise Trouble(f"{problem}; install it, or name a server of your own in DATABASE_URL or REDIS_URL") from problem
    except DidNotStart as problem:
        raise Trouble(str(problem)) from problem
    finally:
        if components:
            with step("Stopping"):
                supervisor.stop(components)


def start(components: list[Component], port: int, end: End, attached: list[Path]) -> None:
    """Each is in the list as soon as it runs, so that it is stopped whatever happens to the next."""
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if not database_url:
        with step("Starting PostgreSQL"):
            postgres = Postgres.start(DATA / "postgres")
            components.append(postgres)
            database_url = postgres.url
    if not redis_url:
        with step("Starting Valkey"):
            valkey = Valkey.start(DATA / "valkey")
            components.append(valkey)
            redis_url = valkey.url
    if not (smtp_url := os.environ.get("SMTP_URL")):
        catcher = MailCatcher(ROOT, DATA / "mails")
        catcher.start()
        components.append(catcher)
        smtp_url = catcher.url
    mail = Mail(smtp_url, os.environ.get("MAIL_FROM") or "Taskora <taskora@localhost>")
    public_url = os.environ.get("PUBLIC_URL") or f"http://localhost:{port}"
    secrets = secret_manifests.keep(
        DATA / "secrets.yaml", database_url, redis_url, public_url, mail, os.environ.get("REGISTRATION")
    )
    if not end.is_wished:
        with step("Bringing the database up to date"):
            migrate(database_url, secrets)
    if not end.is_wished:
        with step("Starting the runner"):
            runner = Runner(ROOT, DATA, port, database_url, end, attached)
            runner.start()
            components.append(runner)


def migrate(owner_url: str, secrets: secret_manifests.Secrets) -> None:
    urls = {
        "MIGRATION_DATABASE_URL": owner_url,
        "DATABASE_URL": secrets.database_url,
        "TIDY_DATABASE_URL": secrets.tidy_database_url,
    }
    run(
        [sys.executable, "-m", "shared.migrate"],
        ROOT,
        failure="the database could not be brought up to date",
        remedy="check DATABASE_URL" if os.environ.get("DATABASE_URL") else f"see .taskora/postgres/log, {_EMPTY_START}",
        environment=os.environ | urls,
    )


def _allow_many_connections() -> None:
    # Each open page holds one; macOS starts with room for 256 files.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 65536, most))


if __name__ == "__main__":
    with told():
        main(int(sys.argv[1]))
