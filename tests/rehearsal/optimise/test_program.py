"""Programmes in arrays: how they end, their bound, and what the solver's log says."""

import numpy as np
import pytest

from dutyroom.rehearsal.optimise.effect import Better, effect_of
from dutyroom.rehearsal.optimise.program import Limits, Program, Status, Step, read_step


def knapsack(items: int) -> Program:
    random = np.random.default_rng(7)
    program = Program(maximise=True)
    take = program.columns(items, cost=random.integers(5, 40, items))
    rows = program.rows(10, most=items * 6.0)
    program.terms(rows[:, None], take, random.integers(1, 50, (10, items)))
    return program


def test_a_programme_that_cannot_be_met_is_said_to_be_infeasible() -> None:
    program = Program()
    program.terms(program.rows(1, least=2), program.columns(1))
    solved = program.solve(Limits())
    assert solved.effort.status is Status.INFEASIBLE
    assert not solved.found


def test_a_limit_of_nodes_leaves_an_answer_with_its_bound_the_same_each_time() -> None:
    one, two = (knapsack(60).solve(Limits(nodes=1)) for _ in range(2))
    assert one.effort.status is Status.FEASIBLE
    assert one.effort.bound is not None
    assert one.effort.bound > one.objective
    assert one.effort.gap == pytest.approx((one.effort.bound - one.objective) / one.objective)
    assert np.array_equal(one.values, two.values)


def test_progress_comes_from_the_solvers_log() -> None:
    steps: list[Step] = []
    solved = knapsack(40).solve(Limits(), steps.append)
    assert solved.effort.status is Status.OPTIMAL
    assert steps
    assert steps[-1].best == pytest.approx(solved.objective)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        (
            (
                " L       0       0         0   0.00%   510.7134289     491                4.01%      530"
                "     13      4        57     0.1s"
            ),
            Step(0.1, 491.0, 510.7134289),
        ),
        (
            (
                "         0       0         0   0.00%   inf             -inf                 inf        0"
                "      0      0         0     0.0s"
            ),
            Step(0.0, None, None),
        ),
        ("20 rows, 60 cols, 1200 nonzeros  0s", None),
        ("", None),
    ],
)
def test_a_row_of_the_log_is_read_and_no_other_line(line: str, step: Step | None) -> None:
    assert read_step(line) == step


def test_losers_are_ordered_by_loss_and_rounding_is_no_loss() -> None:
    today, proposed = np.array([1.0, 5.0, 2.0, np.inf]), np.array([1.0 + 1e-12, 6.0, 9.0, np.inf])
    found = effect_of("x", Better.MORE, (2.0, 3.0), "y", (today, proposed), Better.LESS)
    assert [lost.index for lost in found.losers] == [2, 1]
    assert (found.gain, found.winners) == (1.0, 0)


def test_without_today_there_is_no_gain_and_nobody_loses() -> None:
    found = effect_of("x", Better.LESS, (None, 3.0), "y", None, Better.LESS)
    assert (found.gain, found.losers) == (None, ())
