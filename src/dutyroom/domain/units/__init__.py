"""Units: what is sent, with its crew, its duty and its emergencies."""

from typing import Final

from dutyroom.domain.context import Codes
from dutyroom.domain.kernel import Aggregate, Command, Event, kinds, makers
from dutyroom.domain.units import commands, events, refusals
from dutyroom.domain.units.asks import about_unit, asks_of_unit
from dutyroom.domain.units.decide import UnitCommand, decide_unit
from dutyroom.domain.units.evolve import evolve_unit
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.units.table import EMERGENCY, UNIT


def _listed(id_: str, state: UnitState | None, codes: Codes) -> UnitState | None:
    """A unit is there as long as the pack lists it, from its first day on."""
    return (state or UnitState()) if id_ in codes.units else None


UNITS: Final = Aggregate[UnitCommand, UnitState](
    "unit",
    commands=kinds(commands, Command),
    events=kinds(events, Event),
    state=UnitState,
    refusals=makers(refusals),
    tables={"unit": UNIT, "emergency": EMERGENCY},
    decide=decide_unit,
    evolve=evolve_unit,
    asks=asks_of_unit,
    about=about_unit,
    seen=_listed,
)
