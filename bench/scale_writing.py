"""Appends copies of stories to a room's journal, and puts their rows into its tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Final
from uuid import UUID

import numpy as np
from django.db.backends.utils import CursorWrapper

from bench.scale_copies import Copied, Row, Story
from dutyroom.actions.clock import now_ms
from dutyroom.citypack import CityPack
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents.events import OfAssignment
from dutyroom.domain.kernel import State
from dutyroom.journal.append import NewEntry, append
from dutyroom.journal.beginning import begin
from dutyroom.journal.bulk import BulkCursor, Portions
from dutyroom.journal.keys import Keyring
from dutyroom.journal.opening import fit_key
from dutyroom.journal.read import Entry, stream
from dutyroom.journal.seal import Sealer
from dutyroom.projections.facts import Fact, fact
from dutyroom.projections.project import PROJECTORS
from dutyroom.projections.projector import Writing

PORTION: Final = 100
"""Copies of one transaction."""


@dataclass(frozen=True, slots=True)
class _Listening:
    keyring: Keyring

    def begin(self, cursor: CursorWrapper, position: int) -> None: ...

    def committed(self, position: int, hash_: bytes) -> None:
        self.keyring.committed()

    def rolled_back(self) -> None:
        self.keyring.undone()


@dataclass(slots=True)
class _Units:
    """Units are met by many stories: their states go on, and their rows show the last one."""

    states: dict[str, State | None] = field(default_factory=dict)
    last: dict[str, list[Fact]] = field(default_factory=dict)

    def note(self, cursor: CursorWrapper, entries: Sequence[Entry]) -> None:
        """What the entries of a story say about units; nobody else knows these states."""
        story: dict[str, list[Fact]] = {}
        for entry in entries:
            if not entry.stream.startswith(("unit:", "incident:")):
                continue
            one = fact(entry)
            if one.kind == "unit":
                if one.stream not in self.states:
                    self.states[one.stream] = _before(cursor, entry)
                self.states[one.stream] = evolve(
                    self.states[one.stream], one.event, one.occurred_at_ms
                )
                story.setdefault(one.id, []).append(one)
            elif isinstance(one.event, OfAssignment):
                story.setdefault(one.event.unit, []).append(one)
        self.last |= story

    def write(self, cursor: CursorWrapper, pack: CityPack) -> None:
        facts = [one for of_unit in self.last.values() for one in of_unit]
        writing, projector = Writing(cursor, pack, facts, self.states.get), PROJECTORS["unit"]
        for id_, here in projector.touched(writing).items():
            projector.write(writing, id_, here)


def _before(cursor: CursorWrapper, entry: Entry) -> State | None:
    state: State | None = None
    for each in stream(cursor, entry.stream):
        if each.version < entry.version:
            one = fact(each)
            state = evolve(state, one.event, one.occurred_at_ms)
    return state


class Copying:
    """Writes copies into one room, which nobody else uses meanwhile."""

    def __init__(self, pack: CityPack, keys: Path, random: np.random.Generator) -> None:
        self._pack, self._random = pack, random
        self._keyring = Keyring(fit_key(keys))
        self.sealer = Sealer(self._keyring)
        self._portions = Portions(_Listening(self._keyring), self._keyring)
        self._units = _Units()

    def write(self, wanted: Sequence[tuple[Story, int]], numbers: Iterator[str]) -> Iterator[int]:
        """A copy of each story as of its time; yields how many entries were appended so far."""
        done = 0
        for some in batched(wanted, PORTION):
            with self._portions.portion((), ()) as cursor:
                position = self._portions.tail.position
                rows: list[Row] = []
                stories: list[list[Copied]] = []
                for story, at_ms in some:
                    entries, its = story.copied(at_ms, position, next(numbers), self._random)
                    stories.append(entries)
                    rows += its
                    position += story.length
                    done += story.length
                keys = {one.seal_key for each in stories for one in each if one.seal_key}
                self._keyring.know(keys, begin(cursor, (), keys).keys)
                for each in stories:
                    self._append(cursor, each)
                _put(cursor, rows)
                self._units.write(cursor, self._pack)
                self._units.last.clear()
            yield done

    def _append(self, cursor: BulkCursor, copied: Sequence[Copied]) -> None:
        now, tail = now_ms(), self._portions.tail
        tail.know({one.stream: 0 for one in copied if not one.stream.startswith("unit:")})
        made = [
            NewEntry(
                stream=one.stream,
                type=one.like.type,
                recorded_at_ms=now,
                occurred_at_ms=one.occurred_at_ms,
                actor=one.like.actor,
                role=one.like.role,
                purpose=one.like.purpose,
                action=UUID(one.action),
                body=one.body,
                sealed=self._seal(cursor, one, one.payload, now) if one.payload else None,
                seal_key=one.seal_key or None,
            )
            for one in copied
        ]
        self._units.note(cursor, append(cursor, made, tail))

    def _seal(
        self, cursor: BulkCursor, one: Copied, payload: Mapping[str, object], now: int
    ) -> bytes:
        action = UUID(one.action)
        return self.sealer.seal(
            cursor, one.seal_key, payload, type_=one.like.type, action=action, now_ms=now
        )


def _put(cursor: BulkCursor, rows: Sequence[Row]) -> None:
    by_table: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for one in rows:
        by_table.setdefault((one.table, one.columns), []).append(one)
    for (table, columns), its in by_table.items():
        cursor.at_the_end(table, columns, (one.values for one in its))
