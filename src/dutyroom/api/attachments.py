"""Attachments over HTTP: uploading their bytes, and reading them."""

import io
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import connection
from django.http import FileResponse, HttpRequest
from ninja import Router

from dutyroom.actions import runtime
from dutyroom.actions.clock import now_ms
from dutyroom.api.answers import may_answer
from dutyroom.api.asking import NotAllowed, Refused, actor_of
from dutyroom.citypack.codes import NO_CODES
from dutyroom.domain.attachments.asks import about_attachment
from dutyroom.domain.attachments.commands import AddAttachment, AttachmentKind
from dutyroom.domain.attachments.known import LARGEST
from dutyroom.domain.context import Actor, Context
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Refusal, State
from dutyroom.domain.tasks.state import TaskState
from dutyroom.policy import may_do
from dutyroom.readings import attachments as readings
from dutyroom.readings.attachments import AttachmentsReading, Within

router = Router(tags=["attachments"])
MEDIA: Final[dict[AttachmentKind, str]] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "text": "text/plain; charset=utf-8",
}
BYTES: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Uploaded(msgspec.Struct, frozen=True, kw_only=True):
    """What was kept, by its content: `attachment.add` attaches it within a day."""

    kind: AttachmentKind
    size: int
    width: int
    height: int


@router.post("/attachments/{attachment}", openapi_extra=BYTES)
@may_answer(409)
def upload(
    request: HttpRequest, attachment: UUID, incident: UUID, task: UUID | None = None
) -> Uploaded:
    """The bytes of an attachment, as they are; at most 10 MB. What it is, is found in them."""
    actor = actor_of(request)
    _check(actor, AddAttachment(attachment, incident, "", task))
    raw = request.read(LARGEST + 1)
    taken = runtime.room().attachments.take(attachment, incident, actor.id, raw)
    if isinstance(taken, Refusal):
        raise Refused(taken.name, taken.message, taken.remedy)
    return Uploaded(kind=taken.kind, size=taken.size, width=taken.width, height=taken.height)


@router.get("/readings/attachments")
@may_answer(404)
def attachments(
    request: HttpRequest, incident: UUID | None = None, task: UUID | None = None
) -> AttachmentsReading:
    """What is attached to an incident and its tasks; or to one task and its incident."""
    room = runtime.room()
    within = Within(incident, task)
    return readings.attachments(room.reader, room.attachments, actor_of(request), within)


@router.get("/readings/attachments/{attachment}")
@may_answer(404)
def file(
    request: HttpRequest,
    attachment: UUID,
    incident: UUID | None = None,
    task: UUID | None = None,
) -> FileResponse:
    """One attachment, looked at in its incident, or in a task. Always to be saved: no browser
    shows it as a page of this site."""
    room = runtime.room()
    within = Within(incident, task)
    found = readings.file(room.reader, room.attachments, actor_of(request), attachment, within)
    answer = FileResponse(
        io.BytesIO(found.content),
        as_attachment=True,
        filename=found.name,
        content_type=MEDIA[found.row.kind],
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _check(actor: Actor, command: AddAttachment) -> None:
    """Whether they may attach it, asked before a byte is looked at; the door asks again."""
    states = runtime.room().reader.states
    with connection.cursor() as cursor:
        incident = states.of(cursor, IncidentState, f"incident:{command.incident}")
        task = states.of(cursor, TaskState, f"task:{command.task}") if command.task else None
    found: dict[str, State | None] = {
        f"incident:{command.incident}": incident,
        f"task:{command.task}": task,
    }
    context = Context(
        now_ms(),
        now_ms(),
        actor,
        NO_CODES,
        states={name: one for name, one in found.items() if one is not None},
    )
    facts = about_attachment(command, context)
    decision = may_do(actor.role, actor.unit, command.VERB, facts, actor.org)
    if not decision.allowed:
        raise NotAllowed(decision)
    if incident is None:
        unknown = incident_refusals.unknown_incident(command.incident)
        raise Refused(unknown.name, unknown.message, unknown.remedy)
