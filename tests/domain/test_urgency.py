"""Nothing urgent is lost when two incidents become one, or when a call reports something worse."""

from dataclasses import replace

import pytest

from dutyroom.domain.calls.commands import ClaimCall, ReceiveCall
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    CancelAssignment,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    LinkCall,
    MergeIncident,
    OpenIncident,
    Reassign,
    ReopenIncident,
    RequestMore,
    SetDisposition,
    SetPriority,
    SplitIncident,
    StartEnRoute,
    UndoReassign,
    UnitToSend,
    UnlinkCall,
)
from dutyroom.domain.incidents.events import IncidentReopened
from dutyroom.domain.incidents.plans import plan_needs
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.incidents.urgency import matters
from dutyroom.domain.units.commands import MarkUnavailable, SignOn
from dutyroom.domain.values import Need, Place

from .room import Room
from .strategies import ASSIGNMENTS, CALLS, CODES, INCIDENTS

ONE, OTHER, THIRD = INCIDENTS
CALL = CALLS[0]
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")


@pytest.fixture
def room() -> Room:
    """A fire, a noise complaint and another one, all waiting."""
    room = Room()
    room.does(OpenIncident(OTHER, "NOISE", 3, PLACE))
    room.does(OpenIncident(ONE, "FIRE", 1, PLACE, answers=(("inside", "yes"),)))
    room.does(OpenIncident(THIRD, "NOISE", 2, PLACE))
    return room


def plan_for(category: str, priority: int) -> list[Need]:
    fire = [Need("engine", 3 if priority == 1 else 2)]
    return fire if category == "FIRE" else [Need("patrol", 1)]


def needed(room: Room, incident: object) -> dict[str, int]:
    state = room.incidents[incident]  # type: ignore[index]
    return {need.capability: need.count for need in plan_needs(plan_for, state, CODES)}


def on_duty(room: Room, *units: str) -> None:
    for unit in units:
        room.does(SignOn(unit, (f"crew of {unit}",)))


def send(room: Room, incident: object, number: int, unit: str) -> None:
    to_send = UnitToSend(ASSIGNMENTS[number], unit)
    room.does(Dispatch(incident, (to_send,)))  # type: ignore[arg-type]


def test_the_survivor_of_a_merge_has_the_higher_priority_and_all_needs(room: Room) -> None:
    room.does(RequestMore(ONE, "patrol", 1))
    room.does(RequestMore(OTHER, "patrol", 1))
    room.does(MergeIncident(ONE, OTHER))
    assert room.incidents[OTHER].priority == 1
    assert needed(room, OTHER) == {"patrol": 3, "engine": 3, "ambulance": 1}


def test_the_same_happening_reported_twice_needs_no_more_than_its_plan() -> None:
    room = Room()
    for incident in (ONE, OTHER):
        room.does(OpenIncident(incident, "FIRE", 1, PLACE))
    room.does(MergeIncident(ONE, OTHER))
    assert needed(room, OTHER) == {"engine": 3}


def test_a_less_urgent_one_lowers_nothing(room: Room) -> None:
    room.does(MergeIncident(OTHER, ONE))
    assert room.incidents[ONE].priority == 1
    assert needed(room, ONE) == {"engine": 3, "ambulance": 1, "patrol": 1}


def test_a_split_gives_each_its_own_back(room: Room) -> None:
    before = room.incidents[ONE], room.incidents[OTHER]
    room.does(MergeIncident(ONE, OTHER))
    room.does(SplitIncident(ONE))
    after = room.incidents[ONE], room.incidents[OTHER]
    assert [replace(one, since_ms=0) for one in after] == [
        replace(one, since_ms=0) for one in before
    ]


def test_along_a_chain_everything_goes_on_and_comes_back(room: Room) -> None:
    before = {id_: room.incidents[id_] for id_ in INCIDENTS}
    room.does(MergeIncident(ONE, OTHER))
    room.does(MergeIncident(OTHER, THIRD))
    assert room.incidents[THIRD].priority == 1
    assert needed(room, THIRD) == {"engine": 3, "ambulance": 1, "patrol": 1}
    room.does(SplitIncident(OTHER))
    assert room.incidents[THIRD].priority == 2
    assert (room.incidents[OTHER].priority, needed(room, OTHER)["engine"]) == (1, 3)
    room.does(SplitIncident(ONE))
    assert {id_: replace(room.incidents[id_], since_ms=0) for id_ in INCIDENTS} == {
        id_: replace(one, since_ms=0) for id_, one in before.items()
    }


