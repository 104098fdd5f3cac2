"""Settings: read from the environment once, when first asked for, and never again."""

import json
import os
import re
from dataclasses import dataclass
from functools import cache

# How many requests of a kind in how many seconds. By user, and all API tokens of a user apart from the page; what ends
# in `-network` and what is open to all by network; registering and mails by the address they are about, and so
# is signing in, once for each network and browser that it is tried from, and once for all of them: `-everywhere`.
# `unknown-network`: with a session or an API token that does not exist.
RATE_LIMITS = (
    "read=3000/60 write=1200/60 search=1200/60 bulk=120/60 stream=120/60 open=1200/60 export=20/3600"
    " unknown-network=600/60"
    " sign-in=10/300 sign-in-network=100/300 sign-in-everywhere=200/3600"
    " registration=10/300 registration-network=200/300"
    " code=10/3600 code-network=100/3600 mail=5/3600 mail-network=100/3600"
)


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
    encryption_keys: tuple[bytes, ...]  # the first encrypts, each of them decrypts
    oidc_issuer: str  # empty: nobody signs in through a provider
    oidc_client_id: str
    oidc_client_secret: str
    oidc_name: str  # what people know the provider by
    oidc_scopes: str
    rate_limits: dict[str, tuple[int, int]]  # how many in how many seconds
    public_url: str  # where people reach us: what links in mails begin with
    registration: str  # at-once, or by-mail
    smtp_url: str  # empty: no mails
    mail_from: str
    vapid_private_key: str  # by which push services know us; empty: no push
    reachable_networks: tuple[str, ...]  # private ones that addresses which users gave may be in
    activity_retention_days: int  # the history of a month is removed so many days after it ended
    subscriber_urls: dict[str, str]  # where dead letters may be delivered again: function -> URL
    function_urls: dict[str, str]  # where functions are that are asked in a person's place: function -> address


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
        encryption_keys=tuple(key.encode() for key in os.environ.get("ENCRYPTION_KEYS", "").split(",") if key),
        oidc_issuer=os.environ.get("OIDC_ISSUER", ""),
        oidc_client_id=os.environ.get("OIDC_CLIENT_ID", ""),
        oidc_client_secret=os.environ.get("OIDC_CLIENT_SECRET", ""),
        oidc_name=os.environ.get("OIDC_NAME", ""),
        oidc_scopes=os.environ.get("OIDC_SCOPES", "") or "openid email profile",
        rate_limits=_rates(RATE_LIMITS) | _rates(os.environ.get("RATE_LIMITS", "")),
        public_url=os.environ.get("PUBLIC_URL", "").rstrip("/"),
        registration=_registration(os.environ.get("REGISTRATION", "by-mail")),
        smtp_url=os.environ.get("SMTP_URL", ""),
        mail_from=os.environ.get("MAIL_FROM", ""),
        vapid_private_key=_vapid_key(os.environ.get("VAPID_PRIVATE_KEY", "")),
        reachable_networks=_networks(os.environ.get("REACHABLE_NETWORKS", "")),
        activity_retention_days=_retention(os.environ.get("ACTIVITY_RETENTION_DAYS", "") or "400"),
        subscriber_urls=json.loads(os.environ.get("SUBSCRIBER_URLS", "{}")),
        function_urls=json.loads(os.environ.get("FUNCTION_URLS", "{}")),
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


def _registration(text: str) -> str:
    if text not in ("at-once", "by-mail"):
        raise MissingSetting(f"REGISTRATION is at-once or by-mail, and not {text!r}.")
    return text


def _vapid_key(text: str) -> str:
    if text and not re.fullmatch("[0-9a-f]{64}", text):
        raise MissingSetting("VAPID_PRIVATE_KEY is a private key of P-256, as 64 hexadecimal digits.")
    return text


def _retention(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{1,4}", text, re.ASCII) or int(text) < 90:
        raise MissingSetting(f"ACTIVITY_RETENTION_DAYS is a number of days, 90 at least, and not {text!r}.")
    return int(text)


def _networks(text: str) -> tuple[str, ...]:
    from ipaddress import ip_network

    try:
        return tuple(str(ip_network(each)) for each in text.split())
    except ValueError as error:
        raise MissingSetting(f"REACHABLE_NETWORKS is made of such as 10.0.0.0/8 fd00::/8: {error}.") from error


def _rates(text: str) -> dict[str, tuple[int, int]]:
    rates = [re.fullmatch(r"([a-z-]+)=([1-9]\d*)/([1-9]\d*)", rate) for rate in text.split()]
    known = {rate.partition("=")[0] for rate in RATE_LIMITS.split()}
    if not all(rate and rate[1] in known for rate in rates):
        raise MissingSetting(f"RATE_LIMITS is not made of such as {RATE_LIMITS!r}: {text!r}.")
    return {rate[1]: (int(rate[2]), int(rate[3])) for rate in rates if rate}
