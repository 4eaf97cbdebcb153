"""How many calls would be late at the least, if every call were known beforehand.

A bound, not a plan: the most calls that can be served on time by chains of calls, one chain per
unit, is a maximum flow (Jagtenberg, van den Berg and van der Mei 2017, "Benchmarking online
dispatch algorithms for emergency medical services", Eur. J. Oper. Res. 258, compare with such an
offline optimum). It is generous where that keeps it small: any unit may serve any call, a unit
that rests longer than two hours may be at any base, nobody goes off duty.
"""

from typing import Final

import numpy as np
from ortools.graph.python import min_cost_flow

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import GivenCalls
from dutyroom.rehearsal.simulation.city import as_seconds
from dutyroom.rehearsal.simulation.run import Inputs

REST_S: Final = 7200.0
MOST_CALLS: Final = 5000


def bound(done: Rehearsed) -> float:
    """Of the calls of the first replication, the least share late; nan where it means nothing."""
    if done.overloaded:
        return float("nan")
    builder = Builder(done.scenario)
    calls = builder.calls(0)
    return least_late(builder, calls, builder.inputs(calls))


def least_late(builder: Builder, calls: GivenCalls, inputs: Inputs) -> float:
    """The least share of calls with a target that can't but be late; nan without targets.

    Looks at the first ``MOST_CALLS`` calls of citizens.
    """
    scenario = builder.scenario
    target = np.full(len(calls.at_s), np.nan)
    for level, seconds in scenario.targets_s.items():
        target[calls.priority == level] = seconds
    chosen = np.flatnonzero(~calls.officer_initiated & ~np.isnan(target))[:MOST_CALLS]
    if not len(chosen):
        return float("nan")
    travel = as_seconds(inputs.city.travel, inputs.city.unit_s)
    travel *= float(inputs.city.hour_factor.min()) * float(inputs.rules.level_factor.min())
    places = calls.first[:-1][chosen]
    at_s, point = calls.at_s[chosen], calls.point[chosen]
    deadline_s = at_s + target[chosen]
    from_base_s = travel[inputs.city.base_point][:, point].min(axis=0)
    # On the scene no sooner than the call; a unit may stand right beside it.
    free_s = at_s + calls.on_scene_s[places] + calls.handover_s[places]
    flow = _chains(at_s, deadline_s, free_s, point, from_base_s, travel, len(builder.units))
    return 1.0 - flow / len(chosen)


def _chains(
    at_s: np.ndarray,
    deadline_s: np.ndarray,
    free_s: np.ndarray,
    point: np.ndarray,
    from_base_s: np.ndarray,
    travel: np.ndarray,
    units: int,
) -> int:
    """The most calls on chains. Node 0 is the pool of rested units at the beginning, the pool
    goes on along the calls; call ``k`` has an entry and an exit with room for one unit."""
    count = len(at_s)
    solver = min_cost_flow.SimpleMinCostFlow()
    pool, entry, leave = 0, count + 1, 2 * count + 1
    sink = 3 * count + 1
    add = solver.add_arc_with_capacity_and_unit_cost
    for k in range(count):
        add(pool + k, pool + k + 1, units, 0)
        add(entry + k, leave + k, 1, -1)
        if at_s[k] + from_base_s[k] <= deadline_s[k]:
            add(pool + k, entry + k, 1, 0)
        rested = int(np.searchsorted(at_s, free_s[k] + REST_S))
        add(leave + k, pool + max(min(rested, count), k + 1), 1, 0)
        last = int(np.searchsorted(deadline_s, free_s[k] + REST_S))
        ahead = np.arange(k + 1, max(last, k + 1))
        reach = free_s[k] + travel[point[k], point[ahead]] <= deadline_s[ahead]
        for other in ahead[reach].tolist():
            add(leave + k, entry + other, 1, 0)
    add(pool + count, sink, units, 0)
    solver.set_node_supply(0, units)
    solver.set_node_supply(sink, -units)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the bound could not be solved: {status}")
    return -int(solver.optimal_cost())
