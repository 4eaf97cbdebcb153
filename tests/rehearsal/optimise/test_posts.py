"""Posts: published optima, every choice of tiny cases, and what is given stays."""

import csv
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.rehearsal.optimise.posts import (
    Method,
    PostProposal,
    expected_coverage,
    max_coverage,
    p_median,
)
from dutyroom.rehearsal.optimise.program import Limits, Status, Step
from dutyroom.rehearsal.optimise.region import Posting, Region
from tests.harness.examples import examples

METHODS = list(Method)


def san_francisco(shared_data: Path) -> Region:
    """205 census tracts, 16 sites; distances in metres stand for seconds."""
    folder = shared_data / "covering"
    with (folder / "SF_network_distance_candidateStore_16_censusTract_205_new.csv").open() as file:
        rows = list(csv.DictReader(file))
    stores = {name: n for n, name in enumerate(dict.fromkeys(row["name"] for row in rows))}
    tracts = {
        name: n for n, name in enumerate(dict.fromkeys(row["DestinationName"] for row in rows))
    }
    travel = np.full((16, len(tracts)), np.inf)
    demand = np.zeros(len(tracts))
    for row in rows:
        tract = tracts[row["DestinationName"]]
        travel[stores[row["name"]], tract] = float(row["distance"])
        demand[tract] = float(row["demand"])
    return Region(travel, demand)


def sjc324(shared_data: Path) -> Region:
    lines = (shared_data / "covering" / "SJC324.txt").read_text().splitlines()[1:]
    table = np.array([[float(word) for word in line.split()] for line in lines if line.strip()])
    x, y, demand = table.T
    return Region(np.hypot(x[:, None] - x, y[:, None] - y), demand)


@pytest.mark.replay
@pytest.mark.parametrize("method", METHODS)
def test_the_p_median_of_san_francisco_is_the_published_one(
    shared_data: Path, method: Method
) -> None:
    found = p_median(san_francisco(shared_data), Posting(4), method=method)
    assert found.effects[0].proposed == pytest.approx(2982.12686, abs=1e-5)
    assert found.effort.bound is not None
    assert found.effort.bound <= found.effects[0].proposed + 1e-9


@pytest.mark.replay
@pytest.mark.parametrize("method", METHODS)
def test_maximal_covering_of_san_francisco_is_the_published_one(
    shared_data: Path, method: Method
) -> None:
    found = max_coverage(san_francisco(shared_data), Posting(4), 5000, method=method)
    assert round(100 * found.effects[0].proposed, 3) == 91.638


@pytest.mark.replay
@pytest.mark.parametrize(
    ("units", "covered"), [(1, 5461), (2, 8790), (3, 11604), (4, 12106), (5, 12152)]
)
@pytest.mark.parametrize("method", METHODS)
def test_maximal_covering_of_sao_jose_is_the_proven_one(
    shared_data: Path, units: int, covered: int, method: Method
) -> None:
    region = sjc324(shared_data)
    found = max_coverage(region, Posting(units), 800, method=method)
    reached = found.effects[0].proposed * region.demand_per_h.sum()
    if method is Method.SEARCH:
        assert 0.999 * covered <= reached <= covered + 1e-6
    else:
        assert reached == pytest.approx(covered)
        assert found.effort.status is Status.OPTIMAL


@st.composite
def tiny(draw: st.DrawFn) -> tuple[Region, Posting]:
    posts, zones = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    travel = random.integers(0, 20, (posts, zones)) * 30.0
    demand = random.integers(0, 5, zones) + (np.arange(zones) == 0) * 1.0
    units = draw(st.integers(1, posts))
    places = draw(st.none() | st.tuples(*[st.integers(1, 2)] * posts))
    kept = draw(st.sampled_from([(), (0,)]))
    today = tuple(draw(st.integers(0, posts - 1)) for _ in range(units))
    return Region(travel, demand), Posting(units, kept, places, today)


def every(posting: Posting, posts: int) -> list[np.ndarray]:
    least, most = posting.counts(posts)
    found = []
    for choice in combinations_with_replacement(range(posts), posting.units):
        counts = np.bincount(choice, minlength=posts)
        if (counts >= least).all() and (counts <= most).all():
            found.append(counts)
    return found


def keeps_what_is_given(found: PostProposal, posting: Posting) -> bool:
    least, most = posting.counts(len(found.units_at))
    counts = np.array(found.units_at)
    return bool(
        (counts >= least).all() and (counts <= most).all() and counts.sum() == posting.units
    )


@pytest.mark.property
@settings(max_examples=examples(40))
@given(tiny(), st.sampled_from([0.0, 0.3, 0.7]), st.sampled_from([Method.AUTO, Method.EXACT]))
def test_no_other_posting_covers_more(
    case: tuple[Region, Posting], busy_share: float, method: Method
) -> None:
    region, posting = case
    found = expected_coverage(region, posting, 300, busy_share, method=method)
    best = max(
        float(region.share @ (1 - busy_share ** (counts @ region.within(300))))
        for counts in every(posting, len(region.travel_s))
    )
    assert found.effects[0].proposed == pytest.approx(best, abs=1e-9)
    assert found.effort.status is Status.OPTIMAL
    assert keeps_what_is_given(found, posting)


