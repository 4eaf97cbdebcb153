"""A practice of one evening, worked by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from dutyroom.citypack.model import Clocks
from dutyroom.core.text import Text
from dutyroom.practice.debrief import Advice, Debrief, Happened, Trainee, debrief

pytestmark = pytest.mark.unit

CLOCKS = Clocks(
    answer_s=10,
    call_back_s=60,
    dispatch_s={1: 30, 2: 60},
    en_route_s=60,
    on_scene_s={1: 480, 2: 720},
    silence_s={},
    amber_share=0.7,
    stale_position_s=60,
)


def at(second: float, type_: str, stream: str, actor: str, **body: Any) -> Happened:
    return Happened(f"{type_}.v1", stream, actor, round(second * 1000), body)


def sent(second: float, incident: str, actor: str, unit: str, arrival_s: float | None) -> Happened:
    body: Mapping[str, Any] = {"unit": unit, "arrival_s": arrival_s}
    return at(second, "incident.unit_dispatched", f"incident:{incident}", actor, **body)


EVENING = [
    at(0, "call.received", "call:a", "gateway", line="110-1"),
    at(4, "call.claimed", "call:a", "ann", by="ann"),
    at(10, "call.received", "call:b", "gateway", line="110-1"),
    at(20, "incident.opened", "incident:x", "ann", number="X", category="fire", priority=2),
    at(24, "call.ended", "call:a", "ann"),
    at(30, "call.claimed", "call:b", "bob", by="bob"),
    at(40, "incident.opened", "incident:y", "bob", number="Y", category="theft", priority=2),
    at(45, "incident.priority_changed", "incident:y", "bob", priority=1),
    sent(50, "x", "ann", "P2", 200.0),
    sent(50, "x", "ann", "P3", 150.0),
    at(60, "call.received", "call:c", "gateway", line="110-2"),
    sent(90, "y", "ann", "P1", 80.0),
    sent(95, "y", "ann", "P4", None),
    at(99, "incident.opened", "incident:z", "bob", number="Z", category="theft", priority=2),
]
ADVICE = [
    Advice("x", 48_000, {"P9": 300.0}),
    Advice("x", 49_500, {"P1": 120.0, "P3": 150.0}),
    Advice("x", 50_500, {"P1": 1.0}),
    Advice("y", 90_000, {"P1": 80.0}),
]


def found() -> Debrief:
    return debrief(EVENING, ADVICE, CLOCKS, ("ann", "bob"))


def test_times_are_those_of_the_person_who_did_it() -> None:
    ann, bob = found().of("ann"), found().of("bob")
    assert [(a.call, a.ring_s, a.handling_s, a.late) for a in ann.answered] == [("a", 4, 20, False)]
    assert [(a.call, a.ring_s, a.handling_s, a.late) for a in bob.answered] == [
        ("b", 20, None, True)
    ]
    assert (ann.ring_median_s, ann.handling_median_s) == (4, 20)
    assert bob.sent == ()


def test_trainees_have_a_name_in_each_language() -> None:
    assert Trainee("trainee12").figures().title == Text("Trainee 12", "学员 12")
    assert Trainee("trainee").figures().title == Text("trainee", "trainee")


def test_choices_stand_beside_the_newest_advice_before_them() -> None:
    x, y, more = found().of("ann").sent
    assert x.sent == {"P2": 200.0, "P3": 150.0}
    assert x.advised == {"P1": 120.0, "P3": 150.0}
    assert x.difference_s == 30  # 150 was the first of ours, 120 the first of the engine's
    assert (y.advised, y.difference_s) == ({"P1": 80.0}, 0)
    assert (more.sent, more.difference_s) == ({"P4": None}, None)


def test_only_the_first_dispatch_of_an_incident_can_be_late() -> None:
    x, y, more = found().of("ann").sent
    assert (x.wait_s, x.first, x.late) == (30, True, False)  # within 60 of priority 2
    assert (y.wait_s, y.priority, y.late) == (50, 1, True)  # over 30 of priority 1
    assert (more.first, more.late) == (False, False)
    assert found().of("ann").missed == 1
    assert found().of("ann").dispatch_median_s == 40


def test_what_was_left_is_counted_and_strangers_are_not_listed() -> None:
    all_ = found()
    assert (all_.unanswered, all_.undispatched) == (1, 1)
    ann, bob = all_.everybody()
    assert (ann.name, bob.name) == ("ann", "bob")
    assert ann.title == Text("ann", "ann")
    only_bob = debrief(EVENING, ADVICE, CLOCKS, ("bob",))
    assert [one.name for one in only_bob.everybody()] == ["bob"]


def test_handling_counts_from_the_claim_even_if_the_call_was_never_ended() -> None:
    opened = at(200, "incident.opened", "incident:x", "ann", number="X", category="c", priority=2)
    evening = [
        at(0, "call.received", "call:a", "gateway", line="110-1"),
        at(2, "call.claimed", "call:a", "ann", by="ann"),
        opened,
        at(200, "incident.call_linked", "incident:x", "ann", call="a"),
    ]
    assert debrief(evening, [], CLOCKS, ("ann",)).of("ann").handling_median_s == 198
    ended = [*evening, at(230, "call.ended", "call:a", "ann")]
    assert debrief(ended, [], CLOCKS, ("ann",)).of("ann").handling_median_s == 228


def test_a_call_that_chases_is_handled_until_it_is_recorded_as_one() -> None:
    evening = [
        at(0, "call.received", "call:a", "gateway", line="110-1"),
        at(2, "call.claimed", "call:a", "ann", by="ann"),
        at(90, "incident.chased", "incident:x", "ann", call="a"),
    ]
    assert debrief(evening, [], CLOCKS, ("ann",)).of("ann").handling_median_s == 88


def test_a_call_that_was_handed_back_counts_for_both_who_held_it() -> None:
    evening = [
        at(0, "call.received", "call:a", "gateway", line="110-1"),
        at(2, "call.claimed", "call:a", "ann", by="ann"),
        at(12, "call.released", "call:a", "ann"),
        at(15, "call.claimed", "call:a", "bob", by="bob"),
        at(35, "call.ended", "call:a", "bob"),
    ]
    shown = debrief(evening, [], CLOCKS, ("ann", "bob"))
    (ann,), (bob,) = (shown.of(name).answered for name in ("ann", "bob"))
    assert (ann.ring_s, ann.handling_s) == (2, 10)
    assert (bob.ring_s, bob.handling_s) == (3, 20)


def test_who_accepts_what_the_screen_shows_has_no_difference() -> None:
    """The engine has thought again since the panel was read: that isn't the trainee's doing."""
    opened = at(0, "incident.opened", "incident:x", "ann", number="X", category="c", priority=2)
    evening = [opened, sent(50, "x", "ann", "P3", 161.0), sent(60, "x", "bob", "P4", 90.0)]
    advice = [
        Advice("x", 10_000, {"P3": 150.0}, by="ann"),
        Advice("x", 49_000, {"P1": 120.0}),
        Advice("x", 49_500, {"P5": 1.0}, by="cyd"),
    ]
    shown = debrief(evening, advice, CLOCKS, ("ann", "bob"))
    (ann,), (bob,) = (shown.of(name).sent for name in ("ann", "bob"))
    assert (ann.advised, ann.difference_s) == ({"P3": 150.0}, 0)
    # Bob looked at no recommendation: his choice stands beside the engine's newest.
    assert (bob.advised, bob.difference_s) == ({"P1": 120.0}, -30)


def test_a_unit_that_met_the_incident_on_view_was_nobodys_choice() -> None:
    met = [
        at(10, "incident.opened", "incident:v", "ann", number="V", category="theft", priority=3,
           channel="on_view"),
        sent(10, "v", "ann", "P1", None),
        sent(70, "v", "ann", "P2", 90.0),
    ]  # fmt: skip
    ann = debrief(met, [Advice("v", 5_000, {"P9": 10.0})], CLOCKS, ("ann",)).of("ann")
    assert [(one.sent, one.first) for one in ann.sent] == [({"P2": 90.0}, False)]
    assert (ann.dispatch_median_s, ann.missed) == (None, 0)
