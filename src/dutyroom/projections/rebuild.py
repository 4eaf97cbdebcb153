"""Make every read model again from the journal. The result equals the live one.

In portions, aside: meanwhile the room works, and sees the rows that were there. Then the rows that
differ are put in place, so many at once: for that long, and for the last portion, writers wait. So
many states are in memory; others are folded anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import State
from dutyroom.journal import read
from dutyroom.journal.bulk import BulkCursor
from dutyroom.journal.transactions import cursor_of_writer, lock, transaction
from dutyroom.projections.aside import aside, portion
from dutyroom.projections.differing import Differing
from dutyroom.projections.facts import Fact, fact
from dutyroom.projections.packs import load
from dutyroom.projections.project import pack_adopted, project_together, tables

PORTION: Final = 5_000
"""Entries."""
AT_ONCE: Final = 2_000
"""Rows that are put in place while writers wait."""
LARGEST: Final = 50_000
"""States kept in memory."""

type Progress = Callable[[int, int], None]
"""Is given how many entries were read, and how many there are."""


def rebuild(progress: Progress | None = None) -> int:
    """Returns how many entries were read. What was there before stays if this ends half-way.

    Raises `NoPack` if a pack that the journal names is missing.
    """
    made = _Rebuild()
    connection.ensure_connection()
    with aside(tables()):
        while made.behind() > PORTION:
            with portion():
                made.next_portion()
            if progress is not None:
                progress(made.position, made.of)
        with portion():
            made.next_portion()
        _put_in_place(made)
    if progress is not None:
        progress(made.position, made.of)
    return made.position


def _put_in_place(made: "_Rebuild") -> None:
    """What differs is compared beside the room's work. Few rows are put in place at once, so that
    all is as it was before or as it is now; of many, some are new and others as they were if this
    ends half-way."""
    differing = Differing(tables())
    compared_at = made.position
    try:
        with portion() as cursor:
            differing.compare(cursor)
        while differing.left > AT_ONCE:
            with made.in_step() as cursor:
                differing.put_in_place(cursor, AT_ONCE)
        with made.in_step() as cursor:
            differing.compare_again(cursor, compared_at)
            differing.put_all_in_place(cursor)
    finally:
        if connection.connection is not None:
            with connection.cursor() as cursor:
                differing.forget(cursor)


class _Rebuild:
    """Where it stands: up to ``position`` all is folded and written."""

    def __init__(self) -> None:
        self.position = 0
        self.of = 0
        self._pack: CityPack | None = None
        self._states: OrderedDict[str, State | None] = OrderedDict()

    def behind(self) -> int:
        """How many entries are still to be read."""
        with connection.cursor() as cursor:
            self.of = read.head(cursor).position
        return self.of - self.position

    def next_portion(self) -> bool:
        """Whether there was any."""
        with cursor_of_writer(BulkCursor) as cursor:
            entries = read.entries(cursor, after=self.position, limit=PORTION)
            if len(entries) == PORTION:
                entries = _whole_actions(cursor, entries)
            waiting: list[Sequence[Fact]] = []
            for facts in self._folding(cursor, entries):
                waiting.append(facts)
                adopted = next((f.event for f in facts if isinstance(f.event, PackAdopted)), None)
                if adopted is not None:
                    self._write(cursor, waiting[:-1])
                    before, self._pack = self._pack, load(adopted.hash)
                    self._write(cursor, waiting[-1:])
                    state_of = partial(self._state, cursor)
                    pack_adopted(cursor, self._pack, facts[-1].position, state_of, before)
                    waiting = []
            self._write(cursor, waiting)
            cursor.write_out()
        self._forget()
        return bool(entries)

    @contextmanager
    def in_step(self) -> Iterator[CursorWrapper]:
        """A transaction in which nobody else writes, and all that was written is read."""
        with transaction(), connection.cursor() as cursor:
            lock(cursor)
            while self.next_portion():
                pass
            yield cursor

    def _folding(
        self, cursor: CursorWrapper, entries: Sequence[read.Entry]
    ) -> Iterator[Sequence[Fact]]:
        """The facts of one action after the other; the states are those after it."""
        for _, group in groupby(entries, key=lambda entry: entry.action):
            facts = []
            for entry in group:
                one = fact(entry)
                before = None if entry.version == 1 else self._state(cursor, one.stream)
                self._states[one.stream] = evolve(before, one.event, one.occurred_at_ms)
                self.position = entry.position
                facts.append(one)
            yield facts

    def _state(self, cursor: CursorWrapper, stream: str) -> State | None:
        if stream not in self._states:
            state: State | None = None
            for entry in read.stream_until(cursor, stream, self.position):
                one = fact(entry)
                state = evolve(state, one.event, one.occurred_at_ms)
            self._states[stream] = state
        self._states.move_to_end(stream)
        return self._states[stream]

    def _write(self, cursor: CursorWrapper, actions: Sequence[Sequence[Fact]]) -> None:
        if self._pack is not None and actions:
            project_together(cursor, self._pack, actions, partial(self._state, cursor))

    def _forget(self) -> None:
        while len(self._states) > LARGEST:
            self._states.popitem(last=False)


def _whole_actions(cursor: CursorWrapper, entries: list[read.Entry]) -> list[read.Entry]:
    """With what follows of the last one's action."""
    while more := read.entries(cursor, after=entries[-1].position, limit=100):
        same = [one for one in more if one.action == entries[-1].action]
        entries = [*entries, *same]
        if len(same) < len(more):
            break
    return entries
