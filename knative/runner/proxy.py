"""Passes an incoming HTTP request on to a Service, and the answer back, in both directions as it comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from aiohttp import web
from multidict import CIMultiDict

from knative.runner.activator import Activator
from knative.runner.answers import Answer, Refusal, TimedOut
from knative.runner.upstream import Headers, Request

# They concern one connection only, and that ends here.
HOP_BY_HOP = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
    "te", "trailer", "transfer-encoding", "upgrade", "expect",
})  # fmt: skip
# aiohttp would put its own and its versions there.
SERVER = "taskora"


def end_to_end(headers: Iterable[tuple[str, str]]) -> Headers:
    """Without those of the connection: the ones that always are, and the ones that `Connection` names."""
    given = [(name, name.lower(), value) for name, value in headers]
    named = {word.strip().lower() for _, lower, value in given if lower == "connection" for word in value.split(",")}
    return [(name, value) for name, lower, value in given if lower not in HOP_BY_HOP and lower not in named]


async def announce_continue(request: web.BaseRequest) -> None:
    """Tell a client that waits with its body to send it."""
    if request.headers.get("Expect", "").lower() == "100-continue" and request.transport:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")


async def streamed(request: web.BaseRequest) -> AsyncIterator[bytes]:
    await announce_continue(request)
    async for chunk in request.content.iter_any():
        yield chunk


Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def serve(handle: Handler) -> web.ServerRunner:
    # A client that hangs up takes its request with it, as everywhere in Knative. Bodies pass as they are.
    server = web.Server(
        handle,
        handler_cancellation=True,
        auto_decompress=False,
        access_log=None,
        keepalive_timeout=75,
        max_field_size=16_384,
    )
    return web.ServerRunner(server, shutdown_timeout=2)


async def pass_on(
    incoming: web.BaseRequest,
    activator: Activator,
    headers: Headers,
    body: bytes | AsyncIterator[bytes],
    refused: Callable[[Refusal], web.Response],
    added: Headers = (),
) -> web.StreamResponse:
    """`refused` makes the answer when the function gives none; `added` are headers it gets unless it has them."""
    request = Request(incoming.method, incoming.raw_path, headers, body)
    try:
        async with activator.exchange(request) as answer:
            if answer.whole and incoming.method != "HEAD":
                return web.Response(
                    status=answer.status, headers=_outgoing(answer, added), body=await answer.read(), reason=None
                )
            return await _stream(incoming, answer, added)
    except Refusal as refusal:
        return refused(refusal)


async def _stream(incoming: web.BaseRequest, answer: Answer, added: Headers) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, headers=_outgoing(answer, added))
    length = next((int(value) for name, value in answer.headers if name.lower() == "content-length"), None)
    response.content_length = length
    await response.prepare(incoming)
    if incoming.method == "HEAD":
        return response
    try:
        async for chunk in _chunks(answer, length):
            async with asyncio.timeout_at(answer.deadline):  # a client that does not read has no more time than others
                await response.write(chunk)
    except (Refusal, TimeoutError):
        _cut(incoming)
    except ConnectionResetError:  # the client hung up
        pass
    return response


async def _chunks(answer: Answer, length: int | None) -> AsyncIterator[bytes]:
    try:
        while chunk := await answer.chunk():
            yield chunk
    except TimedOut as over:
        if length is not None:
            raise
        # As Knative's queue-proxy does: the sentence ends up in the stream, which then ends like any other.
        yield str(over).encode()


def _cut(incoming: web.BaseRequest) -> None:
    """Part of the answer has left; only an abrupt end says that the rest will not come."""
    if incoming.transport:
        incoming.transport.abort()


def _outgoing(answer: Answer, added: Headers) -> CIMultiDict[str]:
    headers = CIMultiDict(end_to_end(answer.headers))
    headers.popall("content-length", None)
    for name, value in added:
        headers.setdefault(name, value)
    headers.setdefault("server", SERVER)
    return headers
