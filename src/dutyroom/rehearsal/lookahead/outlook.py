"""From the picture of the moment: the chance that areas are left bare, and what a move changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.lookahead.demand import (
    LONGEST_S,
    asked_for,
    likely_moves,
    wanted_by_area,
)
from dutyroom.rehearsal.lookahead.differences import Instead, Outlook, compared
from dutyroom.rehearsal.lookahead.many import run_many
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.demand import draw_calls, merge, take
from dutyroom.rehearsal.scenario.model import HOUR_S, GivenCalls, Scenario
from dutyroom.rehearsal.simulation.city import as_seconds
from dutyroom.rehearsal.simulation.records import (
    CHANGE,
    OFF,
    ON_BREAK,
    Records,
)
from dutyroom.rehearsal.simulation.run import Inputs, Rehearsal

LOOKS: Final = (0.25, 0.5, 0.75, 1.0)
"""When cover is looked at, as shares of the horizon."""
PARTS: Final = 20
"""Differences are estimated from so many parts of the replications."""


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit at this moment. ``free_in_s``: 0 if it is free, None if it isn't on duty; busy units
    become free at ``point`` (an index). A free unit waits at, or is going to, its base."""

    point: int
    free_in_s: float | None = 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """Send a free unit to another base: what that changes. Below zero is better."""

    unit: str
    to_base: int
    change: Instead


@dataclass(frozen=True, eq=False, slots=True)
class _Drawn:
    """The calls of all replications, where each begins, and the area of each call."""

    inputs: Inputs
    first_call: NDArray[np.int64]
    first_place: NDArray[np.int64]
    area: NDArray[np.int32]


