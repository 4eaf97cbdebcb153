"""Compliance tables and the DMEXCLP rule: against every table, and the formula written out."""

from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.moves import compliance_table, cover_of, dmexclp, needed_posts
from dutyroom.rehearsal.optimise.program import Status
from dutyroom.rehearsal.optimise.region import Region
from dutyroom.rehearsal.simulation.records import DMEXCLP
from dutyroom.rehearsal.simulation.rules import Rules
from tests.harness.examples import examples
from tests.rehearsal.cases import MINUTE, play, unit
from tests.rehearsal.optimise.test_posts import town

SHARE_FREE = np.array([0.1, 0.3, 0.4, 0.2])


def small(seed: int) -> Region:
    random = np.random.default_rng(seed)
    return Region(random.integers(0, 20, (5, 7)) * 30.0, random.integers(1, 6, 7) * 1.0)


@pytest.mark.property
@settings(max_examples=examples(25))
@given(st.integers(0, 10**6))
def test_no_other_nested_table_covers_more(seed: int) -> None:
    region = small(seed)
    best = max(
        cover_of(region, 240, SHARE_FREE, tuple(order[:many] for many in range(4)))
        for order in permutations(range(5), 3)
    )
    found = compliance_table(region, 240, SHARE_FREE)
    assert found.effect.proposed == pytest.approx(best)
    assert found.effort.status is Status.OPTIMAL
    assert all(
        set(few) < set(more) for few, more in zip(found.table, found.table[1:], strict=False)
    )


@pytest.mark.property
@settings(max_examples=examples(25))
@given(st.integers(0, 10**6), st.sampled_from([1, None]))
def test_no_other_table_with_so_many_changes_covers_more(seed: int, changes: int | None) -> None:
    region = small(seed)
    rows = product(*(combinations(range(5), many) for many in range(1, 4)))
    best = max(
        cover_of(region, 240, SHARE_FREE, ((), *table))
        for table in rows
        if changes is None
        or all(len(set(few) - set(more)) <= changes for few, more in pairwise(table))
    )
    found = compliance_table(region, 240, SHARE_FREE, max_changes=changes)
    assert found.effect.proposed == pytest.approx(best)


def test_a_post_with_several_places_can_be_taken_twice() -> None:
    region = Region(np.array([[10.0, 10.0], [900.0, 10.0]]), np.array([5.0, 1.0]))
    found = compliance_table(region, 60, SHARE_FREE, places=(3, 0))
    assert found.table == ((), (0,), (0, 0), (0, 0, 0))


def test_the_search_comes_close_to_the_exact_nested_table() -> None:
    region = town(12, 80, 4)
    share = np.full(7, 1 / 7)
    searched = compliance_table(region, 400, share, exact=False)
    exact = compliance_table(region, 400, share)
    assert exact.effort.status is Status.OPTIMAL
    assert searched.effort.bound is None
    assert searched.effect.proposed >= 0.995 * exact.effect.proposed


def test_todays_table_stands_beside_and_losers_are_zones() -> None:
    region = small(3)
    today = ((), (0,), (0, 1), (0, 1, 2))
    found = compliance_table(region, 240, SHARE_FREE, today=today)
    assert found.effect.today == cover_of(region, 240, SHARE_FREE, today)
    assert found.effect.gain is not None
    assert found.effect.gain >= 0
    assert all(lost.proposed < lost.today for lost in found.effect.losers)


@pytest.mark.property
@settings(max_examples=examples(60))
@given(
    st.integers(0, 10**6),
    st.floats(0, 0.95),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
    st.integers(0, 4),
)
def test_dmexclp_takes_the_greatest_marginal_coverage(
    seed: int, busy_share: float, heading: list[int], home: int
) -> None:
    region = small(seed)
    within = region.within(240)
    post, gain = dmexclp(within, region.demand_per_h, busy_share, np.array(heading), home)

    def expected(counts: np.ndarray) -> float:
        return float(region.demand_per_h @ (1 - busy_share ** (counts @ within)))

    for at in range(5):
        one_more = np.array(heading) + (np.arange(5) == at)
        assert gain[at] == pytest.approx(expected(one_more) - expected(np.array(heading)))
    assert gain[post] == gain.max()


