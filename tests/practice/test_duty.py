"""Who is on duty in a practice follows the scenario's shifts, until a trainee decides otherwise."""

import json

import pytest
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions import positions
from dutyroom.domain.incidents.commands import CancelAssignment, Dispatch, UnitToSend
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.practice.duty import ALWAYS, Duty
from dutyroom.practice.shift import Shift
from dutyroom.projections import board
from dutyroom.rehearsal.scenario.model import DAY_S, HOUR_S, WEEK_S
from dutyroom.rehearsal.scenario.model import Shift as Hours

BEGIN_MS = 1_000_000_000_000
NIGHT = Hours(6 * DAY_S + 22 * HOUR_S, WEEK_S + 6 * HOUR_S)
"""From Sunday 22:00 to Monday 06:00."""


@pytest.mark.unit
def test_a_shift_over_the_end_of_the_week_goes_on_in_the_next() -> None:
    duty = Duty({"P1": (NIGHT,)}, begin_s=6 * DAY_S + 21 * HOUR_S)
    hours = [duty.on("P1", after_h * HOUR_S) for after_h in (0, 1, 3, 8.9, 9, 25, 169)]
    assert hours == [False, True, True, True, False, False, True]
    assert Duty({"P1": (NIGHT,)}).on("P1", 5 * HOUR_S)
    assert ALWAYS.on("P1", 0)


@pytest.fixture
def shift(room: TestRoom) -> Shift:
    """P1 goes and P2 comes after an hour; P3 is on duty from the second hour on."""
    hours = {
        "P1": (Hours(0, HOUR_S),),
        "P2": (Hours(HOUR_S, DAY_S),),
        "P3": (Hours(2 * HOUR_S, DAY_S),),
    }
    return Shift(
        room.room, positions.take, seed=1, speed=10, begin_ms=BEGIN_MS, duty=Duty(hours)
    )  # fmt: skip


def after(hours: float) -> int:
    """At ten times the speed."""
    return BEGIN_MS + round(hours * 3_600_000 / 10)


def off_duty() -> set[str]:
    units = map(json.loads, board.snapshot(0).rows["units"])
    return {unit["id"] for unit in units if unit["status"] == "off_duty"}


@pytest.mark.db
def test_crews_come_and_go_with_their_shifts(shift: Shift) -> None:
    shift.sign_on(after(0))
    assert off_duty() == {"P2", "P3"}
    shift.step(after(0.9))
    assert off_duty() == {"P2", "P3"}
    shift.step(after(1.1))
    assert off_duty() == {"P1", "P3"}
    shift.step(after(2.1))
    assert off_duty() == {"P1"}


@pytest.mark.db
def test_who_is_at_work_when_the_shift_ends_finishes_first(room: TestRoom, shift: Shift) -> None:
    shift.sign_on(after(0))
    incident, assignment = room.open_incident(), room.id()
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(assignment, "P1"),)))
    shift.step(after(1.1))
    assert off_duty() == {"P3"}
    reason = next(iter(room.pack.vocabulary.codes("cancel_reasons")))
    room.done(DISPATCHER, CancelAssignment(incident, assignment, reason))
    shift.step(after(1.2))
    assert off_duty() == {"P1", "P3"}


@pytest.mark.db
def test_a_unit_that_a_trainee_signs_on_or_off_stays_so(room: TestRoom, shift: Shift) -> None:
    shift.sign_on(after(0))
    room.done(DISPATCHER, SignOn("P3", ("a",)))
    room.done(DISPATCHER, SignOff("P1"))
    shift.step(after(0.5))
    assert off_duty() == {"P1", "P2"}
