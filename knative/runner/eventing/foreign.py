"""A record that is no CloudEvent, as a KafkaSource hands it on: everything that is known of it becomes an attribute."""

from datetime import UTC
from string import ascii_lowercase, digits

from knative.runner.eventing.cloudevents import Event
from knative.runner.eventing.log import Record
from knative.runner.manifests import KafkaSource

TYPE = "dev.knative.kafka.event"

_ALLOWED = frozenset(ascii_lowercase + digits)


def event_of_foreign(source: KafkaSource, record: Record) -> Event:
    topic, number = record.partition
    attributes = {
        "specversion": "1.0",
        "id": f"partition:{number}/offset:{record.offset}",
        "type": TYPE,
        "source": f"/apis/v1/namespaces/{source.namespace}/kafkasources/{source.name}#{topic}",
        "subject": f"partition:{number}#{record.offset}",
        "time": record.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    if record.key is not None:
        attributes["partitionkey"] = attributes["key"] = record.key.decode(errors="replace")
    for name, value in record.headers.items():
        if name.lower() == "content-type":
            attributes["datacontenttype"] = value.lower()
        else:
            attributes["kafkaheader" + "".join(c for c in name.lower() if c in _ALLOWED)] = value
    return Event(attributes, record.value)
