"""What is written about a matter, unsealed: for the desk, and for those with whom it lies."""

import json
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.kernel import About
from dutyroom.domain.matters import MATTERS
from dutyroom.domain.matters.row import MatterRow
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import TimelineEntry
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord


class MatterReading(msgspec.Struct, frozen=True, kw_only=True):
    """A matter with what was written about it (None once its key is erased), and the rows of its
    incidents, which hold no personal data."""

    row: MatterRow
    because: Text
    history: tuple[TimelineEntry, ...]
    incidents: tuple[IncidentRow, ...]


def matter(reader: Reader, actor: Actor, id_: UUID) -> MatterReading:
    """All about one matter. Raises `MayNotRead` or `NoSuchRecord`."""
    found = ListedView.objects.filter(kind=MATTERS.name, id=str(id_)).values_list("row", flat=True)
    text = found.first()
    row = msgspec.json.decode(text, type=MatterRow) if text else None
    facts = About(org=row.org, own=row.owner == actor.id) if row else About()
    reader.check(actor, "matter", facts)
    if row is None:
        raise NoSuchRecord(str(id_))
    access = reader.open(actor, "matter", incidents=list(map(UUID, row.incidents)), facts=facts)
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"{MATTERS.name}:{id_}"))
    bodies = reader.unseal(access, entries)
    rows = dict(IncidentView.objects.filter(id__in=row.incidents).values_list("id", "row"))
    return MatterReading(
        row=row,
        because=access.because,
        history=tuple(_line(entry, body) for entry, body in zip(entries, bodies, strict=True)),
        incidents=tuple(read_incident(rows[one]) for one in row.incidents if one in rows),
    )


def _line(entry: Entry, body: dict[str, Any] | None) -> TimelineEntry:
    return TimelineEntry(
        position=entry.position,
        at_ms=entry.recorded_at_ms,
        occurred_at_ms=entry.occurred_at_ms,
        type=entry.type,
        by=entry.actor,
        role=entry.role,
        stream=entry.stream,
        body=json.loads(bytes(entry.body)),
        text=(body or {}).get("text") if entry.sealed is not None else msgspec.UNSET,
    )
