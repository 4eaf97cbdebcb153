"""A joint operation with its texts, and the situation report that is made from the record."""

from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection
from msgspec.structs import replace

from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.joint_operations import JOINT_OPERATIONS
from dutyroom.domain.joint_operations.events import (
    JointOperationBegun,
    JointOperationEnded,
    LogWritten,
    PlanLineAdded,
)
from dutyroom.domain.joint_operations.row import JointOperationRow
from dutyroom.domain.joint_operations.state import JointOperationState, LineState
from dutyroom.domain.kernel import About
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.journal import read
from dutyroom.journal.read import Entry
from dutyroom.projections.desk_requests import requests_of
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.rows import read_incident
from dutyroom.projections.tasks import tasks_of
from dutyroom.readings.answers import FieldIncident
from dutyroom.readings.reader import Access, Reader
from dutyroom.readings.record import NoSuchRecord, Record

_OF_THE_PLAN_ALONE: Final = frozenset({"desk_specialist", "partner"})
"""Who takes part without the incident: what they need of it, the plan says."""


class PlanLineReading(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done, by whom; ``text`` is None once its key is erased."""

    id: str
    org: str
    state: LineState
    text: str | None


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, in order: what was written has a ``text`` and says for which organisation,
    other things have the ``org`` or the plan ``line`` that they are about."""

    position: int
    at_ms: int
    by: str
    type: str
    org: str | None
    line: str | None
    text: str | None


class JointOperationReading(msgspec.Struct, frozen=True, kw_only=True):
    """All that a situation report says: the aim, who takes part, what is open and done, the log,
    the tasks and requests of the incident, and what is known of that. Nobody hears who called.

    A specialist desk and a partner take part without the incident (None); a partner sees the plan
    and the log, in which organisations are named and nobody of them.
    """

    row: JointOperationRow
    because: Text
    aim: str | None
    result: str | None
    lines: tuple[PlanLineReading, ...]
    log: tuple[LogEntry, ...]
    tasks: tuple[TaskRow, ...]
    desk_requests: tuple[DeskRequestRow, ...]
    incident: FieldIncident | None


def joint_operation(reader: Reader, actor: Actor, id_: UUID) -> JointOperationReading:
    """All about one operation. Raises `MayNotRead` or `NoSuchRecord`."""
    found = ListedView.objects.filter(kind=JOINT_OPERATIONS.name, id=str(id_))
    text = found.values_list("row", flat=True).first()
    row = msgspec.json.decode(text, type=JointOperationRow) if text else None
    stream = f"{JOINT_OPERATIONS.name}:{id_}"
    with connection.cursor() as cursor:
        state = reader.states.of(cursor, JointOperationState, stream)
    facts = About(org=_part(state, actor))
    reader.check(actor, "joint_operation", facts)
    if row is None or state is None:
        raise NoSuchRecord(str(id_))
    record = Record.load(reader, state.incident)
    whole, partner = actor.role not in _OF_THE_PLAN_ALONE, actor.role == "partner"
    calls = record.calls if whole else ()
    access = reader.open(
        actor, "joint_operation", incidents=record.incidents, calls=calls, facts=facts
    )
    known = _incident(reader, access, record, row.incident) if whole else None
    with connection.cursor() as cursor:
        entries = list(read.stream(cursor, stream))
    bodies = reader.unseal(access, entries)
    texts = _Texts(entries, bodies)
    return JointOperationReading(
        row=replace(row, incident="", begun_by="") if partner else row,
        because=access.because,
        aim=texts.last(JointOperationBegun.TYPE),
        result=texts.last(JointOperationEnded.TYPE),
        lines=tuple(
            PlanLineReading(id=str(one.id), org=one.org, state=one.state, text=texts.of(one.id))
            for one in state.lines
        ),
        log=tuple(replace(one, by="") if partner else one for one in texts.log()),
        tasks=() if partner else tasks_of(record.incidents),
        desk_requests=() if partner else requests_of(record.incidents),
        incident=known,
    )


def _incident(reader: Reader, access: Access, record: Record, id_: str) -> FieldIncident:
    text = IncidentView.objects.values_list("row", flat=True).get(id=id_)
    detail = record.detail(reader, access, read_incident(text))
    return FieldIncident(
        row=detail.row,
        place=detail.place,
        notes=detail.notes,
        answers=detail.answers,
        callers=(),
    )


def _part(state: JointOperationState | None, actor: Actor) -> str | None:
    """The part that who asks takes in it; without one, the first organisation, which denies."""
    if state is None:
        return None
    part = state.part_of(actor.org)
    return part if part is not None else next(iter(state.orgs), None)


class _Texts:
    """The entries of its stream, each with what was unsealed of it."""

    def __init__(self, entries: list[Entry], bodies: list[dict[str, Any] | None]) -> None:
        said = [(body or {}).get("text") for body in bodies]
        clear = [msgspec.json.decode(bytes(entry.body)) for entry in entries]
        self._all: list[tuple[Entry, dict[str, Any], str | None]] = [
            *zip(entries, clear, said, strict=True)
        ]

    def last(self, type_: str) -> str | None:
        """The text of the last event of a type."""
        found = [text for entry, _, text in self._all if entry.type == type_]
        return found[-1] if found else None

    def of(self, line: UUID) -> str | None:
        """What a line of the plan says."""
        wanted = (PlanLineAdded.TYPE, str(line))
        found = (
            text for entry, body, text in self._all if (entry.type, body.get("plan_line")) == wanted
        )
        return next(found, None)

    def log(self) -> list[LogEntry]:
        """All that happened; only what was written into the log says its text here."""
        return [
            LogEntry(
                position=entry.position,
                at_ms=entry.occurred_at_ms,
                by=entry.actor,
                type=entry.type,
                org=body.get("org"),
                line=body.get("plan_line"),
                text=text if entry.type == LogWritten.TYPE else None,
            )
            for entry, body, text in self._all
        ]
