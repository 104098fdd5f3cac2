"""Where an event log is, in a form that can be handed to another process."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from knative.runner.eventing.kafka_log import KafkaLog
from knative.runner.eventing.log import EventLog
from knative.runner.eventing.postgres_log import PostgresLog


@dataclass(frozen=True)
class LogAddress:
    kind: Literal["postgres", "kafka"]
    address: str
    create: Callable[[str], None] = lambda topic: None  # for a log that cannot be asked to create a topic

    def open(self) -> EventLog:
        return PostgresLog(self.address) if self.kind == "postgres" else KafkaLog(self.address)
