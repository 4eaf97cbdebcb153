"""Copies of what happened once, so that a large room is made in minutes.

A story is all that was appended about one incident: its entries, its answers, and the rows that
are left of it. It was decided as through the door. A copy happened at another time: it has ids, a
public number and positions of its own, every time is moved by as much, and what was sealed is
sealed anew under a key of its own. The journal chains it as whatever is appended; its rows equal
those of a rebuild. Deciding each would take hours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import numpy as np
from django.db.backends.utils import CursorWrapper

from dutyroom.core.ids import PUBLIC_NUMBERS, public_number, uuid7
from dutyroom.journal import read
from dutyroom.journal.seal import Sealer

TABLES: Final = (
    "projections_incidentview",
    "projections_assignmentview",
    "projections_listedview",
)
ANSWERS: Final = "journal_journalaction"
_NAMED: Final = ("loop", "first note")
"""What is named after another id (UUID version 5)."""
_OF_POSITION: Final = ("position", "place_position", "first", "last")
_END: Final = "\x1f"
_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_CHANGES: Final = re.compile(
    rf'(?P<id>{_UUID})|(?<="position":)(?P<position>\d+)|(?P<number>\b\d{{4}}-\d{{4}}\b)'
    r"|(?<![\w.-])(?P<ms>\d{13})(?![\w.-])"
)
"""What of a text is another one in a copy: ids, the positions of rows, the number, times."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its columns and values."""

    table: str
    columns: tuple[str, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """An entry of a copy before it is sealed; ``payload`` is what will be. Its id is the action's
    as text, ``body`` is what will be stored."""

    stream: str
    action: str
    occurred_at_ms: int
    seal_key: str
    body: bytes
    like: read.Entry
    payload: Mapping[str, object] | None


class Story:
    """What happened to one incident, from which copies are made."""

    def __init__(
        self,
        entries: Sequence[read.Entry],
        payloads: Sequence[Mapping[str, object] | None],
        rows: Sequence[Row],
        number: str,
    ) -> None:
        self.at_ms = min(one.occurred_at_ms for one in entries)
        self.length = len(entries)
        self.number = number
        self._like = list(zip(entries, payloads, strict=True))
        self._places = {one.position: n for n, one in enumerate(entries)}
        self._ids: dict[str, str] = {}
        parts = [
            self._template(text)
            for one in entries
            for text in (
                *(one.stream, one.action, str(one.occurred_at_ms), one.seal_key or ""),
                bytes(one.body).decode(),
            )
        ]
        self._rows = [(one, [self._value(*pair) for pair in _pairs(one)]) for one in rows]
        parts += [text for _, texts in self._rows for text in texts if text is not None]
        self._whole = _END.join(parts)
        self._made, self._derived = self._kinds()

    def _template(self, text: str) -> str:
        return _CHANGES.sub(self._slot, text.replace("%", "%%"))

    def _slot(self, found: re.Match[str]) -> str:
        value = found[0]
        match found.lastgroup:
            case "id":
                return f"%({self._ids.setdefault(value, f'i{len(self._ids)}')})s"
            case "position":
                return f"%(p{self._places[int(value)]})s"
            case "number":
                return "%(number)s" if value == self.number else value
        return f"%(t{int(value) - self.at_ms})s"

    def _value(self, column: str, value: Any) -> str | None:
        """The template of a value; None for one that a copy has, too, and that is no text."""
        if value is None or isinstance(value, bool):
            return None
        if column in _OF_POSITION:
            return f"%(p{self._places[value]})s"
        return self._template(value.decode() if isinstance(value, bytes) else str(value))

    def _kinds(self) -> tuple[list[str], dict[str, tuple[str, str]]]:
        """The slots of ids that are made by lot; and of those named after one of these."""
        named = {
            str(uuid5(UUID(one), name)): (self._ids[one], name)
            for one in self._ids
            for name in _NAMED
        }
        made = [slot for id_, slot in self._ids.items() if id_ not in named]
        return made, {self._ids[id_]: of for id_, of in named.items() if id_ in self._ids}

    def copied(
        self, at_ms: int, position: int, number: str, random: np.random.Generator
    ) -> tuple[list[Copied], list[Row]]:
        """As if it had begun at this time, its entries behind this position."""
        lots = random.bytes(10 * len(self._made))
        values: dict[str, Any] = {
            slot: str(uuid7(at_ms, int.from_bytes(lots[10 * n : 10 * n + 10]) & _BITS))
            for n, slot in enumerate(self._made)
        }
        for slot, (of, name) in self._derived.items():
            values[slot] = str(uuid5(UUID(values[of]), name))
        values["number"] = number
        texts = iter((self._whole % _Slots(values, at_ms, position + 1)).split(_END))
        entries = [
            Copied(
                next(texts), next(texts), int(next(texts)), next(texts), next(texts).encode(),
                like, payload,
            )
            for like, payload in self._like
        ]  # fmt: skip
        rows = [
            Row(one.table, one.columns, tuple(_filled(one, templates, texts)))
            for one, templates in self._rows
        ]
        return entries, rows


_BITS: Final = (1 << 74) - 1


class _Slots(dict[str, Any]):
    """Values by slot; times and positions are worked out when they are first asked for."""

    def __init__(self, values: Mapping[str, Any], at_ms: int, first: int) -> None:
        super().__init__(values)
        self._at_ms, self._first = at_ms, first

    def __missing__(self, slot: str) -> int:
        value = int(slot[1:]) + (self._at_ms if slot[0] == "t" else self._first)
        self[slot] = value
        return value


def _pairs(row: Row) -> Iterator[tuple[str, Any]]:
    return zip(row.columns, row.values, strict=True)


def _filled(row: Row, templates: Sequence[str | None], texts: Iterator[str]) -> Iterator[Any]:
    for value, template in zip(row.values, templates, strict=True):
        if template is None:
            yield value
        elif isinstance(value, bytes):
            yield next(texts).encode()
        else:
            yield type(value)(next(texts))


def numbers(random: np.random.Generator, count: int, taken: Iterable[str]) -> Iterator[str]:
    """So many public numbers that nothing has yet."""
    gone = set(taken)
    picks = random.choice(PUBLIC_NUMBERS, count + len(gone), replace=False, shuffle=True)
    for pick in picks:
        number = public_number(int(pick))
        if number not in gone:
            yield number


def stories(
    cursor: CursorWrapper, sealer: Sealer, incidents: Mapping[str, Sequence[str]]
) -> dict[str, Story]:
    """The stories of incidents, by the ids of these; each is given with those of its tasks."""
    whose = {id_: one for one, tasks in incidents.items() for id_ in (one, *tasks)}
    entries: dict[str, list[read.Entry]] = {one: [] for one in incidents}
    position = 0
    while some := read.entries(cursor, after=position, limit=5_000):
        position = some[-1].position
        for entry in some:
            about = f"{entry.stream} {bytes(entry.body).decode()}"
            found = {whose[id_] for id_ in re.findall(_UUID, about) if id_ in whose}
            if found:
                entries[found.pop()].append(entry)
    rows = _rows(cursor, whose, entries)
    return {
        one: Story(
            its,
            [sealer.unseal(entry) if entry.sealed else None for entry in its],
            rows[one],
            next(dict(_pairs(row))["number"] for row in rows[one] if row.table == TABLES[0]),
        )
        for one, its in entries.items()
    }


def _rows(
    cursor: CursorWrapper, whose: Mapping[str, str], entries: Mapping[str, Sequence[read.Entry]]
) -> dict[str, list[Row]]:
    keys = dict(whose) | {str(uuid5(UUID(id_), "loop")): one for id_, one in whose.items()}
    keys |= {entry.action: one for one, its in entries.items() for entry in its}
    found: dict[str, list[Row]] = {one: [] for one in entries}
    for table in (*TABLES, ANSWERS):
        cursor.execute(f"SELECT * FROM {table}")
        columns = [one[0] for one in cursor.description]
        own = columns.index("action" if table == ANSWERS else "id")
        for values in cursor.fetchall():
            if values[own] in keys:
                plain = (bytes(one) if isinstance(one, memoryview) else one for one in values)
                found[keys[values[own]]].append(Row(table, tuple(columns), tuple(plain)))
    return found
