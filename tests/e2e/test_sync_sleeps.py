"""When nobody has a page open `sync` ends, and whoever opens one again gets what was missed, from a new process."""

from pathlib import Path

import httpx

from tests.chaos.installation import Installation
from tests.chaos.processes import children, zygote_of
from tests.load.idlers import move_in
from tests.streams import Follower
from tests.world import NO_AUTHORITIES, eventually

DELAY = "scale-down-delay: 30s"
SOON = "window: 6s"


def test_it_sleeps_and_whoever_comes_back_has_missed_nothing(tmp_path: Path) -> None:
    installation = Installation(tmp_path, with_kafka=False)
    installation.copy_code()
    manifests = installation.code / "knative/overlays/local/rendered.yaml"
    assert DELAY in manifests.read_text()
    manifests.write_text(manifests.read_text().replace(DELAY, SOON))
    try:
        installation.start()
        [person] = move_in(installation.postgres.url, 1)
        cookie = {"cookie": f"session={person.token}", "origin": installation.address}
        with httpx.Client(base_url=installation.address, headers=cookie, verify=NO_AUTHORITIES, timeout=20) as browser:

            def happens() -> None:
                browser.post("/api/tasks", json={"title": "Buy milk"}).raise_for_status()

            page = follower(installation, person.token, 0)
            happens()
            eventually(lambda: page.numbers == [1], "the page is told")
            page.stop()
            assert processes(installation) != []
            happens()
            happens()
            eventually(lambda: processes(installation) == [], "sync is gone", within=60)

            page = follower(installation, person.token, 1)
            eventually(lambda: page.numbers == [2, 3], "it is told what it missed")
            happens()
            eventually(lambda: page.numbers == [2, 3, 4], "and what happens")
            page.stop()
            assert page.resyncs == []
    finally:
        installation.stop()


def follower(installation: Installation, token: str, last_event_id: int) -> Follower:
    return Follower(lambda: installation.address, token, last_event_id)


def processes(installation: Installation) -> list[int]:
    """Those of sync; a function's process is called what it is called."""
    zygote = zygote_of(installation.runner.process.pid)
    return [pid for pid in children(zygote) if comm(pid) == "sync"]


def comm(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:  # it has just ended
        return ""
