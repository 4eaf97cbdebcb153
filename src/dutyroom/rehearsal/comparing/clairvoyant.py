"""How many calls would be late at the least, if every call were known beforehand.

A bound, not a plan (Jagtenberg, van den Berg and van der Mei 2017, "Benchmarking online dispatch
algorithms for emergency medical services", Eur. J. Oper. Res. 258, compare with an offline
optimum). It must hold for whatever the rules do, so it is generous. Two reasons why calls have to
be late are looked at:

- *Too much at once.* A call that is served in time keeps a unit from the latest moment to set out
  until the earliest moment to be done. Of these spans no more may overlap than there are units;
  the most that can be kept is found exactly (Faigle and Nawijn 1995, "Note on scheduling intervals
  on-line", Discrete Appl. Math. 58). Units are always on duty, and as near as they may ever be.
- *Too far.* A call too far from every base can only be served in time by a unit that comes from
  another call. Such a unit is near only for a while, or that other call was late itself.
"""

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.comparing.replicate import Rehearsed
from dutyroom.rehearsal.results.figures import estimate
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls
from dutyroom.rehearsal.simulation.city import City, as_seconds
from dutyroom.rehearsal.simulation.records import (
    DMEXCLP,
    GO_HOME,
    JUMP,
    NEAREST_FACILITY,
    NO_FACILITY,
    ROAD,
    START_BREAK,
    START_SHIFT,
    STAY,
)
from dutyroom.rehearsal.simulation.run import Inputs

ROUNDING_S: Final = 1e-3
"""By so much sums may differ that are made in another order."""

MOST_FAR: Final = 10_000
"""So many calls too far from a base are looked at, the others are taken to be in time."""

MOST_POINTS: Final = 2_000
"""With more, nobody looks which points lie on the ways home: all calls may be near somebody."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def bound(done: Rehearsed, progress: Callable[[int, int], None] = lambda *_: None) -> float:
    """The least share late, the mean of all replications; nan where it means nothing."""
    if done.overloaded:
        return float("nan")
    builder = Builder(done.scenario)
    shares = []
    for replication in range(len(done.runs)):
        calls = builder.calls(replication)
        shares.append(least_late(builder, calls, builder.inputs(calls)))
        progress(replication + 1, len(done.runs))
    return estimate(shares).mean


def least_late(builder: Builder, calls: GivenCalls, inputs: Inputs) -> float:
    """The least share late of the calls that figures count; nan if none of them has a target."""
    scenario = builder.scenario
    target_s = np.full(len(calls.at_s), np.nan)
    for level, seconds in scenario.targets_s.items():
        target_s[calls.priority == level] = seconds
    counted = (calls.at_s >= scenario.warm_up_h * HOUR_S) & ~calls.officer_initiated
    counted &= ~np.isnan(target_s)
    if not counted.any():
        return float("nan")
    work = _work(calls, inputs, target_s)
    leg_s = work.leg_s(_least_way(work, inputs))
    in_time, known = work.in_time(leg_s), _is_known(inputs)
    base_way_s = work.travel[inputs.city.base_point].min(axis=0)
    base_leg_s = work.leg_s(base_way_s, None if _come_and_go(inputs) else calls.turnout_s)
    late = 0
    for units, mine in _teams(calls, inputs):
        here = counted & mine
        anyhow = here & in_time
        most = _most_kept(work, anyhow, leg_s, units)
        if known:
            from_base = anyhow & work.in_time(base_leg_s)
            near = _near_somebody(work, inputs, from_base, anyhow, mine, leg_s)
            # Of the others each needs a place of its own that is late or needn't be in time.
            others = int(here.sum()) - _most_kept(work, from_base | near, leg_s, units)
            spare = _places_of_no_promise(calls, here, mine)
            most = min(most, int(here.sum()) - max(0, (others - spare + 1) // 2))
        late += int(here.sum()) - most
    return late / int(counted.sum())


@dataclass(frozen=True, eq=False, slots=True)
class _Work:
    """What calls ask for at the least, with what ways there are multiplied by. ``road_s`` is the
    turnout that is never spared, ``least_s`` and ``most_s`` the work from the arrival on, ``end``
    where it leaves a unit: by place."""

    calls: GivenCalls
    travel: Floats
    deadline_s: Floats
    call: NDArray[np.int64]
    factor: Floats
    road_s: Floats
    least_s: Floats
    most_s: Floats
    end: NDArray[np.int32]

    def leg_s(self, way_s: Floats, turnout_s: Floats | None = None) -> Floats:
        """By place, from being sent until the arrival; ``way_s`` is by point."""
        way = way_s[self.calls.point[self.call]]
        return (self.road_s if turnout_s is None else turnout_s) + self.factor * way

    def by_call(self, seconds: Floats) -> Floats:
        """The least over the places of each call."""
        return np.minimum.reduceat(seconds, self.calls.first[:-1])

    def in_time(self, leg_s: Floats) -> Bools:
        """Is a call in time whose first unit is sent at once?"""
        in_time: Bools = self.calls.at_s + self.by_call(leg_s) <= self.deadline_s
        return in_time


def _work(calls: GivenCalls, inputs: Inputs, target_s: Floats) -> _Work:
    city, rules = inputs.city, inputs.rules
    travel = as_seconds(city.travel, city.unit_s)
    call = np.repeat(np.arange(len(calls.at_s)), np.diff(calls.first))
    point = calls.point[call]
    quick, slow = float(city.hour_factor.min()), float(city.hour_factor.max())
    facility = calls.facility.copy()
    nearest = facility == NEAREST_FACILITY
    facility[nearest] = city.nearest_facility[point[nearest]]
    brought = facility != NO_FACILITY
    end = point.astype(np.int32)
    end[brought] = city.facility_point[facility[brought]]
    way_s = np.where(brought, rules.transport_factor * travel[point, end], 0.0)
    handover_s = np.where(brought, calls.handover_s, 0.0)
    return _Work(
        calls=calls,
        travel=travel,
        deadline_s=calls.at_s + target_s + ROUNDING_S,
        call=call,
        factor=quick * rules.level_factor[calls.priority][call] * calls.stretch,
        road_s=calls.turnout_s * min(rules.turnout_on_road, 1.0),
        least_s=calls.on_scene_s + quick * way_s + handover_s,
        most_s=calls.on_scene_s + slow * way_s + handover_s,
        end=end,
    )


def _teams(calls: GivenCalls, inputs: Inputs) -> Iterator[tuple[int, Bools]]:
    """How many units there are for which calls: capabilities that one unit has or one call needs
    belong together, and those that nothing connects don't help each other out."""
    masks = [int(can) for can in np.unique(inputs.fleet.can)]
    needs = np.bitwise_or.reduceat(inputs.places["need"], calls.first[:-1])
    masks += [int(need) for need in np.unique(needs)]
    teams: list[int] = []
    for mask in masks:
        apart = [team for team in teams if not team & mask]
        for team in teams:
            mask |= team if team & mask else 0
        teams = [*apart, mask]
    for team in teams:
        mine = (needs & np.uint64(team)) != 0
        yield int(((inputs.fleet.can & np.uint64(team)) != 0).sum()), mine


