"""What the brokers' topics hold, and whether every consumer group has finished it."""

from typing import Any
from uuid import UUID

from shared import db
from tests.chaos.installation import Installation

TOPICS = ["task-events", "reminder-events", "user-events", "chat-events"]  # what users cause

sql = db.queries(__file__, "wire")


def groups_behind(installation: Installation) -> list[dict[str, Any]]:
    if installation.kafka_servers:
        return _kafka_groups_behind(installation.kafka_servers)
    return installation.rows(sql.groups_behind)


def copy_into_a_table(installation: Installation) -> None:
    """Table `wire`, so that what was published can be held against what happened."""
    installation.rows(sql.make_table)
    if installation.kafka_servers:
        installation.rows(sql.fill, **_columns(_kafka_records(installation.kafka_servers)))
    else:
        installation.rows(sql.fill_from_embedded_log, topics=TOPICS)
    installation.rows(sql.index_table)


def sent_again(installation: Installation) -> int:
    """How often the brokers took an event that they had already."""
    return int(installation.rows(sql.sent_again)[0]["times"])


Record = tuple[dict[str, str], bytes]


def _columns(records: list[Record]) -> dict[str, list[Any]]:
    return {
        "ids": [UUID(headers["ce_id"]) for headers, _ in records],
        "user_ids": [UUID(headers["ce_partitionkey"]) for headers, _ in records],
        "sequences": [int(headers["ce_sequence"]) for headers, _ in records],
        "data": [value for _, value in records],
    }


def _kafka_records(servers: str) -> list[Record]:
    from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

    consumer = Consumer({"bootstrap.servers": servers, "group.id": "chaos", "enable.auto.commit": False})
    try:
        partitions = [
            TopicPartition(name, number, OFFSET_BEGINNING)
            for name in TOPICS
            for number in consumer.list_topics(name, timeout=20).topics[name].partitions
        ]
        left = sum(_end(consumer, partition) for partition in partitions)
        consumer.assign(partitions)
        records: list[Record] = []
        while left:
            message = consumer.poll(20)
            if message is None:
                raise TimeoutError(f"Kafka holds {left} records more and does not give them")
            if message.error() is None:
                records.append(_as_record(message))
                left -= 1
        return records
    finally:
        consumer.close()


def _as_record(message: Any) -> Record:
    return {name: text.decode() for name, text in message.headers()}, message.value()


def _kafka_groups_behind(servers: str) -> list[dict[str, Any]]:
    from confluent_kafka import Consumer, KafkaException
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": servers})
    behind = []
    try:
        for group in admin.list_consumer_groups(request_timeout=10).result().valid:
            consumer = Consumer({"bootstrap.servers": servers, "group.id": group.group_id})
            topics = consumer.list_topics(timeout=10).topics
            try:
                for topic in topics.values():
                    behind += _topic_behind(consumer, group.group_id, topic)
            finally:
                consumer.close()
    except KafkaException as error:
        return [{"kafka": str(error)}]
    return behind


def _topic_behind(consumer: Any, group: str, topic: Any) -> list[dict[str, Any]]:
    from confluent_kafka import TopicPartition

    committed = consumer.committed([TopicPartition(topic.topic, number) for number in topic.partitions], timeout=10)
    return [
        {"group": group, "topic": topic.topic, "records": end - partition.offset}
        for partition in committed
        if partition.offset >= 0 and (end := _end(consumer, partition)) > partition.offset
    ]


def _end(consumer: Any, partition: Any) -> int:
    return int(consumer.get_watermark_offsets(partition, timeout=10)[1])
