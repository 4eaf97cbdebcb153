"""Complaints about officers: work on them goes to a team outside of the officer's station."""

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.orgs import within


def not_for(incident: IncidentState, context: Context) -> frozenset[str]:
    """The organisations that do no work on an incident: of a complaint those of the units that were
    sent, and the one that looks after the place."""
    rules = context.loop.call_backs
    if rules is None or not {incident.category, incident.first_category} & {*rules.complaints}:
        return frozenset()
    codes = context.codes
    of_units = (codes.org_of_unit.get(one.unit, "") for one in incident.assignments)
    return frozenset((codes.org_of_zone.get(incident.zone, ""), *of_units)) - {""}


def is_barred(org: str, incident: IncidentState, context: Context) -> bool:
    """Whether an organisation does no work on an incident."""
    return any(within(org, one) for one in not_for(incident, context))
