"""Other functions, asked in a person's place: by what they have shown us, and saying that it is the chat that asks."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fastapi import Request

from shared import answers, callers, db, edge, emitted, lifecycle, logs, vouching
from shared.callers import Caller
from shared.config import settings
from shared.ids import new_id
from shared.problems import Forbidden, SignInRequired, TooMany, Unavailable

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

PATIENCE = 20.0  # seconds for each
PASSED_ON = (b"authorization", b"cookie", b"origin", b"sec-fetch-site", b"traceparent")

_client: "AsyncClient | None" = None


class Refused(Exception):
    """What a person can act on, in the words of whoever refused it."""

    def __init__(self, detail: str, problem: dict[str, Any]) -> None:
        super().__init__(detail)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made."""

    body: Any
    activity: UUID | None


class Calls:
    """Of one message. It makes one change at most: however often the message is sent, that is made once."""

    def __init__(self, caller: Caller, request: Request) -> None:
        said = edge.headers(request.scope)
        context = logs.context.get()
        assert context
        self._headers = {name: said[name] for name in PASSED_ON if name in said}  # as they came, whatever is in them
        self._headers[b"x-forwarded-host"] = said.get(b"x-forwarded-host") or said.get(b"host", b"")
        self._headers[b"x-forwarded-for"] = callers.client_address(request).encode("latin-1")
        self._headers[b"x-request-id"] = context.request_id.encode()
        self._caller = caller
        asked = (caller.idempotency_key or str(new_id())).encode() + caller.request_hash
        self._key = f"chat-{hashlib.sha256(asked).hexdigest()}"

    async def get(self, function: str, path: str, **query: Any) -> Any:
        return (await self._ask("GET", function, path, query=query)).json()

    async def post(self, function: str, path: str, said: dict[str, Any]) -> Any:
        """What changes nothing."""
        return (await self._ask("POST", function, path, said=said)).json()

    async def change(self, function: str, path: str, said: dict[str, Any]) -> Done:
        answer = await self._ask("POST", function, path, said=said, key=self._key)
        return _done(answer.content, answer.headers)

    @property
    def asked_before(self) -> list[db.Asked]:
        """The question what was answered to the change; none, if this message cannot come again."""
        is_kept = self._caller.idempotency_key is not None
        return answers.asked(replace(self._caller, idempotency_key=self._key)) if is_kept else []

    async def done_before(self) -> Done | None:
        """The change, if this message has come before and we ended before we could say so."""
        async with db.single() as tx:
            for given in await tx.each(*self.asked_before):
                return _done(given[0]["body"], json.loads(given[0]["headers"])) if given else None
        return None

    async def _ask(
        self,
        method: str,
        function: str,
        path: str,
        query: dict[str, Any] | None = None,
        said: dict[str, Any] | None = None,
        key: str | None = None,
    ) -> "Response":
        from httpx import HTTPError

        credential = self._caller.session_id or self._caller.token_id
        assert credential
        said_by_us = vouching.said("chat", credential, method, path)
        headers = self._headers | {vouching.HEADER_BYTES: said_by_us.encode()}
        if key:
            headers[b"idempotency-key"] = key.encode()
        try:
            answer = await _asking().request(
                method, f"{settings().function_urls[function]}{path}", params=query, json=said, headers=headers
            )
        except HTTPError as error:
            raise Unavailable(f"The chat does not reach {function}. Try again in a moment.") from error
        if answer.status_code >= 400:
            refuse(answer)
        return answer


def refuse(answer: "Response") -> None:
    """What is about the request as a whole is refused as it was; what is about its words, a sentence can say."""
    problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    detail = problem.get("detail", "")
    wait = {name: answer.headers[name] for name in ("Retry-After",) if name in answer.headers}
    if answer.status_code >= 500:
        raise Unavailable(detail or "Taskora is busy. Try again in a moment.")
    if answer.status_code == 401:
        raise SignInRequired(detail)
    if answer.status_code == 403:
        raise Forbidden(detail)
    if answer.status_code == 429:
        raise TooMany(detail, headers=wait)
    faults = "; ".join(each["message"] for each in problem.get("errors", ()))  # nobody filled in a form
    raise Refused(faults or detail, problem)


def _done(body: str | bytes, headers: Any) -> Done:
    activity = headers.get(emitted.ACTIVITY)
    return Done(json.loads(body), UUID(activity) if activity else None)


def _asking() -> "AsyncClient":
    """Imported with the first message. It asks where the manifest says: by no proxy, and follows nobody elsewhere."""
    global _client
    if _client is None:
        import ssl

        from httpx import AsyncClient, AsyncHTTPTransport

        unread = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # to read whom the system trusts takes 30 ms, for plain HTTP
        _client = AsyncClient(timeout=PATIENCE, transport=AsyncHTTPTransport(verify=unread, retries=2), trust_env=False)
        lifecycle.at_exit(_client.aclose)
    return _client
