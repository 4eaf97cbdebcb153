"""Matters: what may be done with one when and by whom, when it is mediated again, when it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutyroom.clocks import Calendar, Edition, Length, Loop, Rule, always
from dutyroom.clocks.calendar import NOTHING_CITED
from dutyroom.clocks.loop import MatterRules
from dutyroom.core.text import Text
from dutyroom.domain.context import Actor
from dutyroom.domain.incidents.commands import (
    CloseIncident,
    MergeIncident,
    OpenIncident,
    SetDisposition,
)
from dutyroom.domain.kernel import DONE, GO, Command, Refusal
from dutyroom.domain.matters.commands import (
    AddMatterNote,
    ConcludeMatter,
    ConfirmMatter,
    DecideCase,
    DropMediation,
    HoldMediation,
    LinkMatter,
    OpenMatter,
    Outcome,
    PlanMediation,
    ReassignMatter,
    ReleaseMatter,
    TakeMatter,
    UndoMediation,
    UndoOpening,
    UndoOutcome,
    UnlinkMatter,
)
from dutyroom.domain.matters.decide import DAY_MS, MOST_INCIDENTS, MOST_MEDIATIONS
from dutyroom.domain.matters.events import MatterOpened
from dutyroom.domain.matters.state import (
    Held,
    MatterPhase,
    MatterState,
    Mediation,
    clocks,
    counted_from_ms,
    is_provisional,
)
from dutyroom.domain.matters.table import MATTER
from dutyroom.domain.values import Place

from .room import ANNA, Room
from .strategies import INCIDENTS, MATTERS, MEDIATIONS, NOTES

ONE, OTHER, THIRD = INCIDENTS
NORTH = "city/north"
QUARREL = MATTERS[0]
FIRST, SECOND, UNKNOWN = MEDIATIONS
BO, CHEN = Actor("bo", "station_officer", org=NORTH), Actor("chen", "station_officer", org=NORTH)
OPERATOR = Actor("operator", "operator")
OPEN = OpenMatter(QUARREL, ONE, "neighbours", NORTH, "The flats quarrel about a leak")


def rule(code: str, unit: Any, count: int, calendar: str) -> Rule:
    edition = Edition(NOTHING_CITED, date.min)
    length = Length(count, unit)
    return Rule(code, NOTHING_CITED, (), (), length, calendar, edition, counts_first=False)


OFFICE = Calendar(
    "office", Text("Office", "工作"), "Asia/Shanghai", (((510, 1050),),) * 5 + ((), ())
)
LOOP = Loop(
    calendars=(always("Asia/Shanghai"), OFFICE),
    matters=MatterRules(
        again=rule("again", "working_day", 7, "office"),
        case=rule("case", "day", 30, "always"),
        review_days=60,
        watch_days=30,
    ),
)


@pytest.fixture
def room() -> Room:
    """Three incidents, two of them noise; Bo and Chen work at the station in the north."""
    found = Room()
    found.loop = LOOP
    place = Place(121.0, 31.0, "Bridge", "point")
    for one, category in ((ONE, "NOISE"), (OTHER, "NOISE"), (THIRD, "FIRE")):
        found.does(OpenIncident(one, category, 3, place))
        found.does(SetDisposition(one, "helped"))
    return found


def matter(room: Room) -> MatterState:
    found = room.states[f"matter:{QUARREL}"]
    assert isinstance(found, MatterState)
    return found


def in_hand(room: Room) -> None:
    room.does(OPEN)
    room.does(TakeMatter(QUARREL), BO)


def planned(room: Room, mediation: Any = FIRST) -> None:
    room.does(PlanMediation(QUARREL, mediation, room.now_ms + DAY_MS, "At the committee"), BO)


# --- the table -------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "matter.open": OPEN,
    "matter.undo_open": UndoOpening(QUARREL),
    "matter.take": TakeMatter(QUARREL),
    "matter.release": ReleaseMatter(QUARREL),
    "matter.reassign": ReassignMatter(QUARREL, "city", "case"),
    "matter.link": LinkMatter(QUARREL, OTHER),
    "matter.unlink": UnlinkMatter(QUARREL, THIRD),
    "matter.drop_mediation": DropMediation(QUARREL, FIRST),
    "matter.hold_mediation": HoldMediation(QUARREL, FIRST, "again", "No end yet"),
    "matter.undo_mediation": UndoMediation(QUARREL, FIRST),
    "matter.add_note": AddMatterNote(QUARREL, NOTES[0], "Nobody at home"),
    "matter.conclude": ConcludeMatter(QUARREL, "settled", "They shook hands"),
    "matter.undo_outcome": UndoOutcome(QUARREL),
    "matter.confirm": ConfirmMatter(QUARREL),
    "matter.decide_case": DecideCase(QUARREL),
}
BY = {"matter.take": CHEN, "matter.release": OPERATOR, "matter.undo_open": ANNA}
"""Who asks, where it isn't Bo, who owns the matter."""
HELD = Mediation(FIRST, 0, "again", 0)


