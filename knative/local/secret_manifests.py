"""The secrets of this installation, made once and kept, as the Kubernetes Secrets a cluster would have."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import yaml

_FUNCTIONS = "taskora_functions"
_TIDY = "taskora_tidy"
_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # the order of that curve
# What the ConfigMap `taskora` has and somebody may want otherwise here.
OTHERWISE = (
    "RATE_LIMITS",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_NAME",
    "OIDC_SCOPES",
    "REACHABLE_NETWORKS",
    "ACTIVITY_RETENTION_DAYS",
)


@dataclass(frozen=True)
class Secrets:
    database_url: str  # the functions' role
    tidy_database_url: str
    redis_url: str
    event_signing_keys: str
    public_url: str
    registration: str | None
    encryption_keys: str
    webhooks_encryption_keys: str
    oidc_client_secret: str
    vapid_private_key: str
    mail: "Mail | None"


@dataclass(frozen=True)
class Mail:
    server: str  # as a URL
    sender: str


def keep(
    file: Path,
    owner_url: str,
    redis_url: str,
    public_url: str,
    mail: Mail | None = None,
    registration: str | None = None,
) -> Secrets:
    """The stores may have moved to other ports; passwords and keys stay what they were."""
    kept = _read(file) if file.exists() else {}
    made = Secrets(
        database_url=_as_role(owner_url, _FUNCTIONS, _password_in(kept, "taskora")),
        tidy_database_url=_as_role(owner_url, _TIDY, _password_in(kept, "tidy")),
        redis_url=redis_url,
        event_signing_keys=kept.get("taskora", {}).get("EVENT_SIGNING_KEYS") or secrets.token_hex(32),
        public_url=public_url,
        registration=registration,
        encryption_keys=kept.get("accounts", {}).get("ENCRYPTION_KEYS") or secrets.token_hex(32),
        webhooks_encryption_keys=kept.get("webhooks", {}).get("ENCRYPTION_KEYS") or secrets.token_hex(32),
        oidc_client_secret=os.environ.get("OIDC_CLIENT_SECRET", ""),
        vapid_private_key=kept.get("push", {}).get("VAPID_PRIVATE_KEY") or _vapid_key(),
        mail=mail,
    )
    _write(file, made)
    return made


def _read(file: Path) -> dict[str, dict[str, str]]:
    return {secret["metadata"]["name"]: secret["stringData"] for secret in yaml.safe_load_all(file.read_text())}


def _write(file: Path, made: Secrets) -> None:
    manifests = [
        _manifest(
            "taskora",
            DATABASE_URL=made.database_url,
            REDIS_URL=made.redis_url,
            EVENT_SIGNING_KEYS=made.event_signing_keys,
            PUBLIC_URL=made.public_url,
            **({"REGISTRATION": made.registration} if made.registration else {}),
            **{name: value for name in OTHERWISE if (value := os.environ.get(name))},
        ),
        _manifest("accounts", ENCRYPTION_KEYS=made.encryption_keys, OIDC_CLIENT_SECRET=made.oidc_client_secret),
        _manifest("webhooks", ENCRYPTION_KEYS=made.webhooks_encryption_keys),
        _manifest("push", VAPID_PRIVATE_KEY=made.vapid_private_key),
        _manifest("tidy", DATABASE_URL=made.tidy_database_url),
    ]
    if made.mail:
        manifests.append(_manifest("notify", SMTP_URL=made.mail.server, MAIL_FROM=made.mail.sender))
    # Whole or not at all: a half-written file would lose the keys.
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        yaml.safe_dump_all(manifests, opened, sort_keys=False)
    new.replace(file)


def _manifest(name: str, **values: str) -> dict[str, object]:
    metadata = {"name": name, "namespace": "taskora"}
    return {"apiVersion": "v1", "kind": "Secret", "metadata": metadata, "stringData": values}


def _as_role(owner_url: str, role: str, password: str) -> str:
    """The same database, entered as another role."""
    parts = urlsplit(owner_url)
    return urlunsplit(parts._replace(netloc=f"{role}:{password}@{parts.netloc.rpartition('@')[2]}"))


def _password_in(kept: dict[str, dict[str, str]], name: str) -> str:
    return urlsplit(kept.get(name, {}).get("DATABASE_URL", "")).password or secrets.token_urlsafe(24)


def _vapid_key() -> str:
    """A private key of P-256, as push services have it: any number below the order of the curve."""
    return f"{1 + secrets.randbelow(_P256 - 1):064x}"
