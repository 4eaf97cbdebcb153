"""A lease: one of several processes at a time does a piece of standing work."""

from pathlib import Path

import pytest

from dutyroom.journal.lease import give_back, take

pytestmark = pytest.mark.db
NOW_MS = 1_764_000_000_000
TEN_S = 10_000


@pytest.fixture(autouse=True)
def _empty(empty_home: Path) -> None:
    """No lease is taken yet."""


def test_one_has_it_and_another_does_not_get_it() -> None:
    assert take("keeper", "one", NOW_MS, TEN_S)
    assert not take("keeper", "other", NOW_MS + 5_000, TEN_S)


def test_who_has_it_holds_on_to_it() -> None:
    take("keeper", "one", NOW_MS, TEN_S)
    assert take("keeper", "one", NOW_MS + 5_000, TEN_S)
    assert not take("keeper", "other", NOW_MS + 12_000, TEN_S)


def test_of_one_who_is_gone_it_runs_out() -> None:
    take("keeper", "one", NOW_MS, TEN_S)
    assert take("keeper", "other", NOW_MS + TEN_S + 1, TEN_S)
    assert not take("keeper", "one", NOW_MS + TEN_S + 2, TEN_S)


def test_who_gives_it_back_lets_another_have_it_at_once() -> None:
    take("keeper", "one", NOW_MS, TEN_S)
    give_back("keeper", "one")
    assert take("keeper", "other", NOW_MS + 1, TEN_S)


def test_nobody_gives_back_what_another_has() -> None:
    take("keeper", "one", NOW_MS, TEN_S)
    give_back("keeper", "other")
    assert not take("keeper", "other", NOW_MS + 1, TEN_S)


def test_two_kinds_of_work_do_not_get_in_each_others_way() -> None:
    assert take("keeper", "one", NOW_MS, TEN_S)
    assert take("watch", "other", NOW_MS, TEN_S)
