"""What a person reads of incidents and calls: details unsealed, each reading logged."""

import json
import math
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from dutyroom.citypack import METRES_PER_DEGREE, CityPack
from dutyroom.citypack.codes import codes_of
from dutyroom.citypack.near import street_near
from dutyroom.domain.context import Actor
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents.closing import missing_for_close
from dutyroom.domain.incidents.events import IncidentNoteAdded, IncidentNoteStruck
from dutyroom.domain.incidents.plans import sourced_needs
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import About
from dutyroom.domain.units.events import UnitEmergencyRaised
from dutyroom.domain.units.state import UnitState
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections import board
from dutyroom.projections.facts import fact
from dutyroom.projections.models import CallView, IncidentView, ReadView
from dutyroom.projections.rows import plan_of
from dutyroom.readings.reader import Access, Reader

NEAR_M: Final = {"category": 600.0, "kind": 300.0, "other": 100.0}
"""How far away an open incident may be the same happening: of the same category; of the same kind
(the same capability leads the response, as for all fires); of any other."""
NEAR_MINUTES: Final = 90
MOST_READS: Final = 50


class NoSuchRecord(Exception):
    """There is no call or incident with this id."""


def places(reader: Reader, actor: Actor, ids: Sequence[UUID], now_ms: int) -> list[dict[str, Any]]:
    """Where incidents are, for the map and the queue: of those that are there, and no others."""
    reader.check(actor, "places")
    rows = board.incidents_on_board(now_ms).filter(id__in=[str(one) for one in ids])
    positions = dict(rows.values_list("id", "place_position"))
    if not positions:
        return []
    access = reader.open(actor, "places", incidents=[UUID(id_) for id_ in positions])
    return [
        {"incident": id_, **place}
        for id_, place in _places(reader, access, positions).items()
        if place is not None
    ]


def _places(
    reader: Reader, access: Access, positions: dict[str, int]
) -> dict[str, dict[str, Any] | None]:
    with connection.cursor() as cursor:
        entries = {one.position: one for one in read.at(cursor, list(positions.values()))}
    ids = [id_ for id_, position in positions.items() if position in entries]
    opened = reader.unseal(access, [entries[positions[id_]] for id_ in ids])
    return {id_: _place(body) for id_, body in zip(ids, opened, strict=True)}


def _place(body: dict[str, Any] | None) -> dict[str, Any] | None:
    place = (body or {}).get("place")
    return place if isinstance(place, dict) else None


def incident(reader: Reader, actor: Actor, id_: UUID) -> dict[str, Any]:
    """Everything about one incident. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "incident")
    row = _row(IncidentView, id_)
    record = Record.load(id_)
    access = reader.open(
        actor, "incident", incidents=[id_, *record.state.absorbed], calls=record.calls
    )
    return record.detail(reader, access) | {"row": row}


def call(reader: Reader, actor: Actor, id_: UUID) -> dict[str, Any]:
    """The details of one call. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "call")
    row = _row(CallView, id_)
    access = reader.open(actor, "call", calls=[id_])
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"call:{id_}"))
    told = _told(reader.unseal(access, entries))
    return {"row": row, **told, "because": _both(access)}


def field(reader: Reader, actor: Actor, unit_row: dict[str, Any]) -> dict[str, Any]:
    """An officer's own assignment, with what is needed to handle it. Nothing else."""
    facts = About(unit=unit_row["id"])
    if unit_row["incident"] is None:
        reader.open(actor, "field", facts=facts)
        return {"unit": unit_row, "assignment": None, "incident": None, "next": []}
    id_ = UUID(unit_row["incident"])
    record = Record.load(id_)
    access = reader.open(actor, "field", incidents=[id_], calls=record.calls, facts=facts)
    detail = record.detail(reader, access)
    assignment = next(a for a in record.state.assignments if str(a.id) == unit_row["assignment"])
    return {
        "unit": unit_row,
        "assignment": {
            "id": str(assignment.id),
            "state": assignment.state,
            "since_ms": assignment.since_ms,
        },
        "incident": {
            "row": _row(IncidentView, id_),
            "place": detail["place"],
            "notes": detail["notes"],
            "answers": detail["answers"],
            "callers": [{k: c[k] for k in ("name", "number", "text")} for c in detail["callers"]],
        },
        "next": list(_NEXT.get(assignment.state, ())),
    }


