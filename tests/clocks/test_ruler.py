"""Why a deadline is what it is, as it is shown."""

from typing import Any

import pytest

from dutyroom.clocks import Extensions, Length, Pause, Rule, Ruler, always, ruler
from tests.clocks.offices import NOTICE, OFFICE, SHANGHAI, at, pause, rule, wall

pytestmark = pytest.mark.unit


def made(
    clock: Rule, start: str, *pauses: Pause, now: str = "2030-01-01 00:00", **more: Any
) -> Ruler:
    given = {"calendar": OFFICE, "extensions": 0} | more
    return ruler(clock, given["calendar"], at(start), pauses, given["extensions"], at(now))


def read(found: Ruler) -> list[tuple[Any, ...]]:
    """Kind, end, days, and the name or reason if it has one."""
    return [
        (one.kind, wall(one.to_ms)[5:], *([one.days] if found.in_days else []),
         *([one.name.en] if one.name else []), *([one.reason] if one.reason else []))
        for one in found.parts
    ]  # fmt: skip


def test_a_clock_of_open_time_over_a_holiday_and_a_pause() -> None:
    found = made(
        rule(12, "hour"), "2026-09-30 15:00", pause("2026-09-30 16:00", "2026-10-08 09:30")
    )
    assert read(found) == [
        ("counted", "09-30 16:00"),
        ("paused", "09-30 17:30", "appraisal"),
        ("closed", "10-01 00:00"),
        ("closed", "10-08 00:00", "National Day"),
        ("closed", "10-08 08:30"),
        ("paused", "10-08 09:30", "appraisal"),
        ("counted", "10-08 17:30"),
        ("closed", "10-09 08:30"),
        ("counted", "10-09 11:30"),
    ]
    assert found.amount("counted") == 12 * 3_600_000
    assert found.citations == (rule(1, "hour").edition.citation, OFFICE.citation)
    assert found.parts[3].citation == NOTICE


def test_a_make_up_day_is_called_so() -> None:
    assert read(made(rule(5, "hour"), "2026-10-09 17:00"))[1:] == [
        ("closed", "10-10 00:00"),
        ("closed", "10-10 08:30", "National Day (make-up)"),
        ("counted", "10-10 13:00", "National Day (make-up)"),
    ]


def test_working_days_over_a_holiday() -> None:
    found = made(rule(3, "working_day", counts_first=False), "2026-09-29 15:00")
    assert read(found) == [
        ("not_counted", "09-30 00:00", 0),
        ("counted", "10-01 00:00", 1),
        ("closed", "10-08 00:00", 0, "National Day"),
        ("counted", "10-10 00:00", 2),
    ]


def test_a_day_that_rolls() -> None:
    found = made(rule(3, "day", counts_first=False, rolls=True), "2026-02-12 10:00")
    assert read(found) == [
        ("not_counted", "02-13 00:00", 0),
        ("counted", "02-14 00:00", 1),
        ("counted", "02-15 00:00", 1, "Spring Festival (make-up)"),
        ("counted", "02-16 00:00", 1, "Spring Festival"),
        ("rolled", "02-24 00:00", 0, "Spring Festival"),
        ("rolled", "02-25 00:00", 0),
    ]


def test_extensions_are_parts_of_their_own() -> None:
    by = Extensions(2, Length(2, "working_day"), "supervisor")
    found = made(rule(2, "working_day", extensions=by), "2026-11-02 10:00", extensions=1)
    assert read(found) == [("counted", "11-04 00:00", 2), ("extension", "11-06 00:00", 2)]
    hours = rule(2, "hour", extensions=Extensions(2, Length(30, "minute"), "supervisor"))
    assert read(made(hours, "2026-11-02 10:00", extensions=2)) == [
        ("counted", "11-02 12:00"),
        ("extension", "11-02 13:00"),
    ]


def test_the_first_hour_is_shown_as_not_counted() -> None:
    found = made(rule(1, "hour", counts_first=False), "2026-11-02 10:20")
    assert read(found) == [("not_counted", "11-02 11:00"), ("counted", "11-02 12:00")]


def test_a_clock_that_is_paused_is_shown_up_to_now() -> None:
    reasons = (
        pause("2026-11-02 11:00", "2026-11-02 12:00"),
        pause("2026-11-02 12:00", None, reason="hearing"),
    )
    found = made(rule(8, "hour"), "2026-11-02 10:00", *reasons, now="2026-11-02 13:00")
    assert read(found) == [
        ("counted", "11-02 11:00"),
        ("paused", "11-02 12:00", "appraisal"),
        ("paused", "11-02 13:00", "hearing"),
    ]
    assert found.promise.due_ms is None


def test_days_that_a_pause_leaves_out_and_an_end_that_it_puts_off() -> None:
    paused = pause("2026-11-06 10:00", "2026-11-09 10:00", reason="hearing")
    found = made(rule(2, "working_day", counts_first=False), "2026-11-04 10:00", paused)
    assert read(found) == [
        ("not_counted", "11-05 00:00", 0),
        ("counted", "11-07 00:00", 2),
        ("paused", "11-10 00:00", 0, "hearing"),
    ]
    over = made(rule(2, "working_day", counts_first=False), "2026-11-05 10:00", paused)
    assert read(over)[1:] == [
        ("counted", "11-07 00:00", 1),
        ("closed", "11-09 00:00", 0),
        ("paused", "11-10 00:00", 0, "hearing"),
        ("counted", "11-11 00:00", 1),
    ]


def test_around_the_clock_there_is_nothing_closed() -> None:
    found = made(rule(72, "hour"), "2026-10-01 10:00", calendar=always(SHANGHAI))
    assert read(found) == [("counted", "10-04 10:00")]
