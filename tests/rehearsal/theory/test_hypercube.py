"""The hypercube: against published figures, a plain linear solve, and Erlang."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dutyroom.rehearsal.theory.approximate import approximate
from dutyroom.rehearsal.theory.erlang import Overloaded, erlang_b, erlang_c
from dutyroom.rehearsal.theory.hypercube import TooManyUnits, bytes_needed, exact
from tests.harness.examples import examples
from tests.rehearsal.theory.cases import Floats, town


def published(shared_data: Path) -> tuple[dict[str, object], Floats, NDArray[np.int64]]:
    book = json.loads((shared_data / "queueing" / "published.json").read_text())
    one = book["hypercube_infinite_line"]
    atoms = one["consistent_instance"]["atoms"]
    calls = np.array([atom["rate"] for atom in atoms])
    return one, calls, np.array([atom["preference"] for atom in atoms]) - 1


def by_linear_solve(
    calls: Floats, order: NDArray[np.int64], mu: Floats, waits: bool
) -> tuple[Floats, Floats]:
    """Workloads and dispatches from the balance equations written down state by state."""
    units = len(mu)
    states = list(product((0, 1), repeat=units))
    number = {state: at for at, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))
    sent = np.zeros((len(states), units, len(calls)))
    for state in states:
        for atom, rate in enumerate(calls):
            free = [unit for unit in order[atom] if not state[unit]]
            if free:
                after = tuple(1 if unit == free[0] else busy for unit, busy in enumerate(state))
                flow[number[state], number[after]] += rate
                sent[number[state], free[0], atom] = rate
        for unit in range(units):
            if state[unit]:
                after = tuple(0 if n == unit else busy for n, busy in enumerate(state))
                flow[number[state], number[after]] += mu[unit]
    balance = flow.T - np.diag(flow.sum(axis=1))
    balance[-1] = 1.0
    wanted = np.zeros(len(states))
    wanted[-1] = 1.0
    p = np.linalg.solve(balance, wanted)
    full, held = number[(1,) * units], calls.sum() / mu.sum()
    tail = 0.0
    if waits:
        p /= 1.0 + p[full] * held / (1 - held)
        tail = p[full] * held / (1 - held)
    workload = np.array(states).T @ p + tail
    dispatched = np.einsum("s,sna->na", p, sent) / calls.sum()
    if waits:
        dispatched += (p[full] + tail) * np.outer(mu / mu.sum(), calls / calls.sum())
    return workload, dispatched


def test_the_workloads_in_the_book_come_out(shared_data: Path) -> None:
    one, calls, order = published(shared_data)
    found = exact(calls, order, 1.0)
    instance = one["consistent_instance"]
    assert found.workload == pytest.approx(instance["workloads"], abs=6e-6)  # type: ignore[index]
    assert found.workload == pytest.approx(one["published_workloads"], abs=1e-4)
    assert found.all_busy == pytest.approx(one["published_p_wait"], abs=5e-6)
    rough = approximate(calls, order, 1.0)
    assert rough.workload == pytest.approx(one["published_workloads_approximation"], abs=2e-4)


@given(st.integers(1, 6), st.floats(0.05, 0.95), st.integers(0, 10**6), st.booleans(),
       st.booleans())  # fmt: skip
@settings(max_examples=examples(60))
def test_it_solves_the_balance_equations(
    units: int, used: float, seed: int, waits: bool, alike: bool
) -> None:
    rng = np.random.default_rng(seed)
    atoms = int(rng.integers(1, 7))
    order = np.array([rng.permutation(units) for _ in range(atoms)])
    mu = np.ones(units) if alike else rng.uniform(0.5, 2.0, units)
    calls = rng.uniform(0.01, 1.0, atoms)
    calls *= used * mu.sum() / calls.sum()
    found = exact(calls, order, mu, waits=waits)
    workload, dispatched = by_linear_solve(calls, order, mu, waits)
    assert found.workload == pytest.approx(workload, abs=1e-9)
    assert found.dispatched == pytest.approx(dispatched, abs=1e-9)


@pytest.mark.parametrize("used", [0.2, 0.7, 0.95])
def test_how_often_all_are_busy_is_what_erlang_says(used: float) -> None:
    calls, travel_s = town(10, used)
    order = np.argsort(travel_s, axis=0).T
    line, lost = exact(calls, order, 1.0), exact(calls, order, 1.0, waits=False)
    assert line.all_busy == pytest.approx(erlang_c(10, 10 * used), rel=1e-9)
    assert lost.all_busy == pytest.approx(erlang_b(10, 10 * used), rel=1e-9)
    assert line.workload.mean() == pytest.approx(used, rel=1e-9)
    assert line.dispatched.sum() == pytest.approx(1.0, rel=1e-9)
    assert lost.dispatched.sum() == pytest.approx(1 - lost.all_busy, rel=1e-9)


def test_rates_of_24_bits_change_nothing_that_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, travel_s = town(12, 0.5)
    order = np.argsort(travel_s, axis=0).T
    found = exact(calls, order, 1.0)
    monkeypatch.setattr("dutyroom.rehearsal.theory.hypercube.EXACT_UP_TO", 11)
    assert exact(calls, order, 1.0).workload == pytest.approx(found.workload, rel=1e-6)


def test_what_does_not_fit_into_memory_is_refused_before_it_is_tried() -> None:
    order = np.tile(np.arange(40), (3, 1))
    with pytest.raises(TooManyUnits, match="Approximate instead"):
        exact(np.ones(3), order, 1.0)
    assert bytes_needed(24) < 2 << 30
    assert approximate(np.ones(3), order, 1.0).workload.sum() == pytest.approx(3.0)


def test_lists_that_are_not_orders_of_all_units_are_refused() -> None:
    with pytest.raises(ValueError, match="name every unit once"):
        exact(np.ones(1), np.array([[0, 0, 1]]), 1.0)
    with pytest.raises(Overloaded):
        exact(np.ones(1), np.array([[0]]), 1.0)


@pytest.mark.parametrize(("units", "used"), [(6, 0.3), (12, 0.5), (15, 0.8)])
@pytest.mark.parametrize("waits", [True, False])
def test_the_approximation_is_near(units: int, used: float, waits: bool) -> None:
    calls, travel_s = town(units, used, atoms=60)
    order = np.argsort(travel_s, axis=0).T
    right, near = exact(calls, order, 1.0, waits=waits), approximate(
        calls, order, 1.0, waits=waits
    )  # fmt: skip
    error = np.abs(near.workload / right.workload - 1)
    assert error.mean() < 0.02
    assert error.max() < 0.08
    assert near.mean_travel_s(travel_s) == pytest.approx(right.mean_travel_s(travel_s), rel=0.02)
    assert near.interdistrict(order) == pytest.approx(right.interdistrict(order), abs=0.01)


def test_jarvis_lets_service_depend_on_who_serves_whom() -> None:
    calls, travel_s = town(8, 0.4)
    order = np.argsort(travel_s, axis=0).T
    service_h = 1.0 + travel_s / 3600
    found = approximate(calls, order, service_h, waits=False)
    worked = (found.dispatched * service_h).sum(axis=1) * calls.sum()
    assert found.workload == pytest.approx(worked, rel=0.02)
    assert found.workload.sum() > approximate(calls, order, 1.0, waits=False).workload.sum()
