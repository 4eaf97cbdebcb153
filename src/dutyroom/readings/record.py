"""An incident with its calls and whatever was merged into it, from the journal."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.citypack.codes import codes_of
from dutyroom.clocks.loop import NO_LOOP, Loop
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.incidents.closing import missing_for_close, needs_approval
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.events import IncidentNoteAdded, IncidentNoteStruck
from dutyroom.domain.incidents.plans import sourced_needs
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.loops.state import LoopState
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.asked import asked_about
from dutyroom.projections.attachments import attachments_of, last_change
from dutyroom.projections.desk_requests import requests_of
from dutyroom.projections.models import ReadView
from dutyroom.projections.orders import orders_of
from dutyroom.projections.ratings import call_back_of
from dutyroom.projections.rows import (
    incident_needed,
    incident_points,
    incident_unmet,
    plan_of,
)
from dutyroom.projections.tasks import tasks_of
from dutyroom.projections.why import clocks_of
from dutyroom.projections.work import open_work
from dutyroom.readings.answers import (
    CallerReading,
    IncidentReading,
    MissingPart,
    NoteReading,
    PlaceReading,
    PointReading,
    PromptAnswer,
    ReadBy,
    SourcedNeed,
    TimelineEntry,
)
from dutyroom.readings.places import place_in
from dutyroom.readings.reader import Access, Reader

MOST_READS: Final = 50

type Opened = tuple[Entry, dict[str, Any] | None]
"""A journal entry with its sealed body, as far as it has one and its key is there."""


class NoSuchRecord(Exception):
    """There is no call or incident with this id."""


def incident_state(reader: Reader, id_: object) -> IncidentState | None:
    """The state of an incident, which holds no personal data."""
    with connection.cursor() as cursor:
        return reader.states.of(cursor, IncidentState, f"incident:{id_}")


def is_unsafe(reader: Reader, cursor: CursorWrapper, id_: UUID) -> bool:
    """Whether it is not safe to contact those who called about an incident: their telephone is then
    in no reading."""
    return (
        not_safe(id_, lambda one: reader.states.of(cursor, IncidentState, f"incident:{one}"))
        is not None
    )


class Record:
    """An incident with its calls and whatever was merged into it, from the journal."""

    def __init__(
        self,
        id_: UUID,
        state: IncidentState,
        parts: Mapping[UUID, IncidentState],
        calls: Mapping[UUID, CallState],
        entries: list[Entry],
        loop: LoopState | None,
        *,
        unsafe: bool,
    ) -> None:
        self.id = id_
        self.state = state
        self.entries = entries
        self.incidents = [id_, *parts]
        self.calls = list(calls)
        self._parts = parts
        self._calls = calls
        self._loop = loop
        self.unsafe = unsafe

    @classmethod
    def load(cls, reader: Reader, id_: UUID) -> "Record":
        """Raises `NoSuchRecord`."""
        with connection.cursor() as cursor:

            def find(one: UUID) -> IncidentState | None:
                return reader.states.of(cursor, IncidentState, f"incident:{one}")

            state = find(id_)
            if state is None:
                raise NoSuchRecord(str(id_))
            parts = dict(parts_of(state, find))
            named = dict.fromkeys(call for one in (state, *parts.values()) for call in one.calls)
            known = {one: reader.states.of(cursor, CallState, f"call:{one}") for one in named}
            calls = {one: call for one, call in known.items() if call is not None}
            streams = [f"incident:{one}" for one in (id_, *parts)] + [
                f"call:{one}" for one in calls
            ]
            entries = [entry for stream in streams for entry in read.stream(cursor, stream)]
            loop = reader.states.of(cursor, LoopState, f"loop:{id_}")
            unsafe = is_unsafe(reader, cursor, id_)
        entries.sort(key=lambda one: one.position)
        return cls(id_, state, parts, calls, entries, loop, unsafe=unsafe)

    def taken_by(self, member: str) -> bool:
        """Whether somebody has taken one of its calls."""
        return any(one.claimed_by == member for one in self._calls.values())

    def detail(self, reader: Reader, access: Access, row: IncidentRow) -> IncidentReading:
        """With the sealed parts opened."""
        bodies = reader.unseal(access, self.entries)
        pairs = list(zip(self.entries, bodies, strict=True))
        pack = reader.pack()
        needs = sourced_needs(plan_of(pack), self.state, codes_of(pack))
        return IncidentReading(
            row=row,
            place=self.place(pairs),
            because=access.because,
            callers=tuple(self.callers(pairs)),
            notes=tuple(self.notes(pairs)),
            needs=tuple(
                SourcedNeed(capability=n.capability, count=n.count, source=n.source) for n in needs
            ),
            answers=tuple(PromptAnswer(prompt=p, answer=a) for p, a in self.state.answers),
            timeline=tuple(_line(entry, body) for entry, body in pairs),
            missing=self._missing(pack.loop if pack else NO_LOOP),
            points=self._points(pack),
            call_back=call_back_of(str(self.id)),
            clocks=clocks_of(str(self.id)),
            tasks=tasks_of(self.incidents),
            supervision_orders=orders_of(self.incidents),
            desk_requests=requests_of(self.incidents),
            attachments=last_change(attachments_of(self.incidents)),
            reads=_reads(self.id),
        )

    def _points(self, pack: CityPack) -> tuple[PointReading, ...]:
        """What is open about it, and how it was settled."""
        with connection.cursor() as cursor:
            asked = asked_about(cursor, [str(one) for one in self.incidents])
        found = incident_points(
            pack,
            self.state,
            self._calls.values(),
            incident_unmet(pack, self.state),
            incident_needed(pack, (self.state, *self._parts.values()), asked),
        )
        return tuple(
            PointReading(
                kind=one.kind,
                prompt=one.prompt or None,
                how=one.how,
                reason=one.reason or None,
                partner=one.partner or None,
                desk=one.desk or None,
            )
            for one in found
        )

    def place(self, pairs: Sequence[Opened]) -> PlaceReading | None:
        own = f"incident:{self.id}"
        here = [place_in(body) for entry, body in pairs if entry.stream == own]
        return next((one for one in reversed(here) if one is not None), None)

    def callers(self, pairs: Sequence[Opened]) -> Iterable[CallerReading]:
        for one in self.calls:
            own = [pair for pair in pairs if pair[0].stream == f"call:{one}"]
            first = next(entry for entry, _ in own if entry.version == 1)
            said = said_in([body for _, body in own])
            if self.unsafe:
                said["number"] = ""
            yield CallerReading(
                call=str(one),
                **said,
                received_at_ms=own[0][0].occurred_at_ms,
                line=json.loads(bytes(first.body))["line"],
            )

    def notes(self, pairs: Sequence[Opened]) -> Iterable[NoteReading]:
        struck: set[str] = set()
        notes: list[tuple[str, str | None, Entry]] = []
        for entry, body in pairs:
            clear = json.loads(bytes(entry.body))
            if entry.type == IncidentNoteStruck.TYPE:
                struck.add(clear["note"])
            elif entry.type == IncidentNoteAdded.TYPE:
                notes.append((clear["note"], body.get("text") if body else None, entry))
        for id_, text, entry in notes:
            yield NoteReading(
                id=id_,
                text=text,
                by=entry.actor,
                at_ms=entry.occurred_at_ms,
                struck=id_ in struck,
            )

    def _missing(self, loop: Loop) -> tuple[MissingPart, ...]:
        """What closing it still lacks, by the routes of a pack."""
        approved = self._loop is not None and self._loop.approved
        needed = needs_approval((self.state, *self._parts.values()), loop)
        with connection.cursor() as cursor:
            missing = missing_for_close(
                self.id,
                self.state,
                self._parts.get,
                self._calls.get,
                partial(open_work, cursor),
                unapproved=needed and not approved,
            )
        return msgspec.convert(missing, tuple[MissingPart, ...])


def said_in(bodies: Sequence[dict[str, Any] | None]) -> dict[str, str]:
    """What a caller said in all; what was said later replaces what was said before."""
    said = {"name": "", "number": "", "text": ""}
    for body in bodies:
        for key, value in _flat(body or {}).items():
            if key in said and value:
                said[key] = value
    return said


def _flat(body: dict[str, Any]) -> dict[str, Any]:
    caller = body.get("caller")
    return body | caller if isinstance(caller, dict) else body


def _line(entry: Entry, body: dict[str, Any] | None) -> TimelineEntry:
    is_note = entry.type == IncidentNoteAdded.TYPE
    return TimelineEntry(
        position=entry.position,
        at_ms=entry.recorded_at_ms,
        occurred_at_ms=entry.occurred_at_ms,
        type=entry.type,
        by=entry.actor,
        role=entry.role,
        stream=entry.stream,
        body=json.loads(bytes(entry.body)),
        text=body.get("text") if body and is_note else msgspec.UNSET,
    )


def _reads(id_: UUID) -> tuple[ReadBy, ...]:
    """Who has read this incident: by role, time and purpose, the latest first."""
    found = ReadView.objects.filter(incident=str(id_)).order_by("-position")[:MOST_READS]
    return tuple(
        ReadBy(by_role=one.role, at_ms=one.at_ms, purpose=one.purpose, what=one.what)
        for one in found
    )
