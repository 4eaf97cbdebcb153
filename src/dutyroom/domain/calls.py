"""Calls: ringing, claimed, abandoned, ended; and the call-back that is owed."""

from uuid import UUID

from dutyroom.domain import commands as c
from dutyroom.domain import events as e
from dutyroom.domain import refusals
from dutyroom.domain.context import Context, Decision
from dutyroom.domain.events import Emitted
from dutyroom.domain.states import CallState
from dutyroom.domain.transitions import CALL, DONE, GO

type CallCommand = (
    c.ReceiveCall
    | c.ClaimCall
    | c.ReleaseCall
    | c.HangUpCall
    | c.MarkCallSilent
    | c.CallBack
    | c.RecordCallDetails
    | c.EndCall
)


def check_call(call: UUID, verb: str, context: Context) -> CallState | Decision:
    """The call if its table allows the verb; else the refusal, or () when it is already done.

    `call.receive` has no call yet and is not asked here.
    """
    state = context.calls.get(call)
    cell = CALL[state.state if state else "none", verb]
    if cell == GO and state is not None:
        return state
    if cell == DONE:
        return ()
    match cell:
        case "CallAlreadyClaimed" if state is not None:
            done = state.claimed_by == context.actor.id
            return () if done else refusals.call_already_claimed(call, state.claimed_by)
        case "CallNotClaimed":
            return refusals.call_not_claimed(call)
        case "CallHasEnded":
            return refusals.call_has_ended(call)
        case "CallNeedsIncident":
            return refusals.call_needs_incident(call)
    return refusals.unknown_call(call)


def decide_call(command: CallCommand, context: Context) -> Decision:
    """Decide a command about one call."""
    stream = f"call:{command.call}"
    if isinstance(command, c.ReceiveCall):
        if command.call in context.calls:
            return ()
        sealed = {"number": command.number} if command.number else None
        return (Emitted(stream, e.CallReceived(command.line), sealed, stream if sealed else None),)
    state = check_call(command.call, command.VERB, context)
    if not isinstance(state, CallState):
        return state
    match command:
        case c.ClaimCall():
            return (Emitted(stream, e.CallClaimed(context.actor.id)),)
        case c.ReleaseCall():
            return (Emitted(stream, e.CallReleased()),)
        case c.HangUpCall():
            # The gateway may say it late, when the call-back was already claimed.
            return () if state.hung_up else (Emitted(stream, e.CallHungUp()),)
        case c.MarkCallSilent():
            return () if state.silent else (Emitted(stream, e.CallMarkedSilent()),)
        case c.CallBack():
            return (Emitted(stream, e.CallCalledBack(command.outcome)),)
        case c.RecordCallDetails():
            return _record_details(stream, command)
        case c.EndCall():
            return _end(stream, command, state, context)


def _record_details(stream: str, command: c.RecordCallDetails) -> Decision:
    """Only what was said is written, so that two people can add different things at once."""
    said = {
        "name": command.caller.name,
        "number": command.caller.number,
        "text": command.text,
    }
    sealed = {field: value for field, value in said.items() if value}
    if not sealed:
        return ()
    return (Emitted(stream, e.CallDetailsRecorded(), sealed, stream),)


def _end(stream: str, command: c.EndCall, state: CallState, context: Context) -> Decision:
    if command.call in context.links:
        return (Emitted(stream, e.CallEnded(no_incident_reason="")),)
    if state.owes_call_back(linked=False):
        return refusals.call_back_owed(command.call)
    reason = command.no_incident_reason
    if not reason:
        return refusals.reason_needed("no_incident_reason")
    if reason not in context.codes.no_incident_reasons:
        return refusals.unknown_code("no_incident_reason", reason)
    return (Emitted(stream, e.CallEnded(reason)),)
