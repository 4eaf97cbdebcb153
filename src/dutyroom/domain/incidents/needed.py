"""Who may be needed on an incident besides units: partners and specialist desks that the city pack
suggests for its category. Only a suggestion: nothing is sent by it."""

from dataclasses import dataclass

from dutyroom.domain.context import Codes
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.marked import DeskCode, OrgPath


@dataclass(frozen=True, slots=True)
class Needed:
    """`partners` are paths of their organisations; both in the order of the city pack."""

    partners: tuple[OrgPath, ...] = ()
    desks: tuple[DeskCode, ...] = ()

    def without(self, asked: "Needed") -> "Needed":
        """Those who weren't asked yet."""
        return Needed(
            tuple(one for one in self.partners if one not in asked.partners),
            tuple(one for one in self.desks if one not in asked.desks),
        )


NOBODY = Needed()


def suggests(codes: Codes) -> bool:
    """Whether a city pack suggests anybody for anything."""
    return any(one.suggest for one in codes.agreements.values()) or any(
        one.categories for one in codes.desks.values()
    )


def may_be_needed(incident: IncidentState, codes: Codes, *, minor: bool) -> Needed:
    """Who is suggested for an incident, asked or not.

    An agreement must have been in force when the incident was opened or reopened, so that what is
    suggested follows from the record alone. `minor`: it concerns a minor, or something merged into
    it does; then only agreements count that are for such incidents.
    """
    category, at_ms = incident.category, incident.waiting_from_ms
    partners = (
        one.partner
        for one in codes.agreements.values()
        if one.suggest
        and category in one.categories
        and one.in_force(at_ms)
        and (one.minors or not minor)
    )
    desks = (one.code for one in codes.desks.values() if category in one.categories)
    return Needed(tuple(dict.fromkeys(partners)), tuple(desks))
