"""Complaints about officers: they lie above the officer's station; no work on them goes there."""

from dutyroom.clocks.loop import Loop
from dutyroom.domain.context import Codes, Context
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.orgs import above, common, within


def is_complaint(incident: IncidentState, loop: Loop) -> bool:
    """Whether it is a complaint about an officer, or began as one."""
    return not {incident.category, incident.first_category}.isdisjoint(loop.complaints)


def complaint_of_one(one: IncidentState, other: IncidentState, loop: Loop) -> str:
    """Of two incidents, the number of the only one that is a complaint now; "" if both are, or
    none."""
    which = [each.number for each in (one, other) if each.category in loop.complaints]
    return which[0] if len(which) == 1 else ""


def looked_after_by(incident: IncidentState, codes: Codes, loop: Loop) -> str:
    """The organisation that looks after an incident: that of its zone; of a complaint the one above
    all that it may be about, so that no station has a complaint about its own officers on its
    screens. "" for the room."""
    barred = _barred(incident, codes, loop)
    if barred:
        return common(map(above, barred))
    return codes.org_of_zone.get(incident.zone, "")


def not_for(incident: IncidentState, context: Context) -> frozenset[str]:
    """The organisations that do no work on an incident: of a complaint those of the units that were
    sent, and the one that looks after the place."""
    return _barred(incident, context.codes, context.loop)


def is_barred(org: str, incident: IncidentState | None, context: Context) -> bool:
    """Whether an organisation does no work on an incident."""
    return incident is not None and any(within(org, one) for one in not_for(incident, context))


def _barred(incident: IncidentState, codes: Codes, loop: Loop) -> frozenset[str]:
    if not is_complaint(incident, loop):
        return frozenset()
    of_units = (codes.org_of_unit.get(one.unit, "") for one in incident.assignments)
    return frozenset((codes.org_of_zone.get(incident.zone, ""), *of_units)) - {""}
