"""What the units of a run did, in sums: a year's intervals needn't be held."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S
from dutyroom.rehearsal.simulation.coverage import FREE_SPELL, free_spells, none_free
from dutyroom.rehearsal.simulation.records import (
    I_AT_FACILITY,
    I_BREAK,
    I_OFF,
    I_ON_SCENE,
    I_TO_FACILITY,
    I_TO_SCENE,
    I_TURNOUT,
    Records,
)

AT_WORK: Final = (I_TURNOUT, I_TO_SCENE, I_ON_SCENE, I_TO_FACILITY, I_AT_FACILITY)


class UnitSums:
    """What a run's units did, added up as it goes on: the intervals themselves aren't kept."""

    def __init__(self, builder: Builder) -> None:
        scenario = builder.scenario
        self._builder = builder
        self._span_s = scenario.warm_up_h * HOUR_S, scenario.hours * HOUR_S
        self._work_s, self._duty_s = np.zeros((2, len(builder.units)))  # by unit
        self._free: list[Records] = []

    def take(self, intervals: Records) -> None:
        """Some more unit intervals, in whatever order."""
        start_s, end_s = self._span_s
        inside = np.clip(intervals["end_s"], start_s, end_s)
        inside -= np.clip(intervals["start_s"], start_s, end_s)
        units = len(self._builder.units)
        work = np.isin(intervals["kind"], AT_WORK)
        duty = ~np.isin(intervals["kind"], (I_OFF, I_BREAK))
        self._work_s += np.bincount(intervals["unit"][work], inside[work], units)
        self._duty_s += np.bincount(intervals["unit"][duty], inside[duty], units)
        self._free.append(free_spells(intervals))

    def busy_share(self) -> dict[str, float]:
        """Of the time on duty, the share at work, by unit."""
        shares = self._work_s / np.maximum(self._duty_s, 1e-9)
        units = self._builder.units
        return {unit.id: float(share) for unit, share in zip(units, shares, strict=True)}

    def busy_share_of(self, names: Sequence[str]) -> dict[str, float]:
        """The same of all units with the same name in ``names`` (their stations, say)."""
        mine = np.array(names)
        return {
            name: float(self._work_s[mine == name].sum())
            / max(float(self._duty_s[mine == name].sum()), 1e-9)
            for name in sorted(set(names))
        }

    def uncovered(
        self, weight: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of the time, the share without a free unit near; see ``Reach.uncovered``."""
        return self._builder.reach.uncovered(self._spells(), *self._span_s, weight)

    def none_free(self, names: Sequence[str]) -> dict[str, float]:
        """Of the time, the share in which no unit with the same name in ``names`` was free."""
        teams = sorted(set(names))
        team = np.array([teams.index(name) for name in names], np.int64)
        shares = none_free(self._spells(), team, *self._span_s)
        return dict(zip(teams, shares.tolist(), strict=True))

    def _spells(self) -> Records:
        return np.concatenate(self._free) if self._free else np.zeros(0, FREE_SPELL)
