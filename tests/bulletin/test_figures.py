"""The weekly bulletin: weeks tile time, and every figure is the cases that it counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.bulletin import Case, StageFigures, case_of, figures_of, week_at, week_named
from dutyroom.bulletin.figures import quantile
from dutyroom.domain.loops.row import LoopClockRow, LoopRow, PauseRow, StayRow

pytestmark = pytest.mark.unit
HOUR = 3_600_000
WEEK = week_at(1_795_600_000_000, "Asia/Shanghai")
MONDAY = WEEK.from_ms
NOW = WEEK.to_ms + 30 * HOUR
type Stays = tuple[tuple[str, float, float | None], ...]


def clock(due: float | None, over: float | None = None, **more: object) -> LoopClockRow:
    """A run; times are hours since Monday."""
    given_ = {
        "clock": "conclude",
        "state": "met" if over is not None else "running",
        "from_ms": MONDAY,
        "due_ms": at(due),
        "provisional": False,
        "rule": 0,
        "pack": "",
        "pauses": (),
        "extensions": 0,
        "warned": False,
        "steps": 0,
        "escalated_ms": None,
        "told": (),
        "stopped_ms": at(over),
        "late_ms": None if over is None or due is None else max(0, int((over - due) * HOUR)),
        "ended": None,
    }
    return LoopClockRow(**(given_ | more))  # type: ignore[arg-type]


def at(hours: float | None) -> int | None:
    return None if hours is None else MONDAY + int(hours * HOUR)


def case(
    stays: Stays, *clocks: LoopClockRow, id_: str = "a", org: str = "city/north", opened: float = 0
) -> Case:
    row = LoopRow(
        id=id_,
        number=id_,
        org=org,
        clocks=clocks,
        stages=tuple(
            StayRow(stage=stage, owner="", from_ms=at(begin) or 0, to_ms=at(end))  # type: ignore[arg-type]
            for stage, begin, end in stays
        ),
        position=1,
    )
    return case_of(row, "THEFT", 2, MONDAY + int(opened * HOUR), NOW)


def of_stage(cases: list[Case], stage: str) -> StageFigures:
    found = figures_of(cases, WEEK, ("city/north",), NOW).stages
    return next(one for one in found if one.stage == stage)


class TestWeeks:
    @given(
        st.integers(946_684_800_000, 3_786_912_000_000),
        st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "UTC"]),
    )
    def test_every_instant_lies_in_one_week_which_is_called_as_iso_does(
        self, at_ms: int, zone: str
    ) -> None:
        week = week_at(at_ms, zone)
        assert week.holds(at_ms)
        assert week_named(week.name, zone) == week
        assert week_at(week.to_ms, zone).from_ms == week.to_ms
        assert week_at(week.from_ms - 1, zone).to_ms == week.from_ms

    def test_a_week_with_a_change_of_clocks_is_an_hour_longer(self) -> None:
        week = week_named("2026-W43", "Europe/Berlin")
        assert week is not None
        assert week.to_ms - week.from_ms == 169 * HOUR

    @pytest.mark.parametrize(
        "name",
        ["2026-W54", "2026-W00", "2026-48", "next", "2026-W1", "9999-W52", "0001-W01", "1969-W52"],
    )
    def test_what_is_no_week_has_no_name(self, name: str) -> None:
        assert week_named(name, "Asia/Shanghai") is None


class TestStages:
    def test_what_left_a_stage_in_the_week_is_done_in_time_or_late(self) -> None:
        prompt = case((("analyse", 0, 1), ("concluded", 1, None)), clock(5, 1), id_="a")
        slow = case((("analyse", 0, 9), ("concluded", 9, None)), clock(5, 9), id_="b")
        found = of_stage([prompt, slow], "analyse")
        assert (found.done, found.in_time, found.late) == (("a", "b"), ("a",), ("b",))
        assert (found.median_s, found.p90_s) == (5 * 3600, pytest.approx(8.2 * 3600))

    def test_a_promise_is_broken_at_the_stage_where_the_incident_was_when_it_ran_out(self) -> None:
        one = case((("assign", 0, 2), ("handle", 2, 9), ("conclude", 9, 10)), clock(5, 10))
        assert of_stage([one], "assign").late == ()
        assert of_stage([one], "handle").late == ("a",)
        assert of_stage([one], "conclude").late == ()

    def test_time_that_it_stood_still_is_a_kind_of_its_own(self) -> None:
        pauses = (
            PauseRow(reason="x", from_ms=MONDAY + HOUR, to_ms=MONDAY + 3 * HOUR),
            PauseRow(reason="y", from_ms=MONDAY + 2 * HOUR, to_ms=MONDAY + 4 * HOUR),
        )
        one = case((("handle", 0, 10), ("conclude", 10, None)), clock(90, None, pauses=pauses))
        found = of_stage([one], "handle")
        assert (found.paused, found.median_s) == (("a",), 7 * 3600)

    def test_what_comes_back_after_a_reopening_is_a_kind_of_its_own(self) -> None:
        one = case((("handle", 0, 1), ("concluded", 1, 5), ("handle", 5, 9), ("conclude", 9, None)))
        found = of_stage([one], "handle")
        assert (found.done, found.again, found.median_s) == (("a",), ("a",), 3600)
        assert figures_of([one], WEEK, (), NOW).reopened == ("a",)

    def test_what_is_there_at_the_end_of_the_week_is_not_done(self) -> None:
        found = of_stage([case((("handle", 0, None),))], "handle")
        assert (found.done, found.there, found.median_s) == ((), ("a",), None)

    def test_another_week_says_nothing_of_it(self) -> None:
        found = of_stage([case((("handle", -30, -20), ("conclude", -20, -10)))], "handle")
        assert (found.done, found.there, found.again, found.paused) == ((), (), (), ())


class TestWhole:
    def test_clocks_are_met_in_time_met_late_or_late_still(self) -> None:
        cases = [
            case((), clock(5, 4), id_="a"),
            case((), clock(5, 6), id_="b"),
            case((), clock(5), id_="c"),
            case((), clock(500), id_="d"),
        ]
        (found,) = figures_of(cases, WEEK, (), NOW).clocks
        assert (found.in_time, found.late, found.open_late) == (("a",), ("b",), ("c",))

    def test_of_a_week_that_lasts_only_what_has_been_counts(self) -> None:
        late_soon = case((("handle", 0, None),), clock(50))
        now = MONDAY + 10 * HOUR
        assert figures_of([late_soon], WEEK, (), now).late == ()
        assert figures_of([late_soon], WEEK, (), NOW).late == ("a",)

    def test_a_district_holds_what_its_stations_hold(self) -> None:
        cases = [case((), id_="a", org="city/north/one"), case((), id_="b", org="city/south")]
        found = figures_of(cases, WEEK, ("city/north", "city/south"), NOW)
        assert [(one.of, one.opened) for one in found.by_org] == [
            ("city/north", ("a",)),
            ("city/south", ("b",)),
        ]

    @given(st.lists(st.tuples(st.integers(-50, 200), st.integers(1, 99), st.integers(-9, 250))))
    def test_the_figures_add_up(self, given_: list[tuple[int, int, int]]) -> None:
        cases = [
            case(
                (("handle", begin, begin + lasts), ("concluded", begin + lasts, None)),
                clock(due, begin + lasts),
                id_=str(i),
                opened=begin,
            )
            for i, (begin, lasts, due) in enumerate(given_)
        ]
        found = figures_of(cases, WEEK, ("city",), NOW)
        for stage in found.stages:
            assert {*stage.in_time} | {*stage.late} == {*stage.done}
            assert not {*stage.in_time} & {*stage.late}
            assert (stage.median_s is None) == (not stage.done)
        assert {id_ for one in found.by_category for id_ in one.opened} == {*found.opened}
        assert found.by_org[0].concluded == found.concluded

    @given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([0.5, 0.9]))
    def test_quantiles_are_numpys(self, values: list[float], share: float) -> None:
        assert quantile(values, share) == pytest.approx(float(np.quantile(values, share)))
