"""One world for the whole run. Each test makes its own people and cleans nothing up, so tests run in any order."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.people import Person
from tests.world import Door, World

pytest_plugins = ["tests.skips"]

settings.register_profile("unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("unhurried")  # how long an example takes says how busy the machine is


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
def door(world: World) -> Iterator[Door]:
    yield world.door
    world.door.answers = 202
    world.door.opened.set()


@pytest.fixture
def alice(world: World) -> Iterator[Person]:
    alice = Person(world, "Alice")
    yield alice
    alice.leave()


@pytest.fixture
def mallory(world: World) -> Iterator[Person]:
    mallory = Person(world, "Mallory")
    yield mallory
    mallory.leave()
