"""Where units wait, and how many each station has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.effect import Effect
from dutyroom.rehearsal.optimise.equity import (
    EquityLimits,
    EquityProposal,
    Stations,
    propose_staffing,
)
from dutyroom.rehearsal.optimise.posts import expected_coverage, max_coverage, p_median
from dutyroom.rehearsal.optimise.program import Limits, Progress
from dutyroom.rehearsal.optimise.region import UNREACHABLE_S, Posting, Region
from dutyroom.rehearsal.proposing.proposal import Change, Proposal
from dutyroom.rehearsal.proposing.workload import (
    Group,
    NothingToPropose,
    candidates,
    demand,
    groups,
    place_names,
    region,
    service_s,
)
from dutyroom.rehearsal.scenario.model import (
    HOUR_S,
    Scenario,
    ScenarioUnit,
    station_points,
)
from dutyroom.rehearsal.simulation.city import as_seconds

AIMS: Final = ("coverage", "reach", "travel")
LEAST_GAIN: Final = {"coverage": 0.001, "reach": 0.001, "travel": 1.0}
"""Share of demand, or seconds: for less, no unit is moved. Where all is covered already, any other
posts are as good by this aim, and worse by most others."""


def posts(
    now: Rehearsed,
    *,
    agency: str | None = None,
    aim: str = "coverage",
    within_s: float | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """Other bases for units, group by group, among today's bases and posts.

    ``aim``: ``coverage``, the demand that is expected to be reached within ``within_s`` (the
    scenario's ``cover_s``) by a unit that isn't busy (MEXCLP); ``reach``, the demand within that
    time of some unit, busy or not (maximal covering); or ``travel``, the mean way to the nearest
    unit (p-median). The last two leave units over that make no difference to them, always where
    there are more units than places: those stand where they cover most.
    """
    scenario, where = now.scenario, candidates(now.scenario)
    limit_s = within_s or scenario.cover_s
    changes: list[Change] = []
    says = []
    for group in groups(scenario, agency):
        if len(where) < 2 or not demand(scenario, group).any():
            continue
        number = {int(point): at for at, point in enumerate(where)}
        stand = tuple(number[unit.base] for unit in group.units)
        ways = region(scenario, group, where)
        units_at, found = _posted(
            ways, stand, aim, limit_s, busy_share(now, group), limits, progress
        )
        before, after = (_worded(aim, value) for value in (found.today, found.proposed))
        line = f"{group.name}: {_aim(aim, limit_s)} {before} today"
        if found.gain is None or found.gain < LEAST_GAIN[aim]:
            says.append(f"{line}; no other places are better, nobody moves.")
            continue
        says.append(f"{line}, {after} proposed.")
        names = place_names(scenario, group)
        spots = Spots(stand, where, [names[at] for at in where])
        changes += _moves(scenario, group.units, spots, units_at)
    if not changes:
        raise NothingToPropose(
            "units stand where they should by this aim: nothing to move. " + " ".join(says)
        )
    return Proposal("other posts", tuple(changes), tuple(says))


def _posted(
    ways: Region,
    stand: tuple[int, ...],
    aim: str,
    limit_s: float,
    busy: float,
    limits: Limits | None,
    progress: Progress | None,
) -> tuple[tuple[int, ...], Effect]:
    """Units by place, and the aim's own measure today and so."""
    everyone = Posting(len(stand), today=stand)
    if aim == "coverage":
        found = expected_coverage(ways, everyone, limit_s, busy, limits, progress=progress)
        return found.units_at, found.effects[0]
    places = len(ways.travel_s)
    one_each = replace(everyone, units=min(len(stand), places), places=(1,) * places)
    if aim == "travel":
        found = p_median(ways, one_each, limits, progress=progress)
    else:
        found = max_coverage(ways, one_each, limit_s, limits, progress=progress)
    kept = _needed(ways, found.units_at, aim, limit_s)
    if len(kept) == len(stand):
        return found.units_at, found.effects[0]
    rest = replace(everyone, kept=kept)
    covering = expected_coverage(ways, rest, limit_s, busy, limits, progress=progress)
    return covering.units_at, found.effects[0]


def _needed(ways: Region, units_at: Sequence[int], aim: str, limit_s: float) -> tuple[int, ...]:
    """The places without whose unit the aim would be missed."""

    def missed(places: list[int]) -> float:
        nearest = ways.travel_s[places].min(axis=0)
        by_aim = np.minimum(nearest, UNREACHABLE_S) if aim == "travel" else nearest > limit_s
        return float(ways.share @ by_aim)

    kept = np.flatnonzero(units_at).tolist()
    best = missed(kept)
    for place in list(kept):
        others = [other for other in kept if other != place]
        if others and missed(others) <= best + 1e-9:
            kept = others
    return tuple(kept)


def _aim(aim: str, limit_s: float) -> str:
    return {
        "coverage": f"share of demand expected to find a free unit within {limit_s:.0f} s",
        "reach": f"share of demand within {limit_s:.0f} s of some unit",
        "travel": "mean way to the nearest unit",
    }[aim]


def _worded(aim: str, value: float | None) -> str:
    if value is None:
        return "not known"
    return f"{value:,.0f} s" if aim == "travel" else f"{100 * value:.1f} %"


def busy_share(now: Rehearsed, group: Group) -> float:
    """The share of its time on duty that a unit of the group is at work, in today's rehearsal."""
    ids = [unit.id for unit in group.units]
    return float(np.mean([run.busy_share[unit] for run in now.runs for unit in ids]))


@dataclass(frozen=True, slots=True)
class Spots:
    """Places between which units move: the place of each unit now, and the point and name of each
    place. Two stations at one point are two places."""

    stand: tuple[int, ...]
    points: NDArray[np.int64]
    names: Sequence[str]


def _moves(
    scenario: Scenario, units: Sequence[ScenarioUnit], spots: Spots, units_at: Sequence[int]
) -> list[Change]:
    """As few units as possible move: who stands where one is wanted stays."""
    open_at = list(units_at)
    leaving = []
    for unit, at in zip(units, spots.stand, strict=True):
        if open_at[at] > 0:
            open_at[at] -= 1
        else:
            leaving.append((unit, at))
    changes: list[Change] = []
    travel = scenario.geography.travel
    for unit, at in leaving:  # each to the nearest place that is still to be filled
        ways = travel[spots.points[at], spots.points]
        to = min(np.flatnonzero(open_at).tolist(), key=lambda spot: (float(ways[spot]), spot))
        open_at[to] -= 1
        changes.append({"do": "move_unit", "id": unit.id, "to": spots.names[to]})
    return changes


def stations(
    now: Rehearsed,
    equity: EquityLimits,
    *,
    agency: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> tuple[Proposal, list[tuple[Group, EquityProposal]]]:
    """Units by station after its work, within the limits that the user sets.

    A station's work are unit-hours a day from the points that it is nearest to. Also returns the
    rows by group. `NothingToPropose` says which limit to loosen, and how far.
    """
    scenario = now.scenario
    changes: list[Change] = []
    says, tables = [], []
    for group in groups(scenario, agency):
        if len(group.units) < 2 or not demand(scenario, group).any():
            continue
        spots = _station_spots(scenario, group)
        found = propose_staffing(_stations(scenario, group, spots), equity, limits, progress)
        if not found.rows:
            raise NothingToPropose(
                f"{group.name}: these limits can't all be kept. " + " ".join(_relief(found))
            )
        tables.append((group, found))
        proposed = [row.proposed for row in found.rows]
        changes += _moves(scenario, group.units, spots, proposed)
        if found.effect and found.effect.today is not None:
            says.append(
                f"{group.name}: work per unit, as the work meets it, {found.effect.today:.3g} "
                f"to {found.effect.proposed:.3g} unit-hours a day."
            )
    if not changes:
        raise NothingToPropose("units follow the work already, as far as these limits let them")
    return Proposal("units after the work", tuple(changes), tuple(says)), tables


def _station_spots(scenario: Scenario, group: Group) -> Spots:
    """The stations of the group's units; one that is spread over several points counts at each."""
    both = sorted({(unit.station, unit.base) for unit in group.units})
    number = {each: at for at, each in enumerate(both)}
    sole, ids = station_points(scenario.units), scenario.geography.ids
    return Spots(
        tuple(number[unit.station, unit.base] for unit in group.units),
        np.array([base for _, base in both], np.int64),
        [station if station in sole else ids[base] for station, base in both],
    )


def _stations(scenario: Scenario, group: Group, spots: Spots) -> Stations:
    calls = demand(scenario, group)
    geography = scenario.geography
    points, beside = np.unique(spots.points, return_counts=True)
    nearest = np.argmin(as_seconds(geography.travel[points], geography.unit_s), axis=0)
    hours = service_s(scenario, group) / HOUR_S
    # Stations at the same point share its work.
    work = np.bincount(nearest, calls * hours * 24.0, len(points)) / beside
    here = np.bincount(spots.stand, minlength=len(spots.names))
    return Stations(
        tuple(spots.names),
        work[np.searchsorted(points, spots.points)],
        tuple(here.tolist()),
        len(group.units),
    )


def _relief(found: EquityProposal) -> list[str]:
    said = []
    for one in found.reliefs:
        if one.enough_at is None:
            said.append(f"Giving up {one.limit} alone doesn't help.")
        else:
            said.append(f"{one.limit} {one.enough_at:g} instead of {one.asked:g} would do.")
    return said
