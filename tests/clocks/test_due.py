"""When a clock is due and warns, by the rules of statutes and of the room."""

from dataclasses import replace

import pytest

from dutyroom.clocks import Calendar, Extensions, Length, Pause, Promise, Rule, always, due
from dutyroom.clocks.rule import Unit
from tests.clocks.offices import OFFICE, SHANGHAI, at, office, pause, rule, wall

pytestmark = pytest.mark.unit
AROUND_THE_CLOCK = always(SHANGHAI)


def ends(
    rule: Rule,
    start: str,
    *pauses: Pause,
    calendar: Calendar = OFFICE,
    extensions: int = 0,
) -> str:
    return wall(
        due(rule, calendar, at(start, calendar.zone), pauses, extensions).due_ms, calendar.zone
    )


def warns(rule: Rule, start: str, *pauses: Pause, calendar: Calendar = OFFICE) -> str:
    return wall(due(rule, calendar, at(start, calendar.zone), pauses).warn_ms, calendar.zone)


class TestStatutes:
    def test_ap_35_does_not_count_the_first_hour(self) -> None:
        transfer = rule(24, "hour", calendar="always", counts_first=False)
        assert ends(transfer, "2026-03-02 10:20", calendar=AROUND_THE_CLOCK) == "2026-03-03 11:00"
        assert ends(transfer, "2026-03-02 10:00", calendar=AROUND_THE_CLOCK) == "2026-03-03 11:00"

    def test_ap_35_does_not_count_the_first_day(self) -> None:
        serve = rule(2, "day", counts_first=False)
        assert (
            ends(serve, "2026-03-02 00:00") == ends(serve, "2026-03-02 23:59") == "2026-03-05 00:00"
        )

    def test_ap_35_rolls_an_end_on_a_holiday_to_the_next_working_day(self) -> None:
        three = rule(3, "day", counts_first=False, rolls=True)
        assert ends(three, "2026-02-12 10:00") == "2026-02-25 00:00"  # the 15th is a holiday
        assert ends(three, "2026-02-11 10:00") == "2026-02-15 00:00"  # the 14th makes up for one

    def test_ap_35_never_rolls_where_liberty_is_at_stake(self) -> None:
        three = rule(3, "day", counts_first=False, rolls=False)
        assert ends(three, "2026-02-12 10:00") == "2026-02-16 00:00"

    def test_ap_62_a_transfer_is_a_new_start(self) -> None:
        seizure = rule(
            30, "day", counts_first=False, extensions=Extensions(1, Length(30, "day"), "supervisor")
        )
        assert ends(seizure, "2026-03-02 10:00") == "2026-04-02 00:00"
        assert ends(seizure, "2026-03-20 10:00") == "2026-04-20 00:00"

    def test_ap_183_mediates_again_within_seven_working_days(self) -> None:
        again = rule(7, "working_day", counts_first=False)
        assert ends(again, "2026-09-23 15:00") == "2026-10-11 00:00"  # a Saturday that is worked
        assert ends(again, "2026-09-19 15:00") == "2026-09-30 00:00"  # from a Saturday that isn't

    def test_psl_118_thirty_days_twice_extended_without_the_appraisal(self) -> None:
        decide = rule(30, "day", counts_first=False, rolls=True,
                      extensions=Extensions(2, Length(30, "day"), "supervisor"))  # fmt: skip
        assert ends(decide, "2026-01-16 09:00") == "2026-02-25 00:00"  # 15 February is a holiday
        assert ends(decide, "2026-01-16 09:00", extensions=1) == "2026-03-18 00:00"
        assert ends(decide, "2026-01-16 09:00", extensions=2) == "2026-04-17 00:00"
        appraisal = pause("2026-01-20 09:00", "2026-01-30 09:00")  # ten nights
        assert ends(decide, "2026-01-16 09:00", appraisal) == "2026-02-26 00:00"
        assert [decide.may_extend(granted) for granted in (0, 1, 2)] == [True, True, False]
        assert not rule(1, "day").may_extend(0)

    def test_ta_62_ten_working_days(self) -> None:
        identify = rule(10, "working_day", counts_first=False)
        assert ends(identify, "2026-04-28 11:00") == "2026-05-15 00:00"

    def test_xf_22_fifteen_days_from_a_leap_day(self) -> None:
        reply = rule(15, "day", counts_first=False, rolls=True)
        assert ends(reply, "2028-02-29 11:00", calendar=office(SHANGHAI)) == "2028-03-16 00:00"


