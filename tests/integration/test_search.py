"""Searching tasks: what is found, in which order, and that nothing said is too strange to be sought."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import words
from shared.ids import new_id
from tests.people import Person


def search(person: Person, q: str, **parameters: Any) -> dict[str, Any]:
    answer = person.at("tasks").get("/api/tasks/search", params={"q": q, **parameters})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def found(person: Person, q: str, **parameters: Any) -> list[str]:
    return [item["task"]["title"] for item in search(person, q, **parameters)["items"]]


def shown(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Each match as text, its hits in brackets."""
    return [
        (match["where"], "".join(f"[{part['text']}]" if part["hit"] else part["text"] for part in match["parts"]))
        for match in item["matches"]
    ]


def has_tag(person: Person, name: str) -> str:
    tag = new_id()
    person.world.rows(
        "INSERT INTO tags (user_id, id, name, name_key, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, %s, now(), now(), 1)",
        person.id, tag, name, name.casefold(),
    )  # fmt: skip
    return str(tag)


def has_comment(person: Person, task: dict[str, Any], text: str) -> str:
    comment = new_id()
    person.world.rows(
        "INSERT INTO comments (user_id, id, task_id, text, html, words, created_at, updated_at, version)"
        " VALUES (%s, %s, %s, %s, '', %s, now(), now(), 1)",
        person.id, comment, task["id"], text, words.of_comment(text),
    )  # fmt: skip
    return str(comment)


# What is found


FOUND = [
    # title, notes, what is sought
    ("Buy milk", "", "milk"),
    ("Buy milk", "", "MILK"),
    ("Buy milk", "", "mil"),
    ("Buy milk", "", "m"),
    ("Buy milk", "", "milk buy"),
    ("Buy milk", "", "bu mi"),
    ("Buy milk", "two litres", "milk litres"),
    ("Café crème", "", "cafe creme"),
    ("Cafe creme", "", "café crème"),
    ("Cafe\u0301", "", "café"),
    ("Straße fegen", "", "strasse"),
    ("Strasse fegen", "", "STRAẞE"),
    ("Smørrebrød", "", "smorrebrod"),
    ("Łódź", "", "lodz"),
    ("Diyarbak\u0131r \u0131\u015f\u0131k", "", "diyarbakir isik"),
    ("İstanbul", "", "istanbul"),
    ("Istanbul", "", "İSTANBUL"),
    ("Ærø Œuvre", "", "aero oeuvre"),
    ("Þórður", "", "thordur"),
    ("Đà Nẵng", "", "da nang"),
    ("Ёлка", "", "елка"),
    ("ΟΔΟΣ", "", "οδός"),
    ("ﬁnance", "", "finance"),
    ("\uff46\uff55\uff4c\uff4c", "", "full"),
    ("rent: now!", "", "rent: now!"),
    ("a & b", "", "a & b"),
    ("Learn C++", "", "C++"),
    ("Learn C#", "", "c#"),
    ("Learn C++", "", "c"),
    ("Ship 🚀 today", "", "🚀"),
    ("Thumbs 👍🏽", "", "👍"),
    ("don't panic", "", "don't"),
    ("see example.org/path?x=1", "", "example.org"),
    ("mail bob@example.org", "", "bob@example.org"),
    ("version 1.20.3", "", "1.20"),
    ("snake_case", "", "case"),
    ("明日牛乳を買う", "", "牛乳"),
    ("明日牛乳を買う", "", "買"),
    ("明日牛乳を買う", "", "う"),
    ("明日 buy牛乳now", "", "buy 牛乳 now"),
    ("ซื้อนมพรุ่งนี้", "", "นม"),
    ("서울에서 회의", "", "서울"),
    ("לקנות חלב", "", "חלב"),
    ("شِراء حليب", "", "شراء"),
    ("x" * 400, "", "x" * 400),
    ("long", "word " * 3000 + "needle", "needle"),
]


@pytest.mark.parametrize(("title", "notes", "q"), FOUND)
def test_what_is_there_is_found(alice: Person, title: str, notes: str, q: str) -> None:
    alice.has_task(title, notes=notes)

    assert found(alice, q) == [title]


