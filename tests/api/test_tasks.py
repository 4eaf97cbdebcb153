"""Tasks through the API: offered, worked on, read, approved; each station sees its own."""

import json
from typing import Any

import pytest
from django.db import connection
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom
from tests.harness.stations import Stations

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied
from dutyroom.domain.incidents.commands import (
    ArriveOnScene,
    ClearAssignment,
    CloseIncident,
    Dispatch,
    OpenIncident,
    SetDisposition,
    UnitToSend,
)
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    ChangeDue,
    JoinTask,
    NewStep,
    OfferTask,
    ReassignTask,
    ReturnTask,
    SplitTask,
    StartTask,
    SubmitTask,
    TaskPart,
    TickStep,
    UndoJoin,
    UndoReturn,
    UndoStart,
    WithdrawTask,
)
from dutyroom.domain.units.commands import SignOn
from dutyroom.projections.moved import moved_deadlines
from dutyroom.projections.why import clocks_of

pytestmark = pytest.mark.db


@pytest.fixture
def stations(room: TestRoom) -> Stations:
    return Stations(room)


def test_a_task_goes_from_the_desk_to_a_station_and_back_to_be_approved(
    room: TestRoom, stations: Stations
) -> None:
    step = room.id()
    task = stations.offered(steps=(NewStep(step, "Ring the bell"),))
    for command in (
        AcceptTask(task),
        TickStep(task, step),
        AddTaskNote(task, room.id(), "Nobody on the third floor"),
        SubmitTask(task, "They heard nothing"),
    ):
        room.done(stations.officer, command)
    row = room.row("tasks", task)
    assert (row["state"], row["owner"], row["ticked"]) == ("submitted", "luo", [str(step)])
    room.done(DISPATCHER, SetDisposition(stations.incident, _disposition(room)))
    refused = room.ask(DISPATCHER, CloseIncident(stations.incident))
    assert isinstance(refused, Refusal)
    assert refused.params["missing"] == [{"what": "task", "task": str(task), "state": "submitted"}]
    room.done(stations.chief, ApproveTask(task))
    room.done(DISPATCHER, CloseIncident(stations.incident))


def _disposition(room: TestRoom) -> str:
    return next(iter(room.pack.vocabulary.codes("dispositions")))


