"""What one request sees of the fleet: who could come, how soon, and how sure that is."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch.fleet import Snapshot, Standing, bits_of
from dutyroom.dispatch.travel import MOST_MS, Travel, whole_ms
from dutyroom.dispatch.words import Request
from dutyroom.domain.values import Need

MOST_WIDENING_S: Final = 300.0
"""A stale position widens the estimate by its age beyond the threshold, but no further."""
LONGEST_ARRIVAL_S: Final = 4 * 3600.0
"""Whoever needs longer isn't sent by a recommendation: such a figure is a fault in the data far
more often than help. Our own assumption."""


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """Arrays of shape (n,) over the fleet, for one request.

    ``served`` has a mask for each unit that was here and has left. In it, in ``has`` and in
    ``suits`` bit ``b`` means the ``b``-th need; ``suits`` only of units that may be sent.
    ``rank_ms`` is arrival + widening in whole milliseconds, negative if unreachable; who needs
    longer than ``LONGEST_ARRIVAL_S`` is ``too_far`` and counts as unreachable.
    ``queue`` has all units, those that come first before the others: by ``rank_ms``, then by
    ``turn`` (see ``Snapshot``); unreachable ones last.
    """

    request: Request
    needs: tuple[Need, ...]
    assigned: tuple[int, ...]
    served: tuple[int, ...]
    has: NDArray[np.uint64]
    suits: NDArray[np.uint64]
    age_s: NDArray[np.float64]
    widened_s: NDArray[np.float64]
    enough: NDArray[np.int64]
    arrival_ms: NDArray[np.int64]
    too_far: NDArray[np.bool_]
    rank_ms: NDArray[np.int64]
    turn: NDArray[np.int64]
    queue: NDArray[np.int64]

    def suited(self, need: int) -> NDArray[np.bool_]:
        """Which units may fill this need."""
        return ((self.suits >> np.uint64(need)) & np.uint64(1)).astype(np.bool_)

    @property
    def places(self) -> list[int]:
        """One entry per unit needed: the need it belongs to."""
        return [b for b, need in enumerate(self.needs) for _ in range(need.count)]


def look(
    travel: Travel,
    fleet: Snapshot,
    request: Request,
    taken: NDArray[np.bool_],
    rivals: tuple[Need, ...],
) -> Picture:
    """Search for one request. ``taken`` units are gone; ``rivals`` are needs of other requests
    that are decided at the same time, and so may take the nearest units first."""
    needs = _merged(request.needs)
    has = bits_of(fleet, [need.capability for need in needs])
    assigned = sorted(fleet.index[unit] for unit in request.assigned if unit in fleet.index)
    excluded = [fleet.index[unit] for unit in request.excluded if unit in fleet.index]
    barred = taken | (fleet.standing != Standing.AVAILABLE)
    barred[assigned + excluded] = True
    suits = np.where(barred, np.uint64(0), has)
    age_s = np.maximum(request.now_s - fleet.position_s, 0.0)
    # Of a position in doubt nothing is known since it was reported.
    fresh_s = np.where(fleet.doubted, 0.0, request.stale_after_s)
    widened_s = np.clip(age_s - fresh_s, 0.0, MOST_WIDENING_S)
    enough = _enough(fleet, needs, suits, rivals)
    way_s = travel.seconds_to(request.target, fleet.origins, request.at_hour)
    too_far = np.isfinite(way_s) & (way_s > LONGEST_ARRIVAL_S)
    arrival_s = np.where(too_far, np.inf, way_s)
    rank_ms = whole_ms(arrival_s + widened_s)
    return Picture(
        request,
        needs,
        tuple(assigned),
        tuple(_mask(needs, capabilities) for capabilities in request.served),
        has,
        suits,
        age_s,
        widened_s,
        enough,
        whole_ms(arrival_s),
        too_far,
        rank_ms,
        fleet.turn,
        _queue(rank_ms, fleet.turn),
    )


def _mask(needs: tuple[Need, ...], capabilities: frozenset[str]) -> int:
    return sum(1 << b for b, need in enumerate(needs) if need.capability in capabilities)


def _queue(rank_ms: NDArray[np.int64], turn: NDArray[np.int64]) -> NDArray[np.int64]:
    soon_ms = np.where(rank_ms < 0, 2 * MOST_MS, rank_ms)
    return np.argsort(soon_ms * len(turn) + turn)


def _merged(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """One entry per capability, in the order they first appear."""
    counts: dict[str, int] = {}
    for need in needs:
        counts[need.capability] = counts.get(need.capability, 0) + need.count
    return tuple(Need(capability, count) for capability, count in counts.items() if count > 0)


def _enough(
    fleet: Snapshot,
    needs: tuple[Need, ...],
    suits: NDArray[np.uint64],
    rivals: tuple[Need, ...],
) -> NDArray[np.int64]:
    """How many nearest units per need are sure to hold the best choice.

    A place never needs more than the first k units with its capability, where k - 1 is the number
    of other places that could take such a unit: of its own need, and of every need for which some
    unit has both capabilities. With a later unit, one of the k would be free, and sooner.
    """
    every = (*needs, *rivals)
    bits = [fleet.bit(need.capability) for need in every]
    enough = np.zeros(len(needs), np.int64)
    for b in range(len(needs)):
        able = ((suits >> np.uint64(b)) & np.uint64(1)).astype(np.bool_)
        had = int(np.bitwise_or.reduce(fleet.mask[able]))
        drawn = sum(
            need.count
            for need, bit in zip(every, bits, strict=True)
            if bit is not None and (had >> bit) & 1
        )
        enough[b] = min(drawn, int(np.count_nonzero(able)))
    return enough
