"""Simulated colleagues at stations work at a human pace, and leave to people what is theirs."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from dutyroom.domain.context import Actor
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    ApproveTask,
    OfTask,
    ReassignTask,
    SendBackTask,
    StartTask,
    SubmitTask,
    TickStep,
)
from dutyroom.domain.tasks.row import TaskRow
from dutyroom.evening.stations import Colleagues, Move, officer_of, stations_of

ORG = "city/PS01"
ONE, TWO = officer_of(ORG, 1).id, officer_of(ORG, 2).id
STEPS = (str(UUID(int=71)), str(UUID(int=72)))
LONG_S = 3_600


def task(number: int = 1, **changes: Any) -> TaskRow:
    plain = TaskRow(
        id=str(UUID(int=number)), incident="i", number="4829-3174", kind="visit", state="offered",
        org=ORG, team="", owner="", priority=3, due_ms=None, from_org="city", first_org="city",
        offered_by="sim-dispatcher", offered_ms=0, since_ms=0, steps=(), ticked=(), notes=0,
        reason="", returned=0, sent_back=0, submitted_by="", approved_by="", reminders=0,
        reminded_by="", reminded_ms=None, position=1,
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def moves(
    *tasks: TaskRow, after_s: float = LONG_S, began_s: float = 0, seed: int = 1
) -> list[Move]:
    there = Colleagues(frozenset({ORG}), ("incomplete",), seed, began_ms=round(began_s * 1000))
    return there.moves(tasks, round(after_s * 1000))


def verbs(found: list[Move]) -> list[type[OfTask]]:
    return [type(command) for _, command in found]


def test_an_offered_task_is_accepted_after_a_while_by_an_officer_of_the_station() -> None:
    assert moves(task(), after_s=60) == []
    assert moves(task()) == [(Actor(ONE, "station_officer", org=ORG), AcceptTask(UUID(int=1)))]


def test_an_officer_has_one_task_at_a_time() -> None:
    found = moves(task(1), task(2), task(3), task(4, state="in_progress", owner=ONE), after_s=430)
    assert [(actor.id, type(one)) for actor, one in found] == [(TWO, AcceptTask)]


@pytest.mark.parametrize("state", ["offered", "accepted", "in_progress"])
def test_what_a_person_has_or_is_asked_for_stays_with_them(state: str) -> None:
    assert moves(task(state=state, owner="station2", steps=STEPS)) == []


def test_what_lies_elsewhere_is_for_others() -> None:
    assert moves(task(org="city")) == []


def test_what_lay_there_before_waits_as_if_it_had_just_come() -> None:
    assert moves(task(), began_s=LONG_S) == []


def test_its_owner_starts_it_does_its_steps_in_their_order_and_submits_it() -> None:
    assert verbs(moves(task(state="accepted", owner=ONE))) == [StartTask]
    begun = task(state="in_progress", owner=ONE, steps=STEPS)
    assert moves(begun, after_s=100) == []
    assert [one for _, one in moves(begun)] == [TickStep(UUID(int=1), UUID(STEPS[0]))]
    ticked = msgspec.structs.replace(begun, ticked=STEPS[:1])
    assert [one for _, one in moves(ticked)] == [TickStep(UUID(int=1), UUID(STEPS[1]))]
    assert verbs(moves(msgspec.structs.replace(begun, ticked=STEPS))) == [SubmitTask]


def test_who_has_begun_one_task_starts_no_other() -> None:
    there = (task(1, state="in_progress", owner=ONE), task(2, state="accepted", owner=ONE))
    assert verbs(moves(*there, after_s=300)) == []


def test_the_command_office_approves_or_sends_back_once() -> None:
    waiting = task(state="submitted", owner=ONE, submitted_by=ONE)
    by_seed = {verbs(moves(waiting, seed=seed))[0] for seed in range(30)}
    assert by_seed == {ApproveTask, SendBackTask}
    again = msgspec.structs.replace(waiting, sent_back=1)
    assert {verbs(moves(again, seed=seed))[0] for seed in range(30)} == {ApproveTask}


def test_what_a_person_submitted_is_never_sent_back() -> None:
    waiting = task(state="submitted", owner="station2", submitted_by="station2")
    assert {verbs(moves(waiting, seed=seed))[0] for seed in range(30)} == {ApproveTask}


def test_what_came_back_is_offered_again() -> None:
    assert moves(task(state="returned"), after_s=600) == []
    assert [one for _, one in moves(task(state="returned"))] == [
        ReassignTask(UUID(int=1), ORG, "community")
    ]


def test_the_same_seed_does_the_same_in_whatever_order_tasks_come() -> None:
    there = [task(n, state="submitted", owner=ONE, submitted_by=ONE) for n in range(1, 9)]
    assert moves(*there, after_s=400) == moves(*reversed(there), after_s=400)
    assert 0 < len(moves(*there, after_s=400)) < 8


def test_stations_are_organisations_of_that_level() -> None:
    assert stations_of([("city", "city"), (ORG, "station")]) == {ORG}
