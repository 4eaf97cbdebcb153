"""What an event changes in a supervision order."""

from dataclasses import replace

from dutyroom.domain.kernel import Event
from dutyroom.domain.orders.events import (
    OrderAcceptanceUndone,
    OrderAccepted,
    OrderAcknowledged,
    OrderAcknowledgementUndone,
    OrderAnswered,
    OrderAnswerTakenBack,
    OrderGiven,
    OrderReleased,
    OrderReminded,
    OrderRestored,
    OrderSentBack,
    OrderWithdrawn,
)
from dutyroom.domain.orders.state import OWED, OrderState


def evolve_order(state: OrderState | None, event: Event, at_ms: int) -> OrderState | None:
    """A supervision order after an event of its stream."""
    if state is None:
        return _given(event, at_ms) if isinstance(event, OrderGiven) else None
    if isinstance(event, OrderReminded):
        return replace(
            state, reminders=state.reminders + 1, reminded_by=event.by, reminded_ms=at_ms
        )
    after = _moved(state, event, at_ms)
    return state if after is state else replace(after, since_ms=at_ms)


def _given(event: OrderGiven, at_ms: int) -> OrderState:
    return OrderState(
        "given",
        event.incident,
        event.number,
        event.task,
        event.org,
        event.priority,
        event.due_ms,
        given_by=event.by,
        given_ms=at_ms,
        since_ms=at_ms,
        team=event.team,
        owner=event.owner,
        from_org=event.from_org,
    )


def _moved(state: OrderState, event: Event, at_ms: int) -> OrderState:
    match event:
        case OrderAcknowledged(by):
            return replace(state, phase="acknowledged", acknowledged_by=by, left="")
        case OrderAcknowledgementUndone():
            return replace(state, phase="given", acknowledged_by="")
        case OrderAnswered(by):
            late_ms = max(0, at_ms - state.due_ms)
            return replace(state, phase="answered", answered_by=by, late_ms=late_ms)
        case OrderAnswerTakenBack():
            return replace(state, phase="acknowledged", answered_by="", late_ms=None)
        case OrderAccepted(by):
            return replace(state, phase="accepted", accepted_by=by)
        case OrderAcceptanceUndone():
            return replace(state, phase="answered", accepted_by="")
        case OrderSentBack(_, reason, due_ms):
            return replace(
                state,
                phase="acknowledged",
                answered_by="",
                late_ms=None,
                reason=reason,
                due_ms=due_ms,
                sent_back=state.sent_back + 1,
            )
        case OrderReleased(_, owner) if state.owner:
            back = replace(state, owner="", left=owner)
            return replace(back, phase="given", acknowledged_by="") if back.phase in OWED else back
        case OrderWithdrawn() if state.phase != "withdrawn":
            return replace(state, phase="withdrawn", before=state.phase)
        case OrderRestored() if state.before is not None:
            return replace(state, phase=state.before, before=None)
    return state
