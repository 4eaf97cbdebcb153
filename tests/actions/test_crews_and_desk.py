"""In the real room: one place per person, and the desk goes only to a member who may take it."""

import pytest
from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, enrol

from dutyroom.domain.handovers.commands import StartHandover
from dutyroom.domain.kernel import Refusal
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.projections.rebuild import rebuild

pytestmark = pytest.mark.db


def refused(room: TestRoom, command: object) -> Refusal:
    outcome = room.ask(DISPATCHER, command)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_a_person_has_one_place_and_is_moved_with_a_reason(room: TestRoom) -> None:
    room.done(DISPATCHER, SignOn("P1", ("1017", "1018")))
    refusal = refused(room, SignOn("P2", ("１０１７",)))
    assert (refusal.name, refusal.params["there"]) == ("PersonOnAnotherUnit", "P1")
    room.done(DISPATCHER, SignOn("P2", ("1017",), move_reason="relief"))
    assert [room.row("units", unit)["crew"] for unit in ("P1", "P2")] == [["1018"], ["1017"]]
    room.done(DISPATCHER, SignOn("P3", ("1017", "1018"), move_reason="reinforcement"))
    statuses = [room.row("units", unit)["status"] for unit in ("P1", "P2", "P3")]
    assert statuses == ["off_duty", "off_duty", "available"]


def test_where_people_are_is_known_again_after_a_rebuild(room: TestRoom) -> None:
    room.done(DISPATCHER, SignOn("P1", ("1017",)))
    rebuild()
    assert refused(room, SignOn("P2", ("1017",))).name == "PersonOnAnotherUnit"
    room.done(DISPATCHER, SignOff("P1"))
    room.done(DISPATCHER, SignOn("P2", ("1017",)))


def test_a_name_may_be_as_long_as_a_request_allows(room: TestRoom) -> None:
    """Folded, one letter may become eighteen."""
    long = "\ufdfa" * 200
    room.done(DISPATCHER, SignOn("P1", (long,)))
    assert refused(room, SignOn("P2", (long,))).name == "PersonOnAnotherUnit"


def test_the_desk_is_not_handed_to_a_name_that_nobody_has(room: TestRoom) -> None:
    enrol(DISPATCHER, SUPERVISOR)
    handover = room.id()
    refusal = refused(room, StartHandover(handover, "supervisr"))
    assert (refusal.name, refusal.params["known"]) == ("UnknownReceiver", ["supervisor"])
    room.done(DISPATCHER, StartHandover(handover, " Supervisor "))
    assert room.row("handovers", handover)["to"] == SUPERVISOR.id


def test_nor_to_a_member_who_may_not_take_it_or_no_longer_works_here(room: TestRoom) -> None:
    from dutyroom.site.models import Member

    enrol(DISPATCHER, SUPERVISOR)
    Member.objects.create(name="taker", title="taker", role="call_taker", password="!")
    assert refused(room, StartHandover(room.id(), "taker")).name == "UnknownReceiver"
    Member.objects.filter(name=SUPERVISOR.id).update(is_active=False)
    refusal = refused(room, StartHandover(room.id(), SUPERVISOR.id))
    assert refusal.params["known"] == []
