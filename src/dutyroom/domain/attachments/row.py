"""The row of an attachment: what consoles see of it, without its name."""

from typing import Final, Literal

import msgspec

from dutyroom.domain.attachments.commands import AttachmentKind, StrikeReason
from dutyroom.domain.attachments.state import AttachmentPhase, AttachmentState
from dutyroom.domain.kernel import Change, Columns, List


class AttachmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is attached to an incident, or to a task of it. ``size`` is in bytes; ``by``
    added it, ``at_ms`` when; ``reason`` and ``struck_by`` of one that was struck."""

    id: str
    incident: str
    task: str | None
    state: AttachmentPhase
    org: str
    kind: AttachmentKind
    size: int
    width: int
    height: int
    by: str
    at_ms: int
    reason: StrikeReason | Literal[""]
    struck_by: str
    position: int


def render(id_: str, one: AttachmentState, last: Change) -> AttachmentRow:
    """The row of an attachment."""
    return AttachmentRow(
        id=id_,
        incident=str(one.incident),
        task=str(one.task) if one.task else None,
        state=one.phase,
        org=one.org,
        kind=one.kind,
        size=one.size,
        width=one.width,
        height=one.height,
        by=one.by,
        at_ms=one.at_ms,
        reason=one.reason,
        struck_by=one.struck_by,
        position=last.position,
    )


def columns(one: AttachmentState) -> Columns:
    """Found by their incident. Nothing is owed of any, so that none lies on the board: consoles
    hear of each change once, and read again what they show."""
    return Columns(open=False, state=one.phase, org=one.org, incident=one.incident)


LIST: Final = List("attachments", AttachmentRow, render, columns)
