"""One world for the whole run. Each test makes its own people and cleans nothing up, so tests run in any order."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.people import Person
from tests.world import Door, World

pytest_plugins = ["tests.skips"]

TESTS = Path(__file__).parent
# Those that take minutes begin first, or the run would end with one of them alone. By turns one that waits and one that
# works, so that neither all nor none of them want the processors.
LONGEST = {
    file: place
    for place, file in enumerate(
        (
            "e2e/test_make_dead_letters.py",
            "e2e/test_make_run.py",
            "chaos/test_short_chaos.py",
            "e2e/test_reminders_survive.py",
            "e2e/test_a_new_function.py",
            "contract/test_admission.py",
            "browser/test_every_view.py",
            "e2e/test_attaching_a_function.py",
            "integration/test_isolation.py",
            "conformance/eventing/test_eventing_durability.py",
            "integration/test_func_run.py",
            "conformance/serving/test_nginx.py",
            "integration/test_api_document.py",
            "integration/test_push.py",
        )
    )
}

settings.register_profile("unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("unhurried")  # how long an example takes says how busy the machine is


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    nobody_is_called_as_another(items)
    assert all((TESTS / file).exists() for file in LONGEST), "one of the longest is gone"
    items.sort(key=lambda item: LONGEST.get(item.path.relative_to(TESTS).as_posix(), len(LONGEST)))


def nobody_is_called_as_another(items: list[pytest.Item]) -> None:
    """Of tests with one id, only one is run when files run side by side, and nobody hears of the others."""
    twice = [name for name, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"Give each of these tests a name of its own: {', '.join(twice)}")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("world"), forks=True) as world:
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