@pytest.mark.parametrize(
    ("state", "verb", "cell"),
    [pytest.param(*key, cell, id=" ".join(key)) for key, cell in MATTER.items()],
)
def test_a_matter_does_what_its_table_says(room: Room, state: str, verb: str, cell: str) -> None:
    room.does(OPEN)
    phase: Any = "in_hand" if state == "expired" else state
    there = replace(
        matter(room),
        phase=phase,
        owner="" if state == "waiting" or (verb == "matter.take" and state == "failed") else "bo",
        outcome="mediation_failed",
        incidents=((ONE, "1000-0009"), (THIRD, "1000-0010")),
        mediations=(HELD if verb == "matter.undo_mediation" else Mediation(FIRST, room.now_ms),),
        held=Held(FIRST, None, room.now_ms + DAY_MS),
        review_ms=0 if state == "expired" else matter(room).review_ms,
    )
    room.states[f"matter:{QUARREL}"] = there
    if state == "none":
        del room.states[f"matter:{QUARREL}"]
    plan = PlanMediation(QUARREL, SECOND, room.now_ms + DAY_MS, "At the committee")
    decision = room.act({**COMMANDS, plan.VERB: plan}[verb], BY.get(verb, BO))
    said = decision.name if isinstance(decision, Refusal) else GO if decision else DONE
    assert said == cell


def test_every_state_of_a_matter_is_in_its_table() -> None:
    assert {state for state, _ in MATTER} == {"none", "expired", *get_args(MatterPhase.__value__)}


# --- opening ---------------------------------------------------------------------------------


def test_what_it_is_about_is_sealed_with_the_incident(room: Room) -> None:
    decision = room.act(OPEN)
    assert isinstance(decision, tuple)
    [one] = decision
    assert (one.key, one.sealed) == (f"incident:{ONE}", {"text": "The flats quarrel about a leak"})
    assert isinstance(one.event, MatterOpened)
    assert "quarrel" not in repr(one.event)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"kind": "wages"}, "UnknownCode"),
        ({"kind": "family"}, "NoSuchDispute"),
        ({"org": "elsewhere"}, "MatterNeedsOrganisation"),
        ({"org": ""}, "MatterNeedsOrganisation"),
        ({"owner": "anna"}, "MatterOwnerElsewhere"),
        ({"owner": "dai"}, "MatterOwnerElsewhere"),
        ({"text": "  "}, "MatterTextWrong"),
        ({"text": "x" * 2_001}, "MatterTextWrong"),
        ({"incident": NOTES[0]}, "IncidentIsNoPart"),
    ],
)
def test_what_is_no_matter(room: Room, change: dict[str, Any], name: str) -> None:
    room.works_for["anna"] = "city/south"
    assert room.refuses(replace(OPEN, **change)).name == name


def test_without_kinds_in_the_pack_nothing_is_followed(room: Room) -> None:
    room.codes = replace(room.codes, matter_kinds={})
    assert room.refuses(OPEN).name == "UnknownCode"


