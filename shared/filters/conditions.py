"""A tree as one SQL condition over `tasks`. What somebody wrote is in the parameters alone, never in the text.

Trees of one shape make one text, so that the server has it prepared.
"""

from datetime import date, datetime, timedelta

from shared.filters.spans import Clock, Instant, Moment
from shared.filters.tree import (
    And,
    Archived,
    ChildOf,
    Edge,
    Everything,
    InLists,
    Missing,
    Named,
    Node,
    Not,
    Or,
    Overdue,
    Priority,
    Search,
    Status,
    Tagged,
    Within,
)
from shared.zones import ZoneInfo

# A task of another zone is due on a day of its own, but this far at most from its user's: zones differ by 26 hours.
OTHER_ZONES = timedelta(2)

MISSING = {
    "due": "due_on IS NULL",
    "start": "start_on IS NULL",
    "completed": "completed_at IS NULL",
    "time": "(due_on IS NOT NULL AND due_time IS NULL)",
    "parent": "parent_id IS NULL",
    "series": "series_id IS NULL",
    "reminders": "reminders = '[]'",
    "tags": "tags = '{}'",
}
INSTANTS = {"created": "created_at", "updated": "updated_at", "completed": "completed_at"}

OWN_WORDS = "replace({}, '~', right(%(user_id)s::text, 6))"  # each word begins with its user's key


class Condition:
    """`text` and its `values`; %(user_id)s in it is who asks."""

    def __init__(self, node: Node, clock: Clock) -> None:
        self.clock = clock
        self.values: dict[str, object] = {}
        self.text = self._of(node)

    def _value(self, value: object) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    def _of(self, node: Node) -> str:
        """Never NULL, so that NOT is the opposite."""
        match node:
            case And(parts):
                return f"({' AND '.join(map(self._of, parts))})"
            case Or(parts):
                return f"({' OR '.join(map(self._of, parts))})"
            case Not(part):
                return f"(NOT {self._of(part)})"
            case Everything():
                return "true"
            case Status(among):
                return f"status = ANY ({self._value(among)})"
            case Priority(among):
                return f"priority = ANY ({self._value(among)})"
            case Missing(what):
                return MISSING[what]
            case Named("list", pattern, wild):
                inbox = " OR lists.id = lists.user_id" if pattern == "inbox" else ""
                named = f"(lists.name_key {self._named(pattern, wild)}{inbox})"
                return f"list_id = ANY (ARRAY({self._own('lists', named)}))"
            case Named(_, pattern, wild):
                return f"tags && ARRAY({self._own('tags', f'tags.name_key {self._named(pattern, wild)}')})"
            case InLists(ids):
                return f"list_id = ANY ({self._value(ids)})"
            case Archived():
                return f"list_id = ANY (ARRAY({self._own('lists', 'lists.archived')}))"
            case Tagged(how, ids):
                return f"tags {'&&' if how == 'any' else '@>'} {self._value(ids)}"
            case ChildOf(id):
                return f"(parent_id IS NOT NULL AND parent_id = {self._value(id)})"
            case Overdue():
                return self._overdue()
            case Search(None):
                return "false"
            case Search(query):
                return f"lexemes @@ (SELECT {OWN_WORDS.format(self._value(query))}::tsquery)"
            case Within("due", since, until):
                return self._due(since, until)
            case Within("start", since, until):
                return self._between("start_on", self._first_day(since), self._day(until))
            case Within(field, since, until):
                return self._between(INSTANTS[field], self._instant(since), self._instant(until))

    @staticmethod
    def _own(table: str, condition: str) -> str:
        """Worked out once for a statement, before its tasks are looked at."""
        whose = f"{table}.user_id = %(user_id)s AND {table}.deleted_at IS NULL"
        return f"SELECT {table}.id FROM {table} WHERE {whose} AND {condition}"  # noqa: S608  # nothing a request says

    def _named(self, pattern: str, wild: bool) -> str:
        return f"{'LIKE' if wild else '='} {self._value(pattern)}"

    def _between(self, column: str, since: date | None, until: date | None) -> str:
        said = [f"{column} IS NOT NULL"]
        if since is not None:
            said.append(f"{column} >= {self._value(since)}")
        if until is not None:
            said.append(f"{column} < {self._value(until)}")
        return f"({' AND '.join(said)})"

    def _due(self, since: Edge | None, until: Edge | None) -> str:
        """A day, and the time of a clock wherever its user is, are compared as they are; a time of a zone by instant.

        When a moment is meant, and not a day, every time of day is compared by instant.
        """
        edges = [edge for edge in (since, until) if edge]
        by_day = "due_time" if any(isinstance(edge.span, Moment | Instant) for edge in edges) else "zone"
        first, last = self._first_day(since), self._day(until)
        near = self._between("due_on", first and first - OTHER_ZONES, last and last + OTHER_ZONES)
        day = self._between("due_on", first, last)
        instant = self._between("due_at", self._instant(since), self._instant(until))
        return f"({near} AND CASE WHEN {by_day} IS NULL THEN {day} ELSE {instant} END)"

    def _overdue(self) -> str:
        today, now = self.clock.today, self.clock.now
        near = self._between("due_on", None, today + OTHER_ZONES)
        passed = f"due_on < {self._value(today)} ELSE due_at < {self._value(now)}"
        return f"({near} AND status IN ('todo', 'in_progress') AND CASE WHEN due_time IS NULL THEN {passed} END)"

    def _day(self, edge: Edge | None) -> date | None:
        """The day that begins at the edge, or the one that a moment is in."""
        if edge is None:
            return None
        if not isinstance(edge.span, Moment | Instant):
            return edge.span.days(self.clock)[edge.behind]
        return edge.span.at(self.clock).astimezone(ZoneInfo(self.clock.zone)).date()

    def _first_day(self, edge: Edge | None) -> date | None:
        """The first that is not before the edge: a whole day is behind a moment if all of it is."""
        day = self._day(edge)
        return day and day + timedelta(edge is not None and isinstance(edge.span, Moment | Instant))

    def _instant(self, edge: Edge | None) -> datetime | None:
        if edge is None:
            return None
        if isinstance(edge.span, Moment | Instant):
            return edge.span.at(self.clock)
        return self.clock.beginning(edge.span.days(self.clock)[edge.behind])
