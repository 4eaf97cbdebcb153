"""From a command and a context to events, or to a refusal that says what to do. Pure and total."""

from dutyroom.domain import commands as c
from dutyroom.domain import refusals
from dutyroom.domain.assignments import decide_assignment, decide_dispatch
from dutyroom.domain.calls import decide_call
from dutyroom.domain.context import Context, Decision
from dutyroom.domain.desk import decide_handover, decide_pack
from dutyroom.domain.incidents import decide_incident, decide_open
from dutyroom.domain.merging import decide_merge, decide_split
from dutyroom.domain.units import decide_unit

CLOCK_TOLERANCE_MS = 2_000
"""How far the clock of a field device may run ahead before its times are refused."""


def decide(command: c.Command, context: Context) -> Decision:
    """The events that the command leads to, in the order they happen; or the named refusal.

    An empty tuple means that the goal was already reached. Never raises. An emergency is not
    refused for a wrong clock.
    """
    ahead_ms = context.occurred_at_ms - context.now_ms
    if ahead_ms > CLOCK_TOLERANCE_MS and not isinstance(command, c.RaiseEmergency):
        return refusals.time_in_future(context.occurred_at_ms, context.now_ms)
    match command:
        case c.OpenIncident():
            return decide_open(command, context)
        case c.Dispatch():
            return decide_dispatch(command, context)
        case c.MergeIncident():
            return decide_merge(command, context)
        case c.SplitIncident():
            return decide_split(command, context)
        case c.AdoptPack():
            return decide_pack(command, context)
        case (
            c.ReceiveCall()
            | c.ClaimCall()
            | c.ReleaseCall()
            | c.HangUpCall()
            | c.MarkCallSilent()
            | c.CallBack()
            | c.RecordCallDetails()
            | c.EndCall()
        ):
            return decide_call(command, context)
        case (
            c.StartEnRoute()
            | c.ArriveOnScene()
            | c.StartTransport()
            | c.ArriveAtFacility()
            | c.ClearAssignment()
            | c.CancelAssignment()
            | c.Reassign()
            | c.UndoReassign()
        ):
            return decide_assignment(command, context)
        case (
            c.SignOn()
            | c.SignOff()
            | c.MarkUnavailable()
            | c.MarkAvailable()
            | c.HearFrom()
            | c.RaiseEmergency()
            | c.AcknowledgeEmergency()
            | c.EndEmergency()
        ):
            return decide_unit(command, context)
        case c.StartHandover() | c.ConfirmIncident() | c.CompleteHandover() | c.CancelHandover():
            return decide_handover(command, context)
        case _:
            return decide_incident(command, context)