def test_a_closed_incident_becomes_a_matter_a_merged_one_does_not(room: Room) -> None:
    room.does(CloseIncident(ONE))
    assert room.does(OPEN) == ("matter.opened.v1",)
    room.does(MergeIncident(THIRD, OTHER))
    refused = room.refuses(LinkMatter(QUARREL, THIRD))
    assert refused.params == {"incident": str(THIRD), "state": "merged"}


# --- with whom it lies -----------------------------------------------------------------------


def test_the_second_one_hears_who_was_first(room: Room) -> None:
    in_hand(room)
    assert room.does(TakeMatter(QUARREL), BO) == ()
    refused = room.refuses(TakeMatter(QUARREL), CHEN)
    assert refused.name == "MatterIsOfAnother"
    assert "bo" in refused.message.en


def test_only_its_owner_mediates_and_concludes(room: Room) -> None:
    in_hand(room)
    planned(room)
    for command in (
        PlanMediation(QUARREL, SECOND, room.now_ms + DAY_MS, "x"),
        DropMediation(QUARREL, FIRST),
        HoldMediation(QUARREL, FIRST, "again", "x"),
        ConcludeMatter(QUARREL, "settled", "x"),
    ):
        assert room.refuses(command, CHEN).name == "MatterIsOfAnother"


def test_it_falls_back_to_its_team_when_its_owner_leaves_or_lets_it_go(room: Room) -> None:
    in_hand(room)
    assert room.refuses(ReleaseMatter(QUARREL), CHEN).name == "MatterIsOfAnother"
    room.does(ReleaseMatter(QUARREL), BO)
    assert (matter(room).phase, matter(room).owner, matter(room).team) == (
        "waiting", "", "community",
    )  # fmt: skip
    room.does(TakeMatter(QUARREL), BO)
    room.does(ReleaseMatter(QUARREL), OPERATOR)
    assert matter(room).phase == "waiting"


# --- incidents -------------------------------------------------------------------------------


def test_incidents_are_linked_by_hand_and_the_first_one_stays(room: Room) -> None:
    in_hand(room)
    room.does(LinkMatter(QUARREL, OTHER), BO)
    assert room.does(LinkMatter(QUARREL, OTHER), BO) == ()
    assert [one for one, _ in matter(room).incidents] == [ONE, OTHER]
    assert room.refuses(UnlinkMatter(QUARREL, ONE), BO).name == "MatterBeganThere"
    room.does(UnlinkMatter(QUARREL, OTHER), BO)
    assert room.does(UnlinkMatter(QUARREL, OTHER), BO) == ()
    assert [one for one, _ in matter(room).incidents] == [ONE]


def test_its_lists_have_an_end(room: Room) -> None:
    in_hand(room)
    many = ((ONE, "1000-0009"),) * MOST_INCIDENTS
    often = (Mediation(SECOND, 0),) * MOST_MEDIATIONS
    room.states[f"matter:{QUARREL}"] = replace(matter(room), incidents=many, mediations=often)
    assert room.refuses(LinkMatter(QUARREL, OTHER), BO).name == "MatterTooLong"
    plan = PlanMediation(QUARREL, FIRST, room.now_ms + DAY_MS, "x")
    assert room.refuses(plan, BO).name == "MatterTooLong"


# --- mediation -------------------------------------------------------------------------------


def test_a_mediation_without_an_end_is_held_again_within_seven_working_days(room: Room) -> None:
    """The day itself doesn't count, nor do Saturdays and Sundays."""
    monday = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
    room.now_ms = round(monday.timestamp() * 1000)
    in_hand(room)
    planned(room)
    room.does(HoldMediation(QUARREL, FIRST, "again", "Half agreed"), BO)
    after = matter(room).next_ms
    assert after is not None
    end = datetime.fromtimestamp(after / 1000, UTC) + timedelta(hours=8)
    assert end.strftime("%m-%d %H:%M") == "11-12 00:00"  # midnight that ends the 11th
    planned(room, SECOND)
    assert clocks(matter(room))[0].due_ms == room.now_ms + DAY_MS - 1_000
    room.does(HoldMediation(QUARREL, SECOND, "all_agreed", "Both signed"), BO)
    assert matter(room).next_ms is None


