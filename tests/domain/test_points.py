"""Open points: what is still to be asked about an incident, confirmed or struck by a person."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.calls.commands import Caller, ClaimCall, ReceiveCall, RecordCallDetails
from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Codes
from dutyroom.domain.incidents.commands import (
    AnswerPrompt,
    LinkCall,
    MergeIncident,
    OpenIncident,
    ReopenPoint,
    RequestMore,
    SetCategory,
    SetPlace,
    SettlePoint,
)
from dutyroom.domain.incidents.needed import NOBODY, Needed, may_be_needed, suggests
from dutyroom.domain.incidents.points import Known, Point, any_number, points_of
from dutyroom.domain.values import Place

from .room import Room
from .strategies import CALLS, CODES, DESKS, GAS, INCIDENTS, START_MS

ONE, OTHER, _ = INCIDENTS
CALL, AGAIN, _ = CALLS
PLACE = Place(121.0, 31.0, "Bridge Road 4", "address")
STREET = replace(PLACE, label="Bridge Road", kind="street")
NOTHING = Known(has_number=None, short=False, similar=0)
SUGGESTING = replace(
    CODES,
    agreements={"gas": replace(GAS, suggest=True)},
    desks={"fraud": replace(DESKS["fraud"], categories=frozenset({"NOISE"}))},
)
BOTH = Needed(("city/gas",), ("fraud",))


def room_with_incident(place: Place = PLACE, codes: Codes = CODES, **more: object) -> Room:
    room = Room(codes)
    room.does(ReceiveCall(CALL, "110-1", "13800000000"))
    room.does(ClaimCall(CALL))
    room.does(OpenIncident(ONE, "NOISE", 3, place, call=CALL, **more))  # type: ignore[arg-type]
    return room


def points(room: Room, known: Known = NOTHING) -> list[tuple[str, str, str]]:
    """Kind, prompt and how it was settled."""
    found = points_of(room.incidents[ONE], CODES, known)
    return [(one.kind, one.prompt, one.how or "") for one in found]


def test_each_question_that_nobody_has_asked_is_a_point_until_it_is_answered() -> None:
    room = room_with_incident()
    assert points(room) == [("prompt", "armed", "")]
    room.does(AnswerPrompt(ONE, "armed", "no"))
    assert points(room) == []


def test_a_place_that_is_only_a_street_is_a_point_until_it_is_known_exactly() -> None:
    room = room_with_incident(STREET, answers=(("armed", "no"),))
    assert points(room) == [("place", "", "")]
    room.does(SetPlace(ONE, PLACE))
    assert points(room) == []


def test_who_can_t_be_called_back_is_a_point() -> None:
    room = room_with_incident(answers=(("armed", "no"),))
    assert points(room, replace(NOTHING, has_number=False)) == [("number", "", "")]
    assert points(room, replace(NOTHING, has_number=True)) == []


def test_one_number_is_enough_and_where_it_isn_t_known_nothing_is_said() -> None:
    none, some = CallState("claimed", "110-1", 0, 0, has_number=False), CallState("ended", "", 0, 0)
    assert any_number([none, none]) is False
    assert any_number([none, replace(some, has_number=True)]) is True
    assert any_number([none, some]) is None
    assert any_number([]) is None


def test_whether_a_call_has_a_number_is_known_without_the_number() -> None:
    room = Room()
    room.does(ReceiveCall(CALL, "110-1"))
    assert room.calls[CALL].has_number is False
    room.does(ClaimCall(CALL))
    room.does(RecordCallDetails(CALL, Caller("Li"), "smoke"))
    assert room.calls[CALL].has_number is False
    room.does(RecordCallDetails(CALL, Caller("", "13800000000")))
    assert room.calls[CALL].has_number is True


def test_callers_who_tell_of_different_things_make_the_category_a_point() -> None:
    room = room_with_incident(answers=(("armed", "no"),))
    room.does(ReceiveCall(AGAIN, "110-1"))
    room.does(ClaimCall(AGAIN))
    room.does(LinkCall(ONE, AGAIN, category="FIRE"))
    assert points(room) == [("category", "", "")]
    room.does(SetCategory(ONE, "FIRE"))
    assert ("category", "", "") not in points(room)


def test_what_was_merged_and_is_of_another_category_makes_it_a_point() -> None:
    room = room_with_incident(answers=(("armed", "no"),))
    room.does(OpenIncident(OTHER, "FIRE", 1, PLACE))
    room.does(MergeIncident(OTHER, ONE))
    assert points(room) == [("category", "", "")]


def test_fewer_units_than_the_plan_asks_for_and_similar_incidents_are_points() -> None:
    room = room_with_incident(answers=(("armed", "no"),))
    known = replace(NOTHING, short=True, similar=2)
    assert points(room, known) == [("similar", "", ""), ("units", "", "")]


def test_that_somebody_has_looked_at_similar_incidents_stays_to_be_seen() -> None:
    room = room_with_incident(answers=(("armed", "no"),))
    room.does(SettlePoint(ONE, "similar", "confirmed"))
    assert points(room) == [("similar", "", "confirmed")]


def test_a_point_is_confirmed_or_struck_with_a_reason_and_can_be_asked_again() -> None:
    room = room_with_incident(STREET)
    assert room.does(SettlePoint(ONE, "place", "confirmed")) == ("incident.point_settled.v1",)
    settled = SettlePoint(ONE, "prompt", "struck", prompt="armed", reason="not_applicable")
    assert room.does(settled) == ("incident.point_settled.v1",)
    assert room.does(settled) == ()
    assert points(room) == [("place", "", "confirmed"), ("prompt", "armed", "struck")]
    assert points_of(room.incidents[ONE], CODES, NOTHING)[1] == Point(
        "prompt", "armed", "struck", "not_applicable"
    )
    assert room.does(ReopenPoint(ONE, "prompt", "armed")) == ("incident.point_reopened.v1",)
    assert room.does(ReopenPoint(ONE, "prompt", "armed")) == ()
    assert points(room) == [("place", "", "confirmed"), ("prompt", "armed", "")]


def test_the_last_word_about_a_point_counts() -> None:
    room = room_with_incident(STREET)
    room.does(SettlePoint(ONE, "place", "confirmed"))
    room.does(SettlePoint(ONE, "place", "struck", reason="not_applicable"))
    assert points(room)[0] == ("place", "", "struck")


def test_striking_needs_a_reason_of_the_pack_and_confirming_has_none() -> None:
    room = room_with_incident(STREET)
    assert room.refuses(SettlePoint(ONE, "place", "struck")).name == "ReasonNeeded"
    unknown = SettlePoint(ONE, "place", "struck", reason="because")
    assert room.refuses(unknown).params["field"] == "reason"
    given = SettlePoint(ONE, "place", "confirmed", reason="not_applicable")
    assert room.refuses(given).params["field"] == "reason"


def test_a_question_is_named_and_nothing_else_is() -> None:
    room = room_with_incident(STREET)
    for command in (
        SettlePoint(ONE, "prompt", "confirmed"),
        SettlePoint(ONE, "prompt", "confirmed", prompt="inside"),  # of another category
        SettlePoint(ONE, "place", "confirmed", prompt="armed"),
    ):
        assert room.refuses(command).params["field"] == "prompt"


def test_what_was_settled_is_asked_again_when_it_was_about_something_else() -> None:
    room = room_with_incident(STREET)
    room.does(SettlePoint(ONE, "place", "confirmed"))
    room.does(SetPlace(ONE, replace(STREET, label="Mill Road")))
    assert points(room)[0] == ("place", "", "")

    room.does(SettlePoint(ONE, "units", "confirmed"))
    room.does(RequestMore(ONE, "patrol"))
    assert ("units", "", "") in points(room, replace(NOTHING, short=True))

    room.does(ReceiveCall(AGAIN, "110-1"))
    room.does(ClaimCall(AGAIN))
    room.does(SettlePoint(ONE, "category", "confirmed"))
    room.does(LinkCall(ONE, AGAIN, category="FIRE"))
    assert ("category", "", "") in points(room)


def suggested(room: Room, *, minor: bool = False) -> Needed:
    return may_be_needed(room.incidents[ONE], room.codes, minor=minor)


@given(
    of=st.frozensets(st.sampled_from(["FIRE", "NOISE"])),
    desk_of=st.frozensets(st.sampled_from(["FIRE", "NOISE"])),
    suggest=st.booleans(),
    minors=st.booleans(),
    minor=st.booleans(),
    from_ms=st.integers(START_MS - 2, START_MS + 6_000),
    lasts_ms=st.integers(0, 10_000),
)
def test_who_is_suggested_is_who_the_pack_names_for_the_category_and_the_time(
    of: frozenset[str],
    desk_of: frozenset[str],
    suggest: bool,
    minors: bool,
    minor: bool,
    from_ms: int,
    lasts_ms: int,
) -> None:
    gas = replace(GAS, categories=of, suggest=suggest, minors=minors)
    gas = replace(gas, from_ms=from_ms, until_ms=from_ms + lasts_ms)
    desks = {"fraud": replace(DESKS["fraud"], categories=desk_of), "words": DESKS["words"]}
    codes = replace(CODES, agreements={gas.code: gas}, desks=desks)
    room = room_with_incident(codes=codes)
    holds = gas.in_force(room.incidents[ONE].opened_at_ms) and (minors or not minor)
    found = suggested(room, minor=minor)
    assert found.partners == (("city/gas",) if suggest and "NOISE" in of and holds else ())
    assert found.desks == (("fraud",) if "NOISE" in desk_of else ())
    assert suggests(codes) is (suggest or bool(desk_of))


@given(st.sampled_from(["FIRE", "NOISE"]), st.booleans())
def test_a_pack_that_suggests_nobody_has_the_points_that_it_had(category: str, minor: bool) -> None:
    room = room_with_incident()
    room.does(SetCategory(ONE, category))
    assert suggested(room, minor=minor) == NOBODY
    assert not suggests(CODES)


def test_a_partner_with_two_agreements_is_suggested_once() -> None:
    one, other = replace(GAS, suggest=True), replace(GAS, code="other", suggest=True)
    room = room_with_incident(codes=replace(CODES, agreements={"a": one, "b": other}))
    assert suggested(room) == Needed(("city/gas",))


def test_who_was_asked_is_no_longer_to_be_asked() -> None:
    assert BOTH.without(NOBODY) == BOTH
    assert BOTH.without(Needed(("city/gas", "city"))) == Needed((), ("fraud",))
    assert BOTH.without(BOTH) == NOBODY


def test_each_who_may_be_needed_is_a_point_of_its_own() -> None:
    room = room_with_incident(codes=SUGGESTING, answers=(("armed", "no"),))
    known = replace(NOTHING, needed=suggested(room))
    assert known.needed == BOTH
    partner = SettlePoint(ONE, "partner", "struck", reason="not_applicable", partner="city/gas")
    assert room.does(partner) == ("incident.point_settled.v1",)
    assert room.does(partner) == ()
    found = points_of(room.incidents[ONE], SUGGESTING, known)
    assert found == (
        Point("partner", "", "struck", "not_applicable", partner="city/gas"),
        Point("desk", desk="fraud"),
    )
    room.does(SettlePoint(ONE, "desk", "confirmed", desk="fraud"))
    assert [one.how for one in points_of(room.incidents[ONE], SUGGESTING, known)] == [
        "struck",
        "confirmed",
    ]
    reopened = ReopenPoint(ONE, "partner", partner="city/gas")
    assert room.does(reopened) == ("incident.point_reopened.v1",)
    assert room.does(reopened) == ()
    found = points_of(room.incidents[ONE], SUGGESTING, known)
    assert [one.how for one in found] == [None, "confirmed"]
    # Who was asked meanwhile is no point, whatever was said before.
    assert points_of(room.incidents[ONE], SUGGESTING, NOTHING) == ()


def test_of_another_category_it_is_asked_anew_who_may_be_needed() -> None:
    room = room_with_incident(codes=SUGGESTING)
    room.does(SettlePoint(ONE, "desk", "confirmed", desk="fraud"))
    room.does(SetCategory(ONE, "FIRE"))
    assert suggested(room) == NOBODY
    room.does(SetCategory(ONE, "NOISE"))
    assert room.incidents[ONE].settled == ()


def test_only_who_is_suggested_can_be_settled_and_only_where_the_point_is_about_that() -> None:
    room = room_with_incident(codes=SUGGESTING)
    for command, field in (
        (SettlePoint(ONE, "partner", "confirmed"), "partner"),
        (SettlePoint(ONE, "partner", "confirmed", partner="city/north"), "partner"),
        (SettlePoint(ONE, "place", "confirmed", partner="city/gas"), "partner"),
        (SettlePoint(ONE, "desk", "confirmed"), "desk"),
        (SettlePoint(ONE, "desk", "confirmed", desk="words"), "desk"),
        (SettlePoint(ONE, "units", "confirmed", desk="fraud"), "desk"),
        (SettlePoint(ONE, "desk", "confirmed", "armed", desk="fraud"), "prompt"),
    ):
        assert room.refuses(command).params["field"] == field
