"""Which moves are worth a rehearsal: held to what every single move would bring, one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.values import Need
from dutyroom.rehearsal.lookahead.demand import LONGEST_S, asked_for, likely_moves
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Duration
from tests.rehearsal.cases import kind, line, scenario, unit

UNITS = [
    unit("A", 2, "medic"), unit("B", 2, "medic"), unit("C", 5, "medic", "patrol"),
    unit("P", 2, "patrol"), unit("Q", 7, "patrol"), unit("R", 9, "patrol"),
]  # fmt: skip
KINDS = (
    kind(1.5, Duration(900.0), needs=(Need("medic", 1),)),
    kind(0.5, Duration(900.0), needs=(Need("patrol", 2),)),
)
BUILDER = Builder(scenario(UNITS, geography=line(), kinds=KINDS))
ASKED = asked_for(BUILDER.scenario)
WAYS_S = BUILDER.scenario.geography.travel[list(BUILDER.bases)]


def lost_s(free: dict[int, int]) -> float:
    """Over all that is asked for, the way of the nearest unit; ``free`` has the base of each."""
    total = 0.0
    for at, capability in enumerate(BUILDER.scenario.capabilities):
        able = [base for n, base in free.items() if capability in BUILDER.units[n].capabilities]
        nearest = WAYS_S[able].min(axis=0, initial=LONGEST_S)
        total += float(nearest @ ASKED[at])
    return total


@given(st.sets(st.integers(0, len(UNITS) - 1)), st.integers(1, 4))
def test_moves_are_those_that_gain_most_to_each_base(free: set[int], most: int) -> None:
    home = {n: BUILDER.bases.index(BUILDER.units[n].base) for n in sorted(free)}
    worth: dict[int, float] = {}
    for number, start in home.items():
        for base, point in enumerate(BUILDER.bases):
            gain = lost_s(home) - lost_s({**home, number: base})
            gain *= 1 - WAYS_S[start, point] / LONGEST_S
            worth[base] = max(worth.get(base, 0.0), gain)
    best = sorted((value for value in worth.values() if value > 1e-6), reverse=True)[:most]
    moves = likely_moves(BUILDER, sorted(free), WAYS_S, ASKED, most)
    found = []
    for number, base in moves:
        gain = lost_s(home) - lost_s({**home, number: base})
        found.append(gain * (1 - WAYS_S[home[number], BUILDER.bases[base]] / LONGEST_S))
    assert np.allclose([value for value in found if value > 1e-6], best)
    assert len({base for _, base in moves}) == len(moves)
