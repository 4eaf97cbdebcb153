"""Whom the deadlines of records tell, and when: every kind as its aggregate declares it."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.core.roles import ROLES
from dutyroom.domain import AGGREGATES, EVENTS
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.evolve import evolve
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ChangeDue,
    OfferTask,
    ReturnTask,
    SendBackTask,
    SubmitTask,
)
from dutyroom.domain.values import Place
from dutyroom.domain.watching.commands import LookAtDeadlines
from dutyroom.domain.watching.events import DeadlineTold
from dutyroom.domain.watching.state import Alarm, Watched
from dutyroom.domain.watching.steps import at_ms, fallen, with_looks
from tests.harness.examples import examples

from .room import Room
from .strategies import DESK_REQUESTS, INCIDENTS, TASKS, of_class

KEEPER = Actor("keeper", "keeper")
BO = Actor("bo", "station_officer", org="city/north")
CHIEF = Actor("dai", "station_command", org="city/north")
HOUR_MS = 3_600_000
TASK = TASKS[0]
LOOK = LookAtDeadlines("task", TASK)
TWO_STEPS = Deadline(
    "task",
    1_000,
    tell=(Tell(0, ("station_command",)), Tell(500, ("supervisor",))),
    again_ms=100,
)


@pytest.fixture
def room() -> Room:
    """A task that bo has, due in an hour."""
    made = Room()
    made.on_duty = {"station_command": ("dai",), "supervisor": ("wei",), "station_officer": ("bo",)}
    made.does(OpenIncident(INCIDENTS[0], "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
    due_ms = made.now_ms + HOUR_MS
    made.does(OfferTask(TASK, INCIDENTS[0], "visit", "city/north", "Look", due_ms=due_ms))
    made.does(AcceptTask(TASK), BO)
    return made


def last(room: Room) -> DeadlineTold:
    event = room.journal[-1][1]
    assert isinstance(event, DeadlineTold)
    return event


def due_ms(room: Room) -> int:
    due = room.tasks[TASK].due_ms
    assert due is not None
    return due


def test_nobody_is_told_before_it_is_due(room: Room) -> None:
    assert room.does(LOOK, KEEPER) == ()


def test_the_owner_and_the_command_office_are_told_once_then_the_supervisor(room: Room) -> None:
    room.now_ms = due_ms(room)
    assert room.does(LOOK, KEEPER) == ("deadline.told.v1",)
    assert (last(room).to, last(room).late_ms) == (("bo", "dai"), 1_000)
    assert room.does(LOOK, KEEPER) == ()
    room.now_ms = due_ms(room) + 4 * HOUR_MS
    assert room.does(LOOK, KEEPER) == ("deadline.told.v1",)
    assert (last(room).step, last(room).to) == (2, ("wei",))
    room.now_ms += 24 * HOUR_MS
    assert room.does(LOOK, KEEPER) == ("deadline.told.v1",)
    assert (last(room).step, last(room).to) == (3, ("wei",))


def test_an_owner_who_is_not_on_duty_is_not_told(room: Room) -> None:
    room.on_duty = {"station_command": ("dai",)}
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert last(room).to == ("dai",)


def test_where_nobody_is_on_duty_the_next_step_is_told_at_once_and_not_again(room: Room) -> None:
    room.on_duty = {"supervisor": ("wei",)}
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert (last(room).to, last(room).passed, last(room).step) == (
        ("wei",),
        ("station_command",),
        2,
    )
    room.now_ms = due_ms(room) + 4 * HOUR_MS
    assert room.does(LOOK, KEEPER) == ()


def test_what_is_submitted_tells_nobody_and_put_off_it_begins_anew(room: Room) -> None:
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    room.does(SubmitTask(TASK, "Done."), BO)
    room.now_ms += 48 * HOUR_MS
    assert room.does(LOOK, KEEPER) == ()
    room.does(SendBackTask(TASK, "unclear"), CHIEF)
    room.does(ChangeDue(TASK, room.now_ms + HOUR_MS, "unclear"), CHIEF)
    assert room.does(LOOK, KEEPER) == ()
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert (last(room).step, last(room).to) == (1, ("bo", "dai"))


def test_there_is_nothing_to_look_at_of_what_is_not_there(room: Room) -> None:
    assert room.does(LookAtDeadlines("task", TASKS[1]), KEEPER) == ()
    assert room.does(LookAtDeadlines("no such kind", TASK), KEEPER) == ()


@given(told=st.integers(0, 9), now_ms=st.integers(0, 3_000))
def test_the_latest_step_that_fell_is_told_and_the_next_lies_ahead(told: int, now_ms: int) -> None:
    found = fallen(TWO_STEPS, told, now_ms)
    if found is None:
        first = at_ms(TWO_STEPS, told)
        assert first is None or first > now_ms
        return
    assert found.number >= told
    assert found.at_ms == at_ms(TWO_STEPS, found.number)
    assert found.at_ms <= now_ms
    ahead = at_ms(TWO_STEPS, found.number + 1)
    assert ahead is None or ahead > now_ms


def test_after_the_last_step_nothing_comes_where_nothing_is_repeated() -> None:
    once = Deadline("task", 1_000, tell=(Tell(0, ("supervisor",)),))
    assert fallen(once, 1, 10**15) is None
    assert with_looks(Watched(), (once,))[0].look_ms == 1_000
    told = Watched(alarms=(Alarm("task", 1_000, 1, "supervisor", ("wei",), (), 1_000, 0),))
    assert with_looks(told, (once,))[0].look_ms is None


KINDS = [one for one in AGGREGATES if one.state is not None and issubclass(one.state, Watched)]


@settings(max_examples=examples(20))
@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
@given(data=st.data())
def test_every_deadline_names_roles_that_there_are_and_its_steps_come_in_order(
    kind: Any, data: st.DataObject
) -> None:
    first = kind.events[0]
    state = None
    for event in data.draw(st.lists(st.sampled_from(kind.events).flatmap(of_class), max_size=5)):
        state = evolve(state, event, 1_764_000_000_000)
    state = state or evolve(None, data.draw(of_class(first)), 1_764_000_000_000)
    for deadline in kind.clocks(state) if state else ():
        assert deadline.ends or deadline.tell, deadline
        times = [one.after_ms for one in deadline.tell]
        assert times == sorted(times)
        for step in deadline.tell:
            assert step.roles
            assert set(step.roles) <= set(ROLES)
            assert all(step.members)


def test_every_kind_with_deadlines_is_watched() -> None:
    """So that the next kind of record can't be forgotten: what has clocks is `Watched`, unless it
    only ends by itself or has a way of its own of being looked at."""
    only_ends = {"spot", "partner_key"}
    from dutyroom.domain.kernel import Aggregate

    without = Aggregate("none").clocks
    clocked = {one.name for one in AGGREGATES if one.clocks is not without}
    watched = {one.name for one in KINDS} | {one.name for one in AGGREGATES if one.look}
    assert clocked - only_ends == watched
    assert DeadlineTold.TYPE in EVENTS


@dataclass(frozen=True)
class _Plain:
    phase: str = "open"


def test_what_is_not_watched_stays_as_it_was() -> None:
    from dutyroom.domain.watching.state import after_telling

    event = DeadlineTold("task", 1, 1, "supervisor", (), (), 0)
    assert after_telling(_Plain(), event, 1) == _Plain()


@given(st.integers(0, 10**13), st.integers(-1_000, 10**10), st.integers(-20, 20))
def test_the_last_tenth_begins_when_less_than_a_tenth_is_left(
    from_ms: int, length_ms: int, off_ms: int
) -> None:
    due_ms = from_ms + length_ms
    begins_ms = last_tenth_ms(from_ms, due_ms)
    now_ms = begins_ms + off_ms
    is_last = now_ms < due_ms and 10 * (due_ms - now_ms) < length_ms
    assert is_last == (begins_ms <= now_ms < due_ms)


def test_the_station_that_asked_a_desk_is_told_that_nobody_answers(room: Room) -> None:
    """The desk is another organisation: who asked is on duty for their own."""
    request = DESK_REQUESTS[0]
    room.on_duty = {"desk_specialist": ("fan",), "station_command": ("dai",)}
    room.duty_of = {"fan": "city/fraud", "dai": "city/north"}
    room.does(AskDesk(request, INCIDENTS[0], "fraud", "stop", "Account 6222"), CHIEF)
    room.now_ms = room.desk_requests[request].accept_by_ms
    room.does(LookAtDeadlines("desk_request", request), KEEPER)
    assert last(room).to == ("dai", "fan")
    assert last(room).passed == ()


def test_what_came_back_to_the_room_is_told_to_dispatchers(room: Room) -> None:
    room.does(ReturnTask(TASK, "not_ours"), BO)
    assert room.tasks[TASK].org == ""
    room.on_duty |= {"dispatcher": ("anna",)}
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert (last(room).role, last(room).to) == ("dispatcher", ("anna",))
