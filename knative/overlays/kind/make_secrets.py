"""Make this installation's passwords and keys, once, as Kubernetes Secrets.

`passwords` is written first and never changed, and the others are made of it: a run that died half-way, or two at once,
end with the same ones. Needs nothing but Python, and to be in a pod that may create Secrets.
"""

import base64
import json
import secrets
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

IDENTITY = Path("/var/run/secrets/kubernetes.io/serviceaccount")
API = "https://kubernetes.default.svc"

P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # the order of that curve
OWNER, FUNCTIONS, TIDY = "taskora_owner", "taskora_functions", "taskora_tidy"


def main(api: str = API, identity: Path = IDENTITY) -> None:
    here = Namespace(api, identity)
    passwords = new_passwords()
    passwords |= here.keep("passwords", passwords)  # an earlier version's have fewer
    for name, values in made_of(passwords).items():
        here.create(name, values)


def new_passwords() -> dict[str, str]:
    names = (OWNER, FUNCTIONS, TIDY, "valkey")
    # Hexadecimal: a password that began with a dash would be taken for an option.
    keys = ("event_signing_key", "encryption_key", "webhooks_encryption_key")
    made = {name: secrets.token_hex(24) for name in names} | {name: secrets.token_hex(32) for name in keys}
    return made | {"vapid_private_key": new_vapid_key()}


def new_vapid_key() -> str:
    """A private key of P-256, as push services have it: any number below the order of the curve."""
    return f"{1 + secrets.randbelow(P256 - 1):064x}"


def made_of(passwords: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Each reader has a Secret of its own: the functions know neither the owner's password nor tidy's."""

    def database(role: str) -> str:
        return f"postgresql://{role}:{passwords[role]}@postgres:5432/taskora"

    return {
        "taskora": {
            "DATABASE_URL": database(FUNCTIONS),
            "REDIS_URL": f"redis://:{passwords['valkey']}@valkey:6379/0",
            "EVENT_SIGNING_KEYS": passwords["event_signing_key"],
        },
        "accounts": {"ENCRYPTION_KEYS": passwords["encryption_key"]},
        "webhooks": {"ENCRYPTION_KEYS": passwords["webhooks_encryption_key"]},
        "push": {"VAPID_PRIVATE_KEY": passwords["vapid_private_key"]},
        "tidy": {"DATABASE_URL": database(TIDY)},
        "migrations": {
            "MIGRATION_DATABASE_URL": database(OWNER),
            "DATABASE_URL": database(FUNCTIONS),
            "TIDY_DATABASE_URL": database(TIDY),
        },
    }


class Namespace:
    """The Secrets of the namespace this pod is in."""

    def __init__(self, api: str, identity: Path) -> None:
        namespace = (identity / "namespace").read_text()
        self._secrets = f"{api}/api/v1/namespaces/{namespace}/secrets"
        self._token = (identity / "token").read_text()
        self._trust = ssl.create_default_context(cafile=str(identity / "ca.crt"))

    def keep(self, name: str, values: Mapping[str, str]) -> dict[str, str]:
        """The values that stand there from now on: these, or those of an earlier run."""
        if self.create(name, values):
            return dict(values)
        kept = self._ask(f"{self._secrets}/{name}")["data"]
        return {key: base64.b64decode(value).decode() for key, value in kept.items()}

    def create(self, name: str, values: Mapping[str, str]) -> bool:
        metadata = {"name": name, "labels": {"app.kubernetes.io/part-of": "taskora"}}
        try:
            self._ask(self._secrets, {"metadata": metadata, "stringData": dict(values)})
        except HTTPError as error:
            if error.code != HTTPStatus.CONFLICT:
                raise
            print(f"Secret {name} is kept", flush=True)  # noqa: T201
            return False
        print(f"Secret {name} is made", flush=True)  # noqa: T201
        return True

    def _ask(self, url: str, body: object = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(url, data, headers), context=self._trust, timeout=30) as answer:  # noqa: S310
            answered: dict[str, Any] = json.load(answer)
            return answered


if __name__ == "__main__":
    main()
