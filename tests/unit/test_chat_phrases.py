"""What people say to the chat means what they meant, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.chat import conditions, phrases, vocabulary
from functions.chat.phrases import Add, Complete, Find, Move, Remind, Unclear, Undo, Wish
from shared.filters.language import parse

NAMES = vocabulary.named(["Inbox", "Work", "Home office", "R&D", "Both"], ["waiting", "both", "phone calls"])


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("add Pay rent every last day 9am #Home p1", Add("Pay rent every last day 9am #Home p1")),
        ("Add a task to call Ann tomorrow", Add("call Ann tomorrow")),
        ("create a new task: Water the plants", Add("Water the plants")),
        ("please remind me to stretch at 5pm", Remind("stretch at 5pm")),
        ("add a reminder to stretch!", Remind("stretch!")),
        ("set a reminder for tomorrow at 9 to call Ann", Remind("call Ann", "tomorrow at 9")),
        ("add a new reminder called Stretch", Remind("Stretch")),
        ("add reminder stretch", Unclear()),
        ("remind me what I have to do today", Unclear()),
        ("remind me of what I have to do", Unclear()),
        ("remind me how to cook", Unclear()),
        ("todo: Water the plants", Add("Water the plants")),
        ("todo list", Unclear()),
        ("to-do for today", Unclear()),
        ("add Wow!", Add("Wow!")),
        ("add Ann\u2019s birthday, please", Add("Ann\u2019s birthday, please")),
        ("search for milk", Find("milk", is_search=True)),
        ("add a new washer", Add("a new washer")),
        ("add Say hi to Bob, can you", Add("Say hi to Bob, can you")),
        ("remind me tomorrow at 9 to call Ann", Remind("call Ann", "tomorrow at 9")),
        ("create an invoice", Unclear()),
        ("complete Pay rent", Complete("Pay rent")),
        ("I'm done with the dishes.", Complete("the dishes")),
        ("I\u2019ve finished Pay rent", Complete("Pay rent")),
        ('mark the task "Pay rent" as done', Complete("Pay rent")),
        ("move everything overdue to Monday", Move("everything overdue", "Monday")),
        ("move Drive to Rome to tomorrow, please", Move("Drive to Rome", "tomorrow")),
        ("Could you postpone Call Ann until next week?", Move("Call Ann", "next week")),
        ("undo", Undo()),
        ("Undo that!", Undo()),
        ("take it back", Undo()),
        ("undo the dishes", Unclear()),
        ("show high-priority work tasks due this week", Find("high-priority work tasks due this week")),
        ("what is overdue?", Find("is overdue")),
        ("what's due today", Find("due today")),
        ("find milk", Find("milk", is_search=True)),
        ("anything due today?", Find("due today")),
        ("tell me what's overdue", Find("overdue")),
        ("overdue", Find("overdue")),
        ("what is done", Find("is done")),
        ("buy milk is done", Complete("buy milk")),
        ("undo the last thing", Undo()),
        ("what can you do?", Unclear()),
        ("what should I do today?", Find(phrases.NEXT)),
        ("delete everything", Unclear()),
        ("move", Unclear()),
        ("hello", Unclear()),
        ("", Unclear()),
    ],
)
def test_a_phrase_says_what_is_wanted(said: str, wish: Wish) -> None:
    assert phrases.read(said) == wish


@pytest.mark.parametrize(
    ("words", "filter"),
    [
        ("is overdue", "overdue"),
        ("due today", "today"),
        ("today\u2019s tasks", "today"),
        ("high-priority work tasks due this week", "p2 & #Work & this week"),
        ("all my urgent tasks", "p1"),
        ("overdue and due today", "(overdue | today)"),
        ("today or tomorrow", "(today | tomorrow)"),
        ("I completed yesterday", "completed: yesterday"),
        ("did I finish last week", "completed: last week"),
        ("do I have to do this week", "this week"),
        ("urgent tasks from this week", "p1 & this week"),
        ("due before the 4th of may", "due before: 4th of may"),
        ("due by friday", "(due before: friday | friday)"),
        ("without a due date", "no date"),
        ("tasks in the home office list", "#Home office"),
        ("tagged @waiting", "@waiting"),
        ("both", "(#Both | @both)"),
        ("tagged @both or @waiting", "(@both | @waiting)"),
        ("in home office and work", "(#Home office | #Work)"),
        ("urgent and high-priority tasks", "(p1 | p2)"),
        ("urgent tasks due today or tomorrow", "p1 & (today | tomorrow)"),
        ("overdue, today", "(overdue | today)"),
        ("overdue tasks from last week", "overdue & last week"),
        ("due after monday and before friday", "due after: monday & due before: friday"),
        ("before monday or after friday", "(due before: monday | due after: friday)"),
        ("things to do today", "today"),
        ("R&D tasks", r"#R\&D"),
        ("in the next 7 days", "next 7 days"),
        ("tasks", "open"),
        ("everything about R&D (2)", r"search: r\&d \(2\)"),
    ],
)
def test_words_about_tasks_are_a_filter(words: str, filter: str) -> None:
    meant = conditions.meant(words, NAMES)

    assert (meant.filter, meant.unknown) == (filter, ())
    parse(filter)


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("overdue but not urgent", ("but", "not")),
        ("urgent or overdue", ("or",)),
        ("today or", ("or",)),
        ("#both or @both", ("or",)),
        ("from monday to friday", ("to",)),
        ("from monday until friday", ("until friday",)),
        ("from monday on", ("on",)),
        ("overdue and due before friday", ("due before friday",)),
        ("I completed yesterday and today", ("today",)),
        ("all urgent tasks and all overdue tasks", ("and all",)),
        ("#waiting", ("#waiting",)),
        ("@work", ("@work",)),
        ("my lists", ("lists",)),
        ("can you see", ("can", "you", "see")),
        ("school tasks", ("school",)),
        ("workshop tasks", ("workshop",)),
        ("due todayish", ("todayish",)),
    ],
)
def test_a_word_that_is_not_understood_is_named(words: str, unknown: tuple[str, ...]) -> None:
    assert conditions.meant(words, NAMES).unknown == unknown


@pytest.mark.parametrize(
    ("words", "unsure"),
    [
        ("both tasks", ("both",)),
        ("everything about rent", ("about rent",)),
        ("urgent tasks", ("urgent",)),
        ("p1 tasks", ()),
        ("my things", ("things",)),
        ("#both", ()),
        ("work tasks", ()),
    ],
)
def test_what_may_find_more_than_is_meant_is_named(words: str, unsure: tuple[str, ...]) -> None:
    assert conditions.meant(words, NAMES | {"urgent": "@urgent", "things": "#Things"}).unsure == unsure


@pytest.mark.parametrize(
    ("what", "several"),
    [("everything overdue", True), ("overdue tasks", True), ("my urgent tasks", True),
     ("tasks of this week", True), ("overdue", True),
     ("Pay rent", False), ("overdue books", False), ("Mystery novel", False)],
)  # fmt: skip
def test_one_task_is_told_from_all_that_are_so(what: str, several: bool) -> None:
    assert conditions.is_several(what) == several


@given(st.text(max_size=200))
def test_whatever_is_said_is_read_and_what_is_understood_is_a_filter(said: str) -> None:
    phrases.read(said)
    meant = conditions.meant(said, NAMES)
    if not meant.unknown and "\0" not in said:
        parse(meant.filter)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=100).filter(str.strip))
def test_whatever_is_searched_for_is_a_filter(said: str) -> None:
    parse(vocabulary.search(said))
