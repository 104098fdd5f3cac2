"""What an event's delivery to a Service comes to, when it takes too long."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knative.runner.manifests import Destination
from knative.runner.processes import Zygote
from knative.runner.reading import read_manifests
from knative.runner.services import Services
from tests.conformance.serving.backstage import Backstage
from tests.conformance.serving.installation import NAMESPACE, backstage_settings, service

SLOW = Destination("service", "slow", "/hold/for-ever", NAMESPACE)


def told(story: Callable[[Services], Awaitable[None]], backstage: Backstage, folder: Path, **spec: Any) -> None:
    manifests = folder / "manifests.yaml"
    manifests.write_text(yaml.safe_dump_all([backstage_settings(backstage.address), service("slow", **spec)]))

    async def tell() -> None:
        zygote = Zygote("tests.conformance.serving.function:main", [])
        services = Services(read_manifests([manifests]).services, zygote)
        await zygote.start()
        try:
            async with asyncio.timeout(30):
                await story(services)
        finally:
            backstage.let_all_go()
            await services.stop()
            await zygote.stop()

    asyncio.run(tell())


def test_a_delivery_that_may_take_less_time_than_the_service_allows_gets_no_answer(
    backstage: Backstage, tmp_path: Path
) -> None:
    async def story(services: Services) -> None:
        with pytest.raises(TimeoutError):
            await services.deliver(SLOW, {}, b"", 0.5)

    told(story, backstage, tmp_path, timeoutSeconds=60)


def test_a_delivery_that_the_service_allows_no_more_time_is_answered_504(backstage: Backstage, tmp_path: Path) -> None:
    async def story(services: Services) -> None:
        assert (await services.deliver(SLOW, {}, b"", 60)).status == 504

    told(story, backstage, tmp_path, timeoutSeconds=1)
