"""One place per person, however the name is spelt; a person is moved with a reason."""

import pytest

from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import CancelAssignment, Dispatch, OpenIncident, UnitToSend
from dutyroom.domain.units.commands import RaiseEmergency, SignOff, SignOn
from dutyroom.domain.units.crews import person_key
from dutyroom.domain.units.events import UnitSignedOn
from dutyroom.domain.values import Place

from .room import Room
from .strategies import ASSIGNMENTS, INCIDENTS

PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")
OFFICER = Actor("anna", "field_officer", "P2")


@pytest.fixture
def room() -> Room:
    """Anna and Bo are on P1."""
    room = Room()
    room.does(SignOn("P1", ("anna", "bo")))
    return room


def crews(room: Room) -> dict[str, tuple[str, ...]]:
    return {id_: unit.crew for id_, unit in room.units.items() if unit.on_duty}


def at_work(room: Room) -> None:
    room.does(OpenIncident(INCIDENTS[0], "NOISE", 3, PLACE))
    room.does(Dispatch(INCIDENTS[0], (UnitToSend(ASSIGNMENTS[0], "P1"),)))


@pytest.mark.parametrize("spelt", ["anna", " Anna", "ANNA ", "ａｎｎａ", "an\u200bna\ufeff"])
def test_who_is_on_one_unit_is_refused_on_another_with_what_to_do(room: Room, spelt: str) -> None:
    refusal = room.refuses(SignOn("P2", (spelt,)))
    assert refusal.name == "PersonOnAnotherUnit"
    assert (refusal.params["there"], refusal.params["unit"]) == ("P1", "P2")
    assert "MOVE P2" in refusal.remedy.en
    assert "MOVE P2" in refusal.remedy.zh
    assert crews(room) == {"P1": ("anna", "bo")}


@pytest.mark.parametrize(
    "crew", [("chen", "chen"), ("chen", " Chen"), ("1017", "１０１７"), ("chen", "\u200bchen")]
)
def test_a_person_is_named_once_on_a_unit(room: Room, crew: tuple[str, ...]) -> None:
    assert room.refuses(SignOn("P2", crew)).name == "PersonNamedTwice"


def test_names_are_kept_without_blanks_around_them(room: Room) -> None:
    room.does(SignOn("P2", ("  chen ", "dai  li")))
    assert crews(room)["P2"] == ("chen", "dai li")
    for nobody in ("  ", "\u200b", "\ufeff "):
        assert room.refuses(SignOn("P2", (nobody,))).name == "CrewIsEmpty"


def test_with_a_reason_a_person_moves_and_the_others_go_on(room: Room) -> None:
    events = room.does(SignOn("P2", ("Anna", "chen"), move_reason="relief"))
    assert events == ("unit.signed_on.v1", "unit.crew_moved.v1", "unit.signed_on.v1")
    assert crews(room) == {"P1": ("bo",), "P2": ("Anna", "chen")}


def test_a_unit_that_nobody_is_left_on_goes_off_duty(room: Room) -> None:
    room.does(SignOn("P2", ("anna", "bo"), move_reason="reinforcement"))
    assert crews(room) == {"P2": ("anna", "bo")}
    room.does(SignOn("P1", ("chen",)))


def test_a_move_without_a_known_reason_is_refused(room: Room) -> None:
    refusal = room.refuses(SignOn("P2", ("anna",), move_reason="because"))
    assert (refusal.name, refusal.params["field"]) == ("UnknownCode", "move_reason")


def test_the_last_of_a_crew_does_not_leave_an_incident_or_an_emergency(room: Room) -> None:
    at_work(room)
    both = SignOn("P2", ("anna", "bo"), move_reason="relief")
    assert room.refuses(both).name == "LastOfCrew"
    room.does(SignOn("P2", ("anna",), move_reason="relief"))
    room.does(CancelAssignment(INCIDENTS[0], ASSIGNMENTS[0], "not_needed"))
    room.does(RaiseEmergency("P1"))
    assert room.refuses(SignOn("P2", ("bo",), move_reason="relief")).name == "EmergencyGoesOn"
    assert crews(room) == {"P1": ("bo",), "P2": ("anna",)}


def test_an_officer_is_sent_to_the_dispatcher_to_move_somebody(room: Room) -> None:
    for reason in ("", "relief"):
        refusal = room.refuses(SignOn("P2", ("anna",), move_reason=reason), OFFICER)
        assert refusal.name == "PersonOnAnotherUnit"
        assert "dispatcher" in refusal.remedy.en


def test_signing_the_same_crew_on_again_changes_nothing(room: Room) -> None:
    assert room.does(SignOn("P1", ("anna ", "bo"))) == ()


def test_who_signed_off_can_sign_on_elsewhere(room: Room) -> None:
    room.does(SignOff("P1"))
    room.does(SignOn("P2", ("anna",)))
    assert crews(room) == {"P2": ("anna",)}


def test_an_older_journal_may_have_somebody_on_two_units_who_is_moved_off_both(room: Room) -> None:

    room.apply("unit:E1", UnitSignedOn(("anna", "dai")), room.now_ms)
    room.does(SignOn("P2", ("anna",), move_reason="correction"))
    assert crews(room) == {"P1": ("bo",), "E1": ("dai",), "P2": ("anna",)}


def test_spellings_of_one_person_have_one_key() -> None:
    assert {person_key(one) for one in ("Ｌｉ  Na", " li na ", "LI NA")} == {"li na"}
