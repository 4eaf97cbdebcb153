"""Incidents: one thing that happened, with the units that are sent to it."""

from typing import Final

from dutyroom.domain.incidents import commands, events, refusals
from dutyroom.domain.incidents.asks import about_incident, asks_of_incident
from dutyroom.domain.incidents.decide import IncidentCommand, decide_incident
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.incidents.table import ASSIGNMENT, INCIDENT
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers

INCIDENTS: Final = Aggregate[IncidentCommand, IncidentState](
    "incident",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=IncidentState,
    refusals=makers(refusals),
    tables={"incident": INCIDENT, "assignment": ASSIGNMENT},
    decide=decide_incident,
    evolve=evolve_incident,
    asks=asks_of_incident,
    about=about_incident,
)
