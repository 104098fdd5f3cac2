"""Settings: read from the environment once, when first asked for, and never again."""

import json
import os
from dataclasses import dataclass
from functools import cache

# Zone data comes from the pinned tzdata package; what the system has may be years old or newer than its neighbour's.
os.environ["PYTHONTZPATH"] = ""


class MissingSetting(Exception):
    """The process cannot start; says which variable it lacks."""


@dataclass(frozen=True, slots=True)
class Settings:
    service: str  # Knative sets K_SERVICE to the function's name
    host: str
    port: int
    function_source: str
    function_target: str
    database_url: str
    redis_url: str
    broker_ingress_url: str  # an event goes to <this>/<broker>
    event_signing_keys: tuple[bytes, ...]  # the first signs, each of them verifies
    subscriber_urls: dict[str, str]  # where dead letters may be delivered again: function -> URL


@dataclass(frozen=True, slots=True)
class MigrationSettings:
    migration_database_url: str  # the schema's owner, on a direct connection
    role_urls: tuple[str, ...]  # what the functions will log in with


@cache
def settings() -> Settings:
    return Settings(
        service=required("K_SERVICE"),
        host=os.environ.get("HOST", "0.0.0.0"),  # noqa: S104  in a pod, requests come from the sidecar
        port=int(os.environ.get("PORT", "8080")),
        function_source=required("FUNCTION_SOURCE"),
        function_target=os.environ.get("FUNCTION_TARGET", "handle"),
        database_url=required("DATABASE_URL"),
        redis_url=required("REDIS_URL"),
        broker_ingress_url=required("BROKER_INGRESS_URL").rstrip("/"),
        event_signing_keys=tuple(key.encode() for key in required("EVENT_SIGNING_KEYS").split(",") if key),
        subscriber_urls=json.loads(os.environ.get("SUBSCRIBER_URLS", "{}")),
    )


def migration_settings() -> MigrationSettings:
    return MigrationSettings(
        migration_database_url=required("MIGRATION_DATABASE_URL"),
        role_urls=(required("DATABASE_URL"), required("TIDY_DATABASE_URL")),
    )


def required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise MissingSetting(f"{name} is not set.")
    return value