TYPOS = [
    # title, what is sought, whether it is found all the same
    ("Buy milk", "mlik", True),
    ("Buy milk", "milj", True),
    ("Buy milk", "millk", True),
    ("Buy milk", "mik", True),
    ("Call the bank", "teh bnak", True),
    ("Groceries", "grocreies", True),
    ("Groceries", "grcoeires", True),
    ("Groceries", "grocr", True),
    ("Recommendation letter", "recomendtion", True),
    ("Recommendation letter", "recommmendatoin leter", True),
    ("Accommodation", "acomodation", True),
    ("Recommendation", "ercommednation", True),
    ("Recommendation", "ercmomendation", True),
    ("Recommendation", "rrecommenndation", True),
    ("Recommendations", "recommndatons", True),
    ("Recommendation", "rocommendatoin", True),
    ("Молоко", "молако", True),
    ("Größe", "grosze", True),
    ("Buy milk", "mlki", False),
    ("Buy milk", "salt", False),
    ("Buy milk", "mklk", True),
    ("Buy milk", "kmil", False),
    ("Groceries", "gsocfrjes", False),
    ("Room 4711", "4712", False),
    ("Do it", "ti", False),
]


@pytest.mark.parametrize(("title", "q", "forgiven"), TYPOS)
def test_typos_are_forgiven(alice: Person, title: str, q: str, forgiven: bool) -> None:
    alice.has_task(title)

    assert found(alice, q) == [title] * forgiven


NOT_FOUND = ["bread", "ik", "milk bread", "uy", "牛", "🚀", "0"]


@pytest.mark.parametrize("q", NOT_FOUND)
def test_what_is_not_there_is_not_found(alice: Person, q: str) -> None:
    alice.has_task("Buy milk")

    assert found(alice, q) == []


STRANGE = ["", " ", "'", '"', "\\", "&", "|", "!", "()", ":*", "~", "%", "_", "\0", "a\0b", "\ud7ff", "-", "''''",
           "' OR 1=1 --", "'a':*", "milk'", "!milk", "<->", "\u202emilk", "\u200d", "x" * 10_000, "a " * 5_000,
           "%(user_id)s", "{condition}", "¿?", "。、", "\u0301", "\U0001f468\u200d\U0001f469", "C++ C# '"]  # fmt: skip


@pytest.mark.parametrize("q", STRANGE)
def test_nothing_is_too_strange_to_be_sought(alice: Person, q: str) -> None:
    alice.has_task("Buy milk")

    search(alice, q)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60), q=st.text(max_size=60), notes=st.text(max_size=100))
def test_whatever_is_written_and_sought_is_answered_with_ones_own(
    alice: Person, mallory: Person, title: str, q: str, notes: str
) -> None:
    task = {"title": title, "notes": notes}
    made = alice.at("tasks").post("/api/tasks", json=task)
    assert made.status_code in (201, 422)

    own = search(mallory, q)["items"] + search(mallory, title)["items"]
    if made.status_code == 201 and words.in_search(title):
        whole = search(alice, title, limit=100)
        ids = {item["task"]["id"] for item in whole["items"]}
        assert made.json()["id"] in ids or whole["next"]

    assert own == []


# In which order


def test_the_best_hits_come_first(alice: Person) -> None:
    tag, tagged = has_tag(alice, "Garden"), has_tag(alice, "gardening")
    commented = alice.has_task("in a comment")
    has_comment(alice, commented, "the garden, you know")
    alice.has_task("notes, beginning", notes="gardener")
    alice.has_task("notes, whole", notes="The garden.")
    alice.has_task("tag, beginning", tags=[tagged])
    alice.has_task("tag, whole", tags=[tag])
    alice.has_task("Gardening, older")
    alice.has_task("Gardening, newer")
    alice.has_task("garden, older")
    alice.has_task("garden, newer")
    alice.has_task("Burden")

    assert found(alice, "garden") == [
        "garden, newer",
        "garden, older",
        "Gardening, newer",
        "Gardening, older",
        "tag, whole",
        "tag, beginning",
        "notes, whole",
        "notes, beginning",
        "in a comment",
    ]


def test_with_several_words_those_in_titles_come_first(alice: Person) -> None:
    tag = has_tag(alice, "milk")
    task = alice.has_task("Buy, in a comment")
    has_comment(alice, task, "milk")
    alice.has_task("both in notes", notes="buy milk")
    alice.has_task("Buy something", notes="milk")
    alice.has_task("Buy, tagged", tags=[tag])
    alice.has_task("Milkshake buying")
    alice.has_task("Milk I buy")
    alice.has_task("Buy bread")

    assert found(alice, "buy milk") == [
        "Milk I buy",
        "Milkshake buying",
        "Buy, tagged",
        "Buy something",
        "both in notes",
        "Buy, in a comment",
    ]


