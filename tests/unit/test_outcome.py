"""What an answer to a dead letter means for it."""

import pytest

from functions.relay.letters import Outcome


@pytest.mark.parametrize(
    ("status", "delivered"),
    [(None, False), (101, False), (199, False), (200, True), (204, True), (299, True), (300, False), (500, False)],
)
def test_only_a_2xx_says_that_it_was_delivered(status: int | None, delivered: bool) -> None:
    assert Outcome(status, "").delivered is delivered