_NEXT: Final = {
    "dispatched": ("assignment.en_route", "assignment.on_scene", "assignment.clear"),
    "en_route": ("assignment.on_scene", "assignment.clear"),
    "on_scene": ("assignment.clear", "assignment.transport"),
    "transporting": ("assignment.at_facility", "assignment.clear"),
    "at_facility": ("assignment.clear",),
}


def emergency(reader: Reader, actor: Actor, unit: str) -> dict[str, Any]:
    """Where the unit's emergency, which goes on, was raised. What it did since changes nothing.

    Raises `MayNotRead`, or `NoSuchRecord` if the unit has none.
    """
    reader.check(actor, "emergency", About(unit=unit))
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"unit:{unit}"))
    state = _fold(entries)
    if not isinstance(state, UnitState) or state.emergency == "quiet":
        raise NoSuchRecord(unit)
    pressed = next(one for one in reversed(entries) if one.type == UnitEmergencyRaised.TYPE)
    incident = state.emergency_incident
    access = reader.open(
        actor, "emergency", incidents=[incident] if incident else [], facts=About(unit=unit)
    )
    [body] = reader.unseal(access, [pressed])
    position = (body or {}).get("position")
    street = street_near(reader.pack(), position["lon"], position["lat"]) if position else None
    return {
        "unit": unit,
        "since_ms": state.emergency_since_ms,
        "zone": state.emergency_zone or None,
        "incident": str(incident) if incident else None,
        "number": state.emergency_number or None,
        "position": position,
        "street": {"en": street.en, "zh": street.zh} if street else None,
    }


def duplicates(
    reader: Reader,
    actor: Actor,
    lon: float,
    lat: float,
    category: str,
    exclude: UUID | None,
    now: int,
) -> list[dict[str, Any]]:
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
        row = json.loads(open_rows[id_][0])
        alike = _alike(pack, category, row["category"])
        distance_m = _distance_m(lon, lat, place)
        if distance_m <= NEAR_M[alike]:
            near.append(
                {
                    "incident": id_,
                    "number": row["number"],
                    "category": row["category"],
                    "alike": alike,
                    "distance_m": round(distance_m),
                    "minutes": max(0, now - row["opened_at_ms"]) // 60_000,
                    "label": place["label"],
                }
            )
    ranks = list(NEAR_M)
    return sorted(near, key=lambda one: (ranks.index(one["alike"]), one["distance_m"]))[:5]


def _alike(pack: CityPack, category: str, other: str) -> str:
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


def _distance_m(lon: float, lat: float, place: dict[str, Any]) -> float:
    """Equirectangular approximation, good at city size."""
    east = (place["lon"] - lon) * math.cos(math.radians(lat))
    return math.hypot(east, place["lat"] - lat) * METRES_PER_DEGREE


def incident_state(id_: str) -> IncidentState | None:
    """The state of an incident, which holds no personal data."""
    with connection.cursor() as cursor:
        state = _fold(read.stream(cursor, f"incident:{id_}"))
    return state if isinstance(state, IncidentState) else None