def test_what_may_have_been_meant_comes_last_and_only_beside_little(alice: Person) -> None:
    alice.has_task("From here")
    alice.has_task("notes", notes="form")

    assert found(alice, "form") == ["notes", "From here"]

    for number in range(5):
        alice.has_task(f"Form {number}")

    assert "From here" not in found(alice, "form")


def test_typos_in_titles_come_before_those_in_notes_and_comments(alice: Person) -> None:
    tag = has_tag(alice, "Chocolate")
    has_comment(alice, alice.has_task("comment"), "chocolate")
    alice.has_task("notes", notes="chocolate")
    alice.has_task("tagged", tags=[tag])
    alice.has_task("Chocolate")

    assert found(alice, "choclate") == ["Chocolate", "tagged", "notes", "comment"]


def test_pages_show_every_hit_once_and_in_order(alice: Person) -> None:
    tag = has_tag(alice, "plan")
    for number in range(12):
        places: list[dict[str, Any]] = [{}, {"notes": "plan"}, {"tags": [tag]}, {}]
        task = alice.has_task(f"Plan {number}" if number % 4 == 0 else f"Number {number}", **places[number % 4])
        if number % 4 == 3:
            has_comment(alice, task, "the plan")
    whole = found(alice, "plan", limit=100)

    page = search(alice, "plan", limit=5)
    pages = [item["task"]["title"] for item in page["items"]]
    while page["next"]:
        page = search(alice, "plan", limit=5, cursor=page["next"])
        pages += [item["task"]["title"] for item in page["items"]]

    assert len(whole) == 12
    assert pages == whole


def test_pages_of_what_may_have_been_meant_show_each_once(alice: Person) -> None:
    for number in range(7):
        task = alice.has_task(f"Chocolate {number}" if number % 3 else f"number {number}", notes="dark chocolate")
        if number == 3:
            has_comment(alice, task, "chocolaet")
    alice.has_task("Chocolaet")

    page = search(alice, "chocolaet", limit=3)
    pages = [item["task"]["title"] for item in page["items"]]
    while page["next"]:
        page = search(alice, "chocolaet", limit=3, cursor=page["next"])
        pages += [item["task"]["title"] for item in page["items"]]

    assert pages[:2] == ["Chocolaet", "number 3"]
    assert pages[2:] == [f"Chocolate {number}" for number in (5, 4, 2, 1)] + ["number 6", "number 0"]


def test_pages_go_on_when_words_that_are_there_were_mistyped(alice: Person) -> None:
    alice.has_task("A form")
    for number in range(4):
        alice.has_task(f"From the bank {number}")

    page = search(alice, "form bank", limit=3)
    rest = search(alice, "form bank", limit=3, cursor=page["next"])

    titles = [item["task"]["title"] for item in page["items"] + rest["items"]]
    assert titles == [f"From the bank {number}" for number in (3, 2, 1, 0)]


def test_a_letter_beside_a_word_counts(alice: Person) -> None:
    alice.has_task("Chocolate mousse")
    alice.has_task("Chocolate cake")

    assert found(alice, "chocolate m") == ["Chocolate mousse"]
    assert found(alice, "m chocolate") == ["Chocolate mousse"]
    assert found(alice, "chocolate x") == []


def test_a_beginning_that_is_everywhere_shows_the_newest_in_order(alice: Person) -> None:
    alice.world.rows(
        "INSERT INTO tasks (user_id, id, title, notes, status, priority, list_id, tags, position, words, created_at,"
        " updated_at, version)"
        " SELECT %s, gen_random_uuid(), 'many ' || number, '', 'todo', 'none', %s, '{}', 'a' || number,"
        " 'amany a' || number, now() - number * interval '1 minute', now(), 1 FROM generate_series(1, 3000) AS number",
        alice.id, alice.id,
    )  # fmt: skip
    alice.world.rows(
        "UPDATE tasks SET title = 'm', words = 'am' WHERE user_id = %s AND title IN ('many 2', 'many 2950')",
        alice.id,
    )

    first = search(alice, "m", limit=5)
    second = search(alice, "m", limit=5, cursor=first["next"])

    titles = [item["task"]["title"] for page in (first, second) for item in page["items"]]
    assert titles == ["m", "m", "many 1", *(f"many {number}" for number in range(3, 10))]


# What is shown


