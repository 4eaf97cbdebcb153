"""Which reported positions can be true."""

import pytest

from dutyroom.domain.units.whereabouts import FUTURE_MS, WHY, Known, judge, place_doubt
from dutyroom.domain.values import Position

pytestmark = pytest.mark.unit

NOW_MS = 1_764_000_000_000
CITY = (121.0, 31.0, 121.4, 31.3)
HERE = (121.2, 31.15)
FAR = (121.39, 31.15)
"""18 km from HERE, within the city."""


def at(second: float, place: tuple[float, float] = HERE) -> Position:
    return Position(*place, NOW_MS + round(second * 1000))


def after(*fixes: Position) -> tuple[Known, list[str | None]]:
    """What is known after these, and what was said of each."""
    known, said = Known(), []
    for fix in fixes:
        known, doubt = judge(known, fix, CITY, NOW_MS)
        said.append(doubt)
    return known, said


@pytest.mark.parametrize(
    ("place", "doubt"),
    [
        ((0.0, 0.0), "no_fix"),
        ((31.15, 121.2), "outside"),  # longitude and latitude exchanged
        ((-0.1, 51.5), "outside"),  # another country
        ((121.2, 31.6), "outside"),  # 33 km beyond the northern border
        ((121.2, 31.5), None),  # 22 km beyond it: to a hospital of the neighbour
        ((float("nan"), 31.0), "outside"),
        ((float("inf"), 31.0), "outside"),
    ],
)
def test_a_unit_is_in_its_city_or_not_far_from_it(
    place: tuple[float, float], doubt: str | None
) -> None:
    assert place_doubt(*place, CITY) == doubt
    known, said = after(at(-900), at(0, place))
    assert said == [None, doubt]
    assert known.good == (at(0, place) if doubt is None else at(-900))


def test_a_position_of_tomorrow_is_refused() -> None:
    early = Position(*HERE, NOW_MS + FUTURE_MS + 1)
    assert after(at(0), early) == (Known(at(0)), [None, "future"])


def test_who_drives_is_believed() -> None:
    way = [at(-600 + 10 * n, (121.0 + n * 0.003, 31.15)) for n in range(60)]  # 100 km/h
    assert set(after(*way)[1]) == {None}


def test_nobody_is_elsewhere_in_the_next_second_and_one_outlier_is_forgotten() -> None:
    known, said = after(at(-9), at(-8, FAR), at(-7), at(-6, FAR), at(-5))
    assert said == [None, "jump", None, "jump", None]
    assert known == Known(at(-5))


def test_three_in_a_row_that_agree_replace_the_last_one() -> None:
    known, said = after(at(-9), at(-8, FAR), at(-7, FAR))
    assert (known.good, said) == (at(-9), [None, "jump", "jump"])
    known, said = after(at(-9), at(-8, FAR), at(-7, FAR), at(-6, FAR), at(-5, FAR))
    assert said == [None, "jump", "jump", None, None]
    assert known == Known(at(-5, FAR))


def test_three_that_contradict_each_other_replace_nothing() -> None:
    elsewhere = (121.01, 31.15)
    known, said = after(at(-9), *(at(-8 + n, (FAR, elsewhere)[n % 2]) for n in range(8)))
    assert known.good == at(-9)
    assert said == [None, *["jump"] * 8]


def test_the_same_position_sent_three_times_is_one_position() -> None:
    known, said = after(at(-9), at(-8, FAR), at(-8, FAR), at(-8, FAR))
    assert (known.good, said[1:]) == (at(-9), ["jump"] * 3)
    assert after(at(-9), at(-8, FAR), at(-8, FAR), at(-7, FAR), at(-6, FAR))[1][-1] is None


def test_after_a_long_silence_a_unit_may_be_anywhere_in_the_city() -> None:
    assert after(at(-600), at(0, FAR))[1] == [None, None]


def test_played_units_move_as_fast_as_they_are_played() -> None:
    fast = judge(Known(at(-9)), at(-4, FAR), CITY, NOW_MS, pace=60)
    assert fast == (Known(at(-4, FAR)), None)


def test_every_doubt_is_said_in_both_languages() -> None:
    assert all(why.en and why.zh for why in WHY.values())
    assert set(WHY) == {"no_fix", "outside", "future", "jump"}
