"""Days by their distance or weekday: "tomorrow", "day after tomorrow", "friday", "next friday"."""

from functools import partial

from functions.tasks.quick_add import calendar_days
from functions.tasks.quick_add.phrases import FIRM, PLAIN, SHY, SURE, FoundDay
from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import SHY_WEEKDAYS, WEEKDAYS

TOMORROW = ("tomorrow", "tmr", "tmrw", "tmw", "tom")


def near(text: Text, at: int) -> FoundDay | None:
    word = text[at]
    if word == "today":
        return at, lambda today: today, SURE
    if word in TOMORROW:
        return at, partial(calendar_days.ahead, days=1), SURE if word != "tom" else PLAIN
    if word == "the":
        at = text.after(at)
    if text[at] == "day" and text[text.after(at)] == "after":
        last = text.after(text.after(at))
        if text[last] in TOMORROW:
            return last, partial(calendar_days.ahead, days=2), SURE
    return None


def weekday(text: Text, at: int) -> FoundDay | None:
    is_next = text[at] == "next"
    if is_next or text[at] == "coming":
        at = text.after(at)
    if text[at] not in WEEKDAYS:
        return None
    number = WEEKDAYS[text[at]]
    following = text.after(at)
    if not is_next and text[following] == "next" and text[text.after(following)] == "week":
        return text.after(following), partial(calendar_days.in_next_week, weekday=number), FIRM
    if is_next:
        return at, partial(calendar_days.in_next_week, weekday=number), FIRM
    return at, partial(calendar_days.after_today, weekday=number), SHY if text[at] in SHY_WEEKDAYS else PLAIN
