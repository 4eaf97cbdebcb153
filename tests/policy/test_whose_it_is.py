"""Whose something is, as policy sees it: of every kind of record, old and only beginning."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import nan
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.room import ANNA, Room
from tests.domain.strategies import (
    CALLS,
    DESK_REQUESTS,
    HANDOVERS,
    INCIDENTS,
    MATTERS,
    NOTICES,
    REFERRALS,
    START_MS,
    STATION_HANDOVERS,
    TASKS,
    UNITS,
    ids_of,
    of_class,
)

from dutyroom.domain import AGGREGATES
from dutyroom.domain.asking import about, of_command
from dutyroom.domain.attachments.commands import AddAttachment
from dutyroom.domain.attachments.state import AttachmentState
from dutyroom.domain.callbacks.commands import OfferCallBack
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.calls.commands import ReceiveCall
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AddDeskNote,
    AskDesk,
    ConfirmDeskRequest,
    FinishDeskRequest,
    WithdrawDeskRequest,
)
from dutyroom.domain.desk_requests.events import DeskAsked
from dutyroom.domain.desk_requests.evolve import evolve_desk_request
from dutyroom.domain.desk_requests.state import DeskRequestState
from dutyroom.domain.handovers.commands import StartHandover
from dutyroom.domain.handovers.state import HandoverState
from dutyroom.domain.incidents.commands import OpenIncident, SetPlace
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.joint_operations.commands import BeginJointOperation
from dutyroom.domain.joint_operations.events import JointOperationBegun
from dutyroom.domain.joint_operations.evolve import evolve_joint_operation
from dutyroom.domain.joint_operations.state import JointOperationState
from dutyroom.domain.kernel import Command, State
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.matters.commands import LinkMatter, OpenMatter, ReassignMatter
from dutyroom.domain.matters.events import MatterOpened
from dutyroom.domain.matters.evolve import evolve_matter
from dutyroom.domain.matters.state import MatterState
from dutyroom.domain.notices.commands import PostNotice
from dutyroom.domain.notices.events import NoticePosted
from dutyroom.domain.notices.state import NoticeState
from dutyroom.domain.orders.commands import GiveOrder
from dutyroom.domain.orders.events import OrderGiven
from dutyroom.domain.orders.evolve import evolve_order
from dutyroom.domain.orders.state import OrderState
from dutyroom.domain.partner_keys.commands import AddPartnerKey
from dutyroom.domain.partner_keys.events import PartnerKeyAdded
from dutyroom.domain.partner_keys.state import PartnerKeyState
from dutyroom.domain.referrals.commands import (
    AcceptReferral,
    RecallReferral,
    RemindPartner,
    SendReferral,
)
from dutyroom.domain.referrals.events import ReferralSent
from dutyroom.domain.referrals.state import ReferralState
from dutyroom.domain.spots.commands import TakeOnSpot
from dutyroom.domain.spots.events import SpotTakenOn
from dutyroom.domain.spots.state import SpotState
from dutyroom.domain.station_handovers.commands import StartStationHandover
from dutyroom.domain.station_handovers.state import StationHandoverState
from dutyroom.domain.tasks.commands import OfferTask, ReassignTask, WithdrawTask
from dutyroom.domain.tasks.events import TaskOffered
from dutyroom.domain.tasks.evolve import evolve_task
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.values import Place
from dutyroom.policy import decisions, may_do

pytestmark = [pytest.mark.unit, pytest.mark.property]

HERE, THERE = "city/north", "city/south"
ZONES = {"north": HERE, "south": THERE}
BEGIN: tuple[type[Command], ...] = (
    ReceiveCall,
    OpenIncident,
    StartHandover,
    PostNotice,
    OfferTask,
    GiveOrder,
    StartStationHandover,
    AskDesk,
    BeginJointOperation,
    AddAttachment,
    OpenMatter,
    SendReferral,
    OfferCallBack,
    TakeOnSpot,
    AddPartnerKey,
)
"""Commands that may be about a record that isn't there yet."""
PLACE = Place(121.0, 31.0, "Bridge", "point")


def incident(org: str) -> IncidentState:
    zone = next(one for one, of in ZONES.items() if of == org)
    return IncidentState("open", "1000-0009", "NOISE", 3, zone, "telephone", START_MS, START_MS)


