"""A task is added as it is typed; what it would come to is said before."""

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cases import cases
from tests.people import Person

TYPED = {"now": "2026-03-11T10:00:00", "zone": "Europe/Berlin"}
WORDS = [
    *("pay", "rent", "with", "Ann", "🎉", ",", ".", "-", "(", ")", '"', "'", "!", "#", "@", "add", "9am", "9", "17:30"),
    *("tomorrow", "friday", "next", "on", "at", "by", "until", "for", "noon", "every", "every!", "other", "day"),
    *("31st", "last", "monday", "and", "feb", "29", "2026-05-04", "27/1", "3", "times", "in", "2", "hours", "#home"),
    *("week", "@bills", "!high", "p1", "!30", "min", "before"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=500
)


def parsed(person: Person, text: str, **said: Any) -> dict[str, Any]:
    answer = person.at("tasks").post("/api/quick-add/parse", json={"text": text} | TYPED | said)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(person: Person, **said: Any) -> str:
    answer = person.at("tasks").post("/api/quick-add/parse", json={"text": "x"} | TYPED | said)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    field: str = error["field"]
    return field


@cases("quick_add")
def test_these_examples_mean_what_they_say(case: dict[str, Any], alice: Person) -> None:
    found = parsed(alice, case["text"], now=case["now"], zone=case["zone"])

    assert {name: found[name] for name in case["expected"]} == case["expected"]


def test_everything_is_said_of_a_text(alice: Person) -> None:
    assert parsed(alice, "🏠 pay rent every last day 9am #Home @bills p1 !30 min before") == {
        "title": "🏠 pay rent",
        "due_date": "2026-03-31",
        "due_time": "09:00",
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=-1",
        "anchor": "due",
        "next": ["2026-03-31T09:00", "2026-04-30T09:00", "2026-05-31T09:00", "2026-06-30T09:00", "2026-07-31T09:00"],
        "priority": "urgent",
        "hash": ["Home"],
        "tags": ["bills"],
        "reminders": [{"kind": "before", "minutes": 30}],
        "spans": [
            {"start": 11, "end": 25, "kind": "repeat", "text": "every last day"},
            {"start": 26, "end": 29, "kind": "time", "text": "9am"},
            {"start": 30, "end": 35, "kind": "hash", "text": "#Home"},
            {"start": 36, "end": 42, "kind": "tag", "text": "@bills"},
            {"start": 43, "end": 45, "kind": "priority", "text": "p1"},
            {"start": 46, "end": 60, "kind": "reminder", "text": "!30 min before"},
        ],
    }


def test_a_rejected_span_stays_text(alice: Person) -> None:
    found = parsed(alice, "dentist friday 9am", literal=[[8, 14]])

    assert (found["title"], found["due_date"], found["due_time"]) == ("dentist friday", "2026-03-12", "09:00")
    assert [span["text"] for span in found["spans"]] == ["9am"]


def test_now_may_be_an_instant(alice: Person) -> None:
    assert parsed(alice, "call at 9:00", now="2026-03-11T07:59:00Z")["due_date"] == "2026-03-11"
    assert parsed(alice, "call at 9:00", now="2026-03-11T08:00:00Z")["due_date"] == "2026-03-12"


def test_the_profile_says_what_the_request_does_not(alice: Person) -> None:
    alice.at("accounts").patch("/api/me", json={"zone": "Pacific/Apia", "week_start": "sunday"})

    found = parsed(alice, "sync every 2 weeks", zone=None, now="2026-03-11T12:00:00Z")

    assert (found["due_date"], found["rrule"]) == ("2026-03-12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;WKST=SU")
    assert parsed(alice, "sync every 2 weeks", week_start="monday")["rrule"] == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"


def test_americans_write_the_month_first(alice: Person) -> None:
    assert parsed(alice, "pay 5/4")["due_date"] == "2026-04-05"
    assert parsed(alice, "pay 5/4", locale="en-US")["due_date"] == "2026-05-04"
    assert parsed(alice, "pay 5/4", locale="en-GB")["due_date"] == "2026-04-05"


def test_what_cannot_be_read_is_refused_by_name(alice: Person) -> None:
    assert refused(alice, text="x" * 501) == "text"
    assert refused(alice, text="a\0b") == "text"
    assert refused(alice, zone="Mars/Olympus") == "zone"
    assert refused(alice, now="yesterday") == "now"
    assert refused(alice, now="1999-12-31T10:00:00") == "now"
    assert refused(alice, literal=[[1]]) == "literal.0"
    assert refused(alice, week_start="moonday") == "week_start"


def test_a_text_that_says_nothing_has_no_title(alice: Person) -> None:
    assert parsed(alice, "   ")["title"] == ""


def added(person: Person, text: str | dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = person.at("tasks").post("/api/tasks", json={"quick_add": text} | fields)
    assert answer.status_code == 201, answer.text
    task: dict[str, Any] = answer.json()
    return task


def made(person: Person, path: str, name: str, **fields: Any) -> str:
    answer = person.at("organize").post(path, json={"name": name} | fields)
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


def test_a_task_is_added_as_it_is_typed(alice: Person) -> None:
    home, bills = made(alice, "/api/lists", "Home"), made(alice, "/api/tags", "Bills")

    task = added(alice, {"text": "pay rent tomorrow 9am #home @bills p1"} | TYPED)

    assert {name: task[name] for name in ("title", "due", "zone", "list", "tags", "priority", "version")} == {
        "title": "pay rent",
        "due": "2026-03-12T09:00:00",
        "zone": None,
        "list": home,
        "tags": [bills],
        "priority": "urgent",
        "version": 1,
    }


def test_what_names_no_list_is_a_tag_and_made_once(alice: Person) -> None:
    first = added(alice, "buy milk #shop @quick @Shop")
    second = added(alice, "buy bread #SHOP")

    tags = {tag["id"]: tag["name"] for tag in alice.at("organize").get("/api/tags").json()["items"]}
    assert [tags[id] for id in first["tags"]] == ["shop", "quick"]
    assert (second["tags"], second["list"]) == ([first["tags"][0]], str(alice.id))
    assert [kind for _, kind, _ in alice.events()][-4:] == [
        "tag.created",
        "tag.created",
        "task.created",
        "task.created",
    ]


def test_undoing_it_takes_its_new_tags_away_too(alice: Person) -> None:
    answer = alice.at("tasks").post("/api/tasks", json={"quick_add": "buy milk @shop"})

    undone = alice.at("tasks").post(f"/api/activity/{answer.headers['Taskora-Activity']}/undo")

    assert undone.status_code == 200, undone.text
    assert alice.at("organize").get("/api/tags").json()["items"] == []
    assert alice.at("tasks").get("/api/tasks").json()["items"] == []


def test_a_list_and_a_tag_may_have_one_name(alice: Person) -> None:
    home = made(alice, "/api/lists", "Home")
    tag = made(alice, "/api/tags", "home")

    assert added(alice, "paint #home @home")["tags"] == [tag]
    assert (added(alice, "paint #home")["list"], added(alice, "paint #inbox")["list"]) == (home, str(alice.id))


def test_the_other_fields_are_for_what_the_text_does_not_say(alice: Person) -> None:
    home, work = made(alice, "/api/lists", "Home"), made(alice, "/api/lists", "Work")
    tag = made(alice, "/api/tags", "slow")

    task = added(alice, "paint !low @blue", list=home, tags=[tag], priority="high", notes="twice", due="2030-01-01")

    assert (task["list"], task["priority"], task["notes"], task["due"]) == (home, "low", "twice", "2030-01-01")
    assert (len(task["tags"]), task["tags"][0]) == (2, tag)
    assert added(alice, "paint #work", list=home)["list"] == work


def test_a_time_of_another_zone_keeps_it(alice: Person) -> None:
    there = {"text": "call 9am", "now": "2026-03-11T10:00:00", "zone": "Asia/Tokyo"}

    assert (added(alice, there)["due"], added(alice, there)["zone"]) == ("2026-03-12T09:00:00", "Asia/Tokyo")
    assert added(alice, there | {"text": "call tomorrow"})["zone"] is None


def test_a_task_reminds_of_itself_as_it_is_typed(alice: Person) -> None:
    typed = {"text": "rent every last day 9am !30 min before !1d", "now": "2040-03-11T10:00:00"}

    task = added(alice, typed, reminders=[{"kind": "absolute", "at": "2040-03-20T18:00:00"}])

    assert (task["due"], task["recurrence"]["rule"]) == ("2040-03-31T09:00:00", "FREQ=MONTHLY;BYMONTHDAY=-1")
    assert [{name: said for name, said in each.items() if name != "id"} for each in task["reminders"]] == [
        {"kind": "absolute", "at": "2040-03-20T18:00:00"},
        {"kind": "before", "minutes": 30},
        {"kind": "days_before", "days": 1, "at": None},
    ]


def test_what_is_typed_elsewhere_reminds_at_the_time_there(alice: Person) -> None:
    there = {"text": "call !in 3 hours", "now": "2040-03-12T09:00:00", "zone": "Asia/Tokyo"}

    [reminder] = added(alice, there)["reminders"]

    assert reminder["at"] == "2040-03-12T04:00:00"


def test_more_than_ten_reminders_are_refused(alice: Person) -> None:
    ten = [{"kind": "before", "minutes": minutes} for minutes in range(10)]
    body = {"quick_add": "call tomorrow 9am !30 min before", "reminders": ten}

    refusal = alice.at("tasks").post("/api/tasks", json=body)

    assert (refusal.status_code, refusal.json()["errors"][0]["field"]) == (422, "quick_add")


def test_nothing_that_was_typed_is_lost_in_silence(alice: Person) -> None:
    for text in ("   ", "paint #home #work"):
        for name in ("home", "work"):
            made(alice, "/api/lists", name)
        refusal = alice.at("tasks").post("/api/tasks", json={"quick_add": text})
        assert (refusal.status_code, refusal.json()["errors"][0]["field"]) == (422, "quick_add")

    assert added(alice, {"text": "rent every month", "literal": [[5, 16]]})["title"] == "rent every month"


def test_a_title_comes_in_one_way(alice: Person) -> None:
    both = alice.at("tasks").post("/api/tasks", json={"quick_add": "milk", "title": "bread"})
    neither = alice.at("tasks").post("/api/tasks", json={})

    assert (both.status_code, neither.status_code) == (422, 422)
    assert neither.json()["errors"][0]["field"] == "title"


def test_somebody_elses_lists_and_tags_are_not_meant(alice: Person, mallory: Person) -> None:
    made(mallory, "/api/lists", "Home")
    theirs = made(mallory, "/api/tags", "blue")

    task = added(alice, "paint #home @blue")

    assert (task["list"], len(task["tags"])) == (str(alice.id), 2)
    assert theirs not in task["tags"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example("x" * 500)
@example("\u202e tomorrow \ufeff")
def test_whatever_is_typed_is_answered_and_can_be_had_back(alice: Person, text: str) -> None:
    found = parsed(alice, text)

    assert parsed(alice, text) == found
    ends = [0, *(span[end] for span in found["spans"] for end in ("start", "end")), len(text)]
    assert ends == sorted(ends)
    assert [text[span["start"] : span["end"]] for span in found["spans"]] == [span["text"] for span in found["spans"]]
    left = iter(text)
    assert all(sign in left for sign in found["title"] if sign != " ")  # in this order
    if literal := [[span["start"], span["end"]] for span in found["spans"]]:
        assert parsed(alice, text, literal=literal)["title"] == " ".join(text.split())
