"""What somebody wants who says this: a table of phrases, and nothing that guesses. What is in none is unclear."""

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Add:
    text: str  # as quick add takes it


@dataclass(frozen=True, slots=True)
class Remind:
    text: str  # as quick add takes it
    when: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    words: str
    is_search: bool = False  # what is no condition is to be searched for


@dataclass(frozen=True, slots=True)
class Complete:
    what: str


@dataclass(frozen=True, slots=True)
class Move:
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Undo:
    pass


@dataclass(frozen=True, slots=True)
class Unclear:
    pass


Wish: TypeAlias = Add | Remind | Find | Complete | Move | Undo | Unclear

POLITE = re.compile(r"(?:(?:please|hey|hi|hello|ok|okay|could you|can you|would you|will you)[ ,]+)*", re.IGNORECASE)
ENDING = re.compile(r"(?:[ ,]+(?:please|thanks|thank you))?[ .!?]*$", re.IGNORECASE)
A_NEW = r"(?:(?:a|another|the|this)(?: new)? |new )?"
A_TASK = rf"{A_NEW}(?:task|todo|to-do)(?: to| called| named)?"
A_REMINDER = rf"{A_NEW}reminder"
NO_QUESTION = r"(?!(?:what|which|who|when|where|why|how)\b)"

# Each as a whole, the first that fits; what is in brackets is what it is about.
PHRASES: tuple[tuple[str, type[Wish]], ...] = (
    (rf"(?:add|create|make|new) {A_TASK}:? (.+)", Add),
    (rf"(?:add|create|make|set|new) {A_REMINDER}(?: to| that| about| called| named|:) (.+)", Remind),
    (rf"(?:add|create|make|set|new) {A_REMINDER} (?:for )?(.+?) to (.+)", Remind),
    (rf"(?:add:?|todo:|to-do:) (?!{A_REMINDER}\b)(.+)", Add),
    (rf"remind me (?:to|that|about|of) {NO_QUESTION}(.+)", Remind),
    (rf"remind me {NO_QUESTION}(?!(?:that|about|of) )(.+?) to (.+)", Remind),
    (r"(?:undo|revert)(?: (?:that|it|this|(?:the|your|my) last (?:change|one|thing)|what you(?: just)? did))?", Undo),
    (r"take (?:that|it|this) back", Undo),
    (r"(?:complete|finish|close|tick off|check off)(?: off)? (.+)", Complete),
    (r"(?:i am |i'm )?done with (.+)", Complete),
    (r"(?:i |i have |i've )(?:finished|completed|done) (.+)", Complete),
    (r"mark (.+?) (?:as )?(?:done|complete|completed|finished)", Complete),
    (r"(?:move|reschedule|postpone|push|shift|defer|delay) (.+) (?:to|until|till) (.+?)", Move),
    (r"help|what can you do.*", Unclear),
    (r"(?:what should i do|what do i have to do|what's next|what is next|my day|my agenda)(?: today)?", Find),
    (r"(?:find|search for|search|look for) (.+)", Find),
    (r"(?:show|list|give)(?: me)? (.+)", Find),
    (r"(?:tell me )?(?:what|which|what's|whats|how many|do i have|is there|are there)(?: (.+))?", Find),
    (r"(?:any|anything) (.+)", Find),
    (r"(overdue|today|tomorrow|this week|next week)", Find),
    (r"(.+) (?:is|are) (?:done|complete|completed|finished)", Complete),
)
READ = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), kind) for pattern, kind in PHRASES)
SEARCHING = re.compile(r"find |search |look ", re.IGNORECASE)
NEXT = "overdue and today"  # what somebody has to do


def read(text: str) -> Wish:
    """What it is about is as it was typed, and a new task's title with all its signs."""
    whole = " ".join(text.split())
    begun = POLITE.match(whole)
    typed = whole[begun.end() :] if begun else whole
    said = typed.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, kind in READ:
        if found := pattern.fullmatch(said if kind in (Add, Remind) else ENDING.sub("", said)):
            places = [found.span(number) for number in range(1, pattern.groups + 1)]
            return _wish(kind, said, tuple(typed[start:end] if end > start else None for start, end in places))
    return Unclear()


def _wish(kind: type[Wish], said: str, about: tuple[str | None, ...]) -> Wish:
    match about:
        case [str(text)] if kind is Add:
            return Add(text)
        case [str(text)] if kind is Remind:
            return Remind(text)
        case [str(when), str(text)] if kind is Remind:
            return Remind(text, when)
        case [str(what)] if kind is Complete:
            return Complete(_unquoted(what))
        case [str(what), str(when)]:
            return Move(_unquoted(what), when)
        case [words]:
            return Find(words or "", is_search=SEARCHING.match(said) is not None)
    if kind is Find:
        return Find(NEXT)
    return Undo() if kind is Undo else Unclear()


def _unquoted(what: str) -> str:
    """`the task "Pay rent"` is called Pay rent."""
    said = re.sub(r"^(?:the |my )?(?:task|todo)(?: called| named)? ", "", what, flags=re.IGNORECASE)
    quoted = re.fullmatch(r"[\"'\u201c\u2018](.+)[\"'\u201d\u2019]", said)
    return quoted[1] if quoted else said