def _least_way(work: _Work, inputs: Inputs) -> Floats:
    """By point, the shortest way to it from wherever a unit may ever be sent."""
    rules = inputs.rules
    taken = rules.preempt_by > 0 or rules.reassign_gain_s < np.inf
    taken |= bool(work.calls.officer_initiated.any()) or _rest(inputs)
    if taken or (rules.way != JUMP and rules.after != STAY):
        spots = np.arange(inputs.city.points)  # on the way it may be anywhere
    else:
        spots = np.unique(np.concatenate((inputs.city.base_point, work.calls.point, work.end)))
    least: Floats = work.travel[spots].min(axis=0)
    return least


def _most_kept(work: _Work, wanted: Bools, leg_s: Floats, units: int) -> int:
    """How many of the wanted calls may be in time, by the spans in which they keep a unit."""
    from_s = (work.deadline_s - work.by_call(leg_s))[wanted]
    until_s = (work.calls.at_s + work.by_call(leg_s + work.least_s) - ROUNDING_S)[wanted]
    spans = until_s > from_s
    order = np.argsort(from_s[spans], kind="stable")
    kept = int(wanted.sum())
    busy: list[float] = []  # until when, in order
    for start_s, end_s in zip(
        from_s[spans][order].tolist(), until_s[spans][order].tolist(), strict=True
    ):
        while busy and busy[0] <= start_s:
            busy.pop(0)
        insort(busy, end_s)
        if len(busy) > units:
            busy.pop()  # whoever is busy longest stands most in the way of others
            kept -= 1
    return kept


def _rest(inputs: Inputs) -> bool:
    """Are there breaks? They are taken on the way, too."""
    return bool((inputs.changes["kind"] == START_BREAK).any())


def _come_and_go(inputs: Inputs) -> bool:
    """Do shifts begin while calls may wait? They are served from the base without turnout."""
    changes = inputs.changes
    return bool(((changes["kind"] == START_SHIFT) & (changes["at_s"] > 0)).any())


def _is_known(inputs: Inputs) -> bool:
    """Is it known where units are: at a base, at work, or on the way from there to a base?"""
    rules = inputs.rules
    nobody_is_taken = rules.preempt_by == 0 and np.isinf(rules.reassign_gain_s)
    goes_home = rules.after in (GO_HOME, DMEXCLP) and not _rest(inputs)
    return nobody_is_taken and goes_home and inputs.city.points <= MOST_POINTS


