"""What functions say of themselves, on system-events: it is no user's, and has no number."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.config import settings
from shared.envelope import Envelope
from shared.events import EventType


def event(
    event_type: EventType, id: UUID, about: str, said: Mapping[str, Any], happened_at: datetime | None = None
) -> Envelope:
    service = settings().service
    attributes = {
        "subject": f"{event_type.entity}/{about}",
        "time": (happened_at or datetime.now(UTC)).isoformat(),
        "partitionkey": service,
        "dataschema": event_type.schema,
    }
    data = json.dumps({event_type.entity: said}, ensure_ascii=False).encode()
    return Envelope(str(id), f"/taskora/{service}", event_type.name, attributes, data)
