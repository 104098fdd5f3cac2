"""The secrets of an installation on one machine are made once, and stay whatever moves."""

from pathlib import Path

import yaml

from knative.local import secret_manifests


def kept(file: Path) -> dict[str, dict[str, str]]:
    return {each["metadata"]["name"]: each["stringData"] for each in yaml.safe_load_all(file.read_text())}


def begin(file: Path, port: int) -> dict[str, dict[str, str]]:
    secret_manifests.keep(file, f"postgresql://owner@localhost:{port}/taskora", "redis://here", "http://here")
    return kept(file)


def test_keys_stay_when_stores_move(tmp_path: Path) -> None:
    file = tmp_path / "secrets.yaml"

    first, second = begin(file, 1), begin(file, 2)

    assert first["taskora"]["DATABASE_URL"] != second["taskora"]["DATABASE_URL"]
    for name, key in (
        ("taskora", "EVENT_SIGNING_KEYS"),
        ("accounts", "ENCRYPTION_KEYS"),
        ("webhooks", "ENCRYPTION_KEYS"),
        ("push", "VAPID_PRIVATE_KEY"),
    ):
        assert first[name][key] == second[name][key]


def test_what_an_earlier_version_did_not_make_is_made(tmp_path: Path) -> None:
    file = tmp_path / "secrets.yaml"
    before = begin(file, 1)
    documents = [each for each in yaml.safe_load_all(file.read_text()) if each["metadata"]["name"] != "push"]
    file.write_text(yaml.safe_dump_all(documents))

    after = begin(file, 1)

    assert after["taskora"] == before["taskora"]
    assert 0 < int(after["push"]["VAPID_PRIVATE_KEY"], 16) < secret_manifests._P256


def test_only_their_owner_reads_them(tmp_path: Path) -> None:
    begin(tmp_path / "secrets.yaml", 1)

    assert (tmp_path / "secrets.yaml").stat().st_mode & 0o777 == 0o600
