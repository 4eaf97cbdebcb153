"""Joint operations through the API: who takes part sees them, reads the record, and does its own."""

from typing import Any

import pytest
from django.test import Client
from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.door import Denied
from dutyroom.domain.context import Actor
from dutyroom.domain.desk_requests.commands import AskDesk
from dutyroom.domain.incidents.commands import AddNote, CloseIncident, SetDisposition
from dutyroom.domain.joint_operations.commands import (
    AddPlanLine,
    BeginJointOperation,
    EndJointOperation,
    JoinOperation,
    LeaveOperation,
    TickPlanLine,
    WriteLog,
)
from dutyroom.domain.kernel import Refusal

pytestmark = pytest.mark.db


def member(name: str, role: str, org: str) -> tuple[Actor, Client]:
    from dutyroom.site.models import Member

    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.create(name=name, role=role, org=org, password="!"))
    return Actor(name, role, org=org), client


def operations(client: Client) -> list[Any]:
    found: list[Any] = client.get("/api/board").json()["joint_operations"]
    return found


def test_several_work_by_one_plan_and_each_sees_it_as_long_as_it_takes_part(
    room: TestRoom,
) -> None:
    incident, operation = room.open_incident(), room.id()
    north = room.row("incidents", incident)["org"]
    drones = next(one.org for one in room.pack.desks if one.code == "drones")
    fraud = next(one.org for one in room.pack.desks if one.code == "antifraud")
    officer, at_station = member("luo", "station_officer", north)
    pilot, in_the_air = member("kong", "desk_specialist", drones)
    stranger, elsewhere = member("fan", "desk_specialist", fraud)
    room.done(DISPATCHER, BeginJointOperation(operation, incident, (north, drones), "Find it"))
    search, ask = room.id(), room.id()
    room.done(DISPATCHER, AddPlanLine(operation, search, drones, "Search the banks"))
    room.done(DISPATCHER, AddPlanLine(operation, ask, north, "Ask the boat yard"))
    assert len(operations(at_station)) == len(operations(in_the_air)) == 1
    assert operations(elsewhere) == []

    assert isinstance(room.ask(officer, TickPlanLine(operation, search)), Denied)
    assert isinstance(room.ask(stranger, WriteLog(operation, room.id(), "I was here")), Denied)
    assert isinstance(room.ask(officer, EndJointOperation(operation, "Over")), Denied)
    room.done(pilot, TickPlanLine(operation, search))
    room.done(officer, WriteLog(operation, room.id(), "The yard knows of no boat"))
    offer = next(one for one in room.pack.desks if one.code == "drones").offers[0].code
    room.done(DISPATCHER, AskDesk(room.id(), incident, "drones", offer, "Again", queue=True))

    path = f"/api/readings/joint_operations/{operation}"
    assert elsewhere.get(path).status_code == 403
    report = in_the_air.get(path).json()
    assert report["aim"] == "Find it"
    assert [(one["text"], one["state"]) for one in report["lines"]] == [
        ("Search the banks", "done"),
        ("Ask the boat yard", "open"),
    ]
    [said] = [one for one in report["log"] if one["text"]]
    assert (said["text"], said["by"], said["org"]) == ("The yard knows of no boat", "luo", north)
    assert len(report["desk_requests"]) == 1
    assert report["incident"] is None
    known = at_station.get(path).json()["incident"]
    assert known["callers"] == []
    assert known["place"]["label"] == room.place().label

    room.done(DISPATCHER, LeaveOperation(operation, drones))
    assert operations(in_the_air) == []
    assert in_the_air.get(path).status_code == 403
    room.done(DISPATCHER, JoinOperation(operation, drones))
    room.done(officer, TickPlanLine(operation, ask))
    room.done(DISPATCHER, EndJointOperation(operation, "Found at pier 4"))
    assert at_station.get(path).json()["result"] == "Found at pier 4"


def test_an_open_operation_keeps_its_incident_open_and_the_record_says_so(room: TestRoom) -> None:
    incident, operation = room.open_incident(), room.id()
    orgs = (room.row("incidents", incident)["org"], room.pack.desks[0].org)
    room.done(DISPATCHER, SetDisposition(incident, room.pack.vocabulary.dispositions[0].code))
    room.done(DISPATCHER, BeginJointOperation(operation, incident, orgs, "Find it"))
    _, desk = member("anna", "dispatcher", "")
    missing = {"what": "joint_operation", "joint_operation": str(operation), "state": "open"}
    refused = room.ask(DISPATCHER, CloseIncident(incident))
    assert isinstance(refused, Refusal)
    assert missing in refused.params["missing"]  # type: ignore[operator]
    assert missing in desk.get(f"/api/readings/incidents/{incident}").json()["missing"]
    room.done(DISPATCHER, EndJointOperation(operation, "Found"))
    assert missing not in desk.get(f"/api/readings/incidents/{incident}").json()["missing"]


def test_a_partner_takes_part_and_sees_nothing_of_the_incident(room: TestRoom) -> None:
    """Its part of the plan, the one log and the report; no place, no note, no name."""
    incident, operation, line = room.open_incident(category="GAS-LEAK"), room.id(), room.id()
    room.done(DISPATCHER, AddNote(incident, room.id(), "The key is under the mat"))
    north = room.row("incidents", incident)["org"]
    gas, of_gas = member("eve", "partner", "lanchuan/gas")
    water, of_water = member("bai", "partner", "lanchuan/water")
    room.done(
        DISPATCHER, BeginJointOperation(operation, incident, (north, "lanchuan/gas"), "Stop it")
    )
    room.done(DISPATCHER, AddPlanLine(operation, line, "lanchuan/gas", "Shut valve 4"))
    theirs = room.id()
    room.done(DISPATCHER, AddPlanLine(operation, theirs, north, "Clear the street"))

    page = of_gas.get("/api/partner").json()
    [one] = page["operations"]
    assert (one["id"], one["open"], one["orgs"]) == (str(operation), 2, [north, "lanchuan/gas"])
    assert {each["id"] for each in page["orgs"]} == {north, "lanchuan/gas"}
    assert of_water.get("/api/partner").json()["operations"] == []

    room.done(gas, TickPlanLine(operation, line))
    room.done(gas, WriteLog(operation, room.id(), "Valve 4 is shut"))
    for command in (TickPlanLine(operation, theirs), EndJointOperation(operation, "Over")):
        assert isinstance(room.ask(gas, command), Denied)
    assert isinstance(room.ask(water, WriteLog(operation, room.id(), "Here")), Denied)

    path = f"/api/readings/joint_operations/{operation}"
    assert of_water.get(path).status_code == 403
    answer = of_gas.get(path)
    report = answer.json()
    assert report["aim"] == "Stop it"
    assert [(each["text"], each["state"]) for each in report["lines"]] == [
        ("Shut valve 4", "done"),
        ("Clear the street", "open"),
    ]
    [said] = [each for each in report["log"] if each["text"]]
    assert (said["text"], said["org"], said["by"]) == ("Valve 4 is shut", "lanchuan/gas", "")
    assert (report["incident"], report["tasks"], report["desk_requests"]) == (None, [], [])
    shown = answer.content.decode()
    for hidden in (room.place().label, "under the mat", str(incident), DISPATCHER.id):
        assert hidden not in shown, hidden

    room.done(DISPATCHER, LeaveOperation(operation, "lanchuan/gas"))
    assert of_gas.get(path).status_code == 403
    assert of_gas.get("/api/partner").json()["operations"] == []
