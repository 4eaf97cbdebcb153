"""On Markovian cases the simulation agrees with what queueing theory says."""

from math import factorial

import numpy as np
import pytest

from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Duration
from dutyroom.rehearsal.simulation.records import STAY
from dutyroom.rehearsal.simulation.rules import Rules
from dutyroom.rehearsal.simulation.run import simulate
from tests.rehearsal.cases import kind, line, scenario, unit

MARGIN_OF_WORKLOAD = 0.005
CALLS_PER_H = 8.0
SERVICE = Duration(900.0, 1.0, "exponential")
LOAD = CALLS_PER_H * 900 / 3600


def erlang_b(servers: int, load: float) -> float:
    terms = [load**n / factorial(n) for n in range(servers + 1)]
    return terms[-1] / sum(terms)


def erlang_c(servers: int, load: float) -> float:
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def run_for_years(units: int, **rules: object) -> tuple[np.ndarray, np.ndarray, float]:
    """Waits, whether each call was served, and the mean workload; all units at one point."""
    one = scenario(
        [unit(f"U{n}", 0) for n in range(units)],
        geography=line(1),
        kinds=(kind(CALLS_PER_H, SERVICE),),
        rules=Rules(after=STAY, **rules),  # type: ignore[arg-type]
        hours=24.0 * 365 * 12,
    )
    builder = Builder(one)
    calls = builder.calls()
    outcomes = simulate(builder.inputs(calls), keep_intervals=False).outcomes
    served = outcomes["unit"] >= 0
    busy_s = (outcomes["free_s"] - outcomes["sent_s"])[served].sum()
    return outcomes["sent_s"] - calls.at_s, served, busy_s / (one.hours * 3600 * units)


@pytest.mark.parametrize("units", [3, 5])
def test_calls_that_wait_are_as_many_as_erlang_c_says(units: int) -> None:
    waits, _, workload = run_for_years(units)
    assert np.mean(waits > 1e-6) == pytest.approx(erlang_c(units, LOAD), rel=0.02)
    expected_s = erlang_c(units, LOAD) * 900 / (units - LOAD)
    assert waits.mean() == pytest.approx(expected_s, rel=0.04)
    assert workload == pytest.approx(LOAD / units, rel=MARGIN_OF_WORKLOAD)


@pytest.mark.parametrize("units", [1, 3, 5])
def test_calls_that_are_lost_are_as_many_as_erlang_b_says(units: int) -> None:
    _, served, workload = run_for_years(units, no_waiting=True)
    blocked = erlang_b(units, LOAD)
    assert 1 - served.mean() == pytest.approx(blocked, rel=0.02)
    assert workload == pytest.approx(LOAD * (1 - blocked) / units, rel=MARGIN_OF_WORKLOAD)
