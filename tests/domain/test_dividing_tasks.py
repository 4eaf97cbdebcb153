"""Tasks that are split, joined, and wanted by another time: nothing is with nobody, no note is
lost."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.orgs import common
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    ChangeDue,
    JoinTask,
    OfferTask,
    ReturnTask,
    SplitTask,
    SubmitTask,
    TaskPart,
    UndoJoin,
    WithdrawTask,
)
from dutyroom.domain.tasks.dividing import MOST_PARTS
from dutyroom.domain.tasks.events import TaskOffered
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.values import Place

from .room import ANNA, Room
from .strategies import INCIDENTS, NOTES, START_MS, TASKS
from .test_tasks import BO, CHEN, CHIEF, NORTH, OFFER

ONE, OTHER = INCIDENTS[:2]
VISIT, SECOND, THIRD = TASKS
DAY_MS = 86_400_000
PARTS = (TaskPart(SECOND, NORTH, "Ask upstairs", owner="bo"), TaskPart(THIRD, "city", "Ask below"))
WHOLE = replace(OFFER, steps=())
ANOTHER = replace(WHOLE, task=SECOND)


def opened() -> Room:
    """Two open incidents."""
    made = Room()
    for one in (ONE, OTHER):
        made.does(OpenIncident(one, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
        made.does(SetDisposition(one, "helped"))
    return made


@pytest.fixture
def room() -> Room:
    return opened()


def test_each_part_is_offered_anew_and_knows_what_it_was_split_off(room: Room) -> None:
    room.does(replace(WHOLE, due_ms=START_MS + DAY_MS))
    room.does(AcceptTask(VISIT), BO)
    decision = room.act(SplitTask(VISIT, PARTS))
    assert isinstance(decision, tuple)
    whole, upstairs, below = (room.tasks[one] for one in TASKS)
    assert (whole.phase, whole.owner, whole.parts) == ("accepted", "bo", (SECOND, THIRD))
    for part in (upstairs, below):
        assert (part.phase, part.part_of, part.kind) == ("offered", VISIT, "visit")
        assert (part.incident, part.due_ms) == (ONE, START_MS + DAY_MS)
    assert (upstairs.org, upstairs.owner, below.org) == (NORTH, "bo", "city")
    sealed = [one.sealed for one in decision if isinstance(one.event, TaskOffered)]
    assert [one["text"] for one in sealed if one] == ["Ask upstairs", "Ask below"]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ((), "TaskPartsWrong"),
        ((PARTS[0], PARTS[0]), "TaskPartsWrong"),
        ((replace(PARTS[0], task=VISIT),), "TaskPartsWrong"),
        (
            tuple(replace(PARTS[0], task=UUID(int=n)) for n in range(MOST_PARTS + 1)),
            "TaskPartsWrong",
        ),
        ((replace(PARTS[0], org="elsewhere"),), "TaskNeedsOrganisation"),
        ((replace(PARTS[0], owner="nobody"),), "OwnerNotOfOrganisation"),
        ((PARTS[1], replace(PARTS[0], text=" ")), "TaskTextWrong"),
    ],
)
def test_a_split_that_makes_no_sense_changes_nothing(room: Room, parts: Any, name: str) -> None:
    room.does(WHOLE)
    assert room.refuses(SplitTask(VISIT, parts)).name == name
    assert set(room.tasks) == {VISIT}


def test_a_part_has_an_id_of_its_own(room: Room) -> None:
    room.does(WHOLE)
    room.does(ANOTHER)
    assert room.refuses(SplitTask(VISIT, PARTS)).name == "TaskExists"


def test_what_is_joined_ends_and_is_as_it_was_when_that_is_undone(room: Room) -> None:
    room.does(WHOLE)
    room.does(SplitTask(VISIT, PARTS))
    room.does(AcceptTask(SECOND), BO)
    before = room.tasks[SECOND]
    assert room.does(JoinTask(SECOND, VISIT)) == ("task.joined.v1", "task.took_in.v1")
    assert room.does(JoinTask(SECOND, VISIT)) == ()
    joined = room.tasks[SECOND]
    assert (joined.phase, joined.joined_into, joined.over) == ("joined", VISIT, True)
    assert room.tasks[VISIT].joined == (SECOND,)
    refused = room.refuses(SubmitTask(SECOND, "Done."), BO)
    assert (refused.name, refused.params["state"]) == ("TaskIsOver", "joined")
    assert room.does(UndoJoin(SECOND)) == ("task.join_undone.v1", "task.let_go.v1")
    assert room.does(UndoJoin(SECOND)) == ()
    assert replace(room.tasks[SECOND], since_ms=before.since_ms) == before
    assert room.tasks[VISIT].joined == ()


def test_what_was_joined_goes_on_when_that_is_no_longer_wanted(room: Room) -> None:
    room.does(WHOLE)
    room.does(ANOTHER)
    room.does(AcceptTask(SECOND), BO)
    room.does(JoinTask(SECOND, VISIT))
    assert room.does(WithdrawTask(VISIT)) == (
        "task.withdrawn.v1", "task.join_undone.v1", "task.let_go.v1"
    )  # fmt: skip
    assert (room.tasks[SECOND].phase, room.tasks[SECOND].owner) == ("accepted", "bo")
    assert room.tasks[VISIT].joined == ()


def test_who_left_while_it_was_joined_does_not_get_it_back(room: Room) -> None:
    room.does(WHOLE)
    room.does(ANOTHER)
    room.does(AcceptTask(SECOND), BO)
    room.does(JoinTask(SECOND, VISIT))
    del room.works_for["bo"]
    room.does(UndoJoin(SECOND))
    assert (room.tasks[SECOND].phase, room.tasks[SECOND].owner) == ("offered", "")


def test_only_tasks_of_one_matter_are_joined(room: Room) -> None:
    room.does(WHOLE)
    room.does(replace(ANOTHER, incident=OTHER))
    assert room.refuses(JoinTask(VISIT, VISIT)).name == "TasksOfTwoMatters"
    assert room.refuses(JoinTask(VISIT, THIRD)).name == "UnknownTask"
    assert room.refuses(JoinTask(SECOND, VISIT)).name == "TasksOfTwoMatters"
    room.does(MergeIncident(OTHER, ONE))
    room.does(JoinTask(SECOND, VISIT))


def test_of_two_that_take_each_other_in_one_is_left(room: Room) -> None:
    room.does(WHOLE)
    room.does(ANOTHER)
    room.does(JoinTask(SECOND, VISIT))
    refused = room.refuses(JoinTask(VISIT, SECOND))
    assert (refused.name, refused.params["state"]) == ("TaskIsOver", "joined")


def test_an_incident_is_closed_once_all_parts_are_done_or_joined(room: Room) -> None:
    room.does(WHOLE)
    room.does(SplitTask(VISIT, PARTS))
    room.does(WithdrawTask(THIRD))
    room.does(JoinTask(SECOND, VISIT))
    assert room.refuses(CloseIncident(ONE)).name == "IncidentNotReady"
    room.does(AcceptTask(VISIT), BO)
    room.does(SubmitTask(VISIT, "Done."), BO)
    room.does(ApproveTask(VISIT), CHIEF)
    room.does(CloseIncident(ONE))
    assert room.refuses(UndoJoin(SECOND)).name == "IncidentTakesNoTask"


def test_it_is_wanted_by_another_time_for_a_reason(room: Room) -> None:
    room.does(WHOLE)
    for due_ms in (START_MS + DAY_MS, START_MS + 2 * DAY_MS, None):
        assert room.does(ChangeDue(VISIT, due_ms, "unclear")) == ("task.due_changed.v1",)
        assert room.tasks[VISIT].due_ms == due_ms
        assert room.does(ChangeDue(VISIT, due_ms, "unclear")) == ()
    assert room.refuses(ChangeDue(VISIT, START_MS, "unclear")).name == "TaskDueWrong"
    assert room.refuses(ChangeDue(VISIT, START_MS + DAY_MS, "no such")).name == "UnknownCode"


def test_what_is_above_several_organisations_is_within_another_only_if_each_is() -> None:
    assert common(["city/north", "city/north/ps1"]) == "city/north"
    assert common(["city/north", "city/northern"]) == "city"
    assert common(["city", "elsewhere"]) == ""
    assert common([]) == ""


WHAT = ("offer", "split", "join", "undo", "accept", "return", "withdraw", "note", "due")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WHAT),
        st.sampled_from(TASKS),
        st.sampled_from(TASKS),
        st.sampled_from((ANNA, BO, CHEN, CHIEF)),
    ),
    max_size=25,
)


def command(what: str, one: UUID, other: UUID, number: int) -> Any:
    match what:
        case "offer":
            return OfferTask(one, ONE, "visit", NORTH, "Ask")
        case "split":
            return SplitTask(one, (TaskPart(other, NORTH, "Ask"),))
        case "join":
            return JoinTask(one, other)
        case "undo":
            return UndoJoin(one)
        case "accept":
            return AcceptTask(one)
        case "return":
            return ReturnTask(one, "unclear")
        case "withdraw":
            return WithdrawTask(one)
        case "note":
            return AddTaskNote(one, NOTES[number % len(NOTES)], "Nobody at home")
    return ChangeDue(one, START_MS + DAY_MS * (1 + number), "unclear")


def read_with(tasks: dict[UUID, TaskState], id_: UUID) -> set[UUID]:
    """The notes that are read with a task: a reading goes through those joined into it."""
    return set(tasks[id_].notes).union(*(read_with(tasks, one) for one in tasks[id_].joined))


@pytest.mark.property
@given(STEPS)
def test_no_open_task_is_with_nobody_and_no_note_is_lost(steps: Any) -> None:
    made = opened()
    noted: dict[UUID, set[UUID]] = {}
    for number, (what, one, other, actor) in enumerate(steps):
        decision = made.act(command(what, one, other, number), actor)
        if what == "note" and not isinstance(decision, Refusal):
            noted.setdefault(one, set()).add(NOTES[number % len(NOTES)])
    tasks = made.tasks
    for id_, state in tasks.items():
        assert state.over or state.org in made.codes.orgs or state.phase == "returned"
        assert (state.phase == "joined") == (state.joined_into is not None)
        whole, seen = id_, {id_}
        while (into := tasks[whole].joined_into) is not None:
            assert tasks[into].phase != "withdrawn"
            assert whole in tasks[into].joined
            assert into not in seen
            seen.add(into)
            whole = into
        assert noted.get(id_, set()) <= read_with(tasks, whole)
