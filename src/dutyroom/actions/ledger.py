"""States of records, folded from the journal and kept in memory between actions.

Used on the writer's thread only, under the journal's lock. What a group changes is kept apart until
it is on the disk.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from itertools import batched
from typing import Final

from django.db.backends.utils import CursorWrapper

from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import State
from dutyroom.journal import read
from dutyroom.projections.facts import Fact, fact

LARGEST: Final = 20_000
"""Records kept in memory; the least recently used ones are read again when needed."""


_AT_ONCE: Final = 500
"""Streams that one statement asks for."""


class Ledger:
    """The state of any stream, by folding what is new since it was last asked for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, State | None] = OrderedDict()
        self._group: dict[str, State | None] = {}
        self._synced = -1
        self._cursor: CursorWrapper | None = None

    def begin(self, cursor: CursorWrapper, head: int) -> set[str] | None:
        """Drop what writers in other processes have changed since our last group; gives those
        streams, None for all of them."""
        changed: set[str] | None = set()
        self._cursor = cursor
        if self._synced < 0:
            self._kept.clear()
            changed = None
        elif head != self._synced:
            changed = read.streams_after(cursor, self._synced)
            for stream in changed:
                self._kept.pop(stream, None)
        self._synced = head
        self._group.clear()
        return changed

    def committed(self, position: int) -> None:
        """The group is on the disk; the journal ends at this position now."""
        for stream, state in self._group.items():
            self._kept[stream] = state
            self._kept.move_to_end(stream)
        while len(self._kept) > LARGEST:
            self._kept.popitem(last=False)
        self._synced = position
        self._group.clear()

    def rolled_back(self) -> None:
        """Nothing of the group happened, and the connection may be gone: start afresh."""
        self._group.clear()
        self._synced = -1

    def state(self, stream: str) -> State | None:
        """The state of a stream as of this moment in the group; None for an unknown record."""
        for layer in (self._group, self._kept):
            if stream in layer:
                return layer[stream]
        assert self._cursor is not None
        state: State | None = None
        for entry in read.stream(self._cursor, stream):
            one = fact(entry)
            state = evolve(state, one.event, one.occurred_at_ms)
        self._kept[stream] = state
        return state

    def foresee(self, streams: Collection[str]) -> dict[str, int]:
        """Fold these at once, where they aren't known; gives the last version of each of those."""
        assert self._cursor is not None
        missing = [one for one in streams if one not in self._group and one not in self._kept]
        versions = dict.fromkeys(missing, 0)
        for some in batched(missing, _AT_ONCE):
            self._kept.update(dict.fromkeys(some))
            for entry in read.streams(self._cursor, some):
                one, before = fact(entry), self._kept[entry.stream]
                self._kept[one.stream] = evolve(before, one.event, one.occurred_at_ms)
                versions[one.stream] = entry.version
        return versions

    def apply(self, facts: Sequence[Fact]) -> None:
        """Fold freshly appended facts."""
        for one in facts:
            self._group[one.stream] = evolve(self.state(one.stream), one.event, one.occurred_at_ms)
