"""What people asked for and what they were told: the truth as it is known outside."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

Outcome = Literal["accepted", "refused"]


@dataclass(slots=True)
class Write:
    """One thing somebody wanted, however often it had to be asked for."""

    who: str
    operation: str
    began: float
    outcome: Outcome
    attempts: int
    last_attempt: float  # when the one that was answered began
    answered: float


@dataclass(slots=True)
class Task:
    """A task as the one who writes it knows it; nobody else changes it."""

    id: str
    fields: dict[str, Any]
    version: int = 1
    history: list[str] = field(default_factory=lambda: ["task.created"])  # the event of every version
    is_deleted: bool = False
    repeats: bool = False  # another one follows each that is done

    def changed(self, event: str, **fields: Any) -> None:
        self.fields |= fields
        self.version += 1
        self.history.append(event)

    @property
    def is_done(self) -> bool:
        return bool(self.fields["status"] == "done")


@dataclass
class Ledger:
    writes: list[Write] = field(default_factory=list)
    tasks: dict[UUID, dict[str, Task]] = field(default_factory=dict)  # by user
    wrong: list[str] = field(default_factory=list)  # answers that nobody should have got

    def counts(self) -> dict[str, int]:
        return dict(Counter(write.outcome for write in self.writes))

    def retries(self) -> int:
        return sum(write.attempts - 1 for write in self.writes)

    def recovered_after(self, moment: float) -> float | None:
        """Seconds until a write was accepted that was asked for after this moment."""
        answers = (write.answered for write in self.writes if write.last_attempt >= moment)
        first = min(answers, default=None)
        return None if first is None else first - moment
