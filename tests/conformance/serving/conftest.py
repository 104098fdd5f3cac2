"""Each test installs its own Services, has a backstage of its own, and leaves nothing behind."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.installation import RunnerInstallation, backstage_settings

Install = Callable[..., RunnerInstallation]


@pytest.fixture
def backstage() -> Iterator[Backstage]:
    with Backstage() as backstage:
        yield backstage


@pytest.fixture
def install(tmp_path: Path, backstage: Backstage) -> Iterator[Install]:
    """Install manifests, and be told where; gone at the test's end."""
    running: list[RunnerInstallation] = []

    def install(*manifests: Mapping[str, Any], start: bool = True, **settings: Any) -> RunnerInstallation:
        everything = [backstage_settings(backstage.address), *manifests]
        one = RunnerInstallation(tmp_path / f"installation-{len(running)}", everything, **settings)
        if start:
            running.append(one)
            one.__enter__()
        return one

    yield install
    backstage.let_all_go()
    for one in running:
        one.stop()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30, limits=httpx.Limits(max_connections=None), trust_env=False) as client:
        yield client


class Callers:
    """People who ask at the same time."""

    def __init__(self, client: httpx.Client, pool: ThreadPoolExecutor) -> None:
        self._client, self._pool = client, pool

    def get(self, url: str, times: int = 1) -> list["Future[httpx.Response]"]:
        return [self._pool.submit(self._client.get, url) for _ in range(times)]


@pytest.fixture
def callers(client: httpx.Client) -> Iterator[Callers]:
    with ThreadPoolExecutor(64) as pool:
        yield Callers(client, pool)