def notice(org: str) -> NoticeState:
    posted = NoticePosted("bo", org, START_MS, START_MS + 1, "normal", "see", None, (), None)
    return NoticeState("posted", posted, START_MS)


def task(org: str) -> TaskState:
    offered = TaskOffered(
        "bo", INCIDENTS[0], "1000-0009", "visit", 3, None, org, "", "", from_org=org, steps=()
    )
    state = evolve_task(None, offered, START_MS)
    assert state is not None
    return state


def order(org: str) -> OrderState:
    given = OrderGiven("bo", INCIDENTS[0], "1000-0009", None, org, 2, START_MS + 1)
    state = evolve_order(None, given, START_MS)
    assert state is not None
    return state


def desk_request(org: str) -> DeskRequestState:
    asked = DeskAsked(
        "bo", INCIDENTS[0], "1000-0009", "fraud", "stop", "", 3, org, org, org, START_MS + 1, ""
    )
    state = evolve_desk_request(None, asked, START_MS)
    assert state is not None
    return state


def spot(org: str) -> SpotState:
    taken = SpotTakenOn(
        "bo", "place:bridge", "north", "noise", INCIDENTS[0], "1000-0009", TASKS[0], org,
        30, START_MS + 1,
    )  # fmt: skip
    return SpotState("taken_on", taken, START_MS)


def matter(org: str) -> MatterState:
    opened = MatterOpened(
        "bo", INCIDENTS[0], "1000-0009", "neighbours", org, "community", "", START_MS + 1
    )
    state = evolve_matter(None, opened, START_MS)
    assert state is not None
    return state


def joint_operation(org: str) -> JointOperationState:
    begun = JointOperationBegun("bo", INCIDENTS[0], "1000-0009", (org,))
    state = evolve_joint_operation(None, begun, START_MS)
    assert state is not None
    return state


def referral(org: str, partner: str = "") -> ReferralState:
    sent = ReferralSent(
        "bo", INCIDENTS[0], "1000-0009", "NOISE", 3, org, partner or org, "gas-leaks", (), START_MS
    )
    return ReferralState("sent", sent, START_MS, START_MS)


MADE: Mapping[str, Callable[[str], State]] = {
    "call": lambda org: CallState("claimed", "110-1", START_MS, START_MS, "bo", org=org),
    "incident": incident,
    "unit": lambda _org: UnitState(on_duty=True),
    "handover": lambda org: HandoverState("offered", "bo", "anna", START_MS, org=org),
    "notice": notice,
    "task": task,
    "supervision_order": order,
    "station_handover": lambda org: StationHandoverState("open", org, "bo", "anna", START_MS),
    "desk_request": desk_request,
    "joint_operation": joint_operation,
    "attachment": lambda org: AttachmentState(
        "kept", INCIDENTS[0], None, org, "pdf", 1, 0, 0, "", "bo", START_MS
    ),
    "matter": matter,
    "referral": referral,
    "call_back": lambda org: CallBackState(
        "due", "1000-0009", "NOISE", org, START_MS, True, False, START_MS, START_MS
    ),
    "spot": spot,
    "partner_key": lambda org: PartnerKeyState(
        PartnerKeyAdded("dai", org, "read", "", START_MS), START_MS
    ),
    "loop": lambda org: LoopState("1000-0009", org),
}
"""A record of an organisation. The pack says whose a unit is."""
KINDS = [one for one in AGGREGATES if one.commands and one.state]
SUBJECTS = st.sampled_from([command for one in KINDS for command in one.commands]).flatmap(of_class)
"""Commands about records that are told apart by an id."""


def subject(command: Command) -> tuple[str, Any]:
    """The kind and the id of the record that a command is about."""
    kind = of_command(command).name
    return kind, getattr(command, kind)


def a_room(command: Command) -> Room:
    """The record that the command is about is of `HERE`, all others are of `THERE`."""
    room, its_own = Room(), subject(command)
    org_of_unit = {one: HERE if its_own == ("unit", one) else THERE for one in UNITS}
    room.codes = replace(room.codes, org_of_zone=ZONES, org_of_unit=org_of_unit)
    for kind, made in MADE.items():
        for id_ in ids_of(kind):
            room.states[f"{kind}:{id_}"] = made(HERE if (kind, id_) == its_own else THERE)
    return room


