"""Measured service times, kept in a file between a rehearsal of the past and the live room."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.citypack import PackRefused
from dutyroom.rehearsal.scenario.fitted import (
    FEWEST,
    STEPS,
    FittedTimes,
    Measured,
    read_fitted,
    write_fitted,
)

tenths = st.integers(0, 200_000).map(lambda tenth: tenth / 10)
measured = st.builds(Measured, tenths, tenths, st.integers(1, 10**6))
steps = st.dictionaries(st.sampled_from(STEPS), measured)
codes = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
moments = st.integers(0, 4_000_000_000_000)
fits = st.builds(
    FittedTimes, codes, codes, moments, moments, st.booleans(), st.integers(0, 10**7), steps,
    st.dictionaries(codes, steps.filter(bool), max_size=4),
)  # fmt: skip

FIT = FittedTimes(
    "journal", "lakeside", 0, 1, False, 60, {"turnout": Measured(60.0, 30.0, 60)},
    {"FIRE": {"turnout": Measured(90.0, 45.0, FEWEST)},
     "RARE": {"turnout": Measured(500.0, 0.0, FEWEST - 1)}},
)  # fmt: skip


@given(fits)
def test_what_was_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, fitted: FittedTimes
) -> None:
    path = tmp_path_factory.mktemp("room") / "new folder" / "fitted.toml"
    write_fitted(path, replace(fitted, source="older"))
    write_fitted(path, fitted)
    assert read_fitted(path) == fitted
    assert [one.name for one in path.parent.iterdir()] == ["fitted.toml"]


def test_a_category_with_few_records_takes_the_figures_of_all() -> None:
    found = FIT.of("FIRE", "turnout")
    assert found is not None
    assert (found.duration.mean_s, found.duration.cv) == (90.0, 0.5)
    assert FIT.of("RARE", "turnout") == FIT.of("UNKNOWN", "turnout") == FIT.every["turnout"]
    assert FIT.of("FIRE", "on_scene") is None


def test_without_a_file_there_is_nothing(tmp_path: Path) -> None:
    assert read_fitted(tmp_path / "fitted.toml") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mean_s = 60.0", "mean_s = -60.0"),
        ("mean_s = 60.0", "mean_s = nan"),
        ("count = 60", ""),
        ("count = 60", 'count = "many"'),
        ("pack =", "city ="),
        ("begin = 1970", "begin = 1970-"),
        ("[all.turnout]", "all = 3\n[x]"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "fitted.toml"
    write_fitted(path, FIT)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(PackRefused, match="--save-fit"):
        read_fitted(path)
