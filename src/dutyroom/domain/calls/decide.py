"""Calls: ringing, claimed, abandoned, ended; and the call-back that is owed."""

from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.calls import refusals
from dutyroom.domain.calls.commands import (
    CallBack,
    ClaimCall,
    EndCall,
    HangUpCall,
    MarkCallSilent,
    ReceiveCall,
    RecordCallDetails,
    ReleaseCall,
)
from dutyroom.domain.calls.events import (
    CallCalledBack,
    CallClaimed,
    CallDetailsRecorded,
    CallEnded,
    CallHungUp,
    CallMarkedSilent,
    CallReceived,
    CallReleased,
)
from dutyroom.domain.calls.known import IncidentOf, NotSafeToCall, call_of
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.calls.table import CALL
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted

type CallCommand = (
    ReceiveCall
    | ClaimCall
    | ReleaseCall
    | HangUpCall
    | MarkCallSilent
    | CallBack
    | RecordCallDetails
    | EndCall
)


def check_call(call: UUID, verb: str, context: Context) -> CallState | Decision:
    """The call if its table allows the verb; else the refusal, or () when it is already done.

    `call.receive` has no call yet and is not asked here.
    """
    state = call_of(call, context)
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
    if isinstance(command, ReceiveCall):
        if call_of(command.call, context) is not None:
            return ()
        received = CallReceived(command.line, context.actor.org, bool(command.number))
        if not command.number:
            return (Emitted(stream, received),)
        return (Emitted(stream, received, {"number": command.number}, key=stream),)
    state = check_call(command.call, command.VERB, context)
    if not isinstance(state, CallState):
        return state
    match command:
        case ClaimCall():
            return (Emitted(stream, CallClaimed(context.actor.id)),)
        case ReleaseCall():
            return (Emitted(stream, CallReleased()),)
        case HangUpCall():
            # The gateway may say it late, when the call-back was already claimed.
            return () if state.hung_up else (Emitted(stream, CallHungUp()),)
        case MarkCallSilent():
            return () if state.silent else (Emitted(stream, CallMarkedSilent()),)
        case CallBack():
            mark = context.answer(NotSafeToCall(command.call))
            if mark is not None:
                return refusals.not_safe_to_contact(mark.incident, mark.number, mark.reason)
            return (Emitted(stream, CallCalledBack(command.outcome)),)
        case RecordCallDetails():
            return _record_details(stream, command)
        case EndCall():
            return _end(stream, command, state, context)


def _record_details(stream: str, command: RecordCallDetails) -> Decision:
    """Only what was said is written, so that two people can add different things at once."""
    said = {
        "name": command.caller.name,
        "number": command.caller.number,
        "text": command.text,
    }
    sealed = {field: value for field, value in said.items() if value}
    if not sealed:
        return ()
    return (Emitted(stream, CallDetailsRecorded("number" in sealed), sealed, stream),)


def _end(stream: str, command: EndCall, state: CallState, context: Context) -> Decision:
    if context.answer(IncidentOf(command.call)) is not None:
        return (Emitted(stream, CallEnded(no_incident_reason="")),)
    if state.owes_call_back(linked=False):
        return refusals.call_back_owed(command.call)
    reason = command.no_incident_reason
    if not reason:
        return shared_refusals.reason_needed("no_incident_reason")
    if reason not in context.codes.no_incident_reasons:
        return shared_refusals.unknown_code("no_incident_reason", reason)
    return (Emitted(stream, CallEnded(reason)),)
