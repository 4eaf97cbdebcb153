"""What a supervision order says, unsealed: for the desk, and for who answers it."""

import json
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import About
from dutyroom.domain.orders import ORDERS
from dutyroom.domain.orders.row import OrderRow
from dutyroom.domain.orgs import within
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import FieldIncident, TimelineEntry
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Record


class OrderReading(msgspec.Struct, frozen=True, kw_only=True):
    """A supervision order with the incident that it is on, without who called, and what has
    happened to it: what was ordered, answered and found missing is said there. A text is None once
    its key is erased."""

    row: OrderRow
    because: Text
    history: tuple[TimelineEntry, ...]
    incident: FieldIncident


def supervision_order(reader: Reader, actor: Actor, id_: UUID) -> OrderReading:
    """All about one supervision order. Raises `MayNotRead` or `NoSuchRecord`."""
    found = ListedView.objects.filter(kind=ORDERS.name, id=str(id_)).values_list("row", flat=True)
    text = found.first()
    row = msgspec.json.decode(text, type=OrderRow) if text else None
    facts = About(org=row.org, own=_is_with(row, actor)) if row else About()
    what = ORDERS.name
    reader.check(actor, what, facts)
    if row is None:
        raise NoSuchRecord(str(id_))
    record = Record.load(reader, UUID(row.incident))
    access = reader.open(actor, what, incidents=record.incidents, calls=record.calls, facts=facts)
    incident = IncidentView.objects.values_list("row", flat=True).get(id=row.incident)
    detail = record.detail(reader, access, read_incident(incident))
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"{ORDERS.name}:{id_}"))
    bodies = reader.unseal(access, entries)
    return OrderReading(
        row=row,
        because=access.because,
        history=tuple(_line(entry, body) for entry, body in zip(entries, bodies, strict=True)),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=(),
        ),
    )


def _is_with(row: OrderRow, actor: Actor) -> bool:
    """Whether it was given to a member: by name, or to their team."""
    mine = row.owner == actor.id if row.owner else row.team != ""
    return mine and within(row.org, actor.org)


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
