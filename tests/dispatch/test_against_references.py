"""The engine against plain references: nearest units, best choices, several calls at once."""

import json
from dataclasses import asdict, replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dutyroom.dispatch import (
    Recommendation,
    Request,
    Standing,
    assign_many,
    kernels,
    origins_of,
    recommend,
)
from dutyroom.domain.incidents.plans import unmet
from tests.harness.examples import examples

from .references import Net, Night, nets, nights

pytestmark = pytest.mark.property


@given(nets(), st.data())
def test_arrivals_equal_the_shortest_ways_there(net: Net, data: st.DataObject) -> None:
    target = data.draw(st.integers(0, net.nodes - 1))
    day = [1.0] * 8 + [1.5] * 16
    travel = net.travel(siren=0.8, day=day)
    everywhere = origins_of(travel, [net.at(node) for node in range(net.nodes)])
    for hour, factor in ((3, 0.8), (18, 1.2)):
        found = travel.seconds_to(net.at(target), everywhere, hour)
        np.testing.assert_allclose(found, net.shortest()[:, target] * factor)


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
@settings(max_examples=examples(50))
def test_arrivals_equal_those_of_scipy(seed: int, nodes: int) -> None:
    random = np.random.default_rng(seed)
    pairs = random.integers(nodes, size=(3 * nodes, 2))
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    seconds = random.integers(1, 20, len(pairs))
    net = Net(nodes, tuple(zip(*pairs.T.tolist(), seconds.tolist(), strict=True)))
    graph = csr_array((seconds, (pairs[:, 1], pairs[:, 0])), shape=(nodes, nodes))
    travel = net.travel()
    everywhere = origins_of(travel, [net.at(node) for node in range(nodes)])
    found = travel.seconds_to(net.at(0), everywhere, 0)
    np.testing.assert_allclose(found, dijkstra(graph, indices=0))


@given(nights())
@settings(max_examples=examples(100, at_night=3000))
def test_no_other_choice_fills_more_places_or_arrives_sooner(night: Night) -> None:
    request, answer = _asked(night)
    assert night.total(request, answer) == night.best_total([request], frozenset())
    free = {unit.id for unit in night.units if unit.standing is Standing.AVAILABLE}
    assert set(answer.chosen) <= free - request.assigned - request.excluded
    assert len(set(answer.chosen)) == len(answer.chosen)


@given(nights())
def test_the_shortfall_is_what_the_domain_calls_unmet(night: Night) -> None:
    request, answer = _asked(night)
    there = [unit for unit in (*request.assigned, *answer.chosen) if unit in _ids(night)]
    missing = unmet(request.needs, [night.unit(unit).capabilities for unit in there])
    assert sum(need.shortfall for need in answer.needs) == sum(need.count for need in missing)
    assert [(r.params["capability"], r.params["count"]) for r in answer.reasons] == [
        (need.capability, need.shortfall) for need in answer.needs if need.shortfall
    ]


@given(nights())
@settings(max_examples=examples(100, at_night=2000))
def test_every_candidate_has_a_reason_and_every_nearer_unit_is_explained(night: Night) -> None:
    request, answer = _asked(night)
    shown = {candidate.unit for candidate in answer.candidates}
    assert set(answer.chosen) <= shown
    assert all(candidate.reasons for candidate in answer.candidates)
    for need in answer.needs:
        last_ms = max((night.rank_ms(night.unit(u), request) or 0 for u in need.chosen), default=-1)
        for unit in night.units:
            ms = night.rank_ms(unit, request)
            counts = unit.standing is not Standing.OFF_DUTY and need.capability in unit.capabilities
            if counts and ms is not None and ms < last_ms:
                assert unit.id in shown
    json.dumps(asdict(answer), allow_nan=False)


@given(nights(calls=3))
@settings(max_examples=examples(100, at_night=2000))
def test_calls_of_one_priority_share_the_units_as_well_as_can_be(night: Night) -> None:
    answers = assign_many(night.net.travel(), night.snapshot(), night.requests)
    sent = [unit for answer in answers for unit in answer.chosen]
    assert len(set(sent)) == len(sent)
    pairs = list(zip(night.requests, answers, strict=True))
    taken: frozenset[str] = frozenset()
    for priority in (1, 2):
        level = [(call, answer) for call, answer in pairs if call.priority == priority]
        totals = [night.total(call, answer) for call, answer in level]
        best = night.best_total([call for call, _ in level], taken)
        assert tuple(map(sum, zip((0, 0, 0), *totals, strict=True))) == best
        taken |= {unit for _, answer in level for unit in answer.chosen}


@given(nights(), st.randoms(use_true_random=False))
def test_the_order_in_which_units_are_listed_changes_nothing(night: Night, random: Random) -> None:
    request, answer = _asked(night)
    shuffled = list(night.units)
    random.shuffle(shuffled)
    other = replace(night, units=tuple(shuffled))
    assert recommend(other.net.travel(), other.snapshot(), request) == answer


@given(st.integers(1, 7), st.integers(0, 5), st.data())
def test_assignments_cost_what_scipys_do(rows: int, more: int, data: st.DataObject) -> None:
    row = st.lists(st.integers(-50, 50), min_size=rows + more, max_size=rows + more)
    cost = np.array(data.draw(st.lists(row, min_size=rows, max_size=rows)), np.int64)
    chosen = kernels.assign(cost)
    assert len(set(chosen.tolist())) == rows
    assert cost[np.arange(rows), chosen].sum() == cost[linear_sum_assignment(cost)].sum()


def _asked(night: Night) -> tuple[Request, Recommendation]:
    request = night.requests[0]
    return request, recommend(night.net.travel(), night.snapshot(), request)


def _ids(night: Night) -> set[str]:
    return {unit.id for unit in night.units}
