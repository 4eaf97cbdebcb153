"""Deadlines that the city pack has told otherwise than their kind declares it."""

from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from dutyroom.clocks.calendar import Calendar, always
from dutyroom.clocks.loop import Loop
from dutyroom.clocks.rule import Length
from dutyroom.clocks.telling import ENDS_THEN, TOLD, Telling, TellStep
from dutyroom.core.text import Text
from dutyroom.domain import AGGREGATES
from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import Deadline, Tell
from dutyroom.domain.referrals.commands import LookAtReferral
from dutyroom.domain.referrals.state import clocks
from dutyroom.domain.watching.paces import name_of, paced
from dutyroom.domain.watching.state import Watched
from dutyroom.domain.watching.steps import at_ms, with_looks
from tests.harness.examples import examples

from .room import Room
from .strategies import START_MS, of_class
from .test_referrals import IT, SEND
from .test_referrals import room as referrals
from .test_watching import HOUR_MS, KEEPER, KINDS, LOOK, due_ms, last
from .test_watching import room as tasks

DAY_MS = 24 * HOUR_MS
room = tasks


@pytest.fixture
def agreed_room() -> Room:
    """As in the tests of referrals; there are a dispatcher and a supervisor."""
    made = referrals.__wrapped__()  # type: ignore[attr-defined]
    made.on_duty = {"dispatcher": ("anna",), "supervisor": ("sun",)}
    return made


HOURS = (((510, 1050),),) * 5 + ((),) * 2
OFFICE = Calendar("office", Text("Office", "办公"), "Asia/Shanghai", HOURS)
CALENDARS = (always("Asia/Shanghai"), OFFICE)


def pack(of: str, *steps: TellStep, again: Length | None = None, calendar: str = "always") -> Loop:
    return Loop(CALENDARS, tellings=(Telling(of, calendar, steps, again),))


def step(role: str, count: int, unit: Any = "hour", **more: Any) -> TellStep:
    return TellStep((role,), Length(count, unit), **more)


def test_the_pack_says_who_is_told_before_then_and_again(room: Any) -> None:
    room.loop = pack(
        "task",
        step("station_command", 2, before=True, own=True),
        step("supervisor", 0),
        again=Length(3, "hour"),
    )
    due = due_ms(room)
    told = []
    for hours in (-3, -2, -1, 0, 1, 3, 5, 6):
        room.now_ms = due + hours * HOUR_MS
        if room.does(LOOK, KEEPER):
            told.append((hours, last(room).step, last(room).to))
    assert told == [
        (-2, 1, ("bo", "dai")),
        (0, 2, ("wei",)),
        (3, 3, ("wei",)),
        (6, 4, ("wei",)),
    ]


def test_other_kinds_are_told_as_usual(room: Any) -> None:
    room.loop = pack("notice", step("dispatcher", 0))
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert last(room).to == ("bo", "dai")


def test_after_an_outage_one_step_is_told_and_marked_late(room: Any) -> None:
    room.loop = pack(
        "task", step("supervisor", 0), again=Length(1, "working_day"), calendar="office"
    )
    room.now_ms = due_ms(room) + 30 * DAY_MS
    assert room.does(LOOK, KEEPER) == ("deadline.told.v1",)
    assert last(room).step > 15
    assert 0 < last(room).late_ms <= 4 * DAY_MS
    assert room.does(LOOK, KEEPER) == ()


def test_nobody_on_duty_is_passed_over_at_once(room: Any) -> None:
    room.loop = pack("task", step("station_command", 0), step("supervisor", 8))
    room.on_duty = {"supervisor": ("wei",)}
    room.now_ms = due_ms(room)
    room.does(LOOK, KEEPER)
    assert (last(room).to, last(room).passed) == (("wei",), ("station_command",))


def test_what_ends_then_tells_before_it_or_as_usual() -> None:
    """A notice that is to be acknowledged until it ends."""
    usual = Deadline("acknowledge", START_MS, tell=(Tell(-600_000, ("supervisor",), ("bo",)),))
    ends = Deadline("expire", START_MS, ends=True)
    late = pack("notice", step("dispatcher", 0), again=Length(1, "hour"))
    assert paced("notice", (usual, ends), late) == (usual, ends)
    both = pack("notice", step("dispatcher", 1, before=True, own=True), step("supervisor", 0))
    (found, _) = paced("notice", (usual, ends), both)
    assert found.tell == (Tell(-HOUR_MS, ("dispatcher",), ("bo",)),)
    assert found.again is None


