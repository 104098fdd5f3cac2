"""The words of quick add that have a value: days, months, numbers, units and parts of a day."""

from datetime import time

TWO_LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = (0, 1, 2, 3, 4)
SATURDAY = 5

WEEKDAYS: dict[str, int] = {}
PLURALS: dict[str, int] = {}  # mondays, as in "on mondays"
for _number, _names in enumerate(
    ("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri", "saturday sat",
     "sunday sun")
):  # fmt: skip
    WEEKDAYS |= dict.fromkeys(_names.split(), _number)
    PLURALS |= dict.fromkeys((f"{name}s" for name in _names.split() if not name.endswith("s")), _number)
for _name in PLURALS.keys() & WEEKDAYS:  # tues, thurs
    del PLURALS[_name]
SHY_WEEKDAYS = {"mon", "wed", "sat", "sun"}  # words by themselves, or nearly so

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
     "september sept sep", "october oct", "november nov", "december dec"), 1
):  # fmt: skip
    MONTHS |= dict.fromkeys(_names.split(), _number)
SHY_MONTHS = {"may", "march", "mar"}

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = {word: number for number, word in enumerate(_NUMBERS, 1)}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}

UNITS = {
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "day": "day", "days": "day", "week": "week",
    "weeks": "week", "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month",
    "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
}  # fmt: skip
EVERY = ("every", "each", "ev", "every!", "each!", "ev!")
ADVERBS = {
    "hourly": "hour", "daily": "day", "weekly": "week", "fortnightly": "fortnight", "biweekly": "fortnight",
    "bi-weekly": "fortnight", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year",
}  # fmt: skip
MINUTES = {"min": 1, "mins": 1, "minute": 1, "minutes": 1, "hour": 60, "hours": 60, "hr": 60, "hrs": 60, "h": 60}

PARTS = {
    "morning": time(9), "noon": time(12), "midday": time(12), "afternoon": time(12), "evening": time(19),
    "night": time(22),
}  # fmt: skip
# Eight in the evening is twenty o'clock, and one in the evening is no time.
HOURS = {"morning": range(12), "afternoon": range(12, 19), "evening": range(16, 24), "night": range(18, 24)}


def number(word: str, most: int = 999) -> int | None:
    """Of "3", or "three"."""
    is_short = word.isascii() and word.isdigit() and len(word) <= 4
    value = int(word) if is_short else NUMBERS.get(word, 0)
    return value if 1 <= value <= most else None


def ordinal(word: str) -> int | None:
    """Of "3rd", or "third"."""
    digits = word[:-2]
    if digits.isascii() and digits.isdigit() and len(digits) <= 2:
        value = int(digits)
        ending = "th" if 10 < value < 20 else ENDINGS.get(value % 10, "th")
        return value if word[-2:] == ending and 1 <= value <= 31 else None
    return ORDINALS.get(word)
