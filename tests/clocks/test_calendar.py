"""When a calendar is open: by the wall clock, whatever is done to it."""

from datetime import date, timedelta

import pytest

from dutyroom.clocks import Calendar, SpecialDay, always, open_spans, spans_of_day
from dutyroom.core.text import Text
from tests.clocks.offices import (
    OFFICE,
    SHANGHAI,
    ZONES,
    at,
    office,
    open_ms,
    wall,
)

pytestmark = pytest.mark.unit
NEWFOUNDLAND, LONDON, LORD_HOWE = "America/St_Johns", "Europe/London", "Australia/Lord_Howe"


def spans(calendar: Calendar, first: str, last: str) -> list[tuple[str, str]]:
    zone = calendar.zone
    found = open_spans(calendar, at(first, zone), at(last, zone))
    return [(wall(begin, zone), wall(end, zone)) for begin, end in found]


def test_an_office_is_open_in_its_hours_on_its_days() -> None:
    assert spans(OFFICE, "2026-11-06 12:00", "2026-11-09 09:00") == [
        ("2026-11-06 12:00", "2026-11-06 17:30"),
        ("2026-11-09 08:30", "2026-11-09 09:00"),
    ]


def test_a_holiday_is_closed_and_a_make_up_day_open_even_on_a_saturday() -> None:
    assert spans(OFFICE, "2026-09-30 00:00", "2026-10-12 00:00") == [
        ("2026-09-30 08:30", "2026-09-30 17:30"),
        ("2026-10-08 08:30", "2026-10-08 17:30"),
        ("2026-10-09 08:30", "2026-10-09 17:30"),
        ("2026-10-10 08:30", "2026-10-10 17:30"),
    ]


def test_always_is_one_span_and_each_of_its_days_is_a_date() -> None:
    calendar = always(SHANGHAI)
    assert list(open_spans(calendar, 5, 10**15)) == [(5, 10**15)]
    ((begin, end),) = spans_of_day(calendar, date(2026, 3, 1))
    assert (wall(begin), wall(end)) == ("2026-03-01 00:00", "2026-03-02 00:00")


def test_nothing_is_open_between_an_instant_and_itself() -> None:
    assert list(open_spans(always(SHANGHAI), 5, 5)) == list(open_spans(OFFICE, 5, 5)) == []


@pytest.mark.parametrize("zone", ZONES)
def test_half_past_eight_stays_half_past_eight_all_year(zone: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    opened = [spans_of_day(office(zone), day) for day in days]
    assert {(wall(one[0][0], zone)[11:], wall(one[0][1], zone)[11:]) for one in opened if one} == {
        ("08:30", "17:30")
    }
    assert sum(len(one) for one in opened) == 261


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (NEWFOUNDLAND, "2026-03-08", 23.0),
        (NEWFOUNDLAND, "2026-11-01", 25.0),
        (LONDON, "2026-03-29", 23.0),
        (LONDON, "2026-10-25", 25.0),
        (LORD_HOWE, "2026-10-04", 23.5),
        (LORD_HOWE, "2026-04-05", 24.5),
        (SHANGHAI, "2026-10-25", 24.0),
    ],
)
def test_a_day_has_the_hours_that_pass_on_it(zone: str, day: str, hours: float) -> None:
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    passed = open_ms(always(zone), at(f"{day} 00:00", zone), at(f"{following} 00:00", zone))
    assert passed == hours * 3_600_000
    ((begin, end),) = spans_of_day(always(zone), date.fromisoformat(day))
    assert end - begin == passed


def night(zone: str, first: int, last: int) -> Calendar:
    return Calendar("night", Text("Night", "夜班"), zone, (((first, last),),) * 7)


def test_both_half_past_ones_are_open_where_the_hour_comes_twice() -> None:
    calendar = night(LONDON, 60, 90)  # 01:00 to 01:30
    assert spans_of_day(calendar, date(2026, 10, 25)) == (
        (at("2026-10-25 01:00", LONDON), at("2026-10-25 01:30", LONDON)),
        (at("2026-10-25 01:00", LONDON, fold=1), at("2026-10-25 01:30", LONDON, fold=1)),
    )


def test_a_shift_over_the_hour_that_comes_twice_lasts_an_hour_longer() -> None:
    calendar = night(LONDON, 0, 360)
    ((begin, end),) = spans_of_day(calendar, date(2026, 10, 25))
    assert end - begin == 7 * 3_600_000


def test_the_missing_hour_is_never_open() -> None:
    assert spans_of_day(night(LONDON, 60, 90), date(2026, 3, 29)) == ()
    ((begin, end),) = spans_of_day(night(LONDON, 75, 150), date(2026, 3, 29))
    assert (wall(begin, LONDON), wall(end, LONDON)) == ("2026-03-29 02:00", "2026-03-29 02:30")


def test_the_29th_of_february_is_a_day() -> None:
    assert spans(office(LONDON), "2028-02-28 17:00", "2028-03-01 09:00") == [
        ("2028-02-28 17:00", "2028-02-28 17:30"),
        ("2028-02-29 08:30", "2028-02-29 17:30"),
        ("2028-03-01 08:30", "2028-03-01 09:00"),
    ]


def test_hours_over_midnight_are_cut_there() -> None:
    late = Calendar("late", Text("Late", "夜班"), SHANGHAI, (((0, 360), (1200, 1440)),) * 7)
    assert spans(late, "2026-11-03 12:00", "2026-11-04 12:00") == [
        ("2026-11-03 20:00", "2026-11-04 00:00"),
        ("2026-11-04 00:00", "2026-11-04 06:00"),
    ]


def test_a_calendar_that_never_opens_is_none() -> None:
    with pytest.raises(ValueError, match="no day of the week"):
        Calendar("never", Text("Never", "从不"), SHANGHAI, ((),) * 7)


def test_a_make_up_day_has_hours_of_its_own() -> None:
    day = date(2026, 11, 7)
    special = {day: SpecialDay(Text("Stock-taking", "盘点"), ((600, 720),))}
    calendar = Calendar("shop", Text("Shop", "店"), SHANGHAI, office(SHANGHAI).weekly, special)
    assert [wall(edge) for edge in spans_of_day(calendar, day)[0]] == [
        "2026-11-07 10:00",
        "2026-11-07 12:00",
    ]