@pytest.mark.parametrize(("until", "expected"), [(10, True), (11, False)])
def test_its_time_is_provisional_where_it_counts_days_that_nobody_has_announced(
    room: Room, until: int, expected: bool
) -> None:
    """Seven working days from the 2nd are over with the 11th; a planned mediation has no rule."""
    room.now_ms = round(datetime(2026, 11, 2, 2, 0, tzinfo=UTC).timestamp() * 1000)
    announced = replace(OFFICE, announced_until=date(2026, 11, until))
    case = rule("case", "working_day", 7, "office")
    room.loop = replace(
        LOOP, calendars=(LOOP.calendars[0], announced), matters=replace(LOOP.matters, case=case)
    )
    in_hand(room)
    planned(room)
    room.does(HoldMediation(QUARREL, FIRST, "again", "Half agreed"), BO)
    assert is_provisional(matter(room)) is expected
    began_ms = room.now_ms
    assert counted_from_ms(matter(room)) == began_ms
    planned(room, SECOND)
    assert not is_provisional(matter(room))
    room.does(DropMediation(QUARREL, SECOND), BO)
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "Nobody gave in"), BO)
    failed_ms = room.now_ms
    room.does(TakeMatter(QUARREL), CHEN)
    assert is_provisional(matter(room)) is expected
    assert counted_from_ms(matter(room)) == failed_ms
    room.does(UndoOutcome(QUARREL), CHEN)
    assert is_provisional(matter(room)) is expected
    assert counted_from_ms(matter(room)) == began_ms


def test_what_was_held_stays_and_what_was_planned_may_be_dropped(room: Room) -> None:
    in_hand(room)
    planned(room)
    room.does(DropMediation(QUARREL, FIRST), BO)
    assert matter(room).mediations == ()
    assert room.refuses(DropMediation(QUARREL, UNKNOWN), BO).name == "UnknownMediation"
    planned(room)
    room.does(HoldMediation(QUARREL, FIRST, "nobody_came", "Waited half an hour"), BO)
    assert room.refuses(DropMediation(QUARREL, FIRST), BO).name == "MediationWasHeld"
    again = HoldMediation(QUARREL, FIRST, "again", "x")
    assert room.refuses(again, BO).name == "MediationWasHeld"
    yesterday = PlanMediation(QUARREL, SECOND, room.now_ms - DAY_MS, "x")
    assert room.refuses(yesterday, BO).name == "MediationTimeWrong"


# --- outcome and expiry ----------------------------------------------------------------------


def test_what_was_settled_is_watched_and_then_ends_by_itself(room: Room) -> None:
    in_hand(room)
    room.does(ConcludeMatter(QUARREL, "settled", "They shook hands"), BO)
    assert matter(room).phase == "watched"
    [end] = clocks(matter(room))
    assert (end.ends, end.due_ms) == (True, room.now_ms + 30 * DAY_MS)
    room.now_ms += 29 * DAY_MS
    room.does(ConfirmMatter(QUARREL), CHEN)
    room.now_ms += 29 * DAY_MS
    assert room.does(UndoOutcome(QUARREL), BO) == ("matter.outcome_undone.v1",)
    assert matter(room).phase == "in_hand"
    room.now_ms += 60 * DAY_MS
    refused = room.refuses(ConfirmMatter(QUARREL), BO)
    assert (refused.name, refused.params["state"]) == ("MatterIsOver", "expired")
    assert room.does(AddMatterNote(QUARREL, NOTES[0], "Said at the door"), BO)


