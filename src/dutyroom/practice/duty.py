"""Who is on duty during a practice, by the scenario's shifts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dutyroom.rehearsal.scenario.model import HOUR_S, WEEK_S, Scenario
from dutyroom.rehearsal.scenario.model import Shift as Hours


@dataclass(frozen=True, slots=True)
class Duty:
    """``begin_s``: what the scenario's clock shows at the beginning, after Monday 00:00."""

    hours: Mapping[str, tuple[Hours, ...]]
    begin_s: float = 0.0

    def on(self, unit: str, after_s: float) -> bool:
        """Is the unit on duty so long after the beginning? Without shifts it always is."""
        hours = self.hours.get(unit, ())
        at_s = (self.begin_s + after_s) % WEEK_S
        # A shift that begins on Sunday may end in the week after.
        times = (at_s, at_s + WEEK_S)
        return not hours or any(one.start_s <= at < one.end_s for one in hours for at in times)


ALWAYS: Final = Duty({})


def duty_of(scenario: Scenario) -> Duty:
    """The scenario's shifts, from its first hour on."""
    hours = {unit.id: unit.shifts for unit in scenario.units if unit.shifts}
    return Duty(hours, scenario.first_hour * HOUR_S)
