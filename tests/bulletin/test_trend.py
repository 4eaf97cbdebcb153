"""A stage over weeks: each week is that of the bulletin, and its parts add up to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.bulletin import Case, figures_of, parts_of, trend_of, week_named, weeks_until
from dutyroom.bulletin.weeks import week_at
from tests.bulletin.test_figures import MONDAY, NOW, WEEK, case, clock

pytestmark = pytest.mark.unit
ZONE = "Asia/Shanghai"
STATIONS = ("city/north", "city/south")


def went_through(
    given_: list[tuple[int, int, int, str]],
) -> list[Case]:
    """Incidents that handling began and ended, each with a clock; hours since Monday."""
    return [
        case(
            (("handle", begin, begin + lasts), ("concluded", begin + lasts, None)),
            clock(due, begin + lasts),
            id_=str(i),
            org=org,
            opened=begin,
        )
        for i, (begin, lasts, due, org) in enumerate(given_)
    ]


HISTORIES = st.lists(
    st.tuples(
        st.integers(-400, 200),
        st.integers(1, 99),
        st.integers(-400, 250),
        st.sampled_from(["city/north", "city/south/one", "city/elsewhere"]),
    )
).map(went_through)


def test_weeks_come_in_their_order_and_end_with_the_one_asked_for() -> None:
    found = weeks_until(WEEK, 3, ZONE)
    assert [one.to_ms for one in found[:2]] == [one.from_ms for one in found[1:]]
    assert found[-1] == WEEK


def test_before_the_first_week_that_has_a_name_there_is_none() -> None:
    first = week_named("1970-W01", "UTC")
    assert first is not None
    assert [one.name for one in weeks_until(first, 3, "UTC")] == ["1970-W01"]


@given(HISTORIES)
def test_each_week_has_the_figures_of_its_bulletin(cases: list[Case]) -> None:
    for one in trend_of("handle", cases, weeks_until(WEEK, 3, ZONE), NOW):
        week = week_at(one.from_ms, ZONE)
        stages = figures_of(cases, week, (), NOW).stages
        assert one.figures == next(each for each in stages if each.stage == "handle")


@given(HISTORIES)
def test_the_parts_of_a_week_add_up_to_it(cases: list[Case]) -> None:
    [whole] = trend_of("handle", cases, (WEEK,), NOW)
    parts = parts_of("handle", cases, WEEK, STATIONS, NOW)
    for name in ("done", "in_time", "late", "there", "paused", "again"):
        together = [id_ for one in parts for id_ in getattr(one.figures, name)]
        assert sorted(together) == sorted(getattr(whole.figures, name))


def test_parts_stand_in_the_order_of_the_organisations_and_then_of_what_has_none_of_them() -> None:
    cases = [
        case((("handle", 0, 1), ("conclude", 1, None)), id_=str(i), org=org)
        for i, org in enumerate(["city/elsewhere", "city/south/one", "city/north"])
    ]
    found = parts_of("handle", cases, WEEK, STATIONS, NOW)
    assert [(one.org, one.category) for one in found] == [
        ("city/north", "THEFT"),
        ("city/south", "THEFT"),
        ("city/elsewhere", "THEFT"),
    ]


def test_where_nothing_is_to_be_counted_there_is_no_part() -> None:
    cases = [case((("handle", 0, 1), ("conclude", 1, None)))]
    assert parts_of("assign", cases, WEEK, STATIONS, NOW) == ()


def test_a_week_that_lasts_counts_who_is_there_now() -> None:
    [found] = trend_of("handle", [case((("handle", 0, None),))], (WEEK,), MONDAY + 3_600_000)
    assert (found.figures.there, found.figures.done) == (("a",), ())
