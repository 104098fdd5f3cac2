"""A second world, whose database holds nothing but what the tests of the background's functions put there; and who
else is there where people sign in: a stranger at the door, and a post office with the function that brings it mails;
and a `sync` of other patience, with a Redis that may be killed; and somebody's own server, which webhooks send to."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from knative.local.stores import Valkey
from tests.endpoint import Endpoint, endpoint
from tests.happenings import NEVER, Tuned
from tests.hooking import Trusted
from tests.newcomers import browser
from tests.post_office import PostOffice, certificate
from tests.world import Function, World


@pytest.fixture(scope="session")
def quiet_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("quiet"), forks=True) as world:
        yield world


def empty(world: World) -> World:
    world.rows("TRUNCATE users, tasks, events, outbox, answers, dead_letters, dead_letter_reports CASCADE")
    world.door.posted.clear()
    world.door.refuses.clear()
    return world


@pytest.fixture
def nothing_waits(quiet_world: World) -> World:
    """The same, and nothing of other tests is due in it."""
    return empty(quiet_world)


@pytest.fixture(scope="module")
def nothing_waited(quiet_world: World) -> World:
    """The same, and nothing of other files is due in it: remind would wait for that."""
    return empty(quiet_world)


@pytest.fixture
def stranger(world: World) -> Iterator[httpx.Client]:
    with browser(world.function("accounts")) as client:
        yield client


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture(scope="module")
def notify(world: World, office: PostOffice) -> Iterator[Function]:
    notify = world.start("notify", SMTP_URL=office.url, MAIL_FROM="taskora@here.test", PUBLIC_URL="https://here.test")
    yield notify
    notify.kill()


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Trusted:
    return certificate(tmp_path_factory.mktemp("trusted"))


@pytest.fixture
def theirs(trusted: Trusted) -> Iterator[Endpoint]:
    with endpoint(trusted[0]) as theirs:
        yield theirs


@pytest.fixture
def sync(world: World) -> Function:
    return world.function("sync")


@pytest.fixture(scope="module")
def tuned(world: World) -> Iterator[Tuned]:
    """Starts a sync whose patience is another: `tuned({"watch.EVERY": NEVER}, REDIS_URL=...)`."""
    with ExitStack() as started:

        def start(tuning: dict[str, Any], **changed: str) -> Function:
            function = world.start("sync", FUNCTION_SOURCE="tests/tuned_sync.py", TUNING=json.dumps(tuning), **changed)
            started.callback(function.kill)
            return function

        yield start


@pytest.fixture(scope="module")
def by_bell(tuned: Tuned) -> Function:
    """Never looks at the heads by itself: what its pages see, a bell told them."""
    return tuned({"watch.EVERY": NEVER})


@pytest.fixture(scope="module")
def by_heads(tuned: Tuned) -> Function:
    """Looks at the heads all the time, as for a bell that was lost."""
    return tuned({"watch.EVERY": 0.2})


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """One that a test may kill."""
    with Valkey.start(tmp_path / "valkey") as valkey:
        yield valkey


@pytest.fixture
def anything_may_be_said(world: World) -> Iterator[None]:
    """For a test that puts events into the outbox that no function would. No later test's relay finds them there."""
    yield
    world.rows("DELETE FROM outbox")


@pytest.fixture(autouse=True)
def what_was_said_is_in_the_catalogue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever functions have published in any test."""
    worlds = [request.getfixturevalue(name) for name in ("world", "quiet_world") if name in request.fixturenames]
    yield
    for world in worlds:
        strange, world.door.strange = world.door.strange, []
        assert not strange or "anything_may_be_said" in request.fixturenames
