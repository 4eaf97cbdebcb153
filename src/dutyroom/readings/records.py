"""What a person reads of incidents and calls: details unsealed, each reading logged."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.citypack import METRES_PER_DEGREE, CityPack
from dutyroom.citypack.codes import codes_of
from dutyroom.citypack.near import street_near
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.closing import missing_for_close
from dutyroom.domain.incidents.events import IncidentNoteAdded, IncidentNoteStruck
from dutyroom.domain.incidents.plans import sourced_needs
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import About
from dutyroom.domain.rows import IncidentRow, UnitRow
from dutyroom.domain.units.events import UnitEmergencyRaised
from dutyroom.domain.units.state import UnitState
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections import board
from dutyroom.projections.models import CallView, IncidentView, ReadView
from dutyroom.projections.rows import plan_of, read_call, read_incident
from dutyroom.readings.answers import (
    Alike,
    CallerReading,
    CallReading,
    Duplicate,
    EmergencyReading,
    FieldAssignment,
    FieldCaller,
    FieldIncident,
    FieldReading,
    IncidentPlace,
    IncidentReading,
    MissingPart,
    NoteReading,
    PlaceReading,
    PressPosition,
    PromptAnswer,
    ReadBy,
    SourcedNeed,
    TimelineEntry,
)
from dutyroom.readings.reader import Access, Reader

NEAR_M: Final[Mapping[Alike, float]] = {"category": 600.0, "kind": 300.0, "other": 100.0}
"""How far away an open incident may be the same happening: of the same category; of the same kind
(the same capability leads the response, as for all fires); of any other."""
NEAR_MINUTES: Final = 90
MOST_READS: Final = 50


type Opened = tuple[Entry, dict[str, Any] | None]
"""A journal entry with its sealed body, as far as it has one and its key is there."""


class NoSuchRecord(Exception):
    """There is no call or incident with this id."""


def places(
    reader: Reader, actor: Actor, ids: Sequence[UUID], now_ms: int
) -> tuple[IncidentPlace, ...]:
    """Where incidents are, for the map and the queue: of those that are there, and no others."""
    reader.check(actor, "places")
    rows = board.incidents_on_board(now_ms).filter(id__in=[str(one) for one in ids])
    positions = dict(rows.values_list("id", "place_position"))
    if not positions:
        return ()
    access = reader.open(actor, "places", incidents=[UUID(id_) for id_ in positions])
    return tuple(
        IncidentPlace(incident=id_, **msgspec.structs.asdict(place))
        for id_, place in _places(reader, access, positions).items()
        if place is not None
    )


def _places(
    reader: Reader, access: Access, positions: dict[str, int]
) -> dict[str, PlaceReading | None]:
    with connection.cursor() as cursor:
        entries = {one.position: one for one in read.at(cursor, list(positions.values()))}
    ids = [id_ for id_, position in positions.items() if position in entries]
    opened = reader.unseal(access, [entries[positions[id_]] for id_ in ids])
    return {id_: _place(body) for id_, body in zip(ids, opened, strict=True)}


def _place(body: dict[str, Any] | None) -> PlaceReading | None:
    place = (body or {}).get("place")
    return msgspec.convert(place, PlaceReading) if isinstance(place, dict) else None


def incident(reader: Reader, actor: Actor, id_: UUID) -> IncidentReading:
    """Everything about one incident. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "incident")
    row = _incident_row(id_)
    record = Record.load(reader, id_)
    access = reader.open(
        actor, "incident", incidents=[id_, *record.state.absorbed], calls=record.calls
    )
    return record.detail(reader, access, row)


