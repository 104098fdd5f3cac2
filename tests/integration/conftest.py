"""A second world, whose database holds nothing but what the tests of the background's functions put there; and who
else is there where people sign in: a stranger at the door, and a post office with the function that brings it mails."""

from collections.abc import Iterator

import httpx
import pytest

from tests.newcomers import browser
from tests.post_office import PostOffice
from tests.world import Function, World


@pytest.fixture(scope="session")
def quiet_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("quiet")) as world:
        yield world


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