def test_what_failed_becomes_a_case_of_the_case_team_with_its_own_clock(room: Room) -> None:
    in_hand(room)
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "They would not talk"), BO)
    now = matter(room)
    assert (now.phase, now.team, now.owner) == ("failed", "case", "")
    [case] = clocks(now)
    assert not case.ends
    assert 30 * DAY_MS <= case.due_ms - room.now_ms <= 31 * DAY_MS
    assert room.refuses(DecideCase(QUARREL), BO).name == "MatterIsOfAnother"
    room.does(TakeMatter(QUARREL), CHEN)
    room.does(DecideCase(QUARREL), CHEN)
    assert (matter(room).phase, clocks(matter(room))) == ("decided", ())


def test_where_there_is_no_case_team_what_failed_lies_with_the_organisation(room: Room) -> None:
    room.codes = replace(room.codes, teams={**room.codes.teams, NORTH: ("command", "community")})
    in_hand(room)
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "They would not talk"), BO)
    assert (matter(room).org, matter(room).team) == (NORTH, "")


def test_what_failed_is_told_of_also_where_the_pack_names_no_time(room: Room) -> None:
    room.loop = replace(room.loop, matters=replace(room.loop.matters, case=None))
    in_hand(room)
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "They would not talk"), BO)
    [case] = clocks(matter(room))
    assert (case.ends, case.due_ms) == (False, room.now_ms + 30 * DAY_MS)


@pytest.mark.parametrize("outcome", ["settled", "mediation_failed"])
def test_undoing_an_outcome_brings_back_by_when_it_is_mediated_again(
    room: Room, outcome: Outcome
) -> None:
    in_hand(room)
    planned(room)
    room.does(HoldMediation(QUARREL, FIRST, "again", "They meet again next week"), BO)
    before_ms = clocks(matter(room))[0].due_ms
    room.does(ConcludeMatter(QUARREL, outcome, "So it seemed"), BO)
    if outcome == "mediation_failed":
        room.does(TakeMatter(QUARREL), CHEN)
    room.does(UndoOutcome(QUARREL), CHEN if outcome == "mediation_failed" else BO)
    assert clocks(matter(room))[0].due_ms == before_ms


def test_who_let_it_fail_by_mistake_undoes_that_until_somebody_takes_the_case(room: Room) -> None:
    in_hand(room)
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "The wrong key"), BO)
    assert room.refuses(UndoOutcome(QUARREL), CHEN).name == "MatterIsOfAnother"
    room.does(UndoOutcome(QUARREL), BO)
    assert (matter(room).phase, matter(room).owner) == ("in_hand", "bo")
    room.does(ConcludeMatter(QUARREL, "mediation_failed", "Now it did"), BO)
    room.does(TakeMatter(QUARREL), CHEN)
    assert room.refuses(UndoOutcome(QUARREL), BO).name == "MatterIsOfAnother"


def test_undoing_a_failure_gives_it_back_to_who_had_it_unless_they_have_left(room: Room) -> None:
    for left in (False, True):
        room.states.pop(f"matter:{QUARREL}", None)
        in_hand(room)
        room.does(ConcludeMatter(QUARREL, "mediation_failed", "No"), BO)
        room.does(TakeMatter(QUARREL), CHEN)
        if left:
            del room.works_for["bo"]
        room.does(UndoOutcome(QUARREL), CHEN)
        now = matter(room)
        assert (now.phase, now.owner, now.team) == (
            ("waiting", "", "community") if left else ("in_hand", "bo", "community")
        )


@given(
    st.lists(
        st.sampled_from([TakeMatter, ReleaseMatter, ConfirmMatter, UndoOutcome, DecideCase]),
        max_size=8,
    ),
    st.sampled_from(["settled", "partly_settled", "mediation_failed", "given_up"]),
)
@settings(max_examples=25)
def test_an_open_matter_always_lies_with_a_team_and_ends_or_is_owed(
    steps: list[Any], outcome: Any
) -> None:  # fmt: skip
    room = Room()
    room.loop = LOOP
    room.does(OpenIncident(ONE, "NOISE", 3, Place(121.0, 31.0, "Bridge", "point")))
    room.does(OPEN)
    for number, step in enumerate(steps):
        room.act(step(QUARREL), (BO, CHEN)[number % 2])
        room.act(ConcludeMatter(QUARREL, outcome, "x"), (BO, CHEN)[number % 2])
        now = matter(room)
        assert now.org
        assert now.team
        assert now.over or clocks(now)