def org_of(command: Command, room: Room, actor_org: str = "city/east") -> str | None:
    return about(command, room.context(command, replace(ANNA, org=actor_org))).org


def test_every_kind_of_record_is_asked() -> None:
    assert {one.name for one in KINDS} == set(MADE)


@given(SUBJECTS)
def test_a_command_is_for_those_whose_record_it_is_about(command: Command) -> None:
    kind, id_ = subject(command)
    room = a_room(command)
    facts = about(command, room.context(command, replace(ANNA, org="city/east")))
    listed = kind != "unit" or id_ in room.codes.units
    assert facts.org == (HERE if listed else None)
    facts = replace(facts, org_too=None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(decisions.VERBS, command.VERB, {"dispatcher": "own_org"})
        for own in (HERE, "city", ""):
            assert may_do("dispatcher", None, command.VERB, facts, own).allowed == listed
        for other in (THERE, f"{HERE}/PS1", "city/east", None):
            assert not may_do("dispatcher", None, command.VERB, facts, other).allowed


@given(SUBJECTS.filter(lambda command: not isinstance(command, BEGIN)))
def test_whose_a_record_is_that_is_not_there_is_not_known(command: Command) -> None:
    assert org_of(command, Room(units=())) is None


@given(SUBJECTS)
def test_what_an_older_pack_said_is_no_longer_known(command: Command) -> None:
    """What says itself whose it is needs no pack."""
    kind, _ = subject(command)
    room = a_room(command)
    room.codes = replace(room.codes, org_of_zone={}, org_of_unit={})
    assert org_of(command, room) == (None if kind in ("incident", "unit") else HERE)


def test_an_incident_that_only_begins_is_of_who_looks_after_the_zone_of_its_place() -> None:
    room, opening = Room(), OpenIncident(INCIDENTS[0], "FIRE", 1, PLACE)
    room.codes = replace(room.codes, org_of_zone=ZONES)
    assert org_of(opening, room) == HERE
    assert org_of(replace(opening, place=replace(PLACE, lon=nan)), room) is None
    room.codes = replace(room.codes, org_of_zone={"south": THERE})
    assert org_of(opening, room) is None


def test_an_incident_that_moves_is_of_who_looked_after_it_before() -> None:
    room, moving = Room(), SetPlace(INCIDENTS[0], PLACE)
    room.codes = replace(room.codes, org_of_zone=ZONES)
    room.states[f"incident:{INCIDENTS[0]}"] = incident(THERE)
    assert org_of(moving, room) == THERE


@pytest.mark.parametrize("org", ["", HERE])
def test_a_notice_that_is_being_posted_is_of_whom_it_is_for(org: str) -> None:
    assert org_of(PostNotice(NOTICES[0], "Bridge lift", START_MS + 1, org), Room()) == org


@pytest.mark.parametrize(
    "begin", [ReceiveCall(CALLS[0], "110-1"), StartHandover(HANDOVERS[0], "bo")]
)
def test_calls_and_handovers_that_only_begin_are_of_who_begins_them(begin: Command) -> None:
    assert org_of(begin, Room(), HERE) == HERE


def test_a_task_that_is_being_offered_is_of_whom_it_is_offered_to() -> None:
    offer = OfferTask(TASKS[0], INCIDENTS[0], "visit", HERE, "Ring the bell")
    assert org_of(offer, Room()) == HERE


def test_a_station_that_is_being_handed_over_is_named_by_who_begins() -> None:
    begin = StartStationHandover(STATION_HANDOVERS[0], HERE)
    assert org_of(begin, Room(), THERE) == HERE


def test_handing_a_task_on_takes_both_organisations_and_taking_it_back_the_first_one() -> None:
    room, one = Room(), TASKS[0]
    room.states[f"task:{one}"] = replace(task(HERE), first_org="city")
    for command, too in ((ReassignTask(one, THERE), THERE), (WithdrawTask(one), "city")):
        facts = about(command, room.context(command))
        assert (facts.org, facts.org_too) == (HERE, too)
        assert not may_do("station_command", None, command.VERB, facts, HERE).allowed
        assert may_do("station_command", None, command.VERB, facts, "city").allowed


def test_work_on_an_incident_is_given_only_by_who_looks_after_that_too() -> None:
    """Else a station would read whatever incident it offers itself a task of."""
    room, offer = Room(), OfferTask(TASKS[0], INCIDENTS[0], "visit", HERE, "Ring the bell")
    room.codes = replace(room.codes, org_of_zone=ZONES)
    for of, allowed in ((HERE, True), (THERE, False)):
        room.states[f"incident:{INCIDENTS[0]}"] = incident(of)
        facts = about(offer, room.context(offer))
        assert may_do("station_command", None, offer.VERB, facts, HERE).allowed == allowed
        assert may_do("dispatcher", None, offer.VERB, facts, "").allowed
    room.codes = replace(room.codes, org_of_zone={})
    facts = about(offer, room.context(offer))
    assert not may_do("station_command", None, offer.VERB, facts, HERE).allowed


def test_a_desk_is_asked_by_who_looks_after_the_incident_and_answers_itself() -> None:
    """The desk works on it, who asked judges it, and both write notes."""
    room, id_ = Room(), DESK_REQUESTS[0]
    room.codes = replace(room.codes, org_of_zone=ZONES)
    asking = AskDesk(id_, INCIDENTS[0], "fraud", "stop", "Account 1")
    room.states[f"incident:{INCIDENTS[0]}"] = incident(THERE)
    assert org_of(asking, room) == THERE
    room.states[f"desk_request:{id_}"] = replace(desk_request("city/fraud"), from_org=HERE)
    for at_desk in (AcceptDeskRequest(id_), FinishDeskRequest(id_, "Stopped")):
        assert org_of(at_desk, room, "city/fraud") == "city/fraud"
    for judging in (ConfirmDeskRequest(id_), WithdrawDeskRequest(id_)):
        assert org_of(judging, room, HERE) == HERE
    note = AddDeskNote(id_, UUID(int=1), "Asked the bank")
    assert org_of(note, room, "city/fraud") == "city/fraud"
    assert org_of(note, room, HERE) == HERE
    assert org_of(note, room, THERE) == HERE  # so that policy says no


def test_a_matter_is_opened_and_widened_by_who_looks_after_its_incidents_too() -> None:
    room = Room()
    room.codes = replace(room.codes, org_of_zone=ZONES)
    opening = OpenMatter(MATTERS[0], INCIDENTS[0], "neighbours", HERE, "They quarrel")
    linking = LinkMatter(MATTERS[1], INCIDENTS[0])
    room.states[f"matter:{MATTERS[1]}"] = matter(HERE)
    for command in (opening, linking):
        for of, allowed in ((HERE, True), (THERE, False)):
            room.states[f"incident:{INCIDENTS[0]}"] = incident(of)
            facts = about(command, room.context(command))
            assert may_do("station_command", None, command.VERB, facts, HERE).allowed == allowed


def test_handing_a_matter_on_takes_both_organisations() -> None:
    room, one = Room(), MATTERS[0]
    room.states[f"matter:{one}"] = matter(HERE)
    passing = ReassignMatter(one, THERE)
    facts = about(passing, room.context(passing))
    assert (facts.org, facts.org_too) == (HERE, THERE)
    assert not may_do("station_command", None, passing.VERB, facts, HERE).allowed


def test_what_a_partner_does_is_about_the_partner_and_all_else_about_the_incident() -> None:
    room, one = Room(), REFERRALS[0]
    room.states[f"referral:{one}"] = referral(HERE, "city/gas")
    for command, role, own in (
        (AcceptReferral(one), "partner", "city/gas"),
        (RecallReferral(one), "station_command", HERE),
        (RemindPartner(one), "station_command", HERE),
    ):
        facts = about(command, room.context(command))
        assert may_do(role, None, command.VERB, facts, own).allowed
        for other in (THERE, "city/water", "city/gas/shop"):
            assert not may_do(role, None, command.VERB, facts, other).allowed


def test_an_incident_is_referred_by_who_looks_after_it() -> None:
    room, send = Room(), SendReferral(REFERRALS[0], INCIDENTS[0], "gas-leaks")
    room.codes = replace(room.codes, org_of_zone=ZONES)
    room.states[f"incident:{INCIDENTS[0]}"] = incident(HERE)
    facts = about(send, room.context(send))
    assert may_do("station_command", None, send.VERB, facts, HERE).allowed
    assert not may_do("station_command", None, send.VERB, facts, THERE).allowed
    room.codes = replace(room.codes, org_of_zone={})
    assert org_of(send, room) is None
