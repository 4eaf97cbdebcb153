"""The busy town in SimPy, with every feature of the rehearsal: a process for whatever a unit does.

Written as SimPy's documentation teaches: each leg of a unit's work is a timeout, pre-emption an
interrupt. Positions on the way are looked up for all units on the road at once, in a k-d tree.
"""

import time
from collections.abc import Generator
from itertools import pairwise
from typing import Any, Final

import numpy as np
import simpy
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.busy_town import BREAK_S, BusyTown
from dutyroom.rehearsal.simulation.records import (
    END_SHIFT,
    LEVELS,
    NO_FACILITY,
    START_SHIFT,
)

OFF, AT_BASE, HOMEWARD, HERE, BUSY, ON_BREAK = range(6)
FREE: Final = (AT_BASE, HOMEWARD, HERE)


class Unit:
    """Where a unit is and what it does. On its way it left ``point`` at ``left_s``."""

    def __init__(self, number: int, can: int, home: int) -> None:
        self.number, self.can, self.home = number, can, home
        self.state, self.base, self.point = OFF, home, home
        self.goal = home
        self.left_s = self.arrive_s = 0.0
        self.place = -1
        self.on_shift = self.break_due = False
        self.process: simpy.Process | None = None


class Room:
    """The dispatcher's desk, and what the town is like."""

    def __init__(self, env: simpy.Environment, busy: BusyTown) -> None:
        self.env, inputs = env, busy.inputs
        self.rules, self.town = inputs.rules, busy.town
        self.calls, self.places = inputs.calls.tolist(), inputs.places.tolist()
        self.changes = inputs.changes.tolist()
        self.travel = np.asarray(inputs.city.travel).reshape(len(busy.town.x_m), -1).tolist()
        self.base_point = busy.town.base.tolist()
        self.facility_point = inputs.city.facility_point.tolist()
        self.nearest_facility = inputs.city.nearest_facility.tolist()
        self.factor = busy.town.factor.tolist()
        self.level_factor = inputs.rules.level_factor.tolist()
        self.x, self.y = busy.town.x_m.tolist(), busy.town.y_m.tolist()
        self.tree = cKDTree(np.column_stack((busy.town.x_m, busy.town.y_m)))
        self.units = [
            Unit(number, int(can), int(home))
            for number, (can, home) in enumerate(
                zip(inputs.fleet.can, inputs.fleet.home, strict=True)
            )
        ]
        first, table = inputs.rules.table_first.tolist(), inputs.rules.table.tolist()
        self.rows = [table[a:b] for a, b in pairwise(first)]
        self.heading = [0] * len(self.base_point)
        self.queues: list[list[int]] = [[] for _ in range(LEVELS)]
        self.open = [0] * len(self.calls)
        self.on_place = np.full(len(self.places), -1, np.int32)
        self.arrived_s = np.full(len(self.places), np.nan)
        self.preempted = self.moved = 0

    # What happens.

    def come(self) -> Generator[simpy.Event]:
        """Calls come in."""
        for call, (at_s, *_) in enumerate(self.calls):
            yield self.env.timeout(at_s - self.env.now)
            self.begin(call)
            self.comply()

    def clock_on_and_off(self) -> Generator[simpy.Event]:
        """Shifts begin and end, breaks are due."""
        for at_s, _, number, kind in self.changes:
            if at_s > self.env.now:
                yield self.env.timeout(at_s - self.env.now)
            self.change(self.units[number], kind)
            self.comply()

    def work(self, unit: Unit, place: int, turnout_s: float, trip_s: float) -> Generator[Any]:
        """A unit's work for a call, leg by leg; cut short if it is taken away."""
        _, _, on_scene_s, handover_s, _, facility, call = self.places[place]
        point = self.calls[call][3]
        try:
            yield self.env.timeout(turnout_s)
            yield self.env.timeout(trip_s)
            self.arrived_s[place] = self.env.now
            yield self.env.timeout(on_scene_s)
            if facility != NO_FACILITY:
                there = self.facility_point[self.nearest_facility[point]]
                way_s = self.hour_factor() * self.rules.transport_factor * self.travel[point][there]
                point = there
                yield self.env.timeout(way_s)
                yield self.env.timeout(handover_s)
        except simpy.Interrupt:
            return
        unit.point, unit.place = point, -1
        self.settle(unit)
        self.comply()

    def rest(self, unit: Unit) -> Generator[Any]:
        """A break."""
        try:
            yield self.env.timeout(BREAK_S)
        except simpy.Interrupt:
            return
        self.settle(unit)
        self.comply()

    def begin(self, call: int) -> None:
        """Send what is free, take what may be taken, else let it wait."""
        _, first, count, _, _, level, background = self.calls[call]
        self.open[call] = count
        self.fill(call)
        for place in range(first, first + count):
            if self.on_place[place] < 0:
                self.preempt(call, place)
        if self.open[call] and not background:
            self.queues[level].append(call)

    def change(self, unit: Unit, kind: int) -> None:
        """A shift begins or ends, or a break is due."""
        if kind == START_SHIFT:
            unit.on_shift = True
            if unit.state == OFF:
                unit.point = self.base_point[unit.home]
                self.settle(unit)
            return
        if kind == END_SHIFT:
            unit.on_shift = unit.break_due = False
        elif unit.on_shift:
            unit.break_due = True
        else:
            return
        if unit.state == ON_BREAK and kind == END_SHIFT:
            assert unit.process is not None
            unit.process.interrupt()
            self.settle(unit)
        elif unit.state in FREE:
            unit.point = self.where(unit)
            self.leave(unit)
            self.settle(unit)

    def settle(self, unit: Unit) -> None:
        """A unit stands at its point and has nothing to do."""
        if not unit.on_shift:
            unit.state = OFF
        elif unit.break_due:
            unit.break_due, unit.state = False, ON_BREAK
            unit.process = self.env.process(self.rest(unit))
        elif not self.serve_waiting(unit):
            self.head_for(unit, unit.home)

    def serve_waiting(self, unit: Unit) -> bool:
        """The most urgent call that waits for such a unit, the first to come of those."""
        for queue in self.queues:
            for at, call in enumerate(queue):
                _, first, count, *_ = self.calls[call]
                for place in range(first, first + count):
                    if self.on_place[place] < 0 and self.places[place][0] & unit.can:
                        unit.state, unit.base = HERE, unit.home
                        self.send(unit, place)
                        if not self.open[call]:
                            del queue[at]
                        return True
        return False

    def head_for(self, unit: Unit, base: int) -> None:
        """To a base or post; it is free on the way."""
        self.heading[base] += 1
        unit.base, unit.goal = base, self.base_point[base]
        unit.state, unit.left_s = HOMEWARD, self.env.now
        way_s = self.travel[unit.point][unit.goal]
        unit.arrive_s = self.env.now + self.hour_factor() * self.rules.home_factor * way_s

    def leave(self, unit: Unit) -> None:
        """It is free no longer."""
        if unit.state != HERE:
            self.heading[unit.base] -= 1

    # Who goes.

    def fill(self, call: int) -> None:
        """Units of a plan do different things: each place gets the first to arrive."""
        _, first, count, point, priority, *_ = self.calls[call]
        factor = self.hour_factor() * self.level_factor[priority]
        for place in range(first, first + count):
            if self.on_place[place] < 0:
                unit = self.first_to_arrive(self.free(self.places[place][0]), point, factor)
                if unit is not None:
                    self.send(unit, place)

    def free(self, need: int) -> list[Unit]:
        return [unit for unit in self.units if unit.can & need and unit.state in FREE]

    def first_to_arrive(self, units: list[Unit], point: int, factor: float) -> Unit | None:
        """By whole milliseconds, then by number."""
        best, best_ms = None, np.inf
        for unit, at in zip(units, self.all_where(units), strict=True):
            ms = round(factor * self.travel[at][point] * 1000.0)
            if ms < best_ms:
                best, best_ms = unit, ms
        return best

    def send(self, unit: Unit, place: int) -> None:
        """Put a free unit on a place."""
        _, turnout_s, _, _, stretch, _, call = self.places[place]
        point, priority = self.calls[call][3:5]
        start = self.where(unit)
        if unit.state != AT_BASE and not self.is_home(unit):
            turnout_s *= self.rules.turnout_on_road
        self.leave(unit)
        trip_s = self.hour_factor() * self.level_factor[priority] * self.travel[start][point]
        unit.state, unit.place, unit.point, unit.goal = BUSY, place, start, point
        unit.left_s = self.env.now + turnout_s
        unit.arrive_s = unit.left_s + trip_s * stretch
        self.on_place[place] = unit.number
        self.open[call] -= 1
        unit.process = self.env.process(self.work(unit, place, turnout_s, trip_s * stretch))

    def preempt(self, call: int, place: int) -> None:
        """Take a unit from officers' own work, or on its way to a less urgent call."""
        _, _, _, point, priority, _, background = self.calls[call]
        urgent, need = priority <= self.rules.preempt_by, self.places[place][0]
        units = []
        for unit in self.units:
            if unit.state != BUSY or not unit.can & need:
                continue
            other = self.places[unit.place][6]
            _, _, _, _, other_priority, _, own_work = self.calls[other]
            on_the_way = self.env.now < unit.arrive_s
            less = urgent and on_the_way and other_priority >= self.rules.preempt_of
            if other != call and (less or (own_work and not background)):
                units.append(unit)
        factor = self.hour_factor() * self.level_factor[priority]
        taken = self.first_to_arrive(units, point, factor) if units else None
        if taken is None:
            return
        left = self.places[taken.place][6]
        assert taken.process is not None
        taken.process.interrupt()
        self.on_place[taken.place] = -1
        self.arrived_s[taken.place] = np.nan
        self.open[left] += 1
        taken.point = self.where(taken)
        taken.state, taken.base, taken.place = HERE, taken.home, -1
        self.send(taken, place)
        self.preempted += 1
        if not self.calls[left][6]:
            self.fill(left)
            queue = self.queues[self.calls[left][5]]
            if self.open[left] and left not in queue:
                queue.append(left)
                queue.sort()

    def comply(self) -> None:
        """Move free units so that the posts are taken."""
        free = sum(unit.state in FREE for unit in self.units)
        row = self.rows[min(free, len(self.rows) - 1)]
        for post in row:
            if self.heading[post] > 0:
                continue
            there = self.base_point[post]
            spare = [
                unit
                for unit in self.units
                if unit.state in (AT_BASE, HOMEWARD)
                and self.heading[unit.base] > (1 if unit.base in row else 0)
            ]
            best, best_s = None, self.rules.move_limit_s
            for unit, at in zip(spare, self.all_where(spare), strict=True):
                if self.travel[at][there] < best_s:
                    best, best_s = unit, self.travel[at][there]
            if best is not None:
                self.moved += 1
                best.point = self.where(best)
                self.leave(best)
                self.head_for(best, post)

    # Where everybody is.

    def hour_factor(self) -> float:
        """How much longer ways take now."""
        return float(self.factor[int(self.env.now / 3600.0) % len(self.factor)])

    def is_home(self, unit: Unit) -> bool:
        return unit.state == HOMEWARD and self.env.now >= unit.arrive_s

    def where(self, unit: Unit) -> int:
        """The point where a unit is."""
        return self.all_where([unit])[0]

    def all_where(self, units: list[Unit]) -> list[int]:
        """Of several units; those on their way are at the point nearest to the straight line."""
        now_s = self.env.now
        found, moving, places = [], [], []
        for unit in units:
            if unit.state in (AT_BASE, HERE) or unit.point == unit.goal or now_s <= unit.left_s:
                found.append(unit.point)
            elif now_s >= unit.arrive_s:
                found.append(unit.goal)
            else:
                share = (now_s - unit.left_s) / (unit.arrive_s - unit.left_s)
                a, b = unit.point, unit.goal
                x = self.x[a] + share * (self.x[b] - self.x[a])
                y = self.y[a] + share * (self.y[b] - self.y[a])
                moving.append(len(found))
                places.append((x, y))
                found.append(-1)
        if places:
            for at, point in zip(moving, self.tree.query(places)[1].tolist(), strict=True):
                found[at] = point
        return found


def run_busy_simpy(busy: BusyTown) -> tuple[float, NDArray[np.int32], NDArray[np.float64]]:
    """Seconds that it took, the unit on each place, and when it arrived."""
    env = simpy.Environment()
    room = Room(env, busy)
    env.process(room.clock_on_and_off())
    env.process(room.come())
    start = time.perf_counter()
    env.run()
    return time.perf_counter() - start, room.on_place, room.arrived_s
