"""Whom a broken clock tells, in which order, and what is left of that after an outage."""

from typing import Any

import pytest

from dutyroom.clocks import Escalation, Length, Outlook, Rule, Step, always, escalation, outlook
from dutyroom.clocks.rule import Unit
from tests.clocks.offices import OFFICE, SHANGHAI, at, pause, rule, wall

pytestmark = pytest.mark.unit
AROUND_THE_CLOCK = always(SHANGHAI)
END = at("2026-11-03 10:00")
MINUTE = 60_000


def steps(*after: tuple[int, Unit], **more: Any) -> Rule:
    roles = ("dispatcher", "supervisor", "planner")
    given = tuple(Step(role, Length(*length)) for role, length in zip(roles, after, strict=False))
    return rule(2, "hour", escalate=given, **more)


def told(clock: Rule, end: str, count: int) -> list[tuple[str, str]]:
    found = [escalation(clock, OFFICE, at(end), number) for number in range(count)]
    return [(one.role, wall(one.at_ms)) for one in found if one is not None]


def test_each_step_comes_so_long_after_the_end_and_the_last_one_again() -> None:
    clock = steps((0, "minute"), (1, "hour"), again=Length(4, "hour"))
    assert told(clock, "2026-11-03 10:00", 4) == [
        ("dispatcher", "2026-11-03 10:00"),
        ("supervisor", "2026-11-03 11:00"),
        ("supervisor", "2026-11-03 15:00"),
        ("supervisor", "2026-11-04 10:00"),
    ]


def test_a_clock_that_ends_at_closing_tells_when_it_opens_again() -> None:
    clock = steps((0, "minute"), (1, "hour"))
    for end in ("2026-11-06 17:30", "2026-11-07 00:00"):
        assert told(clock, end, 3) == [
            ("dispatcher", "2026-11-09 08:30"),
            ("supervisor", "2026-11-09 09:30"),
        ]


def test_a_step_that_would_fall_at_closing_comes_at_the_next_opening() -> None:
    assert told(steps((1, "hour")), "2026-11-06 16:30", 1) == [("dispatcher", "2026-11-09 08:30")]


def test_a_step_is_never_before_the_one_that_precedes_it() -> None:
    assert told(steps((1, "working_day"), (2, "hour")), "2026-11-03 10:00", 2) == [
        ("dispatcher", "2026-11-04 10:00"),
        ("supervisor", "2026-11-04 10:00"),
    ]


def test_a_working_day_on_is_the_same_time_of_the_next_one() -> None:
    clock = steps((1, "working_day"), again=Length(1, "working_day"))
    assert [when for _, when in told(clock, "2026-11-05 10:00", 3)] == [
        "2026-11-06 10:00",
        "2026-11-09 10:00",
        "2026-11-10 10:00",
    ]
    assert [when for _, when in told(clock, "2026-11-06 17:30", 2)] == [
        "2026-11-10 08:30",
        "2026-11-11 08:30",
    ]


def test_a_day_on_that_is_closed_waits_for_the_next_opening() -> None:
    assert told(steps((1, "day")), "2026-11-06 10:00", 1) == [("dispatcher", "2026-11-09 08:30")]


def test_a_pause_holds_back_what_comes_after_the_end() -> None:
    clock = steps((1, "hour"), (1, "working_day"))
    paused = pause("2026-11-03 10:30", "2026-11-04 10:00")
    found = [escalation(clock, OFFICE, END, number, (paused,)) for number in (0, 1)]
    assert [wall(one and one.at_ms) for one in found] == ["2026-11-04 10:30", "2026-11-05 10:00"]
    lasting = pause("2026-11-03 10:30", None)
    assert escalation(clock, OFFICE, END, 0, (lasting,)) is None
    assert escalation(clock, OFFICE, END, 1, (lasting,)) is None
    assert escalation(steps((1, "working_day")), OFFICE, END, 0, (lasting,)) is None


def test_a_clock_that_lapses_tells_nobody() -> None:
    clock = steps((0, "minute"), expiry="lapses")
    assert outlook(clock, OFFICE, END, 0, END + 10**9) == Outlook(None, 0, None)


def test_a_clock_without_steps_tells_nobody() -> None:
    assert escalation(rule(1, "hour", again=Length(1, "hour")), OFFICE, END, 0) is None


def test_camunda_9680_after_an_outage_one_step_is_told_and_the_next_lies_ahead() -> None:
    clock = steps((0, "minute"), (30, "minute"), again=Length(5, "minute"))
    outage = END + 10 * 86_400_000 + 2 * MINUTE
    found = outlook(clock, AROUND_THE_CLOCK, END, 1, outage)
    assert found.now is not None
    assert found.next is not None
    assert (outage - found.now.at_ms, found.next.at_ms - outage) == (2 * MINUTE, 3 * MINUTE)
    assert found.now.role == found.next.role == "supervisor"
    assert found.passed_over == found.now.number - 1 == (10 * 1440 - 30) // 5
    assert outlook(clock, AROUND_THE_CLOCK, END, found.next.number, outage) == Outlook(
        None, 0, found.next
    )


def test_nothing_is_told_before_its_time() -> None:
    clock = steps((1, "hour"))
    assert outlook(clock, AROUND_THE_CLOCK, END, 0, END) == Outlook(
        None, 0, Escalation(0, "dispatcher", END + 3_600_000)
    )


def test_what_was_told_is_not_told_again_where_an_end_is_moved() -> None:
    """Adopting new holidays may move an end; two steps were told of the old one."""
    clock = steps((0, "minute"), (1, "hour"), (2, "hour"))
    found = outlook(clock, AROUND_THE_CLOCK, END, 2, END)
    assert found == Outlook(None, 0, Escalation(2, "planner", END + 2 * 3_600_000))
