"""The sentences of the chat."""

from collections.abc import Sequence
from datetime import date, datetime

from shared.shapes import Task

HELP = (
    "I can add, find, complete and move tasks, and undo what I did. Say it like this:\n"
    "add Pay rent every last day 9am #Home\n"
    "remind me to call Ann tomorrow at 5pm\n"
    "show high-priority work tasks due this week\n"
    "what is overdue?\n"
    "complete Pay rent\n"
    "move everything overdue to Monday\n"
    "undo"
)
EVERYTHING = "Say which of them, as in: move everything overdue to Monday. I do not move all tasks that there are."
NOTHING_TO_UNDO = "There is nothing that I did and have not undone."


def added(task: Task) -> str:
    repeats = ", and it repeats" if task.get("recurrence") else ""
    return f"Added {quoted(task['title'])}{due(task)}{repeats}."


def reminding(task: Task) -> str:
    return added(task) if task["reminders"] else f"{added(task)} You did not say when, so nothing reminds you of it."


def found(many: int, are_more: bool, wanted: str) -> str:
    if not many:
        return f"There are no tasks for {wanted}"
    if are_more:
        return f"The first {many} tasks for {wanted}"
    return f"{count(many)} for {wanted}"


def completed(task: Task, following: Task | None) -> str:
    after = f" The next one is{due(following, ' due')}." if following and following["due"] else ""
    return f"Completed {quoted(task['title'])}.{after}"


def moved(tasks: Sequence[Task]) -> str:
    if not tasks:
        return "It is so already: nothing had to be moved."
    if len(tasks) == 1:
        return f"Moved {quoted(tasks[0]['title'])}{due(tasks[0], ' to')}."
    return f"Moved {count(len(tasks))} to {_day(datetime.fromisoformat(tasks[0]['due'] or ''))}."


def undone(total: int) -> str:
    return f"Undone: {'one thing is' if total == 1 else f'{total} things are'} as before."


def which(what: str, tasks: Sequence[Task], are_more: bool) -> str:
    if not tasks:
        return (
            f"I find no open task that is called \N{LEFT DOUBLE QUOTATION MARK}{what}\N{RIGHT DOUBLE QUOTATION MARK}."
        )
    named = ", ".join(f"{quoted(task['title'])}{due(task, ' due')}" for task in tasks)
    return f"Which one? {named}{' and others' * are_more}. Say its whole title."


def unknown(words: Sequence[str]) -> str:
    return f"I do not understand {', '.join(map(quoted, words[:5]))}, and no list or tag is called so. {HELP}"


def no_day(when: str) -> str:
    return f"I do not know which day {quoted(when)} is. Say it as in: tomorrow, Monday, 4 May or in 3 days."


def no_moment(when: str) -> str:
    return f"I do not know when {quoted(when)} is. Say it as in: remind me tomorrow at 5pm to call Ann."


def elsewhere(task: Task) -> str:
    return f"{quoted(task['title'])} is in the time zone {task['zone']}. I move it to a day, and leave its time of day."


def unsure(words: Sequence[str]) -> str:
    return (
        f"{', '.join(map(quoted, words))} may mean more than one thing, so I moved nothing. Say a list as #Work, a tag"
        " as @work, a priority as p1, or a day as in: due today."
    )


def too_many(most: int) -> str:
    return f"These are more than {most} tasks, which is more than I change at once. Say which of them."


def refused(detail: str) -> str:
    return f"That cannot be done: {detail}"


def count(many: int) -> str:
    return "1 task" if many == 1 else f"{many} tasks"


def quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def due(task: Task, before: str = ", due") -> str:
    said = task["due"]
    if said is None:
        return ""
    if "T" not in said:
        return f"{before} {_day(date.fromisoformat(said))}"
    moment = datetime.fromisoformat(said)
    return f"{before} {_day(moment)} at {moment:%H:%M}"


def _day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B} {day.year}"