def test_of_two_merged_ones_each_leaves_what_the_other_asks_for(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    room.does(MergeIncident(THIRD, OTHER))
    room.does(SplitIncident(ONE))
    assert room.incidents[OTHER].priority == 2
    room.does(SplitIncident(THIRD))
    assert room.incidents[OTHER].priority == 3


def test_a_priority_set_by_a_person_counts_until_it_is_set_again(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    room.does(SetPriority(OTHER, 2))
    assert room.incidents[OTHER].priority == 2
    room.does(SplitIncident(ONE))
    assert (room.incidents[OTHER].priority, room.incidents[ONE].priority) == (2, 1)


def test_each_promise_is_kept_from_its_own_beginning(room: Room) -> None:
    started = {id_: room.incidents[id_].opened_at_ms for id_ in INCIDENTS}
    room.does(MergeIncident(ONE, OTHER))
    kept = [(one.priority, one.waiting_from_ms) for one in matters(room.incidents[OTHER])]
    assert kept == [(3, started[OTHER]), (1, started[ONE])]


def test_who_came_along_or_is_sent_afterwards_serves_what_was_merged(room: Room) -> None:
    on_duty(room, "P1", "E1", "P2")
    send(room, OTHER, 0, "P1")
    send(room, ONE, 1, "E1")
    room.does(ArriveOnScene(OTHER, ASSIGNMENTS[0]))
    room.does(MergeIncident(ONE, OTHER))
    assert [one.progress for one in matters(room.incidents[OTHER])] == ["on_scene", "dispatched"]
    room.does(MergeIncident(THIRD, OTHER))
    assert matters(room.incidents[OTHER])[2].progress == "pending"
    send(room, OTHER, 2, "P2")
    assert matters(room.incidents[OTHER])[2].progress == "dispatched"


def test_a_reassignment_leaves_the_promise_running_where_the_unit_was(room: Room) -> None:
    on_duty(room, "E1")
    room.does(MergeIncident(ONE, OTHER))
    send(room, OTHER, 0, "E1")
    room.does(Reassign(OTHER, ASSIGNMENTS[0], THIRD, ASSIGNMENTS[1]))
    assert [one.progress for one in matters(room.incidents[OTHER])] == ["pending", "pending"]
    assert (room.incidents[OTHER].priority, room.incidents[THIRD].priority) == (1, 2)
    room.does(UndoReassign(THIRD, ASSIGNMENTS[1]))
    assert matters(room.incidents[OTHER])[0].progress == "dispatched"


def test_who_has_served_before_a_merge_is_not_needed_again(room: Room) -> None:
    on_duty(room, "E1")
    send(room, ONE, 0, "E1")
    room.does(ArriveOnScene(ONE, ASSIGNMENTS[0]))
    room.does(ClearAssignment(ONE, ASSIGNMENTS[0], "done"))
    room.does(MergeIncident(ONE, OTHER))
    assert room.incidents[OTHER].served == ("E1",)
    room.does(SplitIncident(ONE))
    assert room.incidents[OTHER].served == ()
    assert room.incidents[ONE].served == ("E1",)


# --- calls that report something worse ------------------------------------------------------


def reported(room: Room, **what: object) -> tuple[str, ...]:
    room.does(ReceiveCall(CALL, "110-1"))
    room.does(ClaimCall(CALL))
    return room.does(LinkCall(OTHER, CALL, **what))  # type: ignore[arg-type]


def test_a_call_that_reports_something_worse_raises_its_incident(room: Room) -> None:
    events = reported(room, category="FIRE", answers=(("inside", "yes"),))
    assert events == ("incident.call_linked.v1", "incident.urgency_kept.v1")
    assert room.incidents[OTHER].priority == 1
    assert needed(room, OTHER) == {"patrol": 1, "engine": 3, "ambulance": 1}
    room.does(UnlinkCall(OTHER, CALL))
    assert (room.incidents[OTHER].priority, needed(room, OTHER)) == (3, {"patrol": 1})


def test_a_call_that_reports_the_same_changes_nothing_else(room: Room) -> None:
    assert reported(room, category="NOISE", priority=3) == ("incident.call_linked.v1",)


def test_a_call_linked_elsewhere_takes_along_what_it_reported(room: Room) -> None:
    reported(room, category="FIRE", priority=1)
    room.does(LinkCall(THIRD, CALL))
    assert (room.incidents[OTHER].priority, room.incidents[THIRD].priority) == (3, 1)
    assert needed(room, THIRD)["engine"] == 3


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"category": "ALIENS"}, "category"),
        ({"priority": 9}, "priority"),
        ({"answers": (("inside", "yes"),)}, "category"),
        ({"category": "FIRE", "answers": (("inside", "maybe"),)}, "answer"),
    ],
)
def test_what_a_call_reports_is_said_in_codes_of_the_pack(
    room: Room, what: dict[str, object], field: str
) -> None:
    room.does(ReceiveCall(CALL, "110-1"))
    room.does(ClaimCall(CALL))
    refusal = room.refuses(LinkCall(OTHER, CALL, **what))  # type: ignore[arg-type]
    assert (refusal.name, refusal.params["field"]) == ("UnknownCode", field)
    assert CALL not in room.links