class TestHowOthersGotItWrong:
    """The numbers are those of the public reports."""

    def test_zammad_3180_a_day_around_the_clock_has_86_400_s(self) -> None:
        all_week = Calendar("247", OFFICE.name, SHANGHAI, (((0, 1440),),) * 7, OFFICE.special)
        start = at("2026-11-03 10:00")
        for calendar in (AROUND_THE_CLOCK, all_week):
            assert due(rule(240, "hour"), calendar, start) == Promise(
                start + 240 * 3_600_000, None, False
            )

    def test_zammad_4432_a_warning_falls_into_open_time(self) -> None:
        five = rule(5, "working_day", counts_first=False, warn=Length(2, "hour"))
        assert ends(five, "2026-11-02 10:00") == "2026-11-10 00:00"
        assert warns(five, "2026-11-02 10:00") == "2026-11-09 15:30"
        nine = rule(9, "hour", warn=Length(2, "hour"))
        assert ends(nine, "2026-11-06 15:00") == "2026-11-09 15:00"
        assert warns(nine, "2026-11-06 15:00") == "2026-11-09 13:00"
        assert warns(rule(9, "hour", warn=Length(390, "minute")), "2026-11-06 15:00") == (
            "2026-11-09 08:30"
        )  # not at 17:30 on Friday, when everybody leaves

    @pytest.mark.parametrize("unit", ["hour", "working_day"])
    def test_glpi_10594_a_pause_over_a_weekend_moves_nothing(self, unit: Unit) -> None:
        clock = rule(20, unit)
        paused = pause("2026-11-06 17:30", "2026-11-09 08:30")
        assert ends(clock, "2026-11-05 10:00", paused) == ends(clock, "2026-11-05 10:00")

    def test_glpi_10594_a_pause_longer_than_a_weekend_counts_only_what_was_open(self) -> None:
        paused = pause("2026-11-06 16:30", "2026-11-09 09:30")
        assert ends(rule(20, "hour"), "2026-11-05 10:00") == "2026-11-09 12:00"
        assert ends(rule(20, "hour"), "2026-11-05 10:00", paused) == "2026-11-09 14:00"

    def test_glpi_15605_a_change_of_priority_keeps_the_pauses(self) -> None:
        paused = pause("2026-11-03 09:00", "2026-11-03 10:00")
        for count, end in ((2, "2026-11-03 11:30"), (4, "2026-11-03 13:30")):
            assert ends(rule(count, "hour"), "2026-11-03 08:30", paused) == end

    @pytest.mark.parametrize("zone", ["America/St_Johns", "Australia/Lord_Howe", "Europe/London"])
    def test_oncall_3261_an_office_clock_keeps_its_local_hour_when_clocks_change(
        self, zone: str
    ) -> None:
        calendar = office(zone)
        for friday, monday in (
            ("2026-03-06", "2026-03-09"),
            ("2026-03-27", "2026-03-30"),
            ("2026-10-02", "2026-10-05"),
            ("2026-10-23", "2026-10-26"),
            ("2026-10-30", "2026-11-02"),
        ):
            found = ends(rule(9, "hour"), f"{friday} 10:00", calendar=calendar)
            assert found == f"{monday} 10:00"

    def test_celery_6438_an_hour_ends_at_the_right_one_of_two_half_past_ones(self) -> None:
        zone = "Europe/London"
        first, second = (at("2026-10-25 01:30", zone, fold=fold) for fold in (0, 1))
        hour = rule(1, "hour")
        assert due(hour, always(zone), at("2026-10-25 00:30", zone)).due_ms == first
        assert due(hour, always(zone), first).due_ms == second == first + 3_600_000
        missing = due(hour, always(zone), at("2026-03-29 00:30", zone)).due_ms
        assert wall(missing, zone) == "2026-03-29 02:30"

    def test_the_next_full_hour_is_one_that_the_wall_clock_shows(self) -> None:
        hour = rule(1, "hour", counts_first=False)
        lord_howe = always("Australia/Lord_Howe")  # half an hour forward, from 02:00 to 02:30
        assert ends(hour, "2026-10-04 01:45", calendar=lord_howe) == "2026-10-04 04:00"
        newfoundland = always("America/St_Johns")
        assert ends(hour, "2026-06-01 09:10", calendar=newfoundland) == "2026-06-01 11:00"


