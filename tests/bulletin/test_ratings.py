"""Ratings: shares of counts, with reply rate and interval, by station and category."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.bulletin.ratings import FEWEST, RatingFigures, ratings_of, wilson
from dutyroom.domain.callbacks.row import CallBackRow

pytestmark = pytest.mark.unit


def row(id_: str, **said: Any) -> CallBackRow:
    values: dict[str, Any] = {
        "id": id_, "number": "1000-0009", "category": "NOISE", "org": "city/north",
        "state": "done", "due_ms": 0, "by_hand": False, "attended": True, "offered_ms": 0,
        "since_ms": 0, "taken_by": "", "attempts": 0, "attitude": "good", "speed": "fair",
        "result": "poor", "solved": "solved", "then": "", "because": "", "position": 1,
    }  # fmt: skip
    return CallBackRow(**values | said)


def test_a_share_is_calculated_from_the_counts_and_stands_beside_its_reply_rate() -> None:
    """21,882 were asked and 7,781 answered; 7,283 of them were satisfied. “88.93 % satisfied” was
    published, where the counts give 93.6 %."""
    reply, satisfied = wilson(7_781, 21_882), wilson(7_283, 7_781)
    assert reply is not None
    assert satisfied is not None
    assert f"{reply.share:.1%}" == "35.6%"
    assert f"{satisfied.share:.1%}" == "93.6%"
    assert not satisfied.low < 0.8893 < satisfied.high


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.27754),
        (10, 10, 0.72246, 1.0),
        (81, 263, 0.25528, 0.36620),  # Newcombe 1998, Statistics in Medicine 17, table I
        (15, 148, 0.06238, 0.16043),
        (0, 20, 0.0, 0.16113),
        (1, 29, 0.00611, 0.17177),
    ],
)
def test_the_interval_is_that_of_wilson(good: int, of: int, low: float, high: float) -> None:
    found = wilson(good, of)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(good: int, of: int) -> None:
    found = wilson(min(good, of), of)
    assert found is not None
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share <= found.high + 1e-12 <= 1 + 1e-11


def test_of_nothing_there_is_no_share() -> None:
    assert wilson(0, 0) is None


def aspects(figures: RatingFigures) -> dict[str, tuple[int, int, int]]:
    return {one.aspect: (len(one.good), len(one.fair), len(one.poor)) for one in figures.aspects}


def test_each_thing_is_counted_apart_and_names_its_cases() -> None:
    said = [row(str(i)) for i in range(4)]
    declined = dict.fromkeys(("attitude", "speed", "result", "solved"), "declined")
    nothing = row("n", **declined)
    lost = row("g", state="given_up", **dict.fromkeys(declined))
    due = row("d", state="due", **dict.fromkeys(declined))
    half = row("h", speed="declined", solved="not_solved")
    whole, _, _ = ratings_of([*said, nothing, lost, due, half], ())
    assert whole.asked == ("0", "1", "2", "3", "n", "g", "h")
    assert whole.replied == ("0", "1", "2", "3", "h")
    assert whole.given_up == ("g",)
    assert whole.reply is not None
    assert whole.reply.share == pytest.approx(5 / 7)
    assert aspects(whole) == {
        "attitude": (5, 0, 0), "speed": (0, 4, 0), "result": (0, 0, 5), "solved": (4, 0, 1),
    }  # fmt: skip
    satisfied = {one.aspect: one.satisfied and one.satisfied.share for one in whole.aspects}
    assert satisfied == {"attitude": 1.0, "speed": None, "result": 0.0, "solved": 0.8}


def test_stations_and_categories_are_told_apart_and_few_answers_tell_no_share() -> None:
    many = [row(str(i)) for i in range(FEWEST)]
    few = [row("x", org="city/south", category="THEFT")]
    paths = ["city", "city/north", "city/south", "city/west"]
    _, by_org, by_category = ratings_of([*many, *few], paths)
    assert [(one.of, len(one.asked), one.reply is None) for one in by_org] == [
        ("city", FEWEST + 1, False),
        ("city/north", FEWEST, False),
        ("city/south", 1, True),
    ]
    assert [(one.of, len(one.asked)) for one in by_category] == [("NOISE", FEWEST), ("THEFT", 1)]
    assert all(one.satisfied is None for one in by_org[2].aspects)


def test_no_figure_is_of_a_member() -> None:
    """Whoever handled it, or called, is in no field: nobody can be counted by it."""
    text = msgspec.json.encode(ratings_of([row(str(i)) for i in range(FEWEST)], ["city"])).decode()
    assert "taken_by" not in text
    assert not {"by", "member", "officer", "unit"} & set(RatingFigures.__struct_fields__)
