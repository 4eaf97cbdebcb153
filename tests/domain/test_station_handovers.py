"""A station is handed over: each late item is read back, and nothing is left without an owner."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import OpenIncident
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.station_handovers.commands import (
    CancelStationHandover,
    CompleteStationHandover,
    ConfirmStationItem,
    StartStationHandover,
    TakeStationHandover,
)
from dutyroom.domain.station_handovers.items import HandedItem
from dutyroom.domain.station_handovers.state import StationHandoverPhase, StationHandoverState
from dutyroom.domain.station_handovers.table import STATION_HANDOVER
from dutyroom.domain.tasks.commands import AcceptTask, OfferTask, StartTask, SubmitTask
from dutyroom.domain.values import Place

from .room import Room
from .strategies import INCIDENTS, ORDERS, STATION_HANDOVERS, TASKS

NORTH = "city/north"
NIGHT, DAY, LATER = (Actor(one, "station_command", org=NORTH) for one in ("night", "day", "later"))
BO, CHEN = (Actor(one, "station_officer", org=NORTH) for one in ("bo", "chen"))
ONE, OTHER, _ = STATION_HANDOVERS
LATE, OPEN, TODAY = TASKS
HOUR_MS = 3_600_000


@pytest.fixture
def room() -> Room:
    """In the north Bo has a late task, nobody another one, and a third is due today."""
    found = Room()
    found.works_for |= dict.fromkeys(("night", "day", "later"), NORTH)
    found.command_offices = dict.fromkeys(("night", "day", "later"), NORTH)
    found.does(OpenIncident(INCIDENTS[0], "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
    for one, hours in ((LATE, 1), (OPEN, 2), (TODAY, 9)):
        due_ms = found.now_ms + hours * HOUR_MS
        found.does(OfferTask(one, INCIDENTS[0], "visit", NORTH, "Look", due_ms=due_ms))
    found.does(AcceptTask(LATE), BO)
    found.now_ms += 3 * HOUR_MS
    return found


def begun(room: Room, to: str = "day") -> None:
    room.does(StartStationHandover(ONE, NORTH, to), NIGHT)


def confirm(task: Any, owner: str, by: Actor, room: Room) -> tuple[str, ...]:
    return room.does(ConfirmStationItem(ONE, "task", task, owner), by)


COMMANDS: dict[str, Command] = {
    "station.start_handover": StartStationHandover(ONE, NORTH, "day"),
    "station.take_handover": TakeStationHandover(ONE, instead_of="night"),
    "station.confirm_item": ConfirmStationItem(ONE, "task", LATE, "bo"),
    "station.complete_handover": CompleteStationHandover(ONE),
    "station.cancel_handover": CancelStationHandover(ONE),
}


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in STATION_HANDOVER.items()],
)
def test_a_handover_does_what_its_table_says(state: str, verb: str, cell: str) -> None:
    """Nothing is late there: so it can be completed."""
    room = Room()
    phase: Any = state
    to = "night" if verb == "station.take_handover" else "day"
    if state != "none":
        there = StationHandoverState(phase, NORTH, "bo", to, room.now_ms)
        room.states[f"station_handover:{ONE}"] = there
    if verb == "station.confirm_item":
        room.does(OpenIncident(INCIDENTS[0], "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
        due_ms = room.now_ms + HOUR_MS
        offer = OfferTask(LATE, INCIDENTS[0], "visit", NORTH, "Look", owner="bo", due_ms=due_ms)
        room.does(offer)
    room.command_offices = {"day": NORTH}
    decision = room.act(COMMANDS[verb], DAY)
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    if (state, verb) == ("none", "station.start_handover"):  # by Day to Day
        assert said == "StationHandedToOneself"
    else:
        assert said == cell


def test_every_state_of_a_handover_is_in_its_table() -> None:
    phases = get_args(StationHandoverPhase.__value__)
    assert {state for state, _ in STATION_HANDOVER} == {"none", *phases}


def test_it_lists_what_is_late_and_what_falls_due_with_its_owners(room: Room) -> None:
    begun(room)
    items = room.station_handovers[ONE].items
    assert [(one.id, one.late, one.owner) for one in items] == [
        (LATE, True, "bo"),
        (OPEN, True, ""),
        (TODAY, False, ""),
    ]


def test_it_completes_only_when_every_late_item_has_a_confirmed_owner(room: Room) -> None:
    begun(room)
    assert confirm(LATE, "bo", DAY, room) == ("station.item_confirmed.v1",)
    refused = room.refuses(CompleteStationHandover(ONE), DAY)
    assert (refused.name, refused.params["count"]) == ("StationHandoverIncomplete", 1)
    assert room.refuses(ConfirmStationItem(ONE, "task", OPEN, ""), DAY).name == (
        "StationItemNeedsOwner"
    )
    assert confirm(OPEN, "chen", DAY, room) == (
        "station.item_confirmed.v1",
        "task.reassigned.v1",
    )
    assert (room.tasks[OPEN].phase, room.tasks[OPEN].owner) == ("offered", "chen")
    room.does(CompleteStationHandover(ONE), DAY)
    assert room.station_handovers[ONE].phase == "completed"


def test_an_owner_who_leaves_before_it_is_complete_does_not_count(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = HandedItem("supervision_order", ORDERS[0], "1000-0009", room.now_ms - 1, late=True)
    monkeypatch.setattr(room, "due_items", lambda _org: (order,))
    begun(room)
    room.does(ConfirmStationItem(ONE, "supervision_order", ORDERS[0], "bo"), DAY)
    del room.works_for["bo"]
    assert room.refuses(CompleteStationHandover(ONE), DAY).name == "StationHandoverIncomplete"
    room.does(ConfirmStationItem(ONE, "supervision_order", ORDERS[0], "chen"), DAY)
    room.does(CompleteStationHandover(ONE), DAY)


def test_who_takes_an_item_over_themselves_has_accepted_it(room: Room) -> None:
    begun(room)
    confirm(OPEN, "day", DAY, room)
    assert (room.tasks[OPEN].phase, room.tasks[OPEN].owner) == ("accepted", "day")
    assert confirm(OPEN, "day", DAY, room) == ()


def test_what_became_late_or_lost_its_owner_meanwhile_is_asked_for_again(room: Room) -> None:
    begun(room)
    confirm(LATE, "bo", DAY, room)
    confirm(OPEN, "chen", DAY, room)
    room.states[f"task:{OPEN}"] = replace(room.tasks[OPEN], owner="")
    assert room.refuses(CompleteStationHandover(ONE), DAY).params["count"] == 1
    confirm(OPEN, "bo", DAY, room)
    room.now_ms += 9 * HOUR_MS
    assert room.refuses(CompleteStationHandover(ONE), DAY).params["count"] == 1
    confirm(TODAY, "chen", DAY, room)
    room.does(CompleteStationHandover(ONE), DAY)


def test_what_was_settled_meanwhile_needs_nobody(room: Room) -> None:
    begun(room)
    room.does(SubmitTask(LATE, "Done."), BO)
    assert confirm(LATE, "chen", DAY, room) == ()
    assert room.tasks[LATE].owner == "bo"
    confirm(OPEN, "chen", DAY, room)
    room.does(CompleteStationHandover(ONE), DAY)


def test_an_interrupted_handover_is_resumed_by_another(room: Room) -> None:
    begun(room)
    confirm(LATE, "bo", DAY, room)
    assert room.refuses(ConfirmStationItem(ONE, "task", OPEN, "bo"), LATER).params["to"] == "day"
    room.does(TakeStationHandover(ONE, "day"), LATER)
    assert room.refuses(CompleteStationHandover(ONE), DAY).name == "NotTakingOver"
    confirm(OPEN, "later", LATER, room)
    room.does(CompleteStationHandover(ONE), LATER)


def test_of_two_who_take_it_at_once_the_second_hears_who_was_first(room: Room) -> None:
    begun(room, to="")
    assert room.refuses(ConfirmStationItem(ONE, "task", LATE, "bo"), DAY).name == "NotTakingOver"
    room.does(TakeStationHandover(ONE), DAY)
    assert room.does(TakeStationHandover(ONE), DAY) == ()
    refused = room.refuses(TakeStationHandover(ONE), LATER)
    assert (refused.name, refused.params["to"]) == ("StationHandoverIsWith", "day")
    assert room.refuses(TakeStationHandover(ONE, "day"), NIGHT).name == "StationHandedToOneself"


def test_a_station_has_one_handover_at_a_time_until_it_is_cancelled(room: Room) -> None:
    begun(room)
    refused = room.refuses(StartStationHandover(OTHER, NORTH), LATER)
    assert (refused.name, refused.params["by"]) == ("StationHandoverRuns", "night")
    room.does(CancelStationHandover(ONE), LATER)
    assert room.refuses(CompleteStationHandover(ONE), DAY).params["by"] == "later"
    room.does(StartStationHandover(OTHER, NORTH), LATER)


@pytest.mark.parametrize(
    ("org", "to", "name"),
    [
        ("", "", "UnknownStation"),
        ("elsewhere", "", "UnknownStation"),
        (NORTH, "bo", "NotOfCommandOffice"),
        (NORTH, "night", "StationHandedToOneself"),
    ],
)
def test_a_handover_that_makes_no_sense_is_refused(
    room: Room, org: str, to: str, name: str
) -> None:
    assert room.refuses(StartStationHandover(ONE, org, to), NIGHT).name == name


def test_an_item_is_given_to_nobody_who_works_elsewhere(room: Room) -> None:
    begun(room)
    room.works_for["chen"] = "city/south"
    refused = room.refuses(ConfirmStationItem(ONE, "task", OPEN, "chen"), DAY)
    assert refused.name == "OwnerNotOfOrganisation"
    for kind, item in (("task", TASKS[0]), ("incident", INCIDENTS[1])):
        asked = ConfirmStationItem(ONE, kind, item, "bo")  # type: ignore[arg-type]
        room.states.pop(f"task:{TASKS[0]}", None)
        said = room.act(asked, DAY)
        # The one was listed at the beginning and is gone, the other one never was there.
        assert said == () if kind == "task" else said.name == "UnknownStationItem"  # type: ignore[union-attr]


def test_a_task_that_is_worked_on_goes_on_with_its_new_owner(room: Room) -> None:
    begun(room)
    room.does(StartTask(LATE), BO)
    confirm(LATE, "chen", DAY, room)
    assert (room.tasks[LATE].phase, room.tasks[LATE].owner) == ("offered", "chen")
    room.does(AcceptTask(LATE), CHEN)
    confirm(OPEN, "chen", DAY, room)
    room.does(CompleteStationHandover(ONE), DAY)