class LookAhead:
    """Prepared once for a scenario; ``look`` then takes a few hundredths of a second."""

    def __init__(
        self, scenario: Scenario, *, replications: int = 1000, horizon_s: float = HOUR_S
    ) -> None:
        self.builder = Builder(replace(scenario, hours=horizon_s / HOUR_S, given=None))
        self.replications, self.horizon_s = replications, horizon_s
        geography = scenario.geography
        self.areas = tuple(sorted(set(geography.zone)))
        number = {area: at for at, area in enumerate(self.areas)}
        self._area = np.array([number[zone] for zone in geography.zone], np.int32)
        travel = as_seconds(geography.travel, geography.unit_s)[np.array(self.builder.bases)]
        reach = travel <= scenario.cover_s
        shares = [reach[:, self._area == at].mean(axis=1) for at in range(len(self.areas))]
        self._covers = np.ascontiguousarray(np.array(shares).T >= 0.5)
        self._ways_s = np.minimum(travel, LONGEST_S)
        self._asked = asked_for(scenario)
        self._wanted = wanted_by_area(self._asked, self._area, len(self.areas))
        bits = np.left_shift(np.uint64(1), np.arange(len(self._wanted), dtype=np.uint64))
        self._sought = np.where(self._wanted > 0, bits[:, None], np.uint64(0)).sum(axis=0)

    def look(
        self,
        units: Sequence[UnitNow],
        *,
        hour: int = 0,
        seed: int = 1,
        waiting: GivenCalls | None = None,
    ) -> Outlook:
        """The outlook; ``units`` in the order of ``builder.units``, ``hour`` of the week. The
        same seed draws the same calls, so that two pictures can be compared."""
        drawn = self._draw(hour, seed, waiting)
        return self._run(units, drawn)

    def compare(
        self,
        pictures: Sequence[Sequence[UnitNow]],
        *,
        hour: int = 0,
        seed: int = 1,
        waiting: GivenCalls | None = None,
    ) -> tuple[Outlook, ...]:
        """Several pictures under the very same calls."""
        drawn = self._draw(hour, seed, waiting)
        return tuple(self._run(units, drawn) for units in pictures)

    def instead(
        self,
        plan: Sequence[UnitNow],
        others: Sequence[Sequence[UnitNow]],
        *,
        hour: int = 0,
        seed: int = 1,
        waiting: GivenCalls | None = None,
    ) -> tuple[Instead, ...]:
        """What each of the others would cost against the plan, under the very same calls."""
        drawn = self._draw(hour, seed, waiting)
        planned = self._parts(plan, drawn, PARTS)
        return tuple(
            compared(planned, self._parts(units, drawn, PARTS), len(others)) for units in others
        )

    def best_move(
        self,
        units: Sequence[UnitNow],
        *,
        hour: int = 0,
        seed: int = 1,
        candidates: int = 6,
        waiting: GivenCalls | None = None,
    ) -> Move | None:
        """The move of one free unit that lowers the mean response most; None if none surely does.

        Candidates are the likely moves to so many bases; each is rehearsed under the same calls as
        staying, from where the unit is.
        """
        drawn = self._draw(hour, seed, waiting)
        now = self._parts(units, drawn, PARTS)
        best: Move | None = None
        free = [number for number, unit in enumerate(units) if unit.free_in_s == 0.0]
        moves = likely_moves(self.builder, free, self._ways_s, self._asked, candidates)
        for unit, base in moves:
            change = compared(now, self._parts(units, drawn, PARTS, {unit: base}), len(moves))
            better = change.delay.sure and change.delay.mean < 0
            if better and (best is None or change.delay.mean < best.change.delay.mean):
                best = Move(self.builder.units[unit].id, base, change)
        return best

    def _draw(self, hour: int, seed: int, waiting: GivenCalls | None) -> "_Drawn":
        """All replications' calls, one after the other."""
        many = self.builder.scenario
        # One long stream cut into replications: its rate is that of the hour throughout.
        kinds = tuple(
            replace(
                kind,
                per_h=kind.per_h * _weight(kind.by_hour, hour) * self.replications,
                by_hour=(1.0,),
            )
            for kind in many.kinds
        )
        calls = draw_calls(replace(many, kinds=kinds, seed=seed), 0)
        rng = np.random.Generator(np.random.Philox(key=seed))
        number = rng.integers(0, self.replications, len(calls.at_s))
        if waiting is not None and len(waiting.at_s):
            now = replace(waiting, ids=(), at_s=np.zeros(len(waiting.at_s)))
            count = len(now.at_s)
            everywhere = take(now, np.tile(np.arange(count), self.replications))
            # ``merge`` keeps the order at one time, and these all begin before any other call.
            number = np.concatenate((np.repeat(np.arange(self.replications), count), number))
            calls = merge([everywhere, calls])
        order = np.lexsort((calls.at_s, number))
        calls, number = take(calls, order), number[order]
        first_call = np.searchsorted(number, np.arange(self.replications + 1)).astype(np.int64)
        first_place = calls.first[first_call]
        inputs = self.builder.inputs(calls)
        inputs.calls["first"] -= first_place[number]
        inputs.places["call"] -= first_call[number[inputs.places["call"]]].astype(np.int32)
        return _Drawn(inputs, first_call, first_place, self._area[calls.point])

    def _run(
        self,
        units: Sequence[UnitNow],
        drawn: "_Drawn",
        bases: dict[int, int] | None = None,
    ) -> Outlook:
        [whole] = self._parts(units, drawn, 1, bases)
        return whole

    def _parts(
        self,
        units: Sequence[UnitNow],
        drawn: "_Drawn",
        parts: int,
        bases: dict[int, int] | None = None,
    ) -> list[Outlook]:
        """The replications in so many equal parts, an outlook from each."""
        quiet = replace(drawn.inputs, changes=np.zeros(0, CHANGE))
        kept = Rehearsal(quiet, intervals=0)
        self._place(kept, units, bases or {})
        work = Rehearsal(quiet, intervals=0)
        work.tables["queued"]["before"] = -2
        looks_s = np.array(LOOKS) * self.horizon_s
        able = np.zeros(len(self.builder.bases), np.uint64)
        edges = np.linspace(0, self.replications, parts + 1).astype(np.int64)
        found = []
        for first, last in pairwise(edges.tolist()):
            bare = np.zeros((len(LOOKS), len(self.areas)))
            delay_s, calls = np.zeros(len(self.areas)), np.zeros(len(self.areas))
            run_many(
                work.room, kept.room, drawn.first_call[first : last + 1],
                drawn.first_place[first:last], looks_s, self._covers, self._wanted, self._sought,
                able, drawn.area, bare, delay_s, calls,
            )  # fmt: skip
            count = last - first
            with np.errstate(invalid="ignore", divide="ignore"):
                mean = np.where(calls > 0, delay_s / calls, np.nan)
            found.append(Outlook(self.areas, bare.mean(axis=0) / count, mean, calls / count, count))
        return found

    def _place(self, run: Rehearsal, units: Sequence[UnitNow], bases: dict[int, int]) -> None:
        """Put the units where the picture has them, and let what follows from it happen."""
        table = run.tables["units"]
        tree = run.tables
        for number, now in enumerate(units):
            home = bases.get(number, int(table["home"][number]))
            table["home"][number] = home
            table["base"][number] = home
            table["point"][number] = now.point
            table["on_shift"][number] = now.free_in_s is not None
            # Free units settle at once; busy ones when they are expected to be free.
            table["state"][number] = OFF if now.free_in_s is None else ON_BREAK
            due_s = np.inf if now.free_in_s is None else now.free_in_s
            _set_due(tree, number, due_s)
        run.room["next_call"] = 1 << 40  # nobody calls while the units take their places
        run.advance(0.0)
        run.room["next_call"] = 0


def _set_due(tables: dict[str, Records], unit: int, due_s: float) -> None:
    """As ``lists.set_due``, from outside the kernels."""
    tree_s, tree_unit = tables["tree_s"], tables["tree_unit"]
    at = unit + len(tree_s) // 2
    tree_s[at] = due_s
    while at > 1:
        at //= 2
        left, right = 2 * at, 2 * at + 1
        winner = left if tree_s[left] <= tree_s[right] else right
        tree_s[at], tree_unit[at] = tree_s[winner], tree_unit[winner]


def _weight(by_hour: tuple[float, ...], hour: int) -> float:
    weights = np.asarray(by_hour)
    return float(weights[hour % len(weights)] / weights.mean())
