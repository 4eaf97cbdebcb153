"""Where units wait, how many each station has, and who moves up when few are free."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.equity import (
    EquityLimits,
    EquityProposal,
    Stations,
    propose_staffing,
)
from dutyroom.rehearsal.optimise.moves import compliance_table
from dutyroom.rehearsal.optimise.posts import expected_coverage, p_median
from dutyroom.rehearsal.optimise.program import Limits, Progress
from dutyroom.rehearsal.optimise.region import Posting, Region
from dutyroom.rehearsal.proposing.proposal import Change, Proposal
from dutyroom.rehearsal.proposing.workload import (
    Group,
    NothingToPropose,
    candidates,
    demand,
    groups,
    region,
    service_s,
)
from dutyroom.rehearsal.scenario.model import HOUR_S, Scenario
from dutyroom.rehearsal.simulation.city import as_seconds

LEAST_GAIN: Final = {"coverage": 0.001, "travel": 1.0}
"""Share of demand, or seconds: for less, no unit is moved. Where all is covered already, any other
posts are as good by this aim, and worse by most others."""
EXACT_UP_TO: Final = 600
"""Posts x units up to which a compliance table is solved exactly."""


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
    scenario's ``cover_s``) by a unit that isn't busy (MEXCLP); or ``travel``, the mean way
    (p-median).
    """
    scenario, where = now.scenario, candidates(now.scenario)
    changes: list[Change] = []
    says = []
    for group in groups(scenario, agency):
        if len(where) < 2 or not demand(scenario, group).any():
            continue
        number = {int(point): at for at, point in enumerate(where)}
        stand = tuple(number[unit.base] for unit in group.units)
        posting = Posting(len(stand), today=stand)
        ways = region(scenario, group, where)
        if aim == "travel" and len(stand) <= len(where):
            found = p_median(ways, posting, limits, progress=progress)
        else:
            limit_s = within_s or scenario.cover_s
            busy = busy_share(now, group)
            found = expected_coverage(ways, posting, limit_s, busy, limits, progress=progress)
        first = found.comparisons[0]
        told = f"{group.name}: {first.objective} {first.today:.4g} today"
        if first.gain is None or first.gain < LEAST_GAIN[aim]:
            says.append(f"{told}; no other posts are better, nobody moves.")
            continue
        says.append(f"{told}, {first.proposed:.4g} proposed.")
        changes += _moves(scenario, group, where, found.units_at)
    if not changes:
        raise NothingToPropose("units stand where they should by this aim: nothing to move")
    return Proposal("other posts", tuple(changes), tuple(says))


def busy_share(now: Rehearsed, group: Group) -> float:
    """The share of its time on duty that a unit of the group is at work, in today's rehearsal."""
    ids = [unit.id for unit in group.units]
    return float(np.mean([run.busy_share[unit] for run in now.runs for unit in ids]))


def _moves(
    scenario: Scenario, group: Group, where: NDArray[np.int64], units_at: tuple[int, ...]
) -> list[Change]:
    """As few units as possible move: who stands where one is wanted stays."""
    wanted = {int(point): count for point, count in zip(where, units_at, strict=True)}
    leaving = []
    for unit in group.units:
        if wanted.get(unit.base, 0) > 0:
            wanted[unit.base] -= 1
        else:
            leaving.append(unit)
    ids, changes = scenario.geography.ids, []
    travel = scenario.geography.travel
    for unit in leaving:  # each to the nearest place that is still to be filled
        open_at = [point for point, count in wanted.items() if count > 0]
        to = min(open_at, key=lambda point: (float(travel[unit.base, point]), point))
        wanted[to] -= 1
        changes.append({"do": "move_unit", "id": unit.id, "to": ids[to]})
    return changes


def move_ups(
    now: Rehearsed,
    *,
    within_s: float | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """A compliance table over today's bases and posts, for all units together."""
    scenario, where = now.scenario, candidates(now.scenario)
    everyone = Group("all", scenario.units)
    wanted = np.sum([demand(scenario, group) for group in groups(scenario)], axis=0)
    if not np.any(wanted):
        raise NothingToPropose("nobody calls in this scenario: there is nothing to cover")
    zones = np.flatnonzero(wanted > 0)
    geography = scenario.geography
    ways = as_seconds(geography.travel[np.ix_(where, zones)], geography.unit_s)
    within = within_s or scenario.cover_s
    size = len(scenario.units)
    found = compliance_table(
        Region(ways, wanted[zones]), within, _share_free(size, busy_share(now, everyone)),
        places=(size,) * len(where), exact=size * len(where) <= EXACT_UP_TO, limits=limits,
        progress=progress,
    )  # fmt: skip
    table = [[geography.ids[where[post]] for post in row] for row in found.table]
    rules: dict[str, Any] = {"when_idle": "compliance", "compliance": table, "cover_s": within}
    covered = (
        f"expected share of demand covered within {within:.0f} s: {found.comparison.proposed:.4g}."
    )
    return Proposal("move-ups", ({"do": "set_rules", "rules": rules},), (covered,))


def _share_free(units: int, busy: float) -> NDArray[np.float64]:
    """How often 0, 1, ... units are free, if each is busy by itself."""
    shares: NDArray[np.float64] = binom.pmf(np.arange(units + 1), units, 1.0 - busy)
    return shares


def stations(
    now: Rehearsed,
    equity: EquityLimits,
    *,
    agency: str | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> tuple[Proposal, list[tuple[str, EquityProposal]]]:
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
        bases = np.unique([unit.base for unit in group.units]).astype(np.int64)
        found = propose_staffing(_stations(scenario, group, bases), equity, limits, progress)
        if not found.rows:
            raise NothingToPropose(
                f"{group.name}: these limits can't all be kept. " + " ".join(_relief(found))
            )
        tables.append((group.name, found))
        changes += _moves(scenario, group, bases, tuple(row.proposed for row in found.rows))
        if found.comparison and found.comparison.today is not None:
            says.append(
                f"{group.name}: work per unit, as the work meets it, {found.comparison.today:.3g} "
                f"to {found.comparison.proposed:.3g} unit-hours a day."
            )
    if not changes:
        raise NothingToPropose("units follow the work already, as far as these limits let them")
    return Proposal("units after the work", tuple(changes), tuple(says)), tables


def _stations(scenario: Scenario, group: Group, bases: NDArray[np.int64]) -> Stations:
    calls = demand(scenario, group)
    nearest = np.argmin(
        as_seconds(scenario.geography.travel[bases], scenario.geography.unit_s), axis=0
    )
    hours = service_s(scenario, group) / HOUR_S
    work = np.bincount(nearest, calls * hours * 24.0, len(bases))
    here = tuple(sum(unit.base == base for unit in group.units) for base in bases)
    ids = tuple(scenario.geography.ids[base] for base in bases)
    return Stations(ids, work, here, len(group.units))


def _relief(found: EquityProposal) -> list[str]:
    said = []
    for one in found.reliefs:
        if one.enough_at is None:
            said.append(f"Giving up {one.limit} alone doesn't help.")
        else:
            said.append(f"{one.limit} {one.enough_at:g} instead of {one.asked:g} would do.")
    return said
