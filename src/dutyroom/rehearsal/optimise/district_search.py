"""Local search for districts: one zone at a time changes hands, and none is ever cut off.

Tabu search (F. Glover, ORSA J. Computing 1, 1989) over border zones; for districts by
B. Bozkaya, E. Erkut and G. Laporte, European J. Oper. Res. 144 (2003).
"""

from typing import Final

import numpy as np

from dutyroom.rehearsal.optimise.district_task import Counts, DistrictTask, Floats
from dutyroom.rehearsal.optimise.program import Limits, Progress, Step

TENURE: Final = 7
STEEPER: Final = 1.1


def search_districts(task: DistrictTask, limits: Limits, progress: Progress | None) -> Counts:
    """The best districts found from several starts; contiguous always."""
    starts = [_grown(task, by_load=False), _grown(task, by_load=True)]
    if task.today is not None and task.is_contiguous(np.array(task.today)):
        starts.append(np.array(task.today, np.int64))
    random = np.random.default_rng(limits.seed)
    best, best_s = starts[0], np.inf
    for start in starts:
        found = _tabu(task, start, limits, random)
        if task.cost_s(found) < best_s - 1e-9:
            best, best_s = found, task.cost_s(found)
        if progress is not None:
            progress(Step(0.0, best_s, None))
    return best


def _grown(task: DistrictTask, *, by_load: bool) -> Counts:
    """Districts grown from the homes: the nearest zone next, or the least loaded station next."""
    owner = np.full(len(task.work), -1, np.int64)
    owner[list(task.homes)] = np.arange(len(task.homes))
    while (owner < 0).any():
        loads = np.bincount(owner[owner >= 0], task.work[owner >= 0], len(task.homes))
        choices = [
            (
                float(loads[station] / task.target[station]) if by_load else 0.0,
                float(task.travel_s[station, zone]),
                int(station),
                zone,
            )
            for zone in np.flatnonzero(owner < 0).tolist()
            for station in {owner[other] for other in task.neighbours[zone] if owner[other] >= 0}
        ]
        _, _, station, zone = min(choices)
        owner[zone] = station
    return owner


def _tabu(task: DistrictTask, start: Counts, limits: Limits, random: np.random.Generator) -> Counts:
    """Takes the best allowed change, also for the worse; gives up after a while without gain.

    The price of imbalance falls while all are balanced and rises while some are not, so that the
    search goes along the edge of what is balanced, from both sides.
    """
    owner, best, best_s = start.copy(), start.copy(), task.cost_s(start)
    loads, patience = task.loads(owner), max(200, 4 * len(owner))
    forbidden_until = np.zeros((len(task.homes), len(owner)), np.int64)
    edges = _edges(task)
    price_s, last_gain = task.imbalance_s, 0
    for turn in range(limits.rounds * len(owner)):
        at_border = owner[edges[:, 0]] != owner[edges[:, 1]]
        zones, into = edges[at_border, 0], owner[edges[at_border, 1]]
        travel, imbalance = _changes(task, owner, loads, zones, into)
        change = travel + price_s * imbalance
        gains = task.cost_s(owner) + travel + task.imbalance_s * imbalance < best_s - 1e-9
        allowed = (forbidden_until[into, zones] <= turn) | gains
        move = _first_contiguous(task, owner, zones, np.where(allowed, change, np.inf))
        if move is None or turn - last_gain > patience:
            break
        zone, left = int(zones[move]), int(owner[zones[move]])
        forbidden_until[left, zone] = turn + TENURE + int(random.integers(TENURE))
        loads[left] -= task.work[zone]
        loads[into[move]] += task.work[zone]
        owner[zone] = into[move]
        balanced = bool((task.imbalance(loads) <= task.tolerance).all())
        price_s = price_s / STEEPER if balanced else min(price_s * STEEPER, task.imbalance_s)
        if gains[move]:
            best, best_s, last_gain = owner.copy(), task.cost_s(owner), turn
    return best


def _edges(task: DistrictTask) -> Counts:
    """[edges, 2]: (zone that may change hands, neighbour), both ways; homes never change."""
    homes = set(task.homes)
    pairs = [
        (zone, other)
        for zone, others in enumerate(task.neighbours)
        for other in others
        if zone not in homes
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def _changes(
    task: DistrictTask, owner: Counts, loads: Floats, zones: Counts, into: Counts
) -> tuple[Floats, Floats]:
    """What each change of hands adds to mean travel, in seconds, and to imbalance as a share."""
    left, work = owner[zones], task.work[zones]

    def beyond(load: Floats, station: Counts) -> Floats:
        off = np.abs(load / task.target[station] - 1.0) - task.tolerance
        return np.asarray(np.maximum(off, 0.0))

    imbalance = (
        beyond(loads[left] - work, left)
        + beyond(loads[into] + work, into)
        - beyond(loads[left], left)
        - beyond(loads[into], into)
    )
    travel = task.seconds[into, zones] - task.seconds[left, zones]
    return np.asarray(travel), np.asarray(imbalance)


def _first_contiguous(
    task: DistrictTask, owner: Counts, zones: Counts, change: Floats
) -> int | None:
    """The best change that leaves the zone's old district in one piece."""
    checked: dict[int, bool] = {}
    for at in np.argsort(change, kind="stable"):
        if not np.isfinite(change[at]):
            return None
        zone = int(zones[at])
        if zone not in checked:
            checked[zone] = _stays_whole(task, owner, zone)
        if checked[zone]:
            return int(at)
    return None


def _stays_whole(task: DistrictTask, owner: Counts, zone: int) -> bool:
    """Whether the zone's own neighbours still reach each other without it."""
    station = owner[zone]
    beside = {other for other in task.neighbours[zone] if owner[other] == station}
    if len(beside) < 2:
        return True
    first = min(beside)
    seen, stack, missing = {first, zone}, [first], beside - {first}
    while stack and missing:
        for other in task.neighbours[stack.pop()]:
            if other not in seen and owner[other] == station:
                seen.add(other)
                missing.discard(other)
                stack.append(other)
    return not missing