# --- undoing -----------------------------------------------------------------------------------


def test_a_mediation_that_was_not_held_after_all_is_arranged_as_before(room: Room) -> None:
    in_hand(room)
    planned(room)
    before = matter(room)
    room.now_ms += 2 * DAY_MS
    room.does(HoldMediation(QUARREL, FIRST, "again", "No end yet"), BO)
    room.does(AddMatterNote(QUARREL, NOTES[0], "That was another one"), BO)
    assert room.refuses(UndoMediation(QUARREL, FIRST), CHEN).name == "MatterIsOfAnother"
    assert room.does(UndoMediation(QUARREL, FIRST), BO) == ("matter.mediation_undone.v1",)
    assert replace(matter(room), notes=()) == before
    assert room.does(UndoMediation(QUARREL, FIRST), BO) == ()
    room.does(HoldMediation(QUARREL, FIRST, "all_agreed", "Both signed"), BO)


def test_only_the_last_mediation_is_taken_back_while_nothing_came_after_it(room: Room) -> None:
    in_hand(room)
    for one in (FIRST, SECOND):
        planned(room, one)
    for one in (FIRST, SECOND):
        room.does(HoldMediation(QUARREL, one, "again", "No end yet"), BO)
    assert room.refuses(UndoMediation(QUARREL, FIRST), BO).name == "MediationWasFollowed"
    room.does(ConfirmMatter(QUARREL), BO)
    assert room.refuses(UndoMediation(QUARREL, SECOND), BO).name == "MediationWasFollowed"
    assert room.refuses(UndoMediation(QUARREL, UNKNOWN), BO).name == "UnknownMediation"


def test_a_dispute_does_not_end_because_its_mediation_is_taken_back(room: Room) -> None:
    in_hand(room)
    planned(room)
    room.now_ms += 59 * DAY_MS
    room.does(HoldMediation(QUARREL, FIRST, "again", "No end yet"), BO)
    room.now_ms += 2 * DAY_MS
    room.does(UndoMediation(QUARREL, FIRST), BO)
    assert matter(room).phase_at(room.now_ms) == "in_hand"
    assert matter(room).review_ms == room.now_ms + 60 * DAY_MS


@pytest.mark.parametrize("owner", ["", "bo"])
def test_a_dispute_that_was_opened_by_mistake_is_taken_back(room: Room, owner: str) -> None:
    room.does(replace(OPEN, owner=owner))
    assert room.does(UndoOpening(QUARREL)) == ("matter.opening_undone.v1",)
    assert (matter(room).phase, matter(room).over) == ("withdrawn", True)
    assert clocks(matter(room)) == ()
    assert room.refuses(TakeMatter(QUARREL), BO).params["state"] == "withdrawn"


def test_its_opening_is_undone_by_who_opened_it_or_the_room(room: Room) -> None:
    chief, other = (Actor(one, "station_command", org=NORTH) for one in ("dai", "eva"))
    room.does(OPEN, chief)
    assert room.refuses(UndoOpening(QUARREL), other).name == "MatterOpenedByAnother"
    room.does(UndoOpening(QUARREL), Actor("fan", "supervisor"))


@pytest.mark.parametrize(
    "command",
    [
        TakeMatter(QUARREL),
        LinkMatter(QUARREL, OTHER),
        AddMatterNote(QUARREL, NOTES[0], "Nobody at home"),
        ConfirmMatter(QUARREL),
        ReassignMatter(QUARREL, "city", ""),
    ],
)
def test_what_somebody_has_done_about_a_dispute_is_not_undone_with_it(
    room: Room, command: Command
) -> None:
    room.does(OPEN)
    room.does(command, BO)
    assert room.refuses(UndoOpening(QUARREL)).name == "MatterHasBegun"
