"""What an event changes in an attachment."""

from dataclasses import replace

from dutyroom.domain.attachments.events import (
    AttachmentAdded,
    AttachmentRestored,
    AttachmentStruck,
)
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.kernel import Event


def evolve_attachment(
    state: AttachmentState | None, event: Event, at_ms: int
) -> AttachmentState | None:
    """An attachment after an event of its stream."""
    if state is None:
        return _added(event, at_ms) if isinstance(event, AttachmentAdded) else None
    match event:
        case AttachmentStruck(by, reason):
            return replace(state, phase="struck", reason=reason, struck_by=by)
        case AttachmentRestored():
            return replace(state, phase="kept", reason="", struck_by="")
    return state


def _added(event: AttachmentAdded, at_ms: int) -> AttachmentState:
    return AttachmentState(
        "kept",
        event.incident,
        event.task,
        event.org,
        event.kind,
        event.size,
        event.width,
        event.height,
        event.digest,
        event.by,
        at_ms,
    )
