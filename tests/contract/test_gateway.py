"""The gateways let pass what functions read, and nothing that only those inside may say."""

import re

from knative.gateway import BODY_LIMIT, PASSED, REQUEST_ID
from shared import edge, vouching
from tests.world import ROOT

WRITTEN_BY_THE_GATEWAY = {"host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-request-id"}
OF_ANSWERS = {"content-disposition", "x-accel-buffering"}
OF_OURS = {"content-encoding"}  # in what we ask others
OF_SCHEMAS = {"x-extensible"}  # and no header
OF_EVENTS = {"ce-id"}  # these come from a broker and not through the gateway

# Words that only stand in our sources as names of headers; what functions answer is among them.
NAMES = re.compile(
    r"""["'](accept(?:-\w+)?|authorization|cookie|content-(?!length)\w+|idempotency-key|if-[a-z-]+|last-event-id|origin|
    referer|sec-[a-z-]+|trace\w+|user-agent|x-[a-z-]+|ce-id|host)["']""",
    re.VERBOSE,
)


def headers_read() -> set[str]:
    sources = [*(ROOT / "functions").glob("*/**/*.py"), *(ROOT / "shared").rglob("*.py")]
    text = "".join(path.read_text() for path in sources)
    declared = re.findall(r"(\w+): (?:Annotated\[[^\]]+, Header\(|IfMatch\b)", text)
    return set(NAMES.findall(text)) | {name.replace("_", "-") for name in declared}


def test_what_functions_read_can_reach_them() -> None:
    read = headers_read() - WRITTEN_BY_THE_GATEWAY - OF_ANSWERS - OF_OURS - OF_SCHEMAS - OF_EVENTS

    assert {"cookie", "idempotency-key", "if-match", "last-event-id", "origin", "sec-fetch-site", "traceparent"} <= read
    assert read <= set(PASSED)


def test_nobody_outside_can_say_what_is_believed_inside() -> None:
    assert not [
        name for name in PASSED if name in WRITTEN_BY_THE_GATEWAY or name.startswith(("ce-", "x-", "k-", "taskora-"))
    ]
    assert vouching.HEADER.startswith("taskora-")


def test_the_gateway_and_the_functions_have_the_same_limits() -> None:
    assert edge.BODY_LIMIT == BODY_LIMIT
    assert edge.REQUEST_ID.pattern == REQUEST_ID
