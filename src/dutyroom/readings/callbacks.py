"""What is needed to call somebody back about a concluded incident, unsealed for the room."""

from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.core.text import Text
from dutyroom.domain.callbacks import CALL_BACKS
from dutyroom.domain.callbacks.events import CallBackAnswered
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.domain.context import Actor
from dutyroom.journal import read
from dutyroom.projections.models import IncidentView
from dutyroom.projections.ratings import call_back_of
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import FieldIncident
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Record
from dutyroom.readings.records import field_callers


class CallBackReading(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up call with its incident and who called, without a number where that isn't safe.
    ``comment``: what the caller said in their own words; None if nothing."""

    row: CallBackRow
    because: Text
    comment: str | None
    incident: FieldIncident


def call_back(reader: Reader, actor: Actor, id_: UUID) -> CallBackReading:
    """All about one follow-up call. Raises `MayNotRead` or `NoSuchRecord`."""
    reader.check(actor, "call_back")
    row = call_back_of(str(id_))
    if row is None:
        raise NoSuchRecord(str(id_))
    record = Record.load(reader, id_)
    access = reader.open(actor, "call_back", incidents=record.incidents, calls=record.calls)
    incident = IncidentView.objects.values_list("row", flat=True).get(id=str(id_))
    detail = record.detail(reader, access, read_incident(incident))
    with connection.cursor() as cursor:
        entries = [
            one
            for one in read.stream(cursor, f"{CALL_BACKS.name}:{id_}")
            if one.type == CallBackAnswered.TYPE
        ]
    said = reader.unseal(access, entries[-1:]) if row.state == "done" else []
    return CallBackReading(
        row=row,
        because=access.because,
        comment=next((one.get("comment") for one in said if one), None),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=field_callers(detail.callers),
        ),
    )
