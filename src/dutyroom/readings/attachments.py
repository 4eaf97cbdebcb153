"""What is attached to incidents and tasks, unsealed: for those who read these."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection

from dutyroom.attachments.store import Attachments
from dutyroom.core.text import Text
from dutyroom.domain.attachments import ATTACHMENTS
from dutyroom.domain.attachments.events import AttachmentAdded
from dutyroom.domain.attachments.row import AttachmentRow
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import About
from dutyroom.journal import read
from dutyroom.journal.keys import KeyErased
from dutyroom.journal.read import Entry
from dutyroom.projections.attachments import attachments_of
from dutyroom.projections.tasks import task_row
from dutyroom.readings.reader import Access, Reader
from dutyroom.readings.record import NoSuchRecord, incident_state

WHAT = "attachments"


class AttachmentReading(msgspec.Struct, frozen=True, kw_only=True):
    """An attachment with its name, None once its key is erased; ``thumbnail`` is a small JPEG of a
    picture that isn't struck."""

    row: AttachmentRow
    name: str | None
    thumbnail: bytes


class AttachmentsReading(msgspec.Struct, frozen=True, kw_only=True):
    """The oldest first; also those that were struck."""

    because: Text
    attachments: tuple[AttachmentReading, ...]


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as it is handed out."""

    row: AttachmentRow
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Within:
    """Where attachments are looked at: in an incident with all that is part of it; or in one task,
    with what is attached to its incident."""

    incident: UUID | None = None
    task: UUID | None = None


def attachments(
    reader: Reader, store: Attachments, actor: Actor, within: Within
) -> AttachmentsReading:
    """All that is attached there. Raises `MayNotRead` or `NoSuchRecord`."""
    incidents, facts = _looked_at(reader, actor, within)
    access = reader.open(actor, WHAT, incidents=incidents, facts=facts)
    found = [one for one in attachments_of(incidents) if _is_within(one, within)]
    return AttachmentsReading(
        because=access.because,
        attachments=tuple(
            AttachmentReading(
                row=one,
                name=_name(reader, access, entry),
                thumbnail=_thumbnail(store, one, entry),
            )
            for one, entry in ((one, _added(UUID(one.id))) for one in found)
        ),
    )


def file(
    reader: Reader, store: Attachments, actor: Actor, attachment: UUID, within: Within
) -> File:
    """One of them, whole. Raises `MayNotRead`; `NoSuchRecord` also for one that was struck or
    erased."""
    incidents, facts = _looked_at(reader, actor, within)
    found = [one for one in attachments_of(incidents) if one.id == str(attachment)]
    if not found or not _is_within(found[0], within) or found[0].state == "struck":
        raise NoSuchRecord(str(attachment))
    row, entry = found[0], _added(attachment)
    access = reader.open(actor, WHAT, incidents=[UUID(row.incident)], facts=facts)
    try:
        content = store.content(attachment, UUID(row.incident), _digest(entry))
    except (KeyErased, FileNotFoundError) as error:
        raise NoSuchRecord(str(attachment)) from error
    return File(row, _name(reader, access, entry) or "", content)


def _looked_at(reader: Reader, actor: Actor, within: Within) -> tuple[list[UUID], About]:
    """The incidents that are looked at, once policy has said that they may be."""
    incident, org, own = within.incident, None, False
    if within.task is not None:
        task = task_row(within.task)
        if task:
            incident, org, own = UUID(task.incident), task.org, task.owner == actor.id
    state = incident_state(reader, incident) if incident else None
    units = frozenset(one.unit for one in state.open_assignments) if state else frozenset()
    facts = About(units_on_incident=units, org=org, own=own)
    reader.check(actor, WHAT, facts)
    if state is None or incident is None:
        raise NoSuchRecord(str(within))
    with connection.cursor() as cursor:
        parts = parts_of(
            state, lambda one: reader.states.of(cursor, IncidentState, f"incident:{one}")
        )
        return [incident, *(id_ for id_, _ in parts)], facts


def _is_within(one: AttachmentRow, within: Within) -> bool:
    """A task shows what was attached to those that were joined into it, too."""
    task = task_row(within.task) if within.task else None
    return task is None or one.task in (None, task.id, *task.joined)


def _added(attachment: UUID) -> Entry:
    with connection.cursor() as cursor:
        found = read.latest(cursor, f"{ATTACHMENTS.name}:{attachment}", AttachmentAdded.TYPE)
    assert found is not None  # it has a row
    return found


def _digest(entry: Entry) -> str:
    return str(msgspec.json.decode(bytes(entry.body))["digest"])


def _name(reader: Reader, access: Access, entry: Entry) -> str | None:
    [body] = reader.unseal(access, [entry])
    return body["text"] if body else None


def _thumbnail(store: Attachments, row: AttachmentRow, entry: Entry) -> bytes:
    if row.state == "struck":
        return b""
    try:
        return store.thumbnail(UUID(row.id), UUID(row.incident), _digest(entry))
    except (KeyErased, FileNotFoundError):  # the check of the journal says what is lost
        return b""
