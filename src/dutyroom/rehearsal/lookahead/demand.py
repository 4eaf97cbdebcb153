"""What is asked for where, and which moves bring it nearer."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Scenario

LONGEST_S: Final = 3600.0
"""Whoever is farther off than this isn't there at all."""


def asked_for(scenario: Scenario) -> NDArray[np.float64]:
    """[capability, point]: units that citizens' calls ask for, per hour."""
    points = len(scenario.geography.ids)
    found = np.zeros((len(scenario.capabilities), points))
    for kind in scenario.kinds:
        if not kind.officer_initiated:
            weight = np.asarray(kind.point_weight or np.ones(points), np.float64)
            for need in kind.needs:
                at = scenario.capabilities.index(need.capability)
                found[at] += kind.per_h * need.count * weight / weight.sum()
    return found


def wanted_by_area(
    asked: NDArray[np.float64], area: NDArray[np.int32], areas: int
) -> NDArray[np.float64]:
    """[capability, area]: the shares of what is asked for in each area; where nothing is, of what
    is asked for anywhere. ``asked`` is [capability, point], ``area`` that of each point."""
    by_area = np.array([asked[:, area == at].sum(axis=1) for at in range(areas)]).T
    everywhere = np.broadcast_to(asked.sum(axis=1, keepdims=True), by_area.shape)
    by_area = np.where(by_area.sum(axis=0) > 0, by_area, everywhere)
    return np.ascontiguousarray(by_area / np.maximum(by_area.sum(axis=0), 1e-300))


def likely_moves(
    builder: Builder,
    free: Sequence[int],
    ways_s: NDArray[np.float64],
    asked: NDArray[np.float64],
    most: int,
) -> list[tuple[int, int]]:
    """To each base the move of one of the ``free`` units that most shortens the ways of the nearest
    of them to what is asked for, if all stand at their bases; the bases that gain most first.

    A gain counts for less the longer the drive there is, as it begins only after it. Of units that
    can do the same at one base one is tried. ``ways_s`` is [base, point], ``asked`` [capability,
    point]. Moves are a unit and a base.
    """
    units = builder.units
    home = {number: builder.bases.index(units[number].base) for number in free}
    like: dict[tuple[int, frozenset[str]], int] = {}
    gain_s: dict[int, NDArray[np.float64]] = {}
    for number in free:
        one = like.setdefault((home[number], units[number].capabilities), number)
        gain_s.setdefault(one, np.zeros(len(builder.bases)))
    nobody_s = np.full((2, ways_s.shape[1]), LONGEST_S)
    for at, capability in enumerate(builder.scenario.capabilities):
        able = [number for number in free if capability in units[number].capabilities]
        theirs_s = np.concatenate((ways_s[[home[number] for number in able]], nobody_s))
        nearest = theirs_s.argmin(axis=0)
        now_s, second_s = np.partition(theirs_s, 1, axis=0)[:2]
        for row, number in enumerate(able):
            if number in gain_s:
                others_s = np.where(nearest == row, second_s, now_s)
                then_s = np.minimum(others_s, ways_s)
                gain_s[number] += (now_s - then_s) @ asked[at]
    if not gain_s:
        return []
    tried = list(gain_s)
    homes = [home[number] for number in tried]
    gains = np.array(list(gain_s.values())) * (1.0 - ways_s[homes][:, builder.bases] / LONGEST_S)
    gains[np.arange(len(tried)), homes] = 0.0
    best, gain = gains.argmax(axis=0), gains.max(axis=0)
    order = np.argsort(-gain, kind="stable")[:most].tolist()
    return [(tried[best[base]], base) for base in order if gain[base] > 0]
