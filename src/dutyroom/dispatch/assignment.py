"""Which units fill which places: one exact assignment for all requests of a priority."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.dispatch import kernels
from dutyroom.dispatch.picture import Picture

Filled = list[list[int]]
"""For each need of a request, the units (by index) that fill it; SERVED for one that has left."""

SERVED: Final = -1


def fill_places(pictures: Sequence[Picture], units: int) -> list[Filled]:
    """Fill the places of all pictures together. One unit fills one place.

    In this order: as many places as possible; with as many units as possible that are assigned
    already, or have served and left, in whatever role; at the least sum of arrival + widening;
    with the crews loaded least, then by id.
    """
    places = [(p, need) for p, picture in enumerate(pictures) for need in picture.places]
    filled: list[Filled] = [[[] for _ in picture.needs] for picture in pictures]
    if not places:
        return filled
    columns = _columns(pictures)
    cost, unfilled = _costs(pictures, places, columns, units)
    chosen = kernels.assign(cost).tolist()
    for row, (p, need) in enumerate(places):
        if chosen[row] < len(columns) and cost[row, chosen[row]] < unfilled:
            filled[p][need].append(int(columns[chosen[row]]))
        elif cost[row, chosen[row]] < 0:
            filled[p][need].append(SERVED)
    return filled


def _columns(pictures: Sequence[Picture]) -> NDArray[np.int64]:
    """The units that the best answer can be made from, ascending."""
    useful: set[int] = set()
    for picture in pictures:
        useful.update(picture.assigned)
        reached = picture.queue[: np.count_nonzero(picture.rank_ms >= 0)]
        suits = picture.suits[reached]
        for b, most in enumerate(picture.enough.tolist()):
            able = np.flatnonzero((suits >> np.uint64(b)) & np.uint64(1))
            useful.update(reached[able[:most]].tolist())
    return np.array(sorted(useful), np.int64)


def _costs(
    pictures: Sequence[Picture],
    places: list[tuple[int, int]],
    columns: NDArray[np.int64],
    units: int,
) -> tuple[NDArray[np.int64], int]:
    """Costs of places x (units, one empty seat per place, then those who have served and left),
    and the cost of an empty seat.

    The four aims become one integer, see ``kernels.weights``; who is there already, or has been,
    fills a place for less than nothing.
    """
    rows = len(places)
    latest_ms = max((int(p.rank_ms.max(initial=0)) for p in pictures), default=0)
    weight = kernels.weights(rows, latest_ms, units)
    empty = weight[2]
    left = [(p, mask) for p, picture in enumerate(pictures) for mask in picture.served]
    cost = np.full((rows, len(columns) + rows + len(left)), empty, np.int64)
    for row, (p, need) in enumerate(places):
        picture = pictures[p]
        rank_ms, turn = picture.rank_ms[columns], picture.turn[columns]
        able = picture.suited(need)[columns] & (rank_ms >= 0)
        kernels.seat_costs(rank_ms, turn, able, weight, cost[row, : len(columns)])
        for unit in picture.assigned:
            if (int(picture.has[unit]) >> need) & 1:
                cost[row, np.searchsorted(columns, unit)] = -empty
        for at, (other, mask) in enumerate(left):
            if other == p and (mask >> need) & 1:
                cost[row, len(columns) + rows + at] = -empty
    return cost, empty
