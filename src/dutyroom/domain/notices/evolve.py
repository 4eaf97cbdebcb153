"""What an event changes in a notice."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
from dutyroom.domain.notices.events import (
    NoticeAcknowledged,
    NoticePosted,
    NoticeReplaced,
    NoticeWithdrawn,
)
from dutyroom.domain.notices.state import NoticeState


def evolve_notice(state: NoticeState | None, event: Event, at_ms: int) -> NoticeState | None:
    """A notice after an event of its stream."""
    if state is None:
        return NoticeState("posted", event, at_ms) if isinstance(event, NoticePosted) else None
    match event:
        case NoticeAcknowledged(by) if by not in state.acknowledged:
            return replace(state, acknowledged=(*state.acknowledged, by))
        case NoticeWithdrawn():
            return replace(state, phase="withdrawn")
        case NoticeReplaced(replaced_by):
            return replace(state, phase="replaced", replaced_by=replaced_by)
    return state
