"""A push service that says nothing keeps nobody waiting who wants another, and is not asked in vain."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from functions.notify import services
from functions.notify.services import Away, Service
from shared.guarded import Response, Unreachable


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "WAIT", 0.05)


class Asked:
    """What a service is asked, until it answers."""

    def __init__(self) -> None:
        self.many = 0
        self.answers = asyncio.Event()
        self.is_there = True

    async def __call__(self) -> Response:
        self.many += 1
        await self.answers.wait()
        if not self.is_there:
            raise Unreachable("nobody")
        return Response(201)


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 10))


async def ask(service: Service, asked: Asked, many: int) -> list[Any]:
    return await asyncio.gather(*(service.post(asked) for _ in range(many)), return_exceptions=True)


@pytest.mark.usefixtures("impatient")
def test_one_that_is_new_is_asked_by_few_until_it_answers() -> None:
    async def story() -> None:
        service, asked = Service(), Asked()
        first = asyncio.create_task(ask(service, asked, 2))
        await asyncio.sleep(0)

        others = await ask(service, asked, 20)

        assert [type(each) for each in others] == [Away] * 20
        assert asked.many == 2
        asked.answers.set()
        assert [answer.status for answer in await first] == [201] * 2
        assert [answer.status for answer in await ask(service, asked, 20)] == [201] * 20

    run(story())


def test_whoever_waits_goes_on_with_the_first_answer() -> None:
    async def story() -> None:
        service, asked = Service(), Asked()
        everybody = asyncio.create_task(ask(service, asked, 50))
        await asyncio.sleep(0)
        asked.answers.set()

        assert [answer.status for answer in await everybody] == [201] * 50

    run(story())


def test_while_it_answers_whoever_waits_goes_on_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 2)

    async def story() -> None:
        service, asked = Service(), Asked()
        everybody = asyncio.create_task(ask(service, asked, 12))
        for _ in range(5):  # each answer comes before the patience ends, and the last one after
            await asyncio.sleep(services.WAIT * 0.3)
            asked.answers.set()
            asked.answers = asyncio.Event()

        asked.answers.set()
        assert [answer.status for answer in await everybody] == [201] * 12

    run(story())


def test_one_that_takes_its_time_is_asked_by_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "SOON", 0.0)

    async def story() -> None:
        service, asked = Service(), Asked()
        service._room = 64
        asked.answers.set()
        rooms = []
        for _ in range(7):
            await ask(service, asked, 1)
            rooms.append(service._room)
        assert rooms == [32, 16, 8, 4, 2, 2, 2]

    run(story())


@pytest.mark.usefixtures("impatient")
def test_one_that_was_silent_is_asked_nothing_and_then_by_one() -> None:
    async def story() -> None:
        service, asked = Service(), Asked()
        asked.is_there = False
        asked.answers.set()
        [failed] = await ask(service, asked, 1)
        assert type(failed) is Unreachable

        assert [type(each) for each in await ask(service, asked, 5)] == [Away] * 5
        assert asked.many == 1

        service._silent_until = 0  # it is over
        asked.answers.clear()
        probe = asyncio.create_task(ask(service, asked, 1))
        await asyncio.sleep(0)
        assert [type(each) for each in await ask(service, asked, 5)] == [Away] * 5
        assert asked.many == 2
        asked.is_there = True
        asked.answers.set()
        [answer] = await probe
        assert answer.status == 201
        assert not [each for each in await ask(service, asked, 5) if each.status != 201]

    run(story())


def test_each_silence_is_longer_than_the_last() -> None:
    async def story() -> None:
        service, asked = Service(), Asked()
        asked.is_there = False
        asked.answers.set()
        lengths = []
        for _ in range(7):
            await ask(service, asked, 1)
            lengths.append(service._silence)
            service._silent_until = 0
        assert lengths == [1, 2, 4, 8, 16, 30, 30]

    run(story())


def test_one_failure_among_answers_silences_nobody() -> None:
    async def story() -> None:
        service, failing, answering = Service(), Asked(), Asked()
        failing.is_there = False
        answering.answers.set()
        bad = asyncio.create_task(ask(service, failing, 1))
        await asyncio.sleep(0)
        await ask(service, answering, 1)
        failing.answers.set()
        await bad

        [answer] = await ask(service, answering, 1)
        assert answer.status == 201

    run(story())


def test_services_that_nobody_asks_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "KNOWN", 3)
    monkeypatch.setattr(services, "_known", {})

    made = [services.at(f"https://{number}.example.org/x") for number in range(5)]

    assert len(services._known) == 2
    assert services.at("https://4.example.org/y") is made[4]
