"""What a scenario says about work: who can stand in for whom, how much there is, where, when."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.optimise.region import Region
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import (
    HOUR_S,
    CallKind,
    GivenCalls,
    Scenario,
    ScenarioUnit,
    station_points,
)
from dutyroom.rehearsal.simulation.city import as_seconds
from dutyroom.rehearsal.simulation.run import simulate

type Floats = NDArray[np.float64]
HOURS: int = 168


class NothingToPropose(ValueError):
    """The scenario leaves nothing to decide, or no limit can be kept; says what to do."""


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one agency that can do the same: any of them may stand in for another. Its name has
    what they can do in it, where others of the agency can do something else."""

    name: str
    units: tuple[ScenarioUnit, ...]

    @property
    def agency(self) -> str:
        """Whose they are."""
        return self.units[0].agency

    @property
    def can(self) -> frozenset[str]:
        """Their capabilities."""
        return self.units[0].capabilities


def groups(scenario: Scenario, only: str | None = None) -> tuple[Group, ...]:
    """The groups, the largest first; ``only`` those of one agency. `NothingToPropose` if none."""
    found: dict[tuple[str, frozenset[str]], list[ScenarioUnit]] = {}
    for unit in scenario.units:
        if only in (None, unit.agency):
            found.setdefault((unit.agency, unit.capabilities), []).append(unit)
    if not found:
        agencies = ", ".join(sorted({unit.agency for unit in scenario.units}))
        raise NothingToPropose(f"no unit is of the agency {only!r}: there are {agencies}")
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0]))
    kinds = Counter(agency for agency, _ in found)
    return tuple(
        Group(_name(agency, can, kinds[agency]), tuple(units)) for (agency, can), units in ordered
    )


def _name(agency: str, can: frozenset[str], kinds: int) -> str:
    able = " ".join(sorted(can))
    if not agency:
        return able
    return f"{agency} ({able})" if kinds > 1 else agency


def needed_of(kind: CallKind, group: Group) -> int:
    """How many units of the group a call of this kind asks for, if they are asked at all."""
    return sum(need.count for need in kind.needs if need.capability in group.can)


def demand(scenario: Scenario, group: Group) -> Floats:
    """Units of the group that citizens' calls ask for, per hour, by point."""
    points = len(scenario.geography.ids)
    found = np.zeros(points)
    if scenario.given is not None:
        calls = scenario.given
        asking = _asking(scenario, calls, group)
        citizens = asking[~calls.officer_initiated[asking]]
        np.add.at(found, calls.point[citizens], 1.0)
        return found / max(scenario.hours, 1e-9)
    for kind in scenario.kinds:
        if not kind.officer_initiated:
            weight = np.asarray(kind.point_weight or np.ones(points), np.float64)
            found += kind.per_h * needed_of(kind, group) * weight / weight.sum()
    return found


def demand_by_hour(scenario: Scenario, group: Group) -> Floats:
    """The same by hour of the week (168, Monday's midnight first), officers' own work included."""
    found = np.zeros(HOURS)
    if scenario.given is not None:
        at_s = scenario.given.at_s[_asking(scenario, scenario.given, group)]
        hour = (at_s / HOUR_S).astype(np.int64) + scenario.first_hour
        np.add.at(found, hour % HOURS, 1.0)
        return found / max(scenario.hours / HOURS, 1.0)
    for kind in scenario.kinds:
        shape = np.resize(np.asarray(kind.by_hour or (1.0,), np.float64), HOURS)
        found += kind.per_h * needed_of(kind, group) * shape / shape.mean()
    return found


def _asking(scenario: Scenario, calls: GivenCalls, group: Group) -> NDArray[np.int64]:
    """The calls of a file that ask for the group, once for each unit that they ask for."""
    bits = [scenario.capabilities.index(capability) for capability in group.can]
    call = np.repeat(np.arange(len(calls.at_s)), np.diff(calls.first))
    asking: NDArray[np.int64] = call[np.isin(calls.need, bits)]
    return asking


def candidates(
    scenario: Scenario, units: Sequence[ScenarioUnit] | None = None
) -> NDArray[np.int64]:
    """The points where units may wait: the bases of these (of all, if none are given), and the
    posts."""
    bases = (unit.base for unit in units or scenario.units)
    return np.unique([*bases, *scenario.posts]).astype(np.int64)


def place_names(scenario: Scenario, group: Group) -> list[str]:
    """What a change calls each point: the station there, the group's own before others, or its
    id."""
    sole, found = station_points(scenario.units), list(scenario.geography.ids)
    for unit in (*reversed(scenario.units), *reversed(group.units)):
        if unit.station in sole:
            found[unit.base] = unit.station
    return found


def region(scenario: Scenario, group: Group, posts: NDArray[np.int64]) -> Region:
    """Ways from the posts to the points with demand."""
    wanted = demand(scenario, group)
    zones = np.flatnonzero(wanted > 0)
    if not len(zones):
        raise NothingToPropose(f"no call asks for {group.name}: give calls that do")
    geography = scenario.geography
    ways = as_seconds(geography.travel[np.ix_(posts, zones)], geography.unit_s)
    return Region(ways * float(np.mean(geography.hour_factor)), wanted[zones])


def service_s(scenario: Scenario, group: Group) -> float:
    """How long a unit of the group is at work for a call, from being sent until it is free again,
    in one rehearsal of today's."""
    builder = Builder(scenario)
    outcomes = simulate(builder.inputs(builder.calls(0)), keep_intervals=False).outcomes
    mine = np.array([unit in group.units for unit in builder.units])
    served = outcomes[outcomes["unit"] >= 0]
    served = served[mine[served["unit"]]]
    if not len(served):
        raise NothingToPropose(f"units of {group.name} never go out in a rehearsal of today's")
    return float(np.mean(served["free_s"] - served["sent_s"]))
