"""Today beside a proposal, on one objective: the gain, and who loses.

A proposal is only a proposal: it is to be rehearsed before anybody decides on it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Better(StrEnum):
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Change:
    """One zone, station or other part (by index), before and after, in the measure's unit."""

    index: int
    today: float
    proposed: float


@dataclass(frozen=True, slots=True)
class Effect:
    """``gain`` is above 0 where the proposal is better; None where nothing stands today.

    ``losers`` are the parts that get worse by ``measure``, the worst first; ``winners`` is a count.
    """

    objective: str
    better: Better
    today: float | None
    proposed: float
    measure: str
    losers: tuple[Change, ...]
    winners: int

    @property
    def gain(self) -> float | None:
        if self.today is None:
            return None
        difference = self.proposed - self.today
        return difference if self.better is Better.MORE else -difference


def effect_of(
    objective: str,
    better: Better,
    values: tuple[float | None, float],
    measure: str,
    parts: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    parts_better: Better,
) -> Effect:
    """``values`` and ``parts`` are (today, proposed); parts that change by rounding only stay."""
    today, proposed = values
    if parts is None:
        return Effect(objective, better, today, proposed, measure, (), 0)
    before, after = parts
    with np.errstate(invalid="ignore"):
        worse = after - before if parts_better is Better.LESS else before - after
    worse = np.where(np.isnan(worse), 0.0, worse)
    least = 1e-9 * np.maximum(1.0, np.where(np.isfinite(before), np.abs(before), 1.0))
    order = np.argsort(-worse, kind="stable")
    losers = tuple(
        Change(int(at), float(before[at]), float(after[at]))
        for at in order[worse[order] > least[order]]
    )
    winners = int((worse < -least).sum())
    return Effect(objective, better, today, proposed, measure, losers, winners)