def call(reader: Reader, actor: Actor, id_: UUID) -> CallReading:
    """The details of one call. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "call")
    row = read_call(_row(CallView, id_))
    access = reader.open(actor, "call", calls=[id_])
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"call:{id_}"))
    told = _told(reader.unseal(access, entries))
    return CallReading(row=row, because=access.because, **told)


def field(reader: Reader, actor: Actor, unit_row: UnitRow) -> FieldReading:
    """An officer's own assignment, with what is needed to handle it. Nothing else."""
    facts = About(unit=unit_row.id)
    if unit_row.incident is None:
        reader.open(actor, "field", facts=facts)
        return FieldReading(unit=unit_row, assignment=None, incident=None, next=())
    id_ = UUID(unit_row.incident)
    record = Record.load(reader, id_)
    access = reader.open(actor, "field", incidents=[id_], calls=record.calls, facts=facts)
    detail = record.detail(reader, access, _incident_row(id_))
    assignment = next(a for a in record.state.assignments if str(a.id) == unit_row.assignment)
    return FieldReading(
        unit=unit_row,
        assignment=FieldAssignment(
            id=str(assignment.id), state=assignment.state, since_ms=assignment.since_ms
        ),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=tuple(
                FieldCaller(name=one.name, number=one.number, text=one.text)
                for one in detail.callers
            ),
        ),
        next=_NEXT.get(assignment.state, ()),
    )


_NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "dispatched": ("assignment.en_route", "assignment.on_scene", "assignment.clear"),
    "en_route": ("assignment.on_scene", "assignment.clear"),
    "on_scene": ("assignment.clear", "assignment.transport"),
    "transporting": ("assignment.at_facility", "assignment.clear"),
    "at_facility": ("assignment.clear",),
}


def emergency(reader: Reader, actor: Actor, unit: str) -> EmergencyReading:
    """Where the unit's emergency, which goes on, was raised. What it did since changes nothing.

    Raises `MayNotRead`, or `NoSuchRecord` if the unit has none.
    """
    reader.check(actor, "emergency", About(unit=unit))
    with connection.cursor() as cursor:
        state = reader.states.of(cursor, UnitState, f"unit:{unit}")
        pressed = read.latest(cursor, f"unit:{unit}", UnitEmergencyRaised.TYPE)
    if state is None or pressed is None or state.emergency == "quiet":
        raise NoSuchRecord(unit)
    incident = state.emergency_incident
    access = reader.open(
        actor, "emergency", incidents=[incident] if incident else [], facts=About(unit=unit)
    )
    [body] = reader.unseal(access, [pressed])
    position = (body or {}).get("position")
    street = street_near(reader.pack(), position["lon"], position["lat"]) if position else None
    return EmergencyReading(
        unit=unit,
        since_ms=state.emergency_since_ms,
        zone=state.emergency_zone or None,
        incident=str(incident) if incident else None,
        number=state.emergency_number or None,
        position=msgspec.convert(position, PressPosition) if position else None,
        street=street,
    )


def duplicates(
    reader: Reader,
    actor: Actor,
    lon: float,
    lat: float,
    category: str,
    exclude: UUID | None,
    now: int,
) -> tuple[Duplicate, ...]:
    """Open incidents that may be the same happening as one of this category at a place.

    The further away, the more alike the category must be (`NEAR_M`): a sick person in the next
    street is no duplicate of a fire. Without a category yet, those of any kind count as alike. The
    likeliest first: same category, then same kind, then distance.
    """
    open_rows = {
        id_: (row, position)
        for id_, row, position in IncidentView.objects.filter(
            open=True, opened_at_ms__gte=now - NEAR_MINUTES * 60_000
        ).values_list("id", "row", "place_position")
        if exclude is None or id_ != str(exclude)
    }
    access = reader.open(actor, "duplicates", incidents=[UUID(one) for one in open_rows])
    found = _places(reader, access, {id_: position for id_, (_, position) in open_rows.items()})
    pack = reader.pack()
    near = []
    for id_, place in found.items():
        if place is None:
            continue
        row = read_incident(open_rows[id_][0])
        alike = _alike(pack, category, row.category)
        distance_m = _distance_m(lon, lat, place)
        if distance_m <= NEAR_M[alike]:
            near.append(
                Duplicate(
                    incident=id_,
                    number=row.number,
                    category=row.category,
                    alike=alike,
                    distance_m=round(distance_m),
                    minutes=max(0, now - row.opened_at_ms) // 60_000,
                    label=place.label,
                )
            )
    ranks = list(NEAR_M)
    near.sort(key=lambda one: (ranks.index(one.alike), one.distance_m))
    return tuple(near[:5])