class TestDays:
    def test_the_first_day_may_count(self) -> None:
        assert ends(rule(3, "working_day"), "2026-11-04 16:00") == "2026-11-07 00:00"
        assert ends(rule(3, "day"), "2026-11-04 16:00") == "2026-11-07 00:00"

    def test_a_day_before_the_opening_is_the_first_day_too(self) -> None:
        later = rule(1, "working_day", counts_first=False)
        assert (
            ends(later, "2026-11-04 07:00") == ends(later, "2026-11-04 16:00") == "2026-11-06 00:00"
        )

    def test_a_last_day_may_end_with_its_closing(self) -> None:
        closing = rule(1, "working_day", counts_first=False, ends="closing")
        assert ends(closing, "2026-11-06 10:00") == "2026-11-09 17:30"

    def test_an_end_is_never_before_the_start(self) -> None:
        today = rule(1, "working_day", ends="closing")
        assert ends(today, "2026-11-06 10:00") == "2026-11-06 17:30"
        assert (
            ends(today, "2026-11-06 17:30") == ends(today, "2026-11-06 19:00") == "2026-11-09 17:30"
        )

    def test_a_day_of_the_year_that_is_closed_ends_at_midnight(self) -> None:
        closing = rule(2, "day", counts_first=False, ends="closing")
        assert ends(closing, "2026-11-05 10:00") == "2026-11-08 00:00"

    def test_a_pause_leaves_out_the_days_whose_opening_it_holds(self) -> None:
        five = rule(5, "working_day", counts_first=False)
        assert ends(five, "2026-11-02 10:00") == "2026-11-10 00:00"
        for paused, end in (
            (pause("2026-11-03 09:00", "2026-11-03 17:00"), "2026-11-10 00:00"),
            (pause("2026-11-03 09:00", "2026-11-04 08:30"), "2026-11-10 00:00"),
            (pause("2026-11-03 09:00", "2026-11-04 08:31"), "2026-11-11 00:00"),
            (pause("2026-11-03 08:30", "2026-11-05 12:00"), "2026-11-13 00:00"),
        ):
            assert ends(five, "2026-11-02 10:00", paused) == end

    def test_an_end_never_falls_into_a_pause(self) -> None:
        """Else a clock paused on its last day would be broken the moment that it goes on."""
        one = rule(1, "working_day", counts_first=False)
        for until in (
            "2026-11-06 17:30",
            "2026-11-08 12:00",
            "2026-11-09 08:30",
            "2026-11-09 10:00",
        ):
            paused = pause("2026-11-06 10:00", until)
            assert ends(one, "2026-11-05 10:00", paused) == "2026-11-10 00:00"
        in_closed_hours = pause("2026-11-06 17:30", "2026-11-09 08:30")
        assert ends(one, "2026-11-05 10:00", in_closed_hours) == "2026-11-07 00:00"

    def test_a_warning_of_days_comes_when_so_many_are_left(self) -> None:
        five = rule(5, "working_day", counts_first=False, warn=Length(1, "working_day"))
        assert warns(five, "2026-11-02 10:00") == "2026-11-09 08:30"
        three = rule(3, "day", counts_first=False, warn=Length(1, "day"))
        assert warns(three, "2026-11-05 10:00") == "2026-11-06 08:30"  # the last day is a Sunday
        assert warns(three, "2026-11-05 10:00", calendar=AROUND_THE_CLOCK) == "2026-11-08 00:00"

    def test_there_is_no_warning_where_nobody_is_there_before_the_end(self) -> None:
        two = rule(2, "day", counts_first=False, warn=Length(1, "day"))
        assert due(two, OFFICE, at("2026-11-06 18:00")).warn_ms is None
        hours = rule(2, "day", counts_first=False, warn=Length(3, "hour"))
        assert due(hours, OFFICE, at("2026-11-06 18:00")).warn_ms is None

    def test_a_warning_is_never_before_the_start(self) -> None:
        one = rule(1, "working_day", warn=Length(20, "hour"))
        assert warns(one, "2026-11-06 10:00") == "2026-11-06 10:00"