def test_a_pack_that_says_nothing_changes_nothing() -> None:
    usual = (Deadline("task", START_MS, tell=(Tell(0, ("supervisor",)),), again_ms=HOUR_MS),)
    assert paced("task", usual, Loop(CALENDARS)) is usual


def deadlines(kind: Any) -> st.SearchStrategy[tuple[Deadline, ...]]:
    """Those of random records of a kind."""

    def folded(events: list[Any]) -> tuple[Deadline, ...]:
        state = None
        for event in events:
            state = evolve(state, event, START_MS)
        return tuple(kind.clocks(state)) if state else ()

    begun = of_class(kind.events[0])
    more = st.lists(st.sampled_from(kind.events).flatmap(of_class), max_size=3)
    return st.tuples(begun, more).map(lambda both: folded([both[0], *both[1]]))


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_every_deadline_that_tells_has_a_name_for_packs(kind: Any) -> None:
    names = {one for one in TOLD if one.partition(".")[0] == kind.name}
    assert names
    for name in names:

        def has(found: tuple[Deadline, ...], wanted: str = name) -> bool:
            return any(name_of(kind.name, one) == wanted and one.tell for one in found)

        find(deadlines(kind), has)


def test_no_name_is_of_nothing() -> None:
    assert {one.partition(".")[0] for one in TOLD} == {one.name for one in KINDS}
    assert {*TOLD} >= ENDS_THEN
    assert len({one.name for one in AGGREGATES}) == len(AGGREGATES)


@settings(max_examples=examples(25))
@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
@given(data=st.data())
def test_the_usual_steps_written_as_a_pack_fall_when_they_do(kind: Any, data: Any) -> None:
    """What a kind declares can be said in loop.json, and then nothing changes."""
    found = data.draw(deadlines(kind))
    for deadline in found:
        if not deadline.tell:
            continue
        steps = tuple(
            TellStep(
                one.roles,
                Length(abs(one.after_ms) // 60_000, "minute"),
                before=one.after_ms < 0,
                own=bool(one.members),
            )
            for one in deadline.tell
        )
        again = Length(deadline.again_ms // 60_000, "minute") if deadline.again_ms else None
        loop = pack(name_of(kind.name, deadline), *steps, again=again)
        same = next(one for one in paced(kind.name, found, loop) if one.name == deadline.name)
        members = {name for one in deadline.tell for name in one.members}
        for number in range(len(steps) + 3):
            assert at_ms(same, number) == at_ms(deadline, number)
        for one, usual in zip(same.tell, deadline.tell, strict=True):
            assert one.roles == usual.roles
            assert {*one.members} == (members if usual.members else set())
            assert one.members_org == usual.members_org


def test_the_keeper_looks_when_the_pack_says() -> None:
    usual = (Deadline("task", START_MS, tell=(Tell(0, ("supervisor",)),)),)
    loop = pack("task", step("supervisor", 2, before=True), step("supervisor", 0))
    (found,) = with_looks(Watched(), paced("task", usual, loop))
    assert found.look_ms == START_MS - 2 * HOUR_MS


def test_a_warning_about_a_partner_does_not_end_the_time_for_its_answer(
    agreed_room: Room,
) -> None:
    made = agreed_room
    made.loop = pack(
        "referral", step("dispatcher", 1, "minute", before=True), step("supervisor", 0)
    )
    made.does(SEND)
    due = made.referrals[IT].sent.due_ms
    made.now_ms = due - 60_000
    assert made.does(LookAtReferral(IT), KEEPER) == ("deadline.told.v1",)
    assert made.referrals[IT].phase == "sent"
    made.now_ms = due
    both = ("referral.expired.v1", "deadline.told.v1")
    assert made.does(LookAtReferral(IT), KEEPER) == both


def test_its_time_is_over_though_everybody_was_told_before(agreed_room: Room) -> None:
    made = agreed_room
    made.on_duty = {"supervisor": ("sun",)}
    made.loop = pack(
        "referral", step("dispatcher", 1, "minute", before=True), step("supervisor", 0)
    )
    made.does(SEND)
    due = made.referrals[IT].sent.due_ms
    made.now_ms = due - 60_000
    made.does(LookAtReferral(IT), KEEPER)  # nobody of the first: the second is told at once
    paces = paced("referral", clocks(made.referrals[IT]), made.loop)
    assert [one.look_ms for one in with_looks(made.referrals[IT], paces)] == [due]
    made.now_ms = due
    assert made.does(LookAtReferral(IT), KEEPER) == ("referral.expired.v1",)
    assert made.does(LookAtReferral(IT), KEEPER) == ()
