"""One event to one destination: attempts, pauses, and what each answer means.

A 2xx is success. No answer, a timeout, 404, 408, 409, 429 and every 5xx are tried again; all other answers are final.
"""

import asyncio
import logging
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from knative.runner.eventing import cloudevents
from knative.runner.eventing.cloudevents import Event, NotAnEvent
from knative.runner.manifests import Delivery, Destination

log = logging.getLogger(__name__)

_PASSING = frozenset({404, 408, 409, 429})
_SHOWN = 1024  # bytes of an answer that a dead letter shows


class Answer(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


Deliver = Callable[[Destination, Mapping[str, str], bytes, float], Awaitable[Answer]]
Post = Callable[[Destination, Event, float], Awaitable[Answer]]


@dataclass(frozen=True)
class Undelivered:
    """The last attempt's answer; no answer came when there is no status."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def extensions(self, destination: str) -> dict[str, str]:
        """What a dead letter says about why it is one."""
        said = {"knativeerrordest": destination}
        if self.status is not None:
            said["knativeerrorcode"] = str(self.status)
        if self.body:
            said["knativeerrordata"] = b64encode(self.body[:_SHOWN]).decode()
        for name, value in self.headers.items():
            if name.lower().startswith("kne-"):
                said["".join(filter(str.isalnum, name[4:].lower()))] = value
        return said


async def deliver(
    post: Post,
    to: Destination,
    event: Event,
    policy: Delivery,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Answer | Undelivered:
    for pause in chain(pauses(policy), (None,)):
        outcome = await _attempt(post, to, event, policy.timeout)
        if not isinstance(outcome, Undelivered) or not _may_pass(outcome) or pause is None:
            break
        await sleep(pause)
    return outcome


def reply_in(answer: Answer) -> Event | None:
    """The event a subscriber answers with; raises NotAnEvent for a body that is anything else."""
    try:
        return cloudevents.from_http({name.lower(): value for name, value in answer.headers.items()}, answer.body)
    except NotAnEvent:
        if answer.body:
            raise
        return None


async def _attempt(post: Post, to: Destination, event: Event, timeout: float) -> Answer | Undelivered:
    try:
        answer = await post(to, event, timeout)
    except OSError as error:
        log.warning("%s %s gave no answer: %s", to.kind, to.name or to.uri, repr(error))
        return Undelivered()
    except Exception:  # even where the runner itself is at fault, the event has had no answer and is tried again
        log.exception("%s %s gave no answer", to.kind, to.name or to.uri)
        return Undelivered()
    if answer.status < 300:
        return answer
    return Undelivered(answer.status, answer.headers, answer.body)


def _may_pass(outcome: Undelivered) -> bool:
    return outcome.status is None or outcome.status in _PASSING or outcome.status >= 500


def pauses(policy: Delivery) -> Iterator[float]:
    for n in range(1, policy.retry + 1):
        yield policy.backoff_delay * (2**n if policy.backoff_policy == "exponential" else n)
