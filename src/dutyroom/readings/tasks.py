"""What a task says, unsealed: for the desk, and for those with whom it lies."""

import json
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import About
from dutyroom.domain.tasks import TASKS
from dutyroom.domain.tasks.commands import TaskKind
from dutyroom.domain.tasks.events import TaskOffered
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.attachments import attachments_of, last_change
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident
from dutyroom.readings.answers import FieldIncident, TimelineEntry
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Record
from dutyroom.readings.records import field_callers
from dutyroom.readings.task_requests import TaskRequest, joined_into, requests_for, with_answer

WITH_CALLERS: Final[frozenset[TaskKind]] = frozenset(
    {"investigate", "visit", "mediate", "call_back"}
)
"""The kinds of task for which one speaks to who called."""


class StepReading(msgspec.Struct, frozen=True, kw_only=True):
    """``text`` is None once its key is erased."""

    id: str
    text: str | None
    ticked: bool


class TaskReading(msgspec.Struct, frozen=True, kw_only=True):
    """A task with its texts, the incident that it is of, and what has happened to it. ``text`` is
    None once its key is erased; of the history, what was noted and what came of it have one.
    ``requests``: what specialist desks were asked for it."""

    row: TaskRow
    because: Text
    text: str | None
    steps: tuple[StepReading, ...]
    history: tuple[TimelineEntry, ...]
    incident: FieldIncident
    requests: tuple[TaskRequest, ...]


def task(reader: Reader, actor: Actor, id_: UUID) -> TaskReading:
    """All about one task. Raises `MayNotRead` or `NoSuchRecord`."""
    found = ListedView.objects.filter(kind=TASKS.name, id=str(id_)).values_list("row", flat=True)
    text = found.first()
    row = msgspec.json.decode(text, type=TaskRow) if text else None
    facts = About(org=row.org, own=row.owner == actor.id) if row else About()
    reader.check(actor, "task", facts)
    if row is None:
        raise NoSuchRecord(str(id_))
    record = Record.load(reader, UUID(row.incident))
    with connection.cursor() as cursor:
        asked = requests_for(reader, cursor, id_, record.incidents)
    incidents = list(dict.fromkeys([*record.incidents, *(UUID(one.incident) for one in asked)]))
    access = reader.open(actor, "task", incidents=incidents, calls=record.calls, facts=facts)
    incident = IncidentView.objects.values_list("row", flat=True).get(id=row.incident)
    detail = record.detail(reader, access, read_incident(incident))
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, f"{TASKS.name}:{id_}"))
        joined = [
            entry
            for one in joined_into(reader, cursor, id_)
            for entry in read.stream(cursor, f"{TASKS.name}:{one}")
            if entry.sealed is not None  # what was to be done, was noted, and came of it
        ]
        requests = tuple(with_answer(reader, access, cursor, one) for one in asked)
    bodies = reader.unseal(access, entries)
    of_joined = zip(joined, reader.unseal(access, joined), strict=True)
    pairs = (*zip(entries, bodies, strict=True), *of_joined)
    together = sorted(pairs, key=lambda one: one[0].position)
    offered = bodies[0] or {}
    callers = detail.callers if row.kind in WITH_CALLERS else ()
    return TaskReading(
        row=row,
        because=access.because,
        text=offered.get("text"),
        steps=tuple(
            StepReading(id=one, text=offered.get("steps", {}).get(one), ticked=one in row.ticked)
            for one in row.steps
        ),
        history=tuple(_line(entry, body, id_) for entry, body in together),
        incident=FieldIncident(
            row=detail.row,
            place=detail.place,
            notes=detail.notes,
            answers=detail.answers,
            callers=field_callers(callers),
            attachments=last_change(
                one for one in attachments_of(record.incidents) if one.task in (None, str(id_))
            ),
        ),
        requests=requests,
    )


def _line(entry: Entry, body: dict[str, Any] | None, task: UUID) -> TimelineEntry:
    """What this task itself is about stands above its history."""
    own = entry.type == TaskOffered.TYPE and entry.stream == f"{TASKS.name}:{task}"
    said = not own and entry.sealed is not None
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
