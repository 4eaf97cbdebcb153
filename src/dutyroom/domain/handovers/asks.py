"""What a command about a handover needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.handovers.commands import CompleteHandover, ConfirmIncident, StartHandover
from dutyroom.domain.handovers.decide import HandoverCommand
from dutyroom.domain.handovers.known import Receivers
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.incidents.known import OpenIncidents, incident_of
from dutyroom.domain.kernel import About, Ask


def asks_of_handover(command: HandoverCommand, _context: Context) -> Iterator[Ask]:
    """The handover; at its start and its end all open incidents."""
    yield f"handover:{command.handover}"
    match command:
        case StartHandover():
            yield OpenIncidents()
            yield Receivers()
        case ConfirmIncident():
            yield f"incident:{command.incident}"
        case CompleteHandover():
            yield OpenIncidents()


def about_handover(command: HandoverCommand, context: Context) -> About:
    """Whose the handover is, one that only begins: whose who hands over is. Of an incident that is
    confirmed: who is on it."""
    handover = context.find(HandoverState, f"handover:{command.handover}")
    org = handover.org if handover else None
    match command:
        case StartHandover() if handover is None:
            org = context.actor.org
        case ConfirmIncident():
            state = incident_of(command.incident, context)
            on_incident = (one.unit for one in state.open_assignments) if state else ()
            return About(units_on_incident=frozenset(on_incident), org=org)
    return About(org=org)
