"""A second world, whose database holds nothing but what the tests of the background's functions put there."""

from collections.abc import Iterator

import pytest

from tests.world import World


@pytest.fixture(scope="session")
def quiet_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("quiet")) as world:
        yield world
