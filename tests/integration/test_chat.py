"""The chat does what was said as whoever said it, attributed and undoable, and nothing that it has to guess."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import psycopg
import pytest

from shared.ids import new_id
from tests.people import Person
from tests.ports import free_port
from tests.world import Door, World, eventually


def today(person: Person, days: int = 0) -> str:
    return f"{datetime.now(ZoneInfo(person.zone)) + timedelta(days):%Y-%m-%d}"


def say(person: Person, text: str, key: str | None = None) -> httpx.Response:
    headers = {"idempotency-key": key} if key else {}
    return person.at("chat").post("/api/chat/messages", json={"text": text}, headers=headers)


def answer(person: Person, text: str) -> dict[str, Any]:
    said = say(person, text)
    assert said.status_code == 201, said.text
    answered: dict[str, Any] = said.json()["answer"]
    return answered


def history(person: Person, **query: Any) -> dict[str, Any]:
    page = person.at("chat").get("/api/chat/messages", params=query)
    assert page.status_code == 200, page.text
    found: dict[str, Any] = page.json()
    return found


def task(person: Person, id: str) -> dict[str, Any]:
    found: dict[str, Any] = person.at("tasks").get(f"/api/tasks/{id}").json()
    return found


def titles(answered: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answered["tasks"]]


def actors(person: Person, event_type: str) -> list[dict[str, Any]]:
    rows = person.world.rows(
        "SELECT data ->> 'actor' FROM events WHERE user_id = %s AND type = %s ORDER BY sequence", person.id, event_type
    )
    return [json.loads(str(actor)) for (actor,) in rows]


def changes(person: Person) -> list[str]:
    """What happened besides talking."""
    return [event_type for _, event_type, _ in person.events() if not event_type.startswith("chat.")]


@contextmanager
def forgetful(world: World) -> Iterator[None]:
    """It does what is asked, and cannot keep that it did."""
    world.rows("ALTER TABLE chat_messages ADD CONSTRAINT full_up CHECK (false) NOT VALID")
    try:
        yield
    finally:
        world.rows("ALTER TABLE chat_messages DROP CONSTRAINT full_up")


def test_what_is_added_is_there_as_quick_add_reads_it(alice: Person) -> None:
    answered = answer(alice, "add Pay rent tomorrow p1")

    [told] = answered["tasks"]
    added = task(alice, told["id"])
    assert (added["title"], added["due"], added["priority"]) == ("Pay rent", today(alice, 1), "urgent")
    assert "Pay rent" in answered["text"]


@pytest.mark.parametrize("said", ["to call Ann tomorrow at 5pm", "tomorrow at 5pm to call Ann"])
def test_who_is_to_be_reminded_is_reminded_when_it_is_due(alice: Person, said: str) -> None:
    answered = answer(alice, f"remind me {said}")

    made = task(alice, answered["tasks"][0]["id"])
    assert (made["title"], made["due"]) == ("call Ann", f"{today(alice, 1)}T17:00:00")
    fires_at = "SELECT instant(fire_at) FROM firings WHERE user_id = %s AND task_id = %s"
    assert alice.world.rows(fires_at, alice.id, made["id"]) == [(made["due_at"],)]


def test_the_reminder_that_is_said_is_the_only_one(alice: Person) -> None:
    answered = answer(alice, "remind me to call Ann tomorrow at 5pm !30 min before")

    [reminder] = task(alice, answered["tasks"][0]["id"])["reminders"]
    assert (reminder["kind"], reminder["minutes"]) == ("before", 30)


def test_who_does_not_say_when_is_told_that_nothing_reminds(alice: Person) -> None:
    answered = answer(alice, "remind me to call Ann")

    assert task(alice, answered["tasks"][0]["id"])["reminders"] == []
    assert "nothing reminds you" in answered["text"]


@pytest.mark.parametrize("said", ["remind me what I have to do today", "remind me again to call Ann"])
def test_what_says_no_time_to_be_reminded_at_adds_nothing(alice: Person, said: str) -> None:
    assert answer(alice, said)["activity"] is None
    assert changes(alice) == []


def test_a_change_is_attributed_to_the_chat_and_undone_by_its_activity(alice: Person) -> None:
    answered = answer(alice, "add Pay rent")
    undone = alice.at("tasks").post(f"/api/activity/{answered['activity']}/undo")

    assert actors(alice, "task.created") == [{"user": str(alice.id), "via": "chat", "token": None}]
    assert undone.status_code == 200
    assert alice.at("tasks").get(f"/api/tasks/{answered['tasks'][0]['id']}").status_code == 404


def test_what_is_asked_for_is_found_by_its_list_its_priority_and_its_day(alice: Person) -> None:
    work = alice.at("organize").post("/api/lists", json={"name": "Work"}).json()["id"]
    wanted = {"list": work, "priority": "high", "due": today(alice)}
    alice.has_task("This one", **wanted)
    for other in ({"list": None}, {"priority": "low"}, {"due": today(alice, 30)}):
        alice.has_task("Another", **wanted | other)

    assert titles(answer(alice, "show high-priority work tasks due today")) == ["This one"]


def test_what_is_overdue_and_due_today_is_told_and_nothing_is_changed(alice: Person) -> None:
    alice.has_task("Late", due=today(alice, -2))
    alice.has_task("Now", due=today(alice))
    before = changes(alice)

    assert titles(answer(alice, "What is overdue?")) == ["Late"]
    assert titles(answer(alice, "what's due today?")) == ["Now"]
    assert titles(answer(alice, "what should I do?")) == ["Late", "Now"]
    assert changes(alice) == before


def test_a_word_that_nothing_is_called_by_is_not_passed_over(alice: Person) -> None:
    alice.has_task("Late", due=today(alice, -2))

    answered = answer(alice, "show overdue gardening tasks")

    assert (answered["tasks"], "gardening" in answered["text"]) == ([], True)


def test_what_is_no_condition_is_searched_for(alice: Person) -> None:
    alice.has_task("Buy milk")
    alice.has_task("Buy bread")

    assert titles(answer(alice, "find milk")) == ["Buy milk"]


def test_the_task_of_a_title_is_completed_and_the_next_occurrence_told(alice: Person) -> None:
    due = today(alice, 1)
    made = alice.has_task("Water plants", due=due, recurrence={"rule": "FREQ=DAILY"})

    answered = answer(alice, "I'm done with the plants")

    assert task(alice, made["id"])["status"] == "done"
    assert [each["due"] for each in answered["tasks"]] == [due, today(alice, 2)]
    assert actors(alice, "task.completed")[0]["via"] == "chat"


def test_a_whole_title_goes_before_one_that_has_its_words(alice: Person) -> None:
    right = alice.has_task("Pay rent")
    alice.has_task("Pay rent of the garage")

    answer(alice, "complete pay rent")

    assert task(alice, right["id"])["status"] == "done"
    assert changes(alice).count("task.completed") == 1


@pytest.mark.parametrize(
    ("there", "said"),
    [(["Plan A", "Plan B"], "complete plan"), (["Plan B"], "complete plan A"), (["Vitamin A"], "complete vitamin the"),
     (["Learn C#"], "complete learn C++")],
)  # fmt: skip
def test_a_single_sign_of_a_title_is_not_passed_over(alice: Person, there: list[str], said: str) -> None:
    for title in there:
        alice.has_task(title)
    before = changes(alice)

    assert answer(alice, said)["activity"] is None
    assert changes(alice) == before


@pytest.mark.parametrize(
    ("title", "said"),
    [("Go to the Café", "cafe"), ("家賃を払う", "家賃を払う"), ("Party 🎉", "🎉"), ("Learn C#", "c#")],
)
def test_a_title_is_known_by_its_words_as_search_knows_them(alice: Person, title: str, said: str) -> None:
    made = alice.has_task(title)

    answer(alice, f"complete {said}")

    assert task(alice, made["id"])["status"] == "done"


@pytest.mark.parametrize("said", ["the report", "a report", "my report"])
def test_an_article_before_a_title_is_none_of_it(alice: Person, said: str) -> None:
    made = alice.has_task("Report")
    alice.has_task("Report of the year")

    answer(alice, f"complete {said}")

    assert task(alice, made["id"])["status"] == "done"


def test_of_two_titles_with_the_same_words_the_one_that_is_said_is_meant(alice: Person) -> None:
    right = alice.has_task("Call Ann about Bob")
    alice.has_task("Call Bob about Ann")

    answer(alice, "complete call Ann about Bob")

    assert task(alice, right["id"])["status"] == "done"


def test_of_more_tasks_than_it_has_seen_it_asks_which(alice: Person) -> None:
    for title in ("Pay rent", *(f"Pay rent {number}" for number in range(100)), "Pay rent"):
        alice.has_task(title)

    assert answer(alice, "complete pay rent")["activity"] is None


@pytest.mark.parametrize("said", ["complete pay", "move pay to tomorrow"])
def test_of_several_it_asks_which_and_changes_none(alice: Person, said: str) -> None:
    alice.has_task("Pay rent")
    alice.has_task("Pay taxes")
    before = changes(alice)

    answered = answer(alice, said)

    assert (sorted(titles(answered)), answered["activity"]) == (["Pay rent", "Pay taxes"], None)
    assert changes(alice) == before


@pytest.mark.parametrize(
    "said",
    ["complete pay rnet", "complete p", "finish everything", "I'm done with it", "move it to tomorrow",
     "move pay rnet to tomorrow"],
)  # fmt: skip
def test_what_may_have_been_meant_is_no_reason_to_change_it(alice: Person, said: str) -> None:
    alice.has_task("Pay rent")
    alice.has_task("Fix it")
    before = changes(alice)

    assert answer(alice, said)["activity"] is None
    assert changes(alice) == before


def test_all_that_is_overdue_is_moved_at_its_time_of_day_and_undone_at_once(alice: Person) -> None:
    whole = alice.has_task("A day", due=today(alice, -3))
    timed = alice.has_task("A time", due=f"{today(alice, -2)}T09:30:00", zone="Europe/Berlin")
    stays = alice.has_task("Not yet", due=today(alice, 5))

    answered = answer(alice, "move everything overdue to tomorrow")

    dues = [task(alice, each["id"])["due"] for each in (whole, timed, stays)]
    assert dues == [today(alice, 1), f"{today(alice, 1)}T09:30:00", today(alice, 5)]
    assert alice.at("tasks").post(f"/api/activity/{answered['activity']}/undo").json()["total"] == 2
    assert task(alice, whole["id"])["due"] == whole["due"]


def test_one_task_is_moved_to_a_time(alice: Person) -> None:
    made = alice.has_task("Drive to Rome", due=today(alice))

    answer(alice, "move Drive to Rome to tomorrow at 9am")

    assert task(alice, made["id"])["due"] == f"{today(alice, 1)}T09:00:00"


def test_a_title_that_reads_like_many_tasks_is_moved_as_the_one_it_is(alice: Person) -> None:
    made = alice.has_task("Plan tasks of the team", due=today(alice))
    stays = alice.has_task("Late", due=today(alice, -2))

    answer(alice, "move plan tasks of the team to tomorrow")

    assert [task(alice, each["id"])["due"] for each in (made, stays)] == [today(alice, 1), today(alice, -2)]


@pytest.mark.parametrize("title", ["Home tasks", "My home", "Overdue"])
def test_a_whole_title_goes_before_all_that_it_might_mean(alice: Person, title: str) -> None:
    home = alice.at("organize").post("/api/lists", json={"name": "Home"}).json()["id"]
    made = alice.has_task(title)
    stays = alice.has_task("Late", list=home, due=today(alice, -2))

    answer(alice, f"move {title.lower()} to tomorrow")

    assert [task(alice, each["id"])["due"] for each in (made, stays)] == [today(alice, 1), today(alice, -2)]


@pytest.mark.parametrize(
    "said",
    ["move all work tasks to tomorrow", "move everything about car to tomorrow", "move everything urgent to tomorrow"],
)
def test_what_may_be_more_than_is_meant_is_not_moved(alice: Person, said: str) -> None:
    work = alice.at("organize").post("/api/lists", json={"name": "Work"}).json()["id"]
    tag = alice.at("organize").post("/api/tags", json={"name": "work"}).json()["id"]
    alice.at("organize").post("/api/tags", json={"name": "urgent"}).raise_for_status()
    alice.has_task("Care for the carpet", list=work, priority="urgent")
    alice.has_task("Wash the car", tags=[tag])
    before = changes(alice)

    assert answer(alice, said)["activity"] is None
    assert changes(alice) == before


def test_a_sign_says_whether_a_list_or_a_tag_is_meant(alice: Person) -> None:
    work = alice.at("organize").post("/api/lists", json={"name": "Work"}).json()["id"]
    tag = alice.at("organize").post("/api/tags", json={"name": "work"}).json()["id"]
    alice.has_task("Listed", list=work)
    alice.has_task("Tagged", tags=[tag])

    assert titles(answer(alice, "move all @work tasks to tomorrow")) == ["Tagged"]


def test_a_time_of_day_is_not_said_of_a_task_in_another_zone(alice: Person) -> None:
    made = alice.has_task("Call Ann", due=f"{today(alice)}T09:30:00", zone="America/New_York")

    answer(alice, "move call Ann to tomorrow at 8am")
    assert task(alice, made["id"])["due"] == made["due"]

    answer(alice, "move call Ann to tomorrow")
    assert task(alice, made["id"])["due"] == f"{today(alice, 1)}T09:30:00"


@pytest.mark.parametrize(
    "said",
    ["move late to Work", "move late to every monday", "move late to 5/4", "move everything to tomorrow",
     "move everything from monday to friday to tomorrow"],
)  # fmt: skip
def test_what_is_no_day_or_all_there_is_moves_nothing(alice: Person, said: str) -> None:
    alice.has_task("Late", due=today(alice, -2))
    before = changes(alice)

    assert answer(alice, said)["activity"] is None
    assert changes(alice) == before


def test_undo_takes_back_what_the_chat_did_last_then_what_it_did_before(alice: Person) -> None:
    first, second = (answer(alice, f"add {title}")["tasks"][0]["id"] for title in ("First", "Second"))
    alice.has_task("By hand")

    there = []
    for _ in range(3):
        answer(alice, "undo")
        there.append([alice.at("tasks").get(f"/api/tasks/{id}").status_code for id in (first, second)])

    assert there == [[200, 404], [404, 404], [404, 404]]
    assert len(alice.at("tasks").get("/api/tasks").json()["items"]) == 1


def test_undo_passes_over_what_was_undone_by_hand(alice: Person) -> None:
    first, second = (answer(alice, f"add {title}") for title in ("First", "Second"))
    alice.at("tasks").post(f"/api/activity/{second['activity']}/undo").raise_for_status()

    assert answer(alice, "undo")["activity"]
    assert alice.at("tasks").get(f"/api/tasks/{first['tasks'][0]['id']}").status_code == 404


def test_an_undo_that_was_not_said_is_the_same_one_when_it_is_asked_again(alice: Person, world: World) -> None:
    first, key = answer(alice, "add First")["tasks"][0]["id"], str(new_id())
    with forgetful(world):
        assert say(alice, "undo", key).status_code == 500
    second = answer(alice, "add Second")["tasks"][0]["id"]

    assert say(alice, "undo", key).json()["answer"]["activity"]
    there = [alice.at("tasks").get(f"/api/tasks/{id}").status_code for id in (first, second)]
    assert there == [404, 200]


def test_what_cannot_be_undone_any_more_is_said(alice: Person) -> None:
    made = answer(alice, "add Pay rent")["tasks"][0]["id"]
    alice.at("tasks").patch(f"/api/tasks/{made}", json={"title": "Pay the rent"})

    answered = answer(alice, "undo")

    assert answered["activity"] is None
    assert task(alice, made)["title"] == "Pay the rent"


@pytest.mark.parametrize("said", ["hello", "delete everything", "Pay rent", "drop table tasks"])
def test_what_it_does_not_understand_it_answers_with_what_it_does(alice: Person, said: str) -> None:
    alice.has_task("Pay rent")
    before = changes(alice)

    assert "move everything overdue to Monday" in answer(alice, said)["text"]
    assert changes(alice) == before


def test_a_refusal_is_told_as_a_sentence(alice: Person) -> None:
    for name in ("Home", "Work"):
        alice.at("organize").post("/api/lists", json={"name": name})

    answered = answer(alice, "add Pay rent #Home #Work")

    assert answered["text"] == "That cannot be done: it names two lists, Home and Work; a task is in one."
    assert answered["activity"] is None


def test_both_messages_are_events_that_do_not_say_what_was_said(alice: Person, door: Door) -> None:
    said = say(alice, "find my secret").json()

    subjects = [f"message/{said[each]['id']}" for each in ("message", "answer")]
    assert [(number, event_type, subject) for number, event_type, subject in alice.events()] == [
        (said["message"]["sequence"], "chat.message", subjects[0]),
        (said["answer"]["sequence"], "chat.message", subjects[1]),
    ]
    assert [actor["via"] for actor in actors(alice, "chat.message")] == ["web", "chat"]
    eventually(lambda: all(door.about(subject) for subject in subjects), "both are published")
    published = [event for event in list(door.posted) if event.subject in subjects]
    assert {event.topic for event in published} == {"chat-events"}
    assert not any(b"secret" in event.data for event in published)
    logs = [alice.world.function(name).log.read_text() for name in ("chat", "tasks")]
    assert not any("secret" in log for log in logs)


def test_the_history_has_all_of_it_the_newest_first_and_of_nobody_else(alice: Person, mallory: Person) -> None:
    for number in range(3):
        answer(alice, f"add Task {number}")

    pages = [history(alice, limit=4)]
    pages.append(history(alice, limit=4, cursor=pages[0]["next"]))

    items = [item for page in pages for item in page["items"]]
    assert [item["text"] for item in items if item["role"] == "user"] == ["add Task 2", "add Task 1", "add Task 0"]
    assert [item["role"] for item in items] == ["assistant", "user"] * 3
    assert (pages[1]["next"], history(mallory)["items"]) == (None, [])


def test_the_history_is_deleted_at_once_and_what_was_done_stays(alice: Person, mallory: Person) -> None:
    made = answer(alice, "add Pay rent")["tasks"][0]["id"]
    answer(mallory, "hello")

    statuses = [alice.at("chat").delete("/api/chat/messages").status_code for _ in range(2)]

    assert (statuses, history(alice)["items"], len(history(mallory)["items"])) == ([204, 204], [], 2)
    assert task(alice, made)["title"] == "Pay rent"
    assert [event_type for _, event_type, _ in alice.events()][-1] == "chat.cleared"
    assert [event_type for _, event_type, _ in alice.events()].count("chat.cleared") == 1


def test_a_message_that_is_sent_again_is_done_once(alice: Person) -> None:
    key = str(new_id())

    first, second = (say(alice, "add Pay rent", key) for _ in range(2))

    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert say(alice, "add Pay taxes", key).status_code == 422
    assert changes(alice) == ["task.created"]


def test_a_message_that_is_sent_twice_at_once_is_done_once(alice: Person, world: World) -> None:
    key = str(new_id())
    alice.at("chat")

    with ThreadPoolExecutor(2) as clicks, world.everyone_waits_for(alice.id, waiting=2):
        answers = [clicks.submit(say, alice, "add Pay rent", key) for _ in range(2)]

    assert len({said.result().text for said in answers}) == 1
    assert [event_type for _, event_type, _ in alice.events()] == ["task.created", "chat.message", "chat.message"]


def test_what_was_done_while_the_same_message_looked_for_it_is_told(alice: Person, world: World) -> None:
    alice.has_task("Pay rent")
    key, said = str(new_id()), "complete pay rent"

    with ThreadPoolExecutor(2) as clicks:
        with psycopg.connect(world.owner_url) as searching, forgetful(world):
            with world.everyone_waits_for(alice.id, waiting=2):
                first = clicks.submit(say, alice, said, key)
                eventually(lambda: world.waiting_for_locks() == 1, "the first has found it")
                searching.execute("LOCK TABLE tags")
                second = clicks.submit(say, alice, said, key)
            assert first.result().status_code == 500
        answered = second.result()

    assert answered.json()["answer"]["activity"]
    assert answered.text == say(alice, said, key).text
    assert changes(alice) == ["task.created", "task.completed"]


@pytest.mark.parametrize(
    ("said", "happened"), [("add Pay taxes", "task.created"), ("complete late", "task.completed"),
                           ("remind me in 10 minutes to pay taxes", "task.created"),
                           ("move everything overdue to tomorrow", "task.updated")],
)  # fmt: skip
def test_what_was_done_and_not_said_is_said_when_it_is_asked_again(
    alice: Person, world: World, said: str, happened: str
) -> None:
    alice.has_task("Late", due=today(alice, -2))
    before, key = changes(alice), str(new_id())
    with forgetful(world):
        assert say(alice, said, key).status_code == 500

    answered = say(alice, said, key).json()["answer"]

    assert answered["activity"]
    assert changes(alice) == [*before, happened]


def test_a_token_does_what_its_scopes_say_and_is_named_in_what_it_does(alice: Person, world: World) -> None:
    def program(*scopes: str) -> tuple[httpx.Client, str]:
        made = alice.at("accounts").post("/api/tokens", json={"name": "Script", "scopes": scopes}).json()
        return world.function("chat").client(authorization=f"Bearer {made['token']}"), made["id"]

    reader, _ = program("tasks:read")
    writer, id = program("tasks:write")
    with reader, writer:
        refused = reader.post("/api/chat/messages", json={"text": "add Pay rent"})
        added = writer.post("/api/chat/messages", json={"text": "add Pay rent"})
        unread = writer.post("/api/chat/messages", json={"text": "what is overdue?"})

    assert (refused.status_code, added.status_code, unread.status_code) == (403, 201, 403)
    assert actors(alice, "task.created") == [{"user": str(alice.id), "via": "chat", "token": id}]


def test_what_others_put_into_a_browser_is_passed_on_as_it_is(alice: Person, world: World) -> None:
    cookies = f"theirs=\u00fc\u00df; session={alice.token}".encode()
    page = {"origin": "https://taskora.test", "x-forwarded-host": "taskora.test"}

    with world.function("chat").client(**page) as browser:
        answered = browser.post("/api/chat/messages", json={"text": "what is overdue?"}, headers={b"cookie": cookies})

    assert answered.status_code == 201


def test_while_what_it_asks_is_away_it_says_so_and_keeps_nothing(alice: Person, world: World) -> None:
    chat = world.start("chat", FUNCTION_URLS=json.dumps({"tasks": f"http://127.0.0.1:{free_port()}"}))

    answered = alice.browsing(chat).post("/api/chat/messages", json={"text": "add Pay rent"})
    chat.kill()

    assert (answered.status_code, "retry-after" in answered.headers) == (503, True)
    assert history(alice)["items"] == []


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "x" * 2001, "a\0b", None, 7])
def test_what_is_no_message_is_refused(alice: Person, text: object) -> None:
    answered = alice.at("chat").post("/api/chat/messages", json={"text": text})

    assert answered.status_code == 422