class Record:
    """An incident with its calls and whatever was merged into it, from the journal."""

    def __init__(self, id_: UUID, state: IncidentState, entries: list[Entry]) -> None:
        self.id = id_
        self.state = state
        self.entries = entries
        self.calls = [
            UUID(one.stream[5:])
            for one in entries
            if one.version == 1 and one.stream.startswith("call:")
        ]

    @classmethod
    def load(cls, id_: UUID) -> "Record":
        """Raises `NoSuchRecord`."""
        with connection.cursor() as cursor:
            entries = list(read.stream(cursor, f"incident:{id_}"))
            state = _fold(entries)
            if state is None:
                raise NoSuchRecord(str(id_))
            entries += cls._related(cursor, state, {id_})
        return cls(id_, state, sorted(entries, key=lambda one: one.position))

    @classmethod
    def _related(cls, cursor: Any, state: IncidentState, seen: set[UUID]) -> list[Entry]:
        found: list[Entry] = []
        for one in state.calls:
            found += read.stream(cursor, f"call:{one}")
        for one in state.absorbed:
            if one not in seen:
                seen.add(one)
                own = list(read.stream(cursor, f"incident:{one}"))
                absorbed = _fold(own)
                found += own
                if absorbed is not None:
                    found += cls._related(cursor, absorbed, seen)
        return found

    def detail(self, reader: Reader, access: Access) -> dict[str, Any]:
        """The sealed parts, opened."""
        bodies = reader.unseal(access, self.entries)
        pairs = list(zip(self.entries, bodies, strict=True))
        pack = reader.pack()
        needs = sourced_needs(plan_of(pack), self.state, codes_of(pack))
        return {
            "place": self._place(pairs),
            "because": _both(access),
            "callers": self._callers(pairs),
            "notes": self._notes(pairs),
            "needs": [
                {"capability": n.capability, "count": n.count, "from": n.source} for n in needs
            ],
            "answers": [{"prompt": p, "answer": a} for p, a in self.state.answers],
            "timeline": [_line(entry, body) for entry, body in pairs],
            "missing": self._missing(),
            "reads": _reads(self.id),
        }

    def _place(self, pairs: list[tuple[Entry, dict[str, Any] | None]]) -> dict[str, Any] | None:
        own = f"incident:{self.id}"
        here = [_place(body) for entry, body in pairs if entry.stream == own]
        return next((one for one in reversed(here) if one is not None), None)

    def _callers(self, pairs: list[tuple[Entry, dict[str, Any] | None]]) -> list[dict[str, Any]]:
        return [
            {
                "call": str(one),
                **_told([body for entry, body in pairs if entry.stream == f"call:{one}"]),
                "received_at_ms": next(
                    entry.occurred_at_ms for entry, _ in pairs if entry.stream == f"call:{one}"
                ),
                "line": next(
                    json.loads(bytes(entry.body))["line"]
                    for entry, _ in pairs
                    if entry.stream == f"call:{one}" and entry.version == 1
                ),
            }
            for one in self.calls
        ]

    def _notes(self, pairs: list[tuple[Entry, dict[str, Any] | None]]) -> list[dict[str, Any]]:
        struck: set[str] = set()
        notes: list[dict[str, Any]] = []
        for entry, body in pairs:
            clear = json.loads(bytes(entry.body))
            if entry.type == IncidentNoteStruck.TYPE:
                struck.add(clear["note"])
            elif entry.type == IncidentNoteAdded.TYPE:
                text = body.get("text") if body else None
                note = {"id": clear["note"], "text": text, "by": entry.actor}
                notes.append(note | {"at_ms": entry.occurred_at_ms})
        return [note | {"struck": note["id"] in struck} for note in notes]

    def _missing(self) -> list[dict[str, object]]:
        """What closing it still lacks."""
        streams: dict[str, list[Entry]] = {}
        for entry in self.entries:
            streams.setdefault(entry.stream, []).append(entry)
        states = {name: _fold(entries) for name, entries in streams.items()}
        calls = {UUID(n[5:]): s for n, s in states.items() if n.startswith("call:")}
        incidents = {UUID(n[9:]): s for n, s in states.items() if n.startswith("incident:")}
        return list(missing_for_close(self.state, incidents.get, calls.get))


def _fold(entries: list[Entry]) -> Any:
    state = None
    for entry in entries:
        one = fact(entry)
        state = evolve(state, one.event, one.occurred_at_ms)
    return state


def _told(bodies: Sequence[dict[str, Any] | None]) -> dict[str, Any]:
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


def _line(entry: Entry, body: dict[str, Any] | None) -> dict[str, Any]:
    line = {
        "position": entry.position,
        "at_ms": entry.recorded_at_ms,
        "occurred_at_ms": entry.occurred_at_ms,
        "type": entry.type,
        "by": entry.actor,
        "role": entry.role,
        "stream": entry.stream,
        "body": json.loads(bytes(entry.body)),
    }
    if body and entry.type == IncidentNoteAdded.TYPE:
        line["text"] = body.get("text")
    return line


def _reads(id_: UUID) -> list[dict[str, Any]]:
    """Who has read this incident: by role, time and purpose, the latest first."""
    found = ReadView.objects.filter(incident=str(id_)).order_by("-position")[:MOST_READS]
    return [
        {"by_role": one.role, "at_ms": one.at_ms, "purpose": one.purpose, "what": one.what}
        for one in found
    ]


def _row(view: Any, id_: UUID) -> dict[str, Any]:
    found = view.objects.filter(id=str(id_)).values_list("row", flat=True).first()
    if found is None:
        raise NoSuchRecord(str(id_))
    row: dict[str, Any] = json.loads(found)
    return row


def _both(access: Access) -> dict[str, str]:
    return {"en": access.because.en, "zh": access.because.zh}
