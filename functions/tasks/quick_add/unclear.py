"""How often, said in a way that is not understood: "twice a week", "every few days", "every 10 minutes"."""

from functions.tasks.quick_add.tokens import Text
from functions.tasks.quick_add.vocabulary import ADVERBS, EVERY, UNITS, number

TOO_OFTEN = ("minute", "minutes", "min", "mins", "second", "seconds", "sec", "secs")
VAGUE = ("few", "couple", "several", "so", "now", "once")


def how_often_unclear(text: Text, at: int) -> int | None:
    """The last word of: twice a week, 3 times per day, 3x weekly, every few days, every 10 minutes."""
    if text[at] in EVERY:
        following = text.skip(text.after(at), "other")
        if text[following] in VAGUE or text[following] in TOO_OFTEN[:2] or text[following] == "sec":
            return following
        unit = text.after(following)
        return unit if number(text[following]) and text[unit] in TOO_OFTEN else None
    last = -1
    if text[at] in ("twice", "thrice") or (text[at].endswith("x") and number(text[at][:-1])):
        last = at
    elif (number(text[at]) or text[at] in ("several", "many", "few", "multiple")) and (
        text[times := text.after(at)] == "times"
    ):
        last = times
    per = text.after(last)
    if text[per] in ADVERBS:
        return per
    unit = text.skip(text.after(per), "single")
    return unit if text[per] in ("a", "an", "per", *EVERY) and text[unit] in UNITS else None
