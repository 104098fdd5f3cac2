"""What goes wrong, and when: a schedule from a seed, the same for the same seed."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Target = Literal["function", "zygote", "runner", "postgres", "valkey", "broker"]
Kind = Literal["kill", "pause", "stop"]

# A deck is dealt to its end before it is shuffled again, so that even a short run has something of everything.
DECK: tuple[tuple[Target, Kind], ...] = (
    *(("function", "kill"),) * 3, ("function", "pause"), ("function", "stop"),
    ("zygote", "kill"), ("zygote", "pause"),
    *(("runner", "kill"),) * 2, ("runner", "pause"), ("runner", "stop"),
    *(("postgres", "kill"),) * 2, ("postgres", "pause"), ("postgres", "stop"),
    ("valkey", "kill"), ("valkey", "pause"), ("valkey", "stop"),
    ("broker", "kill"), ("broker", "pause"), ("broker", "stop"),
)  # fmt: skip
SHORTEST = 0.5  # seconds of a pause or a stop
REST = 2.0  # seconds after a fault in which the same target is left alone


@dataclass(frozen=True)
class Fault:
    at: float  # seconds after the beginning
    target: Target
    kind: Kind
    seconds: float  # how long it stays paused or stopped; 0 for a kill, after which it comes back at once
    choice: float  # 0 to 1: which of several processes


def schedule(seed: int, seconds: float, gap: float, longest: float) -> list[Fault]:
    """One fault every `gap` seconds on average. Faults of different targets overlap, those of one target don't."""
    chance = random.Random(f"faults of {seed}")
    cards, hand, at = _cards(chance), list[tuple[Target, Kind]](), 0.0
    free = {_place(target): 0.0 for target, _ in DECK}
    faults: list[Fault] = []
    while (at := max(at + chance.uniform(0.2, 1.8) * gap, min(free.values()))) < seconds:
        # Whose target is still suffering waits in the hand.
        card = next((card for card in hand if free[_place(card[0])] <= at), None)
        if card is not None:
            hand.remove(card)
        while card is None:
            drawn = next(cards)
            if free[_place(drawn[0])] <= at:
                card = drawn
            else:
                hand.append(drawn)
        target, kind = card
        lasts = 0.0 if kind == "kill" else math.exp(chance.uniform(math.log(SHORTEST), math.log(longest)))
        faults.append(Fault(at, target, kind, min(lasts, seconds - at), chance.random()))
        free[_place(target)] = at + lasts + REST
    return faults


def _cards(chance: random.Random) -> Iterator[tuple[Target, Kind]]:
    while True:
        yield from chance.sample(DECK, len(DECK))


def _place(target: Target) -> str:
    # The broker's log stands in PostgreSQL: to hang one of its connections means something while the server runs.
    return "database" if target in ("postgres", "broker") else target
