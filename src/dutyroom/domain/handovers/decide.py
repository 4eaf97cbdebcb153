"""Handing over the desk, incident by incident."""

from dutyroom.domain.context import Context
from dutyroom.domain.handovers import refusals
from dutyroom.domain.handovers.commands import (
    CancelHandover,
    CompleteHandover,
    ConfirmIncident,
    StartHandover,
)
from dutyroom.domain.handovers.events import (
    HandoverCancelled,
    HandoverCompleted,
    HandoverIncidentConfirmed,
    HandoverStarted,
)
from dutyroom.domain.handovers.known import Receivers
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.handovers.table import HANDOVER
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.known import OpenIncidents, incident_of
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted
from dutyroom.domain.units.crews import person_key, tidy

type HandoverCommand = StartHandover | ConfirmIncident | CompleteHandover | CancelHandover


def decide_handover(command: HandoverCommand, context: Context) -> Decision:
    """Decide a command about one handover of the desk."""
    state = context.find(HandoverState, f"handover:{command.handover}")
    cell = HANDOVER[state.state if state else "none", command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        if state is None:
            return refusals.unknown_handover(command.handover)
        return refusals.handover_has_ended(command.handover, state.state)
    stream = f"handover:{command.handover}"
    match command:
        case StartHandover(_, to):
            return _start(stream, to, context)
        case _ if state is None:
            return refusals.unknown_handover(command.handover)
        case ConfirmIncident():
            return _confirm(stream, command, state, context)
        case CompleteHandover():
            return _complete(stream, command, state, context)
        case CancelHandover():
            left = context.actor.role == "operator"
            may = context.actor.role == "supervisor" or context.actor.id in (state.by, state.to)
            if not may and not left:
                return refusals.not_your_handover(command.handover, state.by, state.to)
            return (Emitted(stream, HandoverCancelled("left" if left else "")),)


def _start(stream: str, to: str, context: Context) -> Decision:
    """Offer the desk to a member who may take it, however the name is spelt."""
    by, wanted = context.actor.id, person_key(to)
    if wanted == person_key(by):
        return refusals.cannot_hand_to_yourself()
    receivers = context.answer(Receivers())
    if receivers is None:
        found: str | None = tidy(to) or None
    else:
        like = [one for one in receivers if person_key(one) == wanted]
        found = tidy(to) if tidy(to) in like else next(iter(like), None)
    if found is None:
        others = sorted(one for one in receivers or () if one != by)
        return refusals.unknown_receiver(to, others)
    incidents = context.answer(OpenIncidents())
    return (Emitted(stream, HandoverStarted(by, found, incidents, context.actor.org)),)


def _confirm(
    stream: str, command: ConfirmIncident, state: HandoverState, context: Context
) -> Decision:
    if context.actor.id != state.to:
        return refusals.not_your_handover(command.handover, state.by, state.to)
    if incident_of(command.incident, context) is None:
        return incident_refusals.unknown_incident(command.incident)
    if command.incident in state.confirmed:
        return ()
    return (Emitted(stream, HandoverIncidentConfirmed(command.incident)),)


def _complete(
    stream: str, command: CompleteHandover, state: HandoverState, context: Context
) -> Decision:
    """Every incident open now must be confirmed, also those opened since the start."""
    if context.actor.id != state.to:
        return refusals.not_your_handover(command.handover, state.by, state.to)
    left = [one for one in context.answer(OpenIncidents()) if one not in state.confirmed]
    if left:
        return refusals.handover_incomplete(command.handover, left)
    return (Emitted(stream, HandoverCompleted()),)
