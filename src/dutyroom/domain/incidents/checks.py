"""What every command about an incident asks first: does it exist, is it open, is the time right."""

from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.incidents.table import INCIDENT
from dutyroom.domain.kernel import DONE, GO, Decision, Refusal


def check_incident(incident: UUID, verb: str, context: Context) -> IncidentState | Decision:
    """The incident if its table allows the verb; else the refusal, or () when it is done."""
    state = incident_of(incident, context)
    if state is None:
        return refusals.unknown_incident(incident)
    cell = INCIDENT[state.state, verb]
    if cell == GO:
        return state
    if cell == DONE:
        return ()
    return _refuse(cell, incident, state)


def _refuse(name: str, incident: UUID, state: IncidentState) -> Refusal:
    into = state.merged_into
    match name:
        case "IncidentIsClosed":
            return refusals.incident_is_closed(incident, state.number)
        case "IncidentExists":
            return refusals.incident_exists(incident, state.number)
        case "IncidentIsMerged" if into is not None:
            return refusals.incident_is_merged(incident, into, state.number)
        case "AlreadyMerged" if into is not None:
            return refusals.already_merged(incident, into)
        case "NotMerged":
            return refusals.not_merged(incident)
        case "SplitOuterFirst" if into is not None:
            return refusals.split_outer_first(incident, incident, into)
    return refusals.unknown_incident(incident)


def check_not_before(state: IncidentState, context: Context) -> Refusal | None:
    """For entries afterwards: not before the opening, nor before the last step of a unit."""
    if not context.afterwards:
        return None
    if context.occurred_at_ms < state.opened_at_ms:
        return refusals.time_before_opening(context.occurred_at_ms, state.opened_at_ms)
    for one in state.assignments:
        if context.occurred_at_ms < one.since_ms:
            return refusals.time_before_last_step(context.occurred_at_ms, one.since_ms, one.unit)
    return None
