"""When a stream ends: with the session or the API token it was opened with, with its process, and after a while."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
import yaml

from functions.sync import streams
from tests.happenings import Tuned, another_session, deliver, opened
from tests.people import Person
from tests.streams import Page, Refused
from tests.world import ROOT, Door, Function, World, eventually


def test_logging_out_ends_the_streams_of_that_session_alone(alice: Person, door: Door, by_bell: Function) -> None:
    elsewhere = another_session(alice)
    with opened(alice, by_bell) as leaving, Page(by_bell.url, elsewhere) as staying:
        assert alice.at("accounts").post("/api/auth/logout").status_code == 204
        subject = f"user/{alice.id}"
        eventually(lambda: door.about(subject) == ["user.logged_out"], "the broker has it")
        deliver(next(event for event in door.posted if event.subject == subject), by_bell)

        leaving.until_ended()
        staying.until_number(1)

        assert leaving.broke is None
        assert not staying.ended
        with pytest.raises(Refused, match="401"):
            opened(alice, by_bell)


@pytest.mark.parametrize(
    "ending", ["DELETE FROM sessions WHERE user_id = %s", "UPDATE sessions SET expires_at = now() WHERE user_id = %s"]
)
def test_a_session_that_is_over_is_found_without_a_bell_too(alice: Person, by_heads: Function, ending: str) -> None:
    with opened(alice, by_heads) as page:
        alice.world.rows(ending, alice.id)
        page.until_ended()

    assert page.broke is None


def test_a_deleted_account_ends_its_streams(alice: Person, by_heads: Function) -> None:
    with opened(alice, by_heads) as page:
        alice.world.rows("DELETE FROM users WHERE id = %s", alice.id)
        page.until_ended()


def test_sigterm_ends_streams_in_good_order(alice: Person, mallory: Person, world: World) -> None:
    sync = world.start("sync")
    with opened(alice, sync) as page, opened(mallory, sync) as other:
        assert sync.terminate() == 0
        for each in (page, other):
            each.until_ended()
            assert each.broke is None


def test_streams_live_shorter_than_knative_lets_them() -> None:
    manifest = yaml.safe_load((ROOT / "knative/base/functions/sync.yaml").read_text())

    assert streams.LIVES == (480, 560)
    assert max(streams.LIVES) < manifest["spec"]["template"]["spec"]["timeoutSeconds"]


def test_a_stream_ends_itself_before_anybody_cuts_it(alice: Person, tuned: Tuned) -> None:
    """Not all of them at once."""
    sync = tuned({"streams.LIVES": [0.5, 1.5]})

    def life(_: int) -> tuple[float, float]:
        asked = monotonic()
        with opened(alice, sync) as page:
            page.until_ended()
            assert page.broke is None
            return monotonic() - asked, monotonic() - page.frames[0].at

    with ThreadPoolExecutor(8) as readers:
        lives = list(readers.map(life, range(8)))

    since_hello = [seconds for _, seconds in lives]
    assert min(since_asked for since_asked, _ in lives) >= 0.5
    assert max(since_hello) - min(since_hello) > 0.1


def test_a_quiet_stream_shows_that_it_is_alive(alice: Person, tuned: Tuned) -> None:
    sync = tuned({"watch.HEARTBEAT": 0.1})
    with opened(alice, sync) as page, opened(alice, sync) as other:
        for each in (page, other):
            each.until_named("heartbeat", 3)