# --- reopening -------------------------------------------------------------------------------


def served_and_closed(room: Room) -> IncidentState:
    on_duty(room, "P1")
    send(room, OTHER, 0, "P1")
    room.does(ArriveOnScene(OTHER, ASSIGNMENTS[0]))
    room.does(ClearAssignment(OTHER, ASSIGNMENTS[0], "done"))
    room.does(SetDisposition(OTHER, "helped"))
    room.does(CloseIncident(OTHER))
    return room.incidents[OTHER]


def test_a_reopened_incident_waits_again_from_the_reopening(room: Room) -> None:
    assert served_and_closed(room).progress == "cleared"
    room.does(ReopenIncident(OTHER, "came_back"))
    state = room.incidents[OTHER]
    assert (state.progress, state.served) == ("pending", ())
    assert matters(state)[0].waiting_from_ms == room.now_ms
    send(room, OTHER, 1, "P1")
    room.does(ArriveOnScene(OTHER, ASSIGNMENTS[1]))
    room.does(ClearAssignment(OTHER, ASSIGNMENTS[1], "done"))
    assert (room.incidents[OTHER].progress, room.incidents[OTHER].served) == ("cleared", ("P1",))


def test_what_was_merged_waits_again_too(room: Room) -> None:
    room.does(MergeIncident(ONE, OTHER))
    served_and_closed(room)
    room.does(ReopenIncident(OTHER, "came_back"))
    state = room.incidents[OTHER]
    assert state.priority == 1
    assert {(one.waiting_from_ms, one.progress) for one in matters(state)} == {
        (room.now_ms, "pending")
    }


def test_a_reopening_of_an_older_journal_means_what_it_meant(room: Room) -> None:
    served_and_closed(room)
    room.apply(f"incident:{OTHER}", IncidentReopened("came_back"), room.now_ms)
    state = room.incidents[OTHER]
    assert (state.state, state.progress, state.served) == ("open", "cleared", ("P1",))


# --- since when a unit is free ---------------------------------------------------------------


@pytest.mark.parametrize("how", ["cleared", "cancelled"])
def test_a_unit_is_available_since_its_assignment_ended(room: Room, how: str) -> None:
    on_duty(room, "P1")
    send(room, OTHER, 0, "P1")
    if how == "cleared":
        room.does(StartEnRoute(OTHER, ASSIGNMENTS[0]))
        room.does(ClearAssignment(OTHER, ASSIGNMENTS[0], "done"))
    else:
        room.does(CancelAssignment(OTHER, ASSIGNMENTS[0], "not_needed"))
    assert room.units["P1"].since_ms == room.now_ms


def test_a_clearing_entered_afterwards_takes_nothing_back(room: Room) -> None:
    on_duty(room, "P1")
    send(room, OTHER, 0, "P1")
    room.does(StartEnRoute(OTHER, ASSIGNMENTS[0]))
    earlier = room.now_ms
    room.does(MarkUnavailable("P1", "meal"))
    unavailable_ms = room.now_ms
    room.does(ClearAssignment(OTHER, ASSIGNMENTS[0], "done"), occurred_at_ms=earlier)
    assert room.units["P1"].since_ms == unavailable_ms