@pytest.mark.property
@settings(max_examples=examples(40))
@given(tiny(), st.sampled_from([Method.AUTO, Method.EXACT]))
def test_no_other_posting_is_nearer(case: tuple[Region, Posting], method: Method) -> None:
    region, posting = case
    found = p_median(region, posting, method=method)
    best = min(
        float(region.nearest_s(counts) @ region.share)
        for counts in every(posting, len(region.travel_s))
    )
    assert found.effects[0].proposed == pytest.approx(best, abs=1e-9)
    assert keeps_what_is_given(found, posting)


@pytest.mark.property
@settings(max_examples=examples(60))
@given(tiny(), st.sampled_from([0.0, 0.3, 0.7]))
def test_a_bound_is_never_better_than_the_best(
    case: tuple[Region, Posting], busy_share: float
) -> None:
    region, posting = case
    searched = expected_coverage(region, posting, 300, busy_share, method=Method.SEARCH)
    exact = expected_coverage(region, posting, 300, busy_share)
    assert searched.effort.bound is not None
    assert searched.effort.bound >= exact.effects[0].proposed - 1e-9
    nearest = p_median(region, posting, method=Method.SEARCH)
    assert nearest.effort.bound is not None
    assert nearest.effort.bound <= p_median(region, posting).effects[0].proposed + 1e-9


def town(posts: int, zones: int, seed: int) -> Region:
    random = np.random.default_rng(seed)
    place, zone = random.random((posts, 2)), random.random((zones, 2))
    way = np.hypot(*(place[:, None] - zone).transpose(2, 0, 1))
    return Region(way * 1800, random.gamma(1.0, 1.0, zones))


def test_search_is_within_a_thousandth_of_the_exact_expected_coverage() -> None:
    region = town(40, 150, 3)
    searched = expected_coverage(region, Posting(12), 300, 0.4, method=Method.SEARCH)
    exact = expected_coverage(region, Posting(12), 300, 0.4, method=Method.EXACT)
    assert exact.effort.status is Status.OPTIMAL
    assert searched.effects[0].proposed >= 0.999 * exact.effects[0].proposed


def test_the_same_seed_gives_the_same_posts() -> None:
    region = town(60, 300, 5)
    one, two = (expected_coverage(region, Posting(15), 240, 0.4, Limits(seed=9)) for _ in range(2))
    assert one.units_at == two.units_at
    assert one.effects == two.effects


def test_losers_are_the_zones_that_wait_longer_worst_first() -> None:
    travel = np.array([[60.0, 600.0, 300.0], [600.0, 60.0, 300.0]])
    found = p_median(Region(travel, np.array([1.0, 5.0, 1.0])), Posting(1, today=(0,)))
    (compared,) = found.effects
    assert found.units_at == (0, 1)
    assert [(lost.index, lost.today, lost.proposed) for lost in compared.losers] == [(0, 60, 600)]
    assert compared.winners == 1
    assert compared.gain == pytest.approx((5 * 540 - 540) / 7)


def test_coverage_stands_beside_mean_travel() -> None:
    region = town(10, 40, 1)
    found = expected_coverage(region, Posting(3, today=(0, 1, 2)), 300, 0.2)
    assert [each.objective for each in found.effects] == [
        "expected_covered_share",
        "mean_travel_s",
    ]
    gain = found.effects[0].gain
    assert gain is not None
    assert gain >= 0


def test_progress_is_reported_with_a_bound() -> None:
    steps: list[Step] = []
    p_median(town(30, 100, 2), Posting(6), progress=steps.append)
    assert steps
    assert all(step.best is not None and step.bound is not None for step in steps[:1])
    assert steps[0].best >= steps[0].bound  # type: ignore[operator]


@pytest.mark.parametrize(
    ("posting", "says"),
    [
        (Posting(0), "don't fit"),
        (Posting(3, places=(1, 1)), "don't fit"),
        (Posting(2, kept=(0, 0), places=(1, 1)), "more units kept"),
        (Posting(1, kept=(7,)), "numbered from 0 to 1"),
        (Posting(1, places=(1,)), "need places for 2 posts"),
    ],
)
def test_what_does_not_fit_is_refused(posting: Posting, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        expected_coverage(Region(np.ones((2, 3)), np.ones(3)), posting, 300, 0.5)


def test_a_zone_without_a_way_counts_as_a_day() -> None:
    region = Region(np.array([[10.0, np.inf]]), np.array([1.0, 1.0]))
    assert p_median(region, Posting(1)).effects[0].proposed == (10 + 86_400) / 2
