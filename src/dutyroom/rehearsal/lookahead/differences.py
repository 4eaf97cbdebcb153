"""What another choice changes, with how sure that is: paired parts of the same rehearsals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.results.figures import Estimate, estimate

LEAST_CALLS: Final = 0.05
"""An area with fewer calls in a rehearsal isn't named as the one whose response gets worse."""


@dataclass(frozen=True, eq=False, slots=True)
class Outlook:
    """By area: the chance that what a call asks for has no free unit near (mean over the looks of
    the horizon), the expected response in seconds (nan where no call was drawn), and calls per
    rehearsal."""

    areas: tuple[str, ...]
    bare: NDArray[np.float64]
    delay_s: NDArray[np.float64]
    calls: NDArray[np.float64]
    replications: int

    @property
    def mean_delay_s(self) -> float:
        """The expected response over all areas, weighted by their calls."""
        known = self.calls > 0
        if not known.any():
            return float("nan")
        return float(np.average(self.delay_s[known], weights=self.calls[known]))


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What another choice changes in one area: the response (s), the chance to be without cover."""

    area: str
    delay: Estimate
    bare: Estimate


@dataclass(frozen=True, slots=True)
class Instead:
    """What another choice changes in the next hour: the mean response (s), the areas without cover
    (their chances summed), each area, and those that lose most beyond doubt, if any does: by
    response, and by cover."""

    delay: Estimate
    bare: Estimate
    areas: tuple[AreaChange, ...]
    worst: AreaChange | None
    barest: AreaChange | None


def compared(plan: Sequence[Outlook], other: Sequence[Outlook], choices: int = 1) -> Instead:
    """Part by part under the same calls. ``choices``: among how many this is one; the intervals
    hold for all of them, and all their areas, together (Bonferroni)."""
    pairs = list(zip(plan, other, strict=True))
    by_delay = np.array([b.delay_s - a.delay_s for a, b in pairs])
    by_bare = np.array([b.bare - a.bare for a, b in pairs])
    calls = np.array([one.calls for one in plan]).mean(axis=0)
    names = plan[0].areas
    many = choices * len(names)
    areas = tuple(
        AreaChange(area, estimate(by_delay[:, at], many), estimate(by_bare[:, at], many))
        for at, area in enumerate(names)
    )
    late = [one for one, per in zip(areas, calls, strict=True) if per >= LEAST_CALLS]
    late = [one for one in late if one.delay.sure and one.delay.mean > 0]
    bare = [one for one in areas if one.bare.sure and one.bare.mean > 0]
    return Instead(
        estimate([b.mean_delay_s - a.mean_delay_s for a, b in pairs], choices),
        estimate(by_bare.sum(axis=1), choices),
        areas,
        max(late, key=lambda one: one.delay.mean, default=None),
        max(bare, key=lambda one: one.bare.mean, default=None),
    )
