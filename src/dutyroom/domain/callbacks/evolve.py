"""What an event changes in a follow-up call."""

from dataclasses import replace

from dutyroom.domain.callbacks.events import (
    CallBackAnswered,
    CallBackClaimed,
    CallBackDropped,
    CallBackGivenUp,
    CallBackNotReached,
    CallBackOffered,
    CallBackReleased,
    CallBackSetAside,
    CallBackTakenUp,
    CallBackUndone,
)
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.kernel import Event


def evolve_call_back(state: CallBackState | None, event: Event, at_ms: int) -> CallBackState | None:
    """A follow-up call after an event of its stream."""
    if state is None:
        return _offered(event, at_ms) if isinstance(event, CallBackOffered) else None
    changed = _changed(state, event, at_ms)
    return state if changed is state else replace(changed, since_ms=at_ms)


def _offered(event: CallBackOffered, at_ms: int) -> CallBackState:
    return CallBackState(
        "due",
        event.number,
        event.category,
        event.org,
        event.due_ms,
        event.by_hand,
        event.attended,
        offered_ms=at_ms,
        since_ms=at_ms,
        due_from_ms=at_ms,
        provisional=event.provisional,
    )


def _changed(state: CallBackState, event: Event, at_ms: int) -> CallBackState:
    match event:
        case CallBackSetAside(because):
            return replace(state, phase="aside", taken_by="", because=because)
        case CallBackTakenUp(category, org, due_ms, attended, provisional):
            due = replace(state, category=category, org=org, due_ms=due_ms, attended=attended)
            timed = replace(due, due_from_ms=at_ms, provisional=provisional)
            return replace(timed, phase="due", because="")
        case CallBackClaimed(by):
            return replace(state, phase="taken", taken_by=by)
        case CallBackReleased():
            return replace(state, phase="due", taken_by="")
        case CallBackNotReached():
            return replace(state, phase="due", taken_by="", attempts=state.attempts + 1)
        case CallBackGivenUp():
            return replace(state, phase="given_up", taken_by="")
        case CallBackAnswered():
            return replace(
                state,
                phase="done",
                taken_by="",
                attitude=event.attitude,
                speed=event.speed,
                result=event.result,
                solved=event.solved,
                then=event.then,
            )
        case CallBackUndone():
            return _undone(state)
        case CallBackDropped():
            return replace(state, phase="dropped", taken_by="")
    return state


def _undone(state: CallBackState) -> CallBackState:
    """As before what ended it; the attempt that was the last one doesn't count."""
    attempts = state.attempts - (state.phase == "given_up")
    due = replace(state, phase="due", attempts=max(0, attempts), then="")
    return replace(due, attitude=None, speed=None, result=None, solved=None)
