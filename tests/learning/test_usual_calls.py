"""A room's usual calls, learnt from recorded ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.learning.test_service_times import response

from dutyroom.advice.usual_calls import expected_calls
from dutyroom.citypack import CityPack, read_pack
from dutyroom.learning.fitting_calls import Calls, NotEnough
from dutyroom.learning.usual_calls import learn_usual
from dutyroom.reading.problems import PackRefused
from dutyroom.rehearsal.scenario.usual import FILE, read_usual, write_usual


@pytest.fixture(scope="module")
def pack(city: Path) -> CityPack:
    return read_pack(city)


def recorded(pack: CityPack, days: float, *, begin: int = 0) -> Calls:
    """A call each half hour of the day and each two hours of the night, for so many days."""
    common, rare = (one.code for one in pack.vocabulary.categories[:2])
    at = datetime(2026, 10, 5, begin, tzinfo=UTC)
    end = at + timedelta(days=days)
    calls: Calls = []
    while at < end:
        lon, lat = pack.zones[0].centre if at.minute == 0 else pack.zones[1].centre
        category = rare if len(calls) % 10 == 0 else common
        row = response(str(len(calls)), category, round(at.timestamp()), 60, 120, 300, 900)
        calls.append([replace(row, lon=lon, lat=lat, priority=2)])
        at += timedelta(minutes=30) if 8 <= at.hour < 20 else timedelta(hours=2)
    return calls


@pytest.fixture(scope="module")
def in_utc(pack: CityPack) -> CityPack:
    """The day of these tests is that of UTC."""
    return replace(pack, timezone="UTC")


def test_as_many_calls_are_usual_as_came_when_and_where_they_came(in_utc: CityPack) -> None:
    calls = recorded(in_utc, 20)
    found = learn_usual("journal", in_utc, calls)
    assert (found.source, found.pack, found.calls) == ("journal", in_utc.hash, len(calls))
    assert found.begin_ms == calls[0][0].at("received_at")
    assert found.end_ms == calls[-1][0].at("received_at")
    assert sum(kind.per_h for kind in found.kinds) == pytest.approx(len(calls) / 480, rel=0.02)
    rare, common = sorted(found.kinds, key=lambda kind: kind.per_h)
    assert common.per_h == pytest.approx(9 * rare.per_h, rel=0.02)
    assert sum(common.by_hour) == pytest.approx(24, abs=0.01)
    assert sum(common.by_hour[8:20]) == pytest.approx(24 * 0.8, rel=0.03)
    first, second = in_utc.zones[0].id, in_utc.zones[1].id
    assert set(common.zones) == {first, second}
    assert sum(common.zones.values()) == 540
    # Of the rare ones there are too few to know where they come from.
    assert sum(rare.zones.values()) == len(calls) == 600


def test_a_period_with_more_days_than_nights_has_the_same_usual_day(in_utc: CityPack) -> None:
    whole = learn_usual("journal", in_utc, recorded(in_utc, 20))
    half = learn_usual("journal", in_utc, recorded(in_utc, 5.5, begin=8))
    assert half.calls / 132 > 1.05 * whole.calls / 480
    assert sum(kind.per_h for kind in half.kinds) == pytest.approx(
        sum(kind.per_h for kind in whole.kinds), rel=0.04
    )


def test_few_calls_or_a_short_time_are_not_usual(in_utc: CityPack) -> None:
    for days in (1.5, 3.0):
        with pytest.raises(NotEnough, match="at least 100 over 47 hours are needed"):
            learn_usual("journal", in_utc, recorded(in_utc, days))
    with pytest.raises(NotEnough, match=r"0 calls of categories with a plan over 0\.0 hours"):
        learn_usual("journal", in_utc, [])


def test_what_has_no_plan_or_no_units_is_left_out(in_utc: CityPack) -> None:
    calls = recorded(in_utc, 20)
    stranger = [replace(calls[7][0], category="no-such-category")]
    found = learn_usual("journal", in_utc, [*calls[:7], stranger, *calls[8:]])
    assert found.calls == len(calls) - 1


def test_it_is_kept_as_it_was_learnt_however_many_calls_there_were(
    in_utc: CityPack, tmp_path: Path
) -> None:
    calls = recorded(in_utc, 20)
    found = learn_usual("journal", in_utc, calls)
    path = tmp_path / FILE
    assert read_usual(path) is None
    write_usual(path, found)
    assert read_usual(path) == found
    assert expected_calls(path, in_utc).usual == found
    assert len(path.read_text()) < 4_000
    path.write_text(path.read_text().replace('"per_h": ', '"per_h": -', 1))
    with pytest.raises(PackRefused, match="can't be below 0"):
        read_usual(path)
