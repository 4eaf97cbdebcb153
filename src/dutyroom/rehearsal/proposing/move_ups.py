"""Who moves up when few are free: compliance tables, group by group."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.optimise.moves import compliance_table, needed_posts
from dutyroom.rehearsal.optimise.program import Limits, Progress
from dutyroom.rehearsal.proposing.places import busy_share
from dutyroom.rehearsal.proposing.proposal import Proposal
from dutyroom.rehearsal.proposing.workload import (
    Group,
    NothingToPropose,
    candidates,
    demand,
    groups,
    place_names,
    region,
)
from dutyroom.rehearsal.scenario.build import team_of
from dutyroom.rehearsal.scenario.model import Compliance, Scenario
from dutyroom.rehearsal.simulation.records import COMPLIANCE, GO_HOME

EXACT_UP_TO: Final = 600
"""Posts x units up to which a compliance table is solved exactly."""


def move_ups(
    now: Rehearsed,
    *,
    agency: str | None = None,
    within_s: float | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """A compliance table for each group, over its own bases and the scenario's posts.

    A row names only the posts without which less would be covered: who isn't needed at one of them
    waits at home. Tables that the scenario has for other agencies stay.
    """
    scenario, within = now.scenario, within_s or now.scenario.cover_s
    chosen = groups(scenario, agency)
    _check_others(scenario, chosen)
    tables: list[Compliance] = []
    says = []
    # A unit is counted by the first table that fits: those that ask for most come first.
    for group in sorted(chosen, key=lambda group: (-len(group.can), not group.agency)):
        if not demand(scenario, group).any():
            continue
        where, size = candidates(scenario, group.units), len(group.units)
        ways = region(scenario, group, where)
        found = compliance_table(
            ways, within, _share_free(size, busy_share(now, group)),
            places=(size,) * len(where), exact=size * len(where) <= EXACT_UP_TO, limits=limits,
            progress=progress,
        )  # fmt: skip
        held = [where[list(needed_posts(ways, within, row))].tolist() for row in found.table]
        tables.append(Compliance(tuple(map(tuple, held)), group.agency, group.can))
        names = place_names(scenario, group)
        posts_held = ", ".join(names[point] for point in held[-1])
        says.append(
            f"{group.name}: {100 * found.effect.proposed:.1f} % of the demand is within "
            f"{within:.0f} s of a post that is held, over the times that 0 to {size} are free; "
            f"with all free: {posts_held}."
        )
    if not tables:
        raise NothingToPropose("nobody calls in this scenario: there is nothing to cover")
    if scenario.rules.after == COMPLIANCE:
        tables += _still_counting(scenario, tables)
    rules = {"when_idle": "compliance", "compliance": [_said(scenario, one) for one in tables]}
    return Proposal("move-ups", ({"do": "set_rules", "rules": rules},), tuple(says))


def _check_others(scenario: Scenario, chosen: Sequence[Group]) -> None:
    """Where only some units are to move up, no other rule may be taken from the others."""
    mine = {unit.id for group in chosen for unit in group.units}
    if all(unit.id in mine for unit in scenario.units):
        return
    if scenario.rules.after not in (GO_HOME, COMPLIANCE):
        raise NothingToPropose(
            "the units of other agencies go by another rule when they are idle, and would lose it: "
            "propose for all (without --agency), or let them go home"
        )


def _still_counting(scenario: Scenario, before: Sequence[Compliance]) -> list[Compliance]:
    """The scenario's own tables that count somebody whom those before don't."""
    kept: list[Compliance] = []
    for table in scenario.compliance:
        ahead = (*before, *kept)
        if any(team_of(unit, (*ahead, table)) == len(ahead) for unit in scenario.units):
            kept.append(table)
    return kept


def _said(scenario: Scenario, table: Compliance) -> dict[str, Any]:
    """A table as a file says it."""
    team = {"agency": table.agency} if table.agency else {}
    if table.capabilities:
        team["capabilities"] = " ".join(sorted(table.capabilities))
    return team | {"rows": [[scenario.geography.ids[at] for at in row] for row in table.rows]}


def _share_free(units: int, busy: float) -> NDArray[np.float64]:
    """How often 0, 1, ... units are free, if each is busy by itself."""
    shares: NDArray[np.float64] = binom.pmf(np.arange(units + 1), units, 1.0 - busy)
    return shares
