"""What can't be, said before anything runs."""

from collections import Counter

import numpy as np

from dutyroom.citypack.problems import ProblemList
from dutyroom.rehearsal.scenario.model import Scenario
from dutyroom.rehearsal.simulation.city import as_seconds


def note_impossible(scenario: Scenario, problems: ProblemList, file: str) -> None:
    """Categories that no unit can serve, points that no unit can reach."""
    if not scenario.units:
        problems.add(file, None, "there is no unit", "Add at least one")
        return
    has = Counter(c for unit in scenario.units for c in unit.capabilities)
    for kind in scenario.kinds:
        for need in kind.needs:
            if has[need.capability] < need.count:
                message = (
                    f'"{kind.category}" needs {need.count} units with "{need.capability}", '
                    f"of {has[need.capability]}"
                )
                problems.add(file, None, message, "Add units, or change what it needs")
    bases = sorted({unit.base for unit in scenario.units})
    geography = scenario.geography
    ways = as_seconds(geography.travel[bases], geography.unit_s)
    lost = np.flatnonzero(~np.isfinite(ways).any(axis=0) & _called(scenario))
    for point in lost[:20]:
        message = f'no unit can reach the point "{geography.ids[point]}", where calls come from'
        problems.add(file, None, message, "Add a way to it, or take it out of the calls")


def _called(scenario: Scenario) -> np.ndarray:
    """The points where calls come from."""
    called = np.zeros(len(scenario.geography.ids), np.bool_)
    if scenario.given is not None:
        called[scenario.given.point] = True
    for kind in scenario.kinds:
        called |= np.asarray(kind.point_weight) > 0 if kind.point_weight else True
    return called
