"""Handing over the desk, incident by incident; and adopting a city pack."""

from dutyroom.domain import commands as c
from dutyroom.domain import events as e
from dutyroom.domain import refusals
from dutyroom.domain.context import Context, Decision
from dutyroom.domain.crews import person_key, tidy
from dutyroom.domain.events import Emitted
from dutyroom.domain.states import HandoverState
from dutyroom.domain.transitions import DONE, GO, HANDOVER

type HandoverCommand = c.StartHandover | c.ConfirmIncident | c.CompleteHandover | c.CancelHandover


def decide_handover(command: HandoverCommand, context: Context) -> Decision:
    """Decide a command about one handover of the desk."""
    state = context.handovers.get(command.handover)
    cell = HANDOVER[state.state if state else "none", command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        if state is None:
            return refusals.unknown_handover(command.handover)
        return refusals.handover_has_ended(command.handover, state.state)
    stream = f"handover:{command.handover}"
    match command:
        case c.StartHandover(_, to):
            return _start(stream, to, context)
        case _ if state is None:
            return refusals.unknown_handover(command.handover)
        case c.ConfirmIncident():
            return _confirm(stream, command, state, context)
        case c.CompleteHandover():
            return _complete(stream, command, state, context)
        case c.CancelHandover():
            if context.actor.id not in (state.by, state.to) and context.actor.role != "supervisor":
                return refusals.not_your_handover(command.handover, state.by, state.to)
            return (Emitted(stream, e.HandoverCancelled()),)


def _start(stream: str, to: str, context: Context) -> Decision:
    """Offer the desk to a member who may take it, however the name is spelt."""
    by, wanted = context.actor.id, person_key(to)
    if not wanted:
        return refusals.unknown_code("to", to)
    if wanted == person_key(by):
        return refusals.cannot_hand_to_yourself()
    if context.receivers is None:
        found: str | None = tidy(to)
    else:
        like = [one for one in context.receivers if person_key(one) == wanted]
        found = tidy(to) if tidy(to) in like else next(iter(like), None)
    if found is None:
        others = sorted(one for one in context.receivers or () if one != by)
        return refusals.unknown_receiver(to, others)
    return (Emitted(stream, e.HandoverStarted(by, found, context.open_incidents)),)


def _confirm(
    stream: str, command: c.ConfirmIncident, state: HandoverState, context: Context
) -> Decision:
    if context.actor.id != state.to:
        return refusals.not_your_handover(command.handover, state.by, state.to)
    if command.incident not in context.incidents:
        return refusals.unknown_incident(command.incident)
    if command.incident in state.confirmed:
        return ()
    return (Emitted(stream, e.HandoverIncidentConfirmed(command.incident)),)


def _complete(
    stream: str, command: c.CompleteHandover, state: HandoverState, context: Context
) -> Decision:
    """Every incident open now must be confirmed, also those opened since the start."""
    if context.actor.id != state.to:
        return refusals.not_your_handover(command.handover, state.by, state.to)
    left = [one for one in context.open_incidents if one not in state.confirmed]
    if left:
        return refusals.handover_incomplete(command.handover, left)
    return (Emitted(stream, e.HandoverCompleted()),)


def decide_pack(command: c.AdoptPack, context: Context) -> Decision:
    """Adopt a pack, unless this very one is in force."""
    if command.hash == context.pack_hash:
        return ()
    return (Emitted("centre", e.PackAdopted(command.name, command.version, command.hash)),)