def test_a_hit_shows_where_it_is(alice: Person) -> None:
    tag = has_tag(alice, "Molkerei & Milch")
    alice.has_task("Milch für Müller", notes=f"{'vorne ' * 30}<b>Müllermilch</b> {'hinten ' * 60}", tags=[tag])

    [item] = search(alice, "mil mull")["items"]

    matches = dict(shown(item))
    assert matches["title"] == "[Mil]ch für [Müll]er"
    assert matches["tag"] == "Molkerei & [Mil]ch"
    assert matches["notes"].startswith("…vorne vorne")
    assert "<b>[Müll]ermilch</b> hinten" in matches["notes"]
    assert matches["notes"].endswith("…")
    assert len(matches["notes"]) < 180
    assert [match["id"] for match in item["matches"] if match["where"] == "tag"] == [tag]


def test_parts_put_together_are_the_text(alice: Person) -> None:
    title = "ﬁne Straße 👍🏽 e\u0301tude İstanbul 牛乳を買う C++"
    alice.has_task(title)

    [item] = search(alice, "fin stras 👍 etude istanbul 乳を c++")["items"]

    [match] = item["matches"]
    assert "".join(part["text"] for part in match["parts"]) == title
    assert shown(item)[0][1].startswith("[ﬁn]e [Straß]e [👍")
    assert "牛[乳を]買う [C++]" in shown(item)[0][1]


def test_a_comment_shows_where_it_is(alice: Person) -> None:
    task = alice.has_task("Call the bank")
    comment = has_comment(alice, task, "They open at nine, says Zoë.")

    [item] = search(alice, "zoe")["items"]

    assert shown(item) == [("comment", "They open at nine, says [Zoë].")]
    assert item["matches"][0]["id"] == comment


def test_what_was_meant_is_shown(alice: Person) -> None:
    alice.has_task("Buy chocolate", notes="dark choclate")

    assert shown(search(alice, "chocolaet")["items"][0]) == [
        ("title", "Buy [chocolate]"),
        ("notes", "dark [choclate]"),
    ]


# At once, and nobody else's


def test_what_was_just_saved_is_found_while_others_write(alice: Person) -> None:
    def saves(number: int) -> bool:
        title = f"unique{'abcdefghij'[number % 10]}{number}"
        alice.has_task(title)
        return found(alice, title) == [title]

    with ThreadPoolExecutor(6) as writers:
        assert all(writers.map(saves, range(60)))


def test_a_change_is_found_at_once(alice: Person) -> None:
    task = alice.has_task("Buy milk", notes="two litres")
    tasks = alice.at("tasks")

    tasks.patch(f"/api/tasks/{task['id']}", json={"title": "Buy bread"})
    assert found(alice, "milk") == []
    assert found(alice, "bread") == ["Buy bread"]

    tasks.put(f"/api/tasks/{task['id']}", json={"title": "Sell cake"})
    assert found(alice, "litres") == found(alice, "bread") == []
    assert found(alice, "cake") == ["Sell cake"]

    tasks.delete(f"/api/tasks/{task['id']}")
    assert found(alice, "cake") == []


def test_a_renamed_tag_is_found_by_its_new_name(alice: Person) -> None:
    tag = has_tag(alice, "groceries")
    alice.has_task("Buy milk", tags=[tag])

    alice.world.rows("UPDATE tags SET name = 'Errands', name_key = 'errands' WHERE id = %s", tag)

    assert found(alice, "groceries") == []
    assert found(alice, "errands milk") == ["Buy milk"]


def test_a_tag_that_is_taken_off_or_deleted_finds_nothing(alice: Person) -> None:
    tag, other = has_tag(alice, "errands"), has_tag(alice, "waiting")
    task = alice.has_task("Buy milk", tags=[tag, other])

    alice.at("tasks").patch(f"/api/tasks/{task['id']}", json={"tags": [other]})
    assert found(alice, "errands") == []
    assert found(alice, "waiting") == ["Buy milk"]

    alice.world.rows("UPDATE tags SET deleted_at = now() WHERE id = %s", other)
    assert found(alice, "waiting") == []


def test_a_deleted_comment_is_not_found_and_a_restored_one_is(alice: Person) -> None:
    comment = has_comment(alice, alice.has_task("Buy milk"), "skimmed")
    assert found(alice, "skimmed") == ["Buy milk"]

    alice.world.rows("UPDATE comments SET deleted_at = now() WHERE id = %s", comment)
    assert found(alice, "skimmed") == []

    alice.world.rows("UPDATE comments SET deleted_at = NULL WHERE id = %s", comment)
    assert found(alice, "skimmed") == ["Buy milk"]


