"""What a request to a specialist desk says, unsealed: for who asked, and for those at the desk."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.citypack import CityPack
from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.desk_requests.events import DeskAsked
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.desk_requests.state import OVER
from dutyroom.domain.kernel import About
from dutyroom.domain.orgs import within
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import FieldCaller, FieldIncident, TimelineEntry
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Record

type Experts = Callable[[str, str], tuple[str, ...]]
"""Who is on duty in an organisation and has a skill, "" for any."""


class DeskRequestReading(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its texts, the incident that it is about, and what has happened to it.
    ``text`` is None once its key is erased; of the history, what was noted and what came of it have
    one. ``experts``: who is on duty at the desk and has the skill, until the request is over."""

    row: DeskRequestRow
    because: Text
    text: str | None
    history: tuple[TimelineEntry, ...]
    incident: FieldIncident
    experts: tuple[str, ...]


def desk_request(reader: Reader, actor: Actor, id_: UUID, experts: Experts) -> DeskRequestReading:
    """All about one request. Raises `MayNotRead` or `NoSuchRecord`."""
    found = ListedView.objects.filter(kind=DESK_REQUESTS.name, id=str(id_))
    text = found.values_list("row", flat=True).first()
    row = msgspec.json.decode(text, type=DeskRequestRow) if text else None
    facts = About(org=_org_for(row, actor) if row else None)
    reader.check(actor, "desk_request", facts)
    if row is None:
        raise NoSuchRecord(str(id_))
    record = Record.load(reader, UUID(row.incident))
    access = reader.open(
        actor, "desk_request", incidents=record.incidents, calls=record.calls, facts=facts
    )
    incident = IncidentView.objects.values_list("row", flat=True).get(id=row.incident)
    detail = record.detail(reader, access, read_incident(incident))
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"{DESK_REQUESTS.name}:{id_}"))
    bodies = reader.unseal(access, entries)
    callers = detail.callers if _speaks_to_callers(row, reader.pack()) else ()
    return DeskRequestReading(
        row=row,
        because=access.because,
        text=(bodies[0] or {}).get("text"),
        history=tuple(_line(entry, body) for entry, body in zip(entries, bodies, strict=True)),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=tuple(
                FieldCaller(name=one.name, number=one.number, text=one.text) for one in callers
            ),
        ),
        experts=() if row.state in OVER else experts(row.org, row.skill),
    )


def _org_for(row: DeskRequestRow, actor: Actor) -> str:
    """Of the organisations that it is of, the one of who asks; else the desk's."""
    return next((one for one in (row.org_too, *row.orgs) if within(one, actor.org)), row.org)


def _speaks_to_callers(row: DeskRequestRow, pack: CityPack) -> bool:
    """What the pack no longer knows needs nobody's name."""
    return any(
        one.code == row.desk and offer.code == row.offer and offer.caller
        for one in pack.desks
        for offer in one.offers
    )


def _line(entry: Entry, body: dict[str, Any] | None) -> TimelineEntry:
    said = entry.type != DeskAsked.TYPE and entry.sealed is not None
    return TimelineEntry(
        position=entry.position,
        at_ms=entry.recorded_at_ms,
        occurred_at_ms=entry.occurred_at_ms,
        type=entry.type,
        by=entry.actor,
        role=entry.role,
        stream=entry.stream,
        body=json.loads(bytes(entry.body)),
        text=(body or {}).get("text") if said else msgspec.UNSET,
    )
