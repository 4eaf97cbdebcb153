"""What "last Friday night" means on the room's clocks."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dutyroom.learning.own_calls import UnknownPeriod, period_ms

ZONE = ZoneInfo("America/St_Johns")


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "said", "begin", "end"),
    [
        ("2026-11-24 09:00", "last-night", "2026-11-23 18:00", "2026-11-24 06:00"),
        ("2026-11-24 03:00", "last night", "2026-11-22 18:00", "2026-11-23 06:00"),
        ("2026-11-24 09:00", "last-friday-night", "2026-11-20 18:00", "2026-11-21 06:00"),
        ("2026-11-24 09:00", " Last  Friday night", "2026-11-20 18:00", "2026-11-21 06:00"),
        ("2026-11-20 20:00", "last-friday-night", "2026-11-13 18:00", "2026-11-14 06:00"),
        # Clocks go back in this night.
        ("2026-11-01 12:00", "last-night", "2026-10-31 18:00", "2026-11-01 06:00"),
    ],
)
def test_a_night_is_the_last_that_is_over(now: str, said: str, begin: str, end: str) -> None:
    assert period_ms(said, None, ms(now), ZONE) == (ms(begin), ms(end))


def test_moments_are_on_the_clocks_of_the_room() -> None:
    now = ms("2026-11-24 09:00")
    assert period_ms("2026-11-20 18:00", None, now, ZONE) == (ms("2026-11-20 18:00"), now)
    found = period_ms("2026-11-20", "2026-11-21 04:00", now, ZONE)
    assert found == (ms("2026-11-20 00:00"), ms("2026-11-21 04:00"))


@pytest.mark.parametrize("said", ["yesterday", "last-payday-night", "2026-11-31 18:00"])
def test_what_is_no_period_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(UnknownPeriod, match="write"):
        period_ms(said, None, ms("2026-11-24 09:00"), ZONE)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UnknownPeriod, match="before it begins"):
        period_ms("2026-11-20 18:00", "2026-11-20 17:00", ms("2026-11-24 09:00"), ZONE)


@pytest.mark.parametrize("said", ["last-friday-night", "last friday night", "last night"])
def test_a_night_has_an_end_of_its_own(said: str) -> None:
    now = ms("2026-11-24 09:00")
    with pytest.raises(UnknownPeriod, match=r"a night has its own end.*leave out") as refused:
        period_ms(said, "2026-11-21 04:00", now, ZONE)
    assert "is no moment" not in str(refused.value)


def test_a_period_may_end_or_begin_to_be_fitted_with_a_night() -> None:
    """As the moment when that night began."""
    now = ms("2026-11-24 09:00")
    for night in ("last-friday-night", "last friday night"):
        found = period_ms("2026-11-19", night, now, ZONE)
        assert found == (ms("2026-11-19 00:00"), ms("2026-11-20 18:00"))


def test_what_is_advised_is_not_what_was_written() -> None:
    with pytest.raises(UnknownPeriod, match=r"'last friday' is no moment: write .* a night"):
        period_ms("last friday", None, ms("2026-11-24 09:00"), ZONE)