def _places_of_no_promise(calls: GivenCalls, here: Bools, mine: Bools) -> int:
    """Places that a unit may be on at any time though no counted call is late for it: of calls
    that don't count, and for all units of a call but the first. Officers' own work doesn't wait."""
    count = np.diff(calls.first)
    return int(count[mine & ~here & ~calls.officer_initiated].sum() + (count[here] - 1).sum())


def _near_somebody(
    work: _Work, inputs: Inputs, from_base: Bools, anyhow: Bools, mine: Bools, leg_s: Floats
) -> Bools:
    """Which of the calls too far from a base may get a unit that comes from a call in time."""
    near = np.zeros(len(anyhow), np.bool_)
    far = np.flatnonzero(anyhow & ~from_base)
    near[far[MOST_FAR:]] = True
    if not len(far):
        return near
    calls, city, rules = work.calls, inputs.city, inputs.rules
    way_s = _leaving(city, rules.way)
    slow = float(city.hour_factor.max())
    home_s = slow * rules.home_factor * work.travel[:, city.base_point].max(axis=1)
    # When a unit may leave a place in time, where, and when it is at a base at the latest.
    by = np.flatnonzero(anyhow[work.call])
    at_s = calls.at_s[work.call]
    free_s = (at_s + leg_s + work.least_s)[by] - ROUNDING_S
    home_at_s = (work.deadline_s[work.call] + work.most_s + home_s[work.end])[by]
    # From officers' own work units are taken wherever they are: the last row of the ways.
    own = np.flatnonzero((calls.officer_initiated & mine)[work.call])
    longest_s = work.travel.max(axis=0)[calls.point[work.call]]
    factor = slow * rules.level_factor[calls.priority][work.call] * calls.stretch
    own_s = at_s + calls.turnout_s + factor * longest_s + work.most_s + home_s[work.end]
    free_s = np.concatenate((free_s, at_s[own]))
    order = np.argsort(free_s, kind="stable")
    free_s = free_s[order]
    home_at_s = np.concatenate((home_at_s, own_s[own] + ROUNDING_S))[order]
    spot = np.concatenate((work.end[by], np.full(len(own), -1)))[order]
    source = np.concatenate((work.call[by], work.call[own]))[order]
    latest_s = np.maximum.accumulate(home_at_s)
    for j in far[:MOST_FAR].tolist():
        now_s, deadline_s = calls.at_s[j], work.deadline_s[j]
        rows = slice(np.searchsorted(latest_s, now_s), np.searchsorted(free_s, deadline_s, "right"))
        there = (home_at_s[rows] >= now_s) & (source[rows] != j)
        sent_s = np.maximum(free_s[rows][there], now_s)
        ahead_s = way_s[spot[rows][there], calls.point[j]]
        near[j] = any(
            (sent_s + work.road_s[place] + work.factor[place] * ahead_s <= deadline_s).any()
            for place in range(calls.first[j], calls.first[j + 1])
        )
    return near


@lru_cache(maxsize=1)
def _leaving(city: City, way: int) -> Floats:
    """[from, to]: the shortest way to a point from any that a unit may be at, on its way to any
    base from where it got free; in the last row from anywhere."""
    travel = as_seconds(city.travel, city.unit_s)
    found = np.empty((city.points + 1, city.points))
    found[-1] = travel.min(axis=0)
    for point in range(city.points):
        found[point] = travel[_on_the_way_home(city, way, point)].min(axis=0)
    return found


def _on_the_way_home(city: City, way: int, point: int) -> Bools:
    """Points that a unit may be at, by how positions on the way are known."""
    on_it = np.zeros(city.points, np.bool_)
    on_it[point] = True
    if way == ROAD:
        at, bases = np.full(len(city.base_point), point), city.base_point.astype(np.int64)
        for _ in range(city.points):
            at = np.where(at == bases, at, city.next_point[bases, at])
            on_it[at] = True
            if (at == bases).all():
                break
    elif way != JUMP:  # the points that may be nearest to a spot on the line
        here = city.x_m[point] + 1j * city.y_m[point]
        ahead = (city.x_m + 1j * city.y_m)[city.base_point] - here
        apart = (city.x_m + 1j * city.y_m - here)[:, None]
        square = np.maximum(np.abs(ahead) ** 2, 1e-12)
        share = np.clip((apart * ahead.conj()).real / square, 0.0, 1.0)
        on_it |= (np.abs(apart - share * ahead) <= city.bound[1] + 1.0).any(axis=1)
    return on_it