class TestPauses:
    def test_a_clock_that_is_paused_has_no_end(self) -> None:
        paused = pause("2026-11-06 10:00", None)
        for clock in (rule(8, "hour"), rule(5, "working_day"), rule(5, "day", rolls=True)):
            assert due(clock, OFFICE, at("2026-11-05 12:00"), (paused,)) == Promise(
                None, None, False
            )

    def test_a_pause_after_the_end_changes_nothing(self) -> None:
        paused = pause("2026-12-01 10:00", None)
        for clock in (rule(8, "hour"), rule(5, "working_day"), rule(5, "day")):
            start = at("2026-11-05 12:00")
            assert due(clock, OFFICE, start, (paused,)) == due(clock, OFFICE, start)

    def test_pauses_that_overlap_count_once(self) -> None:
        one = pause("2026-11-03 09:00", "2026-11-03 11:00")
        other = pause("2026-11-03 10:00", "2026-11-03 12:00", reason="hearing")
        assert ends(rule(4, "hour"), "2026-11-03 08:30", other, one) == "2026-11-03 15:30"

    def test_a_pause_within_another_changes_nothing(self) -> None:
        longer = pause("2026-11-03 09:00", "2026-11-03 12:00")
        shorter = pause("2026-11-03 09:30", "2026-11-03 10:00", reason="hearing")
        assert ends(rule(4, "hour"), "2026-11-03 08:30", longer, shorter) == "2026-11-03 15:30"

    def test_a_pause_before_the_start_changes_nothing(self) -> None:
        paused = pause("2026-11-02 09:00", "2026-11-03 09:00")
        assert ends(rule(4, "hour"), "2026-11-03 09:00", paused) == "2026-11-03 13:00"


class TestProvisional:
    def test_a_day_is_provisional_while_its_holidays_are_not_announced(self) -> None:
        start = at("2026-12-30 10:00")
        for clock, provisional in (
            (rule(9, "hour"), False),
            (rule(18, "hour"), True),
            (rule(1, "working_day", counts_first=False), False),
            (rule(2, "working_day", counts_first=False), True),
            (rule(2, "day", counts_first=False, rolls=True), True),
            (rule(2, "day", counts_first=False), False),  # counts on holidays, too
        ):
            assert due(clock, OFFICE, start).provisional is provisional
        assert not due(rule(90, "day"), AROUND_THE_CLOCK, start).provisional

    def test_the_midnight_at_which_a_clock_ends_is_still_of_the_day_before(self) -> None:
        all_day = replace(OFFICE, weekly=(((0, 1440),),) * 7)
        start = at("2026-12-31 12:00")
        assert not due(rule(12, "hour"), all_day, start).provisional
        assert due(rule(721, "minute"), all_day, start).provisional


def test_a_clock_is_for_the_categories_and_priorities_that_it_names() -> None:
    assert rule(1, "hour").is_for("THEFT", 3)
    named = rule(1, "hour", categories=("THEFT",), priorities=(1, 2))
    assert [named.is_for(*one) for one in (("THEFT", 1), ("THEFT", 3), ("FIRE", 1))] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"within": Length(0, "hour")},
        {"again": Length(0, "hour")},
        {"extensions": Extensions(1, Length(1, "day"), "supervisor")},
    ],
)
def test_a_rule_that_can_not_be_counted_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="the clock 'answer'"):
        rule(1, "hour", **wrong)