def _alike(pack: CityPack, category: str, other: str) -> Alike:
    """How alike two categories are; a key of `NEAR_M`."""
    if category == other:
        return "category"
    leads = _leading_need(pack, category), _leading_need(pack, other)
    return "kind" if not category or leads[0] == leads[1] is not None else "other"


def _leading_need(pack: CityPack, category: str) -> str | None:
    """The capability that comes first in the category's plan: the service that leads."""
    try:
        plan = pack.plan_for(category, pack.vocabulary.category(category).priority)
    except KeyError:
        return None
    return plan[0].capability if plan else None


def _distance_m(lon: float, lat: float, place: PlaceReading) -> float:
    """Equirectangular approximation, good at city size."""
    east = (place.lon - lon) * math.cos(math.radians(lat))
    return math.hypot(east, place.lat - lat) * METRES_PER_DEGREE


def incident_state(reader: Reader, id_: object) -> IncidentState | None:
    """The state of an incident, which holds no personal data."""
    with connection.cursor() as cursor:
        return reader.states.of(cursor, IncidentState, f"incident:{id_}")


class Record:
    """An incident with its calls and whatever was merged into it, from the journal."""

    def __init__(
        self,
        id_: UUID,
        state: IncidentState,
        parts: Mapping[UUID, IncidentState],
        calls: Mapping[UUID, CallState],
        entries: list[Entry],
    ) -> None:
        self.id = id_
        self.state = state
        self.entries = entries
        self.calls = list(calls)
        self._parts = parts
        self._calls = calls

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
        return cls(id_, state, parts, calls, sorted(entries, key=lambda one: one.position))

    def detail(self, reader: Reader, access: Access, row: IncidentRow) -> IncidentReading:
        """With the sealed parts opened."""
        bodies = reader.unseal(access, self.entries)
        pairs = list(zip(self.entries, bodies, strict=True))
        pack = reader.pack()
        needs = sourced_needs(plan_of(pack), self.state, codes_of(pack))
        return IncidentReading(
            row=row,
            place=self._place(pairs),
            because=access.because,
            callers=tuple(self._callers(pairs)),
            notes=tuple(self._notes(pairs)),
            needs=tuple(
                SourcedNeed(capability=n.capability, count=n.count, source=n.source) for n in needs
            ),
            answers=tuple(PromptAnswer(prompt=p, answer=a) for p, a in self.state.answers),
            timeline=tuple(_line(entry, body) for entry, body in pairs),
            missing=self._missing(),
            reads=_reads(self.id),
        )

    def _place(self, pairs: Sequence[Opened]) -> PlaceReading | None:
        own = f"incident:{self.id}"
        here = [_place(body) for entry, body in pairs if entry.stream == own]
        return next((one for one in reversed(here) if one is not None), None)

    def _callers(self, pairs: Sequence[Opened]) -> Iterable[CallerReading]:
        for one in self.calls:
            own = [pair for pair in pairs if pair[0].stream == f"call:{one}"]
            first = next(entry for entry, _ in own if entry.version == 1)
            yield CallerReading(
                call=str(one),
                **_told([body for _, body in own]),
                received_at_ms=own[0][0].occurred_at_ms,
                line=json.loads(bytes(first.body))["line"],
            )

    def _notes(self, pairs: Sequence[Opened]) -> Iterable[NoteReading]:
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

    def _missing(self) -> tuple[MissingPart, ...]:
        """What closing it still lacks."""
        missing = missing_for_close(self.state, self._parts.get, self._calls.get)
        return msgspec.convert(missing, tuple[MissingPart, ...])


def _told(bodies: Sequence[dict[str, Any] | None]) -> dict[str, str]:
    """What a caller said in all; what was said later replaces what was said before."""
    told = {"name": "", "number": "", "text": ""}
    for body in bodies:
        for key, value in _flat(body or {}).items():
            if key in told and value:
                told[key] = value
    return told


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


def _incident_row(id_: UUID) -> IncidentRow:
    return read_incident(_row(IncidentView, id_))


def _row(view: Any, id_: UUID) -> str:
    found = view.objects.filter(id=str(id_)).values_list("row", flat=True).first()
    if found is None:
        raise NoSuchRecord(str(id_))
    return str(found)
