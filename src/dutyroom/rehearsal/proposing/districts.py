"""Which station answers for which area: districts balanced by work, rehearsed as a lead for their
own units."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError, cKDTree

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.district_task import DistrictTask
from dutyroom.rehearsal.optimise.districts import DistrictProposal, propose_districts
from dutyroom.rehearsal.optimise.program import Limits, Progress
from dutyroom.rehearsal.proposing.proposal import Proposal
from dutyroom.rehearsal.proposing.workload import (
    Floats,
    NothingToPropose,
    demand,
    groups,
    service_s,
)
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.districts import LEAD_S
from dutyroom.rehearsal.scenario.model import HOUR_S, Scenario
from dutyroom.rehearsal.simulation.city import as_seconds
from dutyroom.rehearsal.simulation.run import simulate


@dataclass(frozen=True, eq=False, slots=True)
class AgencyDistricts:
    """The districts of agencies that share their stations. ``stations``: who shares each district
    (stations in one zone do); ``zones`` in the order of the task."""

    agencies: tuple[str, ...]
    stations: tuple[tuple[str, ...], ...]
    zones: tuple[str, ...]
    task: DistrictTask
    found: DistrictProposal

    @property
    def title(self) -> str:
        """The agencies."""
        return ", ".join(self.agencies)

    def name(self, district: int) -> str:
        """The stations of a district, as the file has them."""
        return " ".join(self.stations[district])


def districts(
    now: Rehearsed,
    *,
    agency: str | None = None,
    lead_s: float | None = None,
    tolerance: float = 0.1,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> tuple[Proposal, tuple[AgencyDistricts, ...]]:
    """For agencies that share stations: areas in one piece around these, the least travel with work
    shared by their units, no station off its share by more than ``tolerance``.

    The work of an area are unit-hours a day of the agencies' calls there. Areas border where two of
    their points are neighbours (see ``neighbours``). In the rehearsal a district's own units have a
    lead of ``lead_s`` (the scenario's own, else a minute) over others.
    """
    scenario = now.scenario
    lead_s = lead_s or scenario.rules.own_district_s or LEAD_S
    made = []
    for together in _sharing(scenario, agency):
        task, stations, zones = _task(scenario, together, tolerance)
        if task is not None:
            found = propose_districts(task, limits, progress=progress)
            made.append(AgencyDistricts(tuple(together), stations, zones, task, found))
    if not made:
        raise NothingToPropose("no agency has stations in two areas: there is nothing to divide")
    before = scenario.districts
    rows = []
    for zone in sorted(set(scenario.geography.zone)):
        kept = {
            station
            for station in before.get(zone, frozenset())
            if not any(station in shared for one in made for shared in one.stations)
        }
        mine = [one.name(one.found.station_of[one.zones.index(zone)]) for one in made]
        rows.append(f"{zone},{' '.join([*mine, *sorted(kept)])}")
    proposal = Proposal(
        "other districts",
        ({"do": "set_rules", "rules": {"own_district_s": lead_s}},),
        (
            *(_described(one) for one in made),
            f"Their own units count as {lead_s:g} s sooner"
            + ("." if before else "; today no area is anybody's."),
        ),
        keys={"districts": "districts.csv"},
        files={"districts.csv": "\n".join(["zone,stations", *rows]) + "\n"},
    )
    return proposal, tuple(made)


def _sharing(scenario: Scenario, only: str | None) -> list[list[str]]:
    """The agencies, those together that have a station in common; ``only`` that one."""
    stations: dict[str, set[str]] = {}
    for group in groups(scenario, only):
        for unit in group.units:
            stations.setdefault(unit.agency, set()).add(unit.station)
    found: list[tuple[list[str], set[str]]] = []
    for agency, mine in sorted(stations.items()):
        joined = [one for one in found if one[1] & mine]
        found = [one for one in found if one not in joined]
        names = sorted([agency, *(name for one in joined for name in one[0])])
        found.append((names, mine.union(*(one[1] for one in joined))))
    return [names for names, _ in found]


def _task(
    scenario: Scenario, agencies: list[str], tolerance: float
) -> tuple[DistrictTask | None, tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """The task of agencies that share stations; None where all these stand in one area."""
    geography = scenario.geography
    zones = tuple(sorted(set(geography.zone)))
    zone_of = np.array([zones.index(zone) for zone in geography.zone])
    units = [unit for unit in scenario.units if unit.agency in agencies]
    base = {unit.station: unit.base for unit in units}
    in_zone: dict[int, list[str]] = {}
    for station in sorted(base):
        in_zone.setdefault(int(zone_of[base[station]]), []).append(station)
    stations = tuple(tuple(names) for names in in_zone.values())
    work = np.zeros(len(geography.ids))
    for group in (group for agency in agencies for group in groups(scenario, agency)):
        calls = demand(scenario, group)
        if calls.any():
            work += calls * service_s(scenario, group) / HOUR_S * 24.0
    if len(stations) < 2 or not work.any():
        return None, stations, zones
    bases = [[base[station] for station in names] for names in stations]
    ways = np.array(
        [as_seconds(geography.travel[one], geography.unit_s).min(axis=0) for one in bases]
    ) * float(np.mean(geography.hour_factor))
    travel_s = np.array([_mean_by(zone_of, row, work, len(zones)) for row in ways])
    of = {station: at for at, names in enumerate(stations) for station in names}
    return (
        DistrictTask(
            travel_s,
            np.bincount(zone_of, work, len(zones)),
            _borders(zone_of, neighbours(geography.x_m, geography.y_m)),
            tuple(in_zone),
            capacity=np.bincount([of[unit.station] for unit in units]).astype(np.float64),
            tolerance=tolerance,
            today=_today(scenario, zones, of, travel_s),
        ),
        stations,
        zones,
    )  # fmt: skip


def _borders(
    zone_of: NDArray[np.int64], pairs: list[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The pairs of zones that neighbours lie in."""
    between = np.sort(zone_of[np.array(pairs, np.int64).reshape(-1, 2)], axis=1)
    apart = np.unique(between[between[:, 0] != between[:, 1]], axis=0)
    return tuple((int(a), int(b)) for a, b in apart)


def _mean_by(zone_of: NDArray[np.int64], ways: Floats, work: Floats, zones: int) -> Floats:
    """The mean way to each zone, by where its work is; where it has none, by its points alike."""
    weight = work + 1e-9 * work.max()
    total = np.bincount(zone_of, weight, zones)
    return np.asarray(np.bincount(zone_of, np.minimum(ways, 86_400.0) * weight, zones) / total)


def _today(
    scenario: Scenario, zones: tuple[str, ...], of: dict[str, int], travel_s: Floats
) -> tuple[int, ...]:
    """The district of each zone now: as the scenario says, else that of the nearest stations."""
    found = []
    for at, zone in enumerate(zones):
        named = [of[one] for one in sorted(scenario.districts.get(zone, ())) if one in of]
        found.append(named[0] if named else int(travel_s[:, at].argmin()))
    return tuple(found)


def neighbours(x_m: Floats, y_m: Floats) -> list[tuple[int, int]]:
    """Pairs of points with no third point in the circle of which they are a diameter.

    K. R. Gabriel and R. R. Sokal, "A new statistical approach to geographic variation analysis",
    Systematic Zoology 18, 1969. The pairs hold all points together, and don't leap over any.
    """
    spots = np.column_stack((x_m, y_m))
    try:
        mesh = Delaunay(spots)
    except QhullError:  # all in one line, or fewer than three
        order = np.lexsort((y_m, x_m)).tolist()
        return list(pairwise(order))
    corners = np.sort(mesh.simplices[:, [[0, 1], [0, 2], [1, 2]]].reshape(-1, 2), axis=1)
    edges = np.unique(corners, axis=0)
    one, other = spots[edges[:, 0]], spots[edges[:, 1]]
    nearest_m, _ = cKDTree(spots).query((one + other) / 2)
    empty = nearest_m >= 0.5 * np.hypot(*(one - other).T) * (1 - 1e-9)
    same = mesh.coplanar[:, [0, 2]]  # spots of two points: the mesh has one of them
    return [(int(a), int(b)) for a, b in np.concatenate((edges[empty], same))]


def _described(one: AgencyDistricts) -> str:
    _, travel, balance = one.found.effects
    changed = len(one.found.changes)
    return (
        f"{one.title or 'All'}: the station furthest off its share of the work is off by "
        f"{balance.today or 0:.0%} today, {balance.proposed:.0%} proposed; mean way "
        f"{travel.today or 0:.0f} s today, {travel.proposed:.0f} s proposed; "
        f"{changed} of {len(one.zones)} areas change hands."
    )


def own_share(done: Rehearsed, answers: Mapping[str, frozenset[str]]) -> float:
    """The share of calls in areas that are somebody's whose first unit came from a station that
    answers for them, in the first replication."""
    builder = Builder(done.scenario)
    calls = builder.calls(0)
    run = simulate(builder.inputs(calls), keep_intervals=False)
    somewhere = frozenset().union(*answers.values())
    zone, mine, all_of = done.scenario.geography.zone, 0, 0
    for call, first in enumerate(calls.first[:-1].tolist()):
        unit = int(run.outcomes["unit"][first])
        if unit < 0 or builder.units[unit].station not in somewhere:
            continue
        stations = answers.get(zone[calls.point[call]])
        if stations is not None:
            all_of += 1
            mine += builder.units[unit].station in stations
    return mine / all_of if all_of else float("nan")
