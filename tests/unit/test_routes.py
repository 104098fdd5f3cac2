"""The short way through FastAPI says what the long way says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import Cookie, Depends, FastAPI, Header, Query, Request, Response
from fastapi.routing import APIRoute

from shared import routes, web
from shared.problems import Conflict, SignInRequired
from shared.routes import Straight


class Word(web.Body):
    word: str
    times: int = 1


async def somebody(request: Request) -> str:
    name = request.headers.get("name")
    if name is None:
        raise SignInRequired("Say who you are.")
    return name


async def nobody_in_particular(request: Request) -> None:
    if request.headers.get("name") == "mallory":
        raise Conflict("Not you.")


def declare(app: FastAPI) -> None:
    @app.post("/words", status_code=201)
    async def add(word: Word, name: Annotated[str, Depends(somebody)]) -> Response:
        return Response(f"{name}: {word.word * word.times}", 201)

    @app.get("/words/{number}")
    async def read(
        number: UUID,
        name: Annotated[str, Depends(somebody)],
        limit: Annotated[int, Query(ge=1)] = 50,
        kind: Annotated[list[str] | None, Query()] = None,
        if_match: Annotated[str | None, Header()] = None,
    ) -> Response:
        return Response(repr((number, name, limit, kind, if_match)))

    @app.get("/words/fixed")
    async def never_found() -> Response:
        return Response("the one above is found first")

    @app.get("/words")
    async def find(
        text: str,
        kind: Annotated[list[str], Query()] = ["any"],  # noqa: B006
        called: Annotated[str, Query(alias="as")] = "it",
    ) -> Response:
        return Response(repr((text, kind, called)))

    @app.delete("/words/{number}", status_code=204, dependencies=[Depends(nobody_in_particular)])
    async def delete(number: int, request: Request) -> None:
        assert request.path_params["number"] == str(number)


def an_app(route_class: type[APIRoute]) -> FastAPI:
    app = web.app("words")
    app.router.route_class = route_class
    declare(app)
    return app


ALICE = {"name": "alice"}
JSON = {"content-type": "application/json"}
ID = "019b0000-0000-7000-8000-000000000000"


def asking(method: str, path: str, headers: dict[str, str] = ALICE, body: bytes = b"") -> tuple[Any, ...]:
    return method, path, headers, body


REQUESTS = [
    asking("POST", "/words", ALICE | JSON, b'{"word": "ha", "times": 3}'),
    asking("POST", "/words", ALICE | {"content-type": "APPLICATION/JSON; charset=utf-8"}, b'{"word": "ha"}'),
    asking("POST", "/words", ALICE | {"content-type": "application/merge-patch+json"}, b'{"word": "ha"}'),
    asking("POST", "/words", ALICE | {"content-type": "text/plain"}, b'{"word": "ha"}'),
    asking("POST", "/words", ALICE | {"content-type": "text/json"}, b'{"word": "ha"}'),
    asking("POST", "/words", ALICE, b'{"word": "ha"}'),
    asking("POST", "/words", ALICE | JSON),
    asking("POST", "/words", ALICE),
    asking("POST", "/words", ALICE | JSON, b"null"),
    asking("POST", "/words", ALICE | JSON, b"[]"),
    asking("POST", "/words", ALICE | JSON, b'{"word": 1, "times": "x", "more": 0}'),
    asking("POST", "/words", JSON, b'{"word": 1}'),
    asking("POST", "/words", JSON, b"{"),
    asking("POST", "/words", ALICE | JSON, b"{"),
    asking("GET", f"/words/{ID}"),
    asking("GET", f"/words/{ID}?limit=7&kind=a&kind=b", ALICE | {"if-match": '"3"'}),
    asking("GET", f"/words/{ID}?limit=0&limit=x"),
    asking("GET", f"/words/{ID}?limit="),
    asking("GET", "/words/fixed"),
    asking("GET", "/words/7?limit=0"),
    asking("GET", "/words/7?limit=0", {}),
    asking("GET", "/words"),
    asking("GET", "/words?text=a&as=b&called=c&kind=d"),
    asking("GET", "/words?text=a"),
    asking("DELETE", "/words/7"),
    asking("DELETE", "/words/seven"),
    asking("DELETE", "/words/seven", {"name": "mallory"}),
    asking("PUT", "/words/7"),
    asking("GET", "/elsewhere"),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: f"{each[0]} {each[1]} {each[3].decode()}"[:60])
def test_the_short_way_answers_as_fastapi_does(request_: tuple[str, str, dict[str, str], bytes]) -> None:
    app, wanted = an_app(Straight), answer(an_app(APIRoute), *request_)

    assert [answer(app, *request_) for _ in range(2)] == [wanted] * 2


def test_what_one_request_changes_is_not_the_next_ones() -> None:
    app = web.app("words")

    @app.get("/words")
    async def add(kind: Annotated[list[str], Query()] = ["any"]) -> Response:  # noqa: B006
        kind.append("more")
        return Response(repr(kind))

    for query, said in (("", "['any', 'more']"), ("?kind=a", "['a', 'more']")):
        assert [answer(app, *asking("GET", f"/words{query}"))[2].decode() for _ in range(2)] == [said] * 2


def test_of_all_that_is_asked_a_route_remembers_little() -> None:
    app = web.app("limits")

    @app.get("/limits")
    async def some(limit: int = 50) -> Response:
        return Response(str(limit))

    [route] = [route for route in app.routes if isinstance(route, Straight) and route.path == "/limits"]
    for number in range(routes.KNOWN + 50):
        assert answer(app, *asking("GET", f"/limits?limit={number}"))[2] == b"%d" % number
    answer(app, *asking("GET", f"/limits?limit=7&more={'x' * routes.LONG}"))

    assert 0 < len(route._queries) <= routes.KNOWN
    assert all(len(text) < routes.LONG for text in route._queries)


def test_our_routes_take_the_short_way() -> None:
    assert all(is_short(route) for route in an_app(Straight).routes)


async def lent() -> AsyncIterator[str]:
    yield "lent"


async def of_another(name: Annotated[str, Depends(somebody)]) -> str:
    return name


async def a_cookie(word: Annotated[str, Cookie()]) -> Response:
    return Response()


async def two_bodies(one: Word, other: Word) -> Response:
    return Response()


async def a_generator(name: Annotated[str, Depends(lent)]) -> Response:
    return Response()


async def a_chain(name: Annotated[str, Depends(of_another)]) -> Response:
    return Response()


async def a_response_to_fill(response: Response) -> Response:
    return Response()


async def a_value() -> dict[str, str]:
    return {}


async def whatever():  # type: ignore[no-untyped-def]
    return Response()


def without_waiting() -> Response:
    return Response()


LONG = [a_cookie, two_bodies, a_generator, a_chain, a_response_to_fill, a_value, whatever, without_waiting]


@pytest.mark.parametrize("endpoint", LONG, ids=lambda endpoint: endpoint.__name__)
def test_what_needs_more_is_left_to_fastapi(endpoint: Callable[..., Any]) -> None:
    assert not is_short(Straight("/words", endpoint, methods=["POST"], response_model=None))


def is_short(route: Any) -> bool:
    return bool(route.app.__qualname__ == Straight._answer.__qualname__)


def answer(app: FastAPI, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, list[Any], bytes]:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://words") as client:
            return await client.request(method, path, headers=headers, content=body)

    said = asyncio.run(ask())
    described = said.headers.multi_items() if said.content else []  # FastAPI calls even nothing JSON
    return said.status_code, described, said.content