def test_what_is_said_about_a_task_is_found_until_it_is_taken_back(alice: Person) -> None:
    task = alice.has_task("Call the bank")
    said = alice.at("tasks").post(f"/api/tasks/{task['id']}/comments", json={"text": "They open at **nine**"}).json()
    assert found(alice, "nine") == ["Call the bank"]

    alice.at("tasks").delete(f"/api/comments/{said['id']}")
    assert found(alice, "nine") == []


def test_a_restored_task_is_found_again(alice: Person) -> None:
    task = alice.has_task("Buy milk")
    alice.at("tasks").delete(f"/api/tasks/{task['id']}")

    alice.world.rows("UPDATE tasks SET deleted_at = NULL WHERE user_id = %s AND id = %s", alice.id, task["id"])

    assert found(alice, "milk") == ["Buy milk"]


def test_nobody_finds_what_is_anothers(alice: Person, mallory: Person) -> None:
    tag = has_tag(alice, "secretive")
    task = alice.has_task("A secret", notes="hidden", tags=[tag])
    has_comment(alice, task, "whispered")
    assert found(alice, "secret hidden secretive whispered") == ["A secret"]

    for q in ("secret", "secrte", "hidden", "hiden", "secretive", "whispered", "whisperd", "s", "a"):
        assert search(mallory, q)["items"] == []


def test_a_user_with_the_same_key_is_another_user_all_the_same(alice: Person, mallory: Person) -> None:
    alice.has_task("Buy milk")
    near = Person(alice.world, "Near", id=type(alice.id)(mallory.id.hex[:-6] + alice.id.hex[-6:]))

    assert found(near, "milk") == found(near, "mlik") == []
    near.leave()


def test_a_cursor_of_ones_own_making_is_refused(alice: Person) -> None:
    of_no_stage = (
        "WyIxNiIsICIyMDI2LTExLTIwVDA5OjAwOjAwKzAwOjAwIiwgIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCIsICIwIl0="
    )
    for cursor in ("x", "é", "WyIwIiwgIjAiLCAiMCIsICIwIl0=", of_no_stage, "\0"):
        answer = alice.at("tasks").get("/api/tasks/search", params={"q": "milk", "cursor": cursor})
        assert answer.status_code == 422


def test_an_answer_says_when_there_was_too_much_to_be_put_in_order(alice: Person) -> None:
    task = alice.has_task("Party")
    has_comment(alice, task, "milk")
    assert search(alice, "milk")["complete"] is True
    alice.world.rows(
        "INSERT INTO comments (user_id, id, task_id, text, html, words, created_at, updated_at, version)"
        " SELECT %s, gen_random_uuid(), %s, 'milk', '', 'cmilk', now(), now(), 1 FROM generate_series(1, 3000)",
        alice.id, task["id"],
    )  # fmt: skip

    assert search(alice, "milk")["complete"] is False


def test_a_search_without_words_finds_nothing(alice: Person) -> None:
    alice.has_task("Buy milk")

    assert search(alice, "?!") == {"items": [], "next": None, "complete": True}
    answer: httpx.Response = alice.at("tasks").get("/api/tasks/search")
    assert answer.status_code == 422


def test_a_search_is_narrowed_as_lists_are(alice: Person) -> None:
    tag, other = has_tag(alice, "home"), has_tag(alice, "work")
    alice.has_task("Milk, at home", tags=[tag], priority="high")
    alice.has_task("Milk, at work", tags=[other], notes="milk", due="2026-01-01")
    done = alice.has_task("Milk, done")
    alice.at("tasks").patch(f"/api/tasks/{done['id']}", json={"status": "done"})

    assert found(alice, "milk", tags_any=tag) == ["Milk, at home"]
    assert found(alice, "milk", filter="@work") == ["Milk, at work"]
    assert found(alice, "milk", filter="p2 | overdue") == ["Milk, at work", "Milk, at home"]
    assert found(alice, "milk", status="done") == ["Milk, done"]
    assert found(alice, "mlik", status="done") == ["Milk, done"]
    assert found(alice, "milk", filter="search: work", list="inbox") == ["Milk, at work"]
    refused = alice.at("tasks").get("/api/tasks/search", params={"q": "milk", "filter": "(today"})
    assert refused.status_code == 422


def test_a_misspelt_parameter_is_refused(alice: Person) -> None:
    answer = alice.at("tasks").get("/api/tasks/search", params={"q": "milk", "statsu": "done"})

    assert answer.status_code == 422
    assert "status" in answer.json()["detail"]
