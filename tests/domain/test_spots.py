"""Public places that call again: taken on in one step, each once; given up again."""

from dataclasses import replace
from typing import Any

import pytest

from dutyroom.clocks.loop import Loop, RepeatRules
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.spots.commands import DropSpot, TakeOnSpot
from dutyroom.domain.spots.decide import WINDOWS
from dutyroom.domain.spots.state import SpotState, clocks
from dutyroom.domain.spots.table import SPOT
from dutyroom.domain.tasks.commands import AcceptTask

from .room import Room
from .strategies import INCIDENTS, TASKS, uuids_of

SPOT_ID, OTHER, _ = uuids_of("spot")
NORTH = "city/north"
TAKE = TakeOnSpot(
    SPOT_ID, "place:bridge", "noise", INCIDENTS[0], TASKS[0], NORTH, "Talk to the dancers"
)
BO = Actor("bo", "station_officer", org=NORTH)


@pytest.fixture
def room() -> Room:
    found = Room()
    found.loop = Loop(repeats=RepeatRules(window_days=20))
    return found


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in SPOT.items()],
)
def test_a_spot_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(TAKE)
    there = room.states[f"spot:{SPOT_ID}"]
    assert isinstance(there, SpotState)
    if state == "none":
        room = Room()
    elif state == "over":
        room.now_ms = there.taken.until_ms
    else:
        phase: Any = state
        room.states[f"spot:{SPOT_ID}"] = replace(there, phase=phase)
    commands: dict[str, Command] = {TAKE.VERB: TAKE, DropSpot.VERB: DropSpot(SPOT_ID)}
    decision = room.act(commands[verb])
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_a_place_becomes_an_incident_with_a_task_of_prevention_in_one_step(room: Room) -> None:
    assert room.does(TAKE) == ("incident.opened.v1", "task.offered.v1", "spot.taken_on.v1")
    incident, task = room.incidents[INCIDENTS[0]], room.tasks[TASKS[0]]
    assert (incident.category, incident.channel, incident.priority) == ("NOISE", "order", 3)
    assert (task.kind, task.org, task.team) == ("prevent", NORTH, "community")
    spot = room.states[f"spot:{SPOT_ID}"]
    assert isinstance(spot, SpotState)
    assert spot.taken.number == incident.number
    [end] = clocks(spot)
    assert end.due_ms == room.now_ms + WINDOWS * 20 * 86_400_000


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"place": "place:nowhere"}, "NoPublicPlace"),
        ({"place": "address:1 Bridge Road"}, "NoPublicPlace"),
        ({"kind": "quarrels"}, "UnknownCode"),
        ({"org": "elsewhere"}, "TaskNeedsOrganisation"),
        ({"text": " "}, "TaskTextWrong"),
        ({"due_ms": 1}, "TaskDueWrong"),
    ],
)
def test_what_is_not_taken_on(room: Room, change: dict[str, Any], name: str) -> None:
    assert room.refuses(replace(TAKE, **change)).name == name
    assert not room.incidents


def test_a_place_is_taken_on_once_for_each_kind_until_it_is_given_up(room: Room) -> None:
    room.does(TAKE)
    again = replace(TAKE, spot=OTHER, incident=INCIDENTS[1], task=TASKS[1])
    refused = room.refuses(again)
    assert (refused.name, refused.params["spot"]) == ("PlaceTakenOn", str(SPOT_ID))
    assert room.refuses(replace(again, task=TASKS[0], kind="alarm")).name == "TaskExists"
    assert room.does(DropSpot(SPOT_ID)) == ("spot.dropped.v1", "task.withdrawn.v1")
    assert room.does(again)
    room.does(AcceptTask(TASKS[1]), BO)
    assert room.does(DropSpot(OTHER)) == ("spot.dropped.v1",)