def test_what_it_says_is_sealed_and_read_by_those_with_whom_it_lies(
    room: TestRoom, stations: Stations
) -> None:
    step = room.id()
    task = stations.offered(steps=(NewStep(step, "Ring the bell"),))
    room.done(stations.officer, AcceptTask(task))
    room.done(stations.officer, SubmitTask(task, "They heard nothing"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_journalentry")
        bodies = [bytes(body).decode() for (body,) in cursor.fetchall()]
    for said in ("neighbours", "bell", "heard"):
        assert not any(said in body for body in bodies)
    path = f"/api/readings/tasks/{task}"
    read = stations.client(stations.officer).get(path).json()
    assert (read["text"], read["steps"][0]["text"]) == ("Ask the neighbours", "Ring the bell")
    assert [one.get("text") for one in read["history"]] == [
        None, None, None, "They heard nothing",
    ]  # fmt: skip
    assert read["incident"]["place"]["label"] == room.place().label
    assert read["incident"]["row"]["id"] == str(stations.incident)
    assert stations.client(stations.other).get(path).status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, body FROM journal_journalentry ORDER BY position DESC")
        actor, body = cursor.fetchone()
    assert (actor, json.loads(bytes(body))["what"]) == ("luo", "task")


def test_a_station_has_on_its_board_what_is_its_own_and_nothing_else(
    room: TestRoom, stations: Stations
) -> None:
    task = stations.offered()
    mine, theirs = stations.board(stations.officer), stations.board(stations.other)
    assert [one["id"] for one in mine["tasks"]] == [str(task)]
    assert [one["id"] for one in mine["incidents"]] == [str(stations.incident)]
    assert {one["org"] for one in mine["units"]} <= {stations.north}
    assert theirs["tasks"] == theirs["incidents"] == theirs["calls"] == theirs["loops"] == []
    district = stations.member("he", "station_command", stations.north.rsplit("/", 1)[0])
    assert [one["id"] for one in stations.board(district)["tasks"]] == [str(task)]
    everybody = stations.board(stations.member("chen", "dispatcher", ""))
    assert len(everybody["units"]) == len(room.pack.units)


def test_a_task_and_its_clocks_are_both_there(room: TestRoom, stations: Stations) -> None:
    """They have one id."""
    task = stations.offered()
    assert room.row("tasks", task)["state"] == "offered"
    loop = room.row("loops", task)
    assert (loop["task_on"], len(loop["clocks"]) > 0) == (str(stations.incident), True)
    assert len(clocks_of(str(task))) == len(loop["clocks"])
    assert list(moved_deadlines(room.pack)) == []


def test_a_station_gives_itself_no_work_on_what_is_not_its_own(
    room: TestRoom, stations: Stations
) -> None:
    """It hears the ids of others' incidents, since their rows leave its board."""
    south = stations.member("he", "station_command", stations.south)
    offer = OfferTask(room.id(), stations.incident, "visit", stations.south, "Who called?")
    assert isinstance(room.ask(south, offer), Denied)
    assert stations.board(south)["tasks"] == []
    mine = OfferTask(room.id(), stations.incident, "visit", stations.north, "Ask the neighbours")
    room.done(stations.chief, mine)


def test_what_is_passed_on_leaves_the_board_of_who_had_it(
    room: TestRoom, stations: Stations
) -> None:
    from dutyroom.actions.clock import now_ms
    from dutyroom.projections import board

    task = stations.offered()
    before = board.head()
    room.done(DISPATCHER, ReassignTask(task, stations.south))
    patch = board.patch(before, now_ms())
    north, south = patch.limited_to(stations.north), patch.limited_to(stations.south)
    assert (north.rows["tasks"], north.gone) == ((), (str(task),))
    assert (len(south.rows["tasks"]), south.gone) == (1, ())
    assert patch.limited_to("") is patch


def test_a_station_hands_on_within_itself_and_returns_what_is_not_its_own(
    room: TestRoom, stations: Stations
) -> None:
    task = stations.offered()
    assert isinstance(room.ask(stations.chief, ReassignTask(task, stations.south)), Denied)
    assert isinstance(room.ask(stations.other, AcceptTask(task)), Denied)
    assert isinstance(room.ask(stations.officer, ApproveTask(task)), Denied)
    room.done(stations.chief, ReassignTask(task, stations.north, "case", "luo"))
    reason = next(one.code for one in room.pack.loop.task_reasons)
    room.done(stations.officer, ReturnTask(task, reason))
    assert room.row("tasks", task)["state"] == "returned"
    room.done(stations.chief, ReturnTask(task, reason))
    assert room.row("tasks", task)["org"] == ""
    assert stations.board(stations.chief)["tasks"] == []


def test_a_task_is_given_only_to_who_works_there(room: TestRoom, stations: Stations) -> None:
    from dutyroom.site.models import Member

    def given(owner: str) -> Any:
        offer = OfferTask(room.id(), stations.incident, "check", stations.north, "Look", "", owner)
        return room.ask(SUPERVISOR, offer)

    ask = stations.client(stations.chief)
    assert ask.get(f"/api/owners?org={stations.north}").json() == {
        "members": ["luo", "tang"],
        "office": ["tang"],
    }
    assert ask.get(f"/api/owners?org={stations.south}").status_code == 403
    for owner in ("qian", "nobody", "supervisor"):
        assert given(owner).name == "OwnerNotOfOrganisation"
    assert given("luo").events
    Member.objects.filter(name="luo").update(is_active=False)
    assert given("luo").name == "OwnerNotOfOrganisation"


def test_two_who_accept_at_once_are_told_by_the_state(room: TestRoom, stations: Stations) -> None:
    task = stations.offered()
    room.done(stations.officer, AcceptTask(task))
    refused = room.ask(stations.chief, AcceptTask(task))
    assert (refused.name, refused.params["owner"]) == ("TaskHasMovedOn", "luo")


def test_of_two_at_one_task_both_see_what_happened_and_nothing_is_lost(
    room: TestRoom, stations: Stations
) -> None:
    """The command office joins it while its officer still writes: the note is read there."""
    task, other = stations.offered(), stations.offered()
    part = room.id()
    room.done(stations.chief, SplitTask(task, (TaskPart(part, stations.north, "Ask upstairs"),)))
    room.done(stations.officer, AcceptTask(part))
    room.done(stations.officer, AddTaskNote(part, room.id(), "Two men on the stairs"))
    room.done(stations.chief, JoinTask(part, other))
    refused = room.ask(stations.officer, SubmitTask(part, "Nobody else"))
    assert isinstance(refused, Refusal)
    assert (refused.name, refused.params["state"]) == ("TaskIsOver", "joined")
    room.done(stations.officer, AddTaskNote(part, room.id(), "And a dog"))
    for member in (stations.officer, stations.chief):
        read = stations.client(member).get(f"/api/readings/tasks/{other}").json()
        said = [one["text"] for one in read["history"] if one.get("text")]
        assert said == ["Ask upstairs", "Two men on the stairs", "And a dog"]
        assert read["row"]["joined"] == [str(part)]
    denied = room.ask(stations.other, JoinTask(task, other))
    assert isinstance(denied, Denied)
    room.done(stations.chief, UndoJoin(part))
    row = room.row("tasks", part)
    assert (row["state"], row["owner"], row["part_of"]) == ("accepted", "luo", str(task))


def test_a_command_office_divides_only_what_stays_its_own(
    room: TestRoom, stations: Stations
) -> None:
    task, part = stations.offered(), room.id()
    elsewhere = SplitTask(task, (TaskPart(part, stations.south, "Ask there"),))
    assert isinstance(room.ask(stations.chief, elsewhere), Denied)
    reason = room.pack.loop.task_reasons[0].code
    later = ChangeDue(task, now_ms() + 86_400_000, reason)
    assert isinstance(room.ask(stations.chief, later), Denied)  # the desk has offered it
    room.done(DISPATCHER, elsewhere)
    room.done(DISPATCHER, later)
    assert room.row("tasks", task)["due_ms"] == later.due_ms
    assert len(clocks_of(str(part))) > 0


def test_a_stage_that_waits_for_tasks_ends_with_the_last_and_begins_with_the_next(
    room: TestRoom, stations: Stations
) -> None:
    """On either database, in the same action, and the rows after a rebuild say the same."""
    way = next(one for one in room.pack.loop.routes if "tasks_approved" in one.legs[2].until)
    incident, unit, sent = room.id(), room.pack.units[0].id, room.id()
    room.done(DISPATCHER, SignOn(unit, ("Wang",)))
    room.done(DISPATCHER, OpenIncident(incident, way.categories[0], 3, room.place()))
    room.done(DISPATCHER, Dispatch(incident, (UnitToSend(sent, unit),)))
    room.done(DISPATCHER, ArriveOnScene(incident, sent))
    reason = room.pack.vocabulary.clear_reasons[0].code
    room.done(DISPATCHER, ClearAssignment(incident, sent, reason))
    org = room.row("tasks", stations.offered())["org"]
    seen = []
    task, other = room.id(), room.id()
    for actor, command in (
        (DISPATCHER, OfferTask(task, incident, "visit", org, "Ask the neighbours")),
        (stations.officer, AcceptTask(task)),
        (stations.officer, SubmitTask(task, "They heard nothing")),
        (stations.chief, ApproveTask(task)),
        (DISPATCHER, OfferTask(other, incident, "visit", org, "Ask once more")),
        (DISPATCHER, WithdrawTask(other)),
    ):
        room.done(actor, command)
        seen.append(room.row("loops", incident)["stages"][-1]["stage"])
    assert seen == ["handle", "handle", "handle", "supervise", "handle", "supervise"]


def test_what_left_the_station_by_mistake_is_taken_back_by_who_returned_it(
    room: TestRoom, stations: Stations
) -> None:
    task, reason = stations.offered(), room.pack.loop.task_reasons[0].code
    for command in (AcceptTask(task), StartTask(task), UndoStart(task), ReturnTask(task, reason)):
        room.done(stations.officer, command)
    row = room.row("tasks", task)
    assert (row["org"], row["returned_by"]) == ("", stations.officer.id)
    assert isinstance(room.ask(stations.other, UndoReturn(task)), Denied)
    room.done(stations.officer, UndoReturn(task))
    row = room.row("tasks", task)
    assert (row["state"], row["owner"], row["returned_by"]) == (
        "accepted", stations.officer.id, "",
    )  # fmt: skip