@pytest.mark.property
@settings(max_examples=examples(50))
@given(
    st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=5, max_size=5),
    st.lists(st.integers(0, 4), max_size=7),
)
def test_no_post_of_a_row_is_held_for_nothing(within: list[list[bool]], row: list[int]) -> None:
    region = Region(np.where(within, 1.0, 9.0), np.arange(1.0, 7.0))

    def covered(posts: tuple[int, ...]) -> float:
        return float(region.within(5.0)[list(posts)].any(axis=0) @ region.share)

    held = needed_posts(region, 5.0, tuple(row))
    assert set(held) <= set(row)
    assert covered(held) == pytest.approx(covered(tuple(row)))
    for post in held:
        assert covered(tuple(p for p in held if p != post)) < covered(held)


def test_dmexclp_goes_home_on_a_tie_else_to_the_first_post() -> None:
    within = np.array([[True, False], [False, True], [True, False]])
    demand, nobody = np.array([1.0, 1.0]), np.zeros(3, np.int64)
    assert dmexclp(within, demand, 0.5, nobody, 2)[0] == 2
    assert dmexclp(within, demand, 0.5, np.array([0, 1, 0]), 1)[0] == 0


@pytest.mark.parametrize(
    ("share", "says"), [([0.5, 0.6], "shares of time"), ([1.0], "shares"), ([0.1] * 9, "don't fit")]
)
def test_shares_that_cannot_be_are_refused(share: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        compliance_table(small(1), 240, share)


@pytest.mark.property
@settings(max_examples=examples(40))
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.integers(0, 9),
    st.integers(1, 4),
    st.lists(st.integers(0, 9), min_size=3, max_size=8),
    st.lists(st.integers(0, 9), max_size=5),
    st.sampled_from([0.1, 0.5, 0.9]),
)
def test_the_rehearsal_sends_units_where_the_rule_says(
    others: list[int],
    home: int,
    cover_min: int,
    rare_at: list[int],
    common_at: list[int],
    busy_share: float,
) -> None:
    """All units choose when they come on duty; then the one that can do the rare work as well as
    the common, each time it has done it. The others do the common work only, after all this."""
    others_do = [unit(f"B{n}", at, "common") for n, at in enumerate(others)]
    calls = [
        *({"at": 100.0 * n + 10, "point": at, "needs": ["rare"]} for n, at in enumerate(rare_at)),
        *({"at": 9000.0 + n, "point": at, "needs": ["common"]} for n, at in enumerate(common_at)),
    ]
    played = play(
        [unit("A", home, "common", "rare"), *others_do],
        *calls,
        rules=Rules(after=DMEXCLP, busy_share=busy_share),
        posts=(1, 4, 7),
        cover_s=cover_min * MINUTE,
    )
    bases = sorted({1, 4, 7, home, *others})
    within = np.abs(np.array(bases)[:, None] - np.arange(10)) <= cover_min
    common, rare = (
        np.bincount(np.array(at, np.int64), minlength=10) / len(calls)
        for at in (common_at, rare_at)
    )
    both, nobody = np.array([common, rare]), np.zeros(len(bases), np.int64)
    beside = nobody.copy()
    first, _ = dmexclp(within, both, busy_share, np.array([nobody, nobody]), bases.index(home))
    beside[first] += 1
    for base in others:
        beside[dmexclp(within, common, busy_share, beside, bases.index(base))[0]] += 1
    beside[first] -= 1
    after, _ = dmexclp(within, both, busy_share, np.array([beside, nobody]), bases.index(home))
    starts = [first, *[after] * (len(rare_at) - 1)]
    assert played.starts()[: len(rare_at)] == [f"p{bases[post]}" for post in starts]
