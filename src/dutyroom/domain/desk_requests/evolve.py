"""What an event changes in a request to a specialist desk."""

from dataclasses import replace

from dutyroom.domain.desk_requests.events import (
    DeskAsked,
    DeskAskedAgain,
    DeskConfirmationUndone,
    DeskNoteAdded,
    DeskReminded,
    DeskRequestAccepted,
    DeskRequestConfirmed,
    DeskRequestFinished,
    DeskRequestReleased,
    DeskRequestReturned,
    DeskRequestSentBack,
    DeskRequestStarted,
    DeskRequestWithdrawn,
    DeskReturnUndone,
)
from dutyroom.domain.desk_requests.state import (
    AT_WORK,
    DeskRequestPhase,
    DeskRequestState,
    DeskReturned,
)
from dutyroom.domain.kernel import Event


def evolve_desk_request(
    state: DeskRequestState | None, event: Event, at_ms: int
) -> DeskRequestState | None:
    """A request after an event of its stream."""
    if state is None:
        return _asked(event, at_ms) if isinstance(event, DeskAsked) else None
    match event:
        case DeskNoteAdded(note) if note not in state.notes:
            return replace(state, notes=(*state.notes, note))
        case DeskReminded(by):
            return replace(state, reminders=state.reminders + 1, reminded_by=by, reminded_ms=at_ms)
    moved = _moved(state, event, at_ms)
    return state if moved is state else replace(moved, since_ms=at_ms)


def _asked(event: DeskAsked, at_ms: int) -> DeskRequestState:
    return DeskRequestState(
        "asked",
        event.incident,
        event.number,
        event.desk,
        event.offer,
        event.skill,
        event.priority,
        event.org,
        event.org_too,
        event.from_org,
        event.accept_by_ms,
        event.queued,
        asked_by=event.by,
        asked_ms=at_ms,
        since_ms=at_ms,
        task=event.task,
        task_kind=event.task_kind,
        task_org=event.task_org,
        accept_from_ms=at_ms,
        provisional=event.provisional,
    )


def _moved(state: DeskRequestState, event: Event, at_ms: int) -> DeskRequestState:
    """How far it has come. What is sent back to nobody waits at the desk again."""
    match event:
        case DeskAskedAgain(_, accept_by_ms, queued, provisional):
            again = replace(state, phase="asked", owner="", queued=queued, provisional=provisional)
            return replace(
                again, accept_by_ms=accept_by_ms, accept_from_ms=at_ms, returned_from=None
            )
        case DeskRequestAccepted(by):
            return replace(state, phase="accepted", owner=by)
        case DeskRequestReleased():
            released: DeskRequestPhase = "asked" if state.phase in AT_WORK else state.phase
            return replace(state, phase=released, owner="")
        case DeskRequestReturned(by, reason):
            return replace(
                state,
                phase="returned",
                owner="",
                reason=reason,
                returned=state.returned + 1,
                returned_from=DeskReturned(by, state.phase, state.reason),
            )
        case DeskReturnUndone() if state.returned_from is not None:
            return replace(
                state,
                phase="asked",
                reason=state.returned_from.reason,
                returned=max(0, state.returned - 1),
                returned_from=None,
            )
        case DeskRequestStarted():
            return replace(state, phase="in_progress")
        case DeskRequestFinished():
            return replace(state, phase="done")
        case DeskRequestConfirmed(by):
            return replace(state, phase="confirmed", confirmed_by=by)
        case DeskConfirmationUndone():
            return replace(state, phase="done", confirmed_by="")
        case DeskRequestSentBack(_, reason):
            phase: DeskRequestPhase = "in_progress" if state.owner else "asked"
            return replace(state, phase=phase, reason=reason, sent_back=state.sent_back + 1)
        case DeskRequestWithdrawn():
            return replace(state, phase="withdrawn")
    return state
