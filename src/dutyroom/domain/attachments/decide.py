"""Attachments: added once their bytes are on the disk; struck, and shown again."""

from typing import Final
from uuid import UUID

from dutyroom.domain.attachments import refusals
from dutyroom.domain.attachments.commands import (
    AddAttachment,
    RestoreAttachment,
    StrikeAttachment,
)
from dutyroom.domain.attachments.events import (
    AttachmentAdded,
    AttachmentRestored,
    AttachmentStruck,
)
from dutyroom.domain.attachments.known import LARGEST, MOST, MOST_BYTES, KeptOf, Uploaded
from dutyroom.domain.attachments.naming import LONGEST_NAME, name_of
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.attachments.table import ATTACHMENT
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted
from dutyroom.domain.tasks import refusals as task_refusals
from dutyroom.domain.tasks.state import TaskState

type AttachmentCommand = AddAttachment | StrikeAttachment | RestoreAttachment

_ANY: Final = ("dispatcher", "supervisor", "station_command")
"""Who may also strike what others have added."""


def decide_attachment(command: AttachmentCommand, context: Context) -> Decision:
    """Decide a command about one attachment."""
    stream, by = f"attachment:{command.attachment}", context.actor.id
    state = context.find(AttachmentState, stream)
    cell = ATTACHMENT[state.phase if state else "none", command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        unknown = refusals.unknown_attachment(command.attachment)
        return unknown if state is None else refusals.attachment_exists(command.attachment)
    if isinstance(command, AddAttachment):
        return _add(command, context)
    assert state is not None  # by its table
    if state.by != by and context.actor.role not in _ANY:
        return refusals.attachment_of_another(command.attachment, state.by)
    match command:
        case StrikeAttachment(_, reason):
            return (Emitted(stream, AttachmentStruck(by, reason)),)
        case RestoreAttachment():
            return (Emitted(stream, AttachmentRestored(by)),)


def _add(command: AddAttachment, context: Context) -> Decision:
    """Also to what is closed: what waited in a telephone must not be lost because of that."""
    incident = incident_of(command.incident, context)
    if incident is None:
        return incident_refusals.unknown_incident(command.incident)
    org = looked_after_by(incident, context.codes, context.loop)
    if command.task is not None:
        task = context.find(TaskState, f"task:{command.task}")
        if task is None or task.incident != command.incident:
            return task_refusals.unknown_task(command.task)
        org = task.org
    upload = context.answer(Uploaded(command.attachment))
    if upload is None or (upload.incident, upload.by) != (command.incident, context.actor.id):
        return refusals.attachment_not_uploaded(command.attachment)
    kept = context.answer(KeptOf(command.incident))
    if kept.count >= MOST or kept.size + upload.size > MOST_BYTES or upload.size > LARGEST:
        return refusals.attachments_full(MOST, MOST_BYTES // 1_000_000)
    name = name_of(command.text, upload.kind)
    if name is None:
        return refusals.attachment_name_wrong(LONGEST_NAME)
    added = AttachmentAdded(
        by=context.actor.id,
        incident=command.incident,
        task=command.task,
        org=org,
        kind=upload.kind,
        size=upload.size,
        width=upload.width,
        height=upload.height,
        digest=upload.digest,
    )
    stream, key = f"attachment:{command.attachment}", key_of(command.incident)
    return (Emitted(stream, added, {"text": name}, key),)


def key_of(incident: UUID) -> str:
    """The name of the key that seals what is attached to an incident, or to a task of it."""
    return f"incident:{incident}"
