"""How much is looked at: the same few examples and cases at each commit, all and more at night.

``DUTYROOM_TESTS=deep`` (set by `make test-deep`) asks for the night's. A commit's examples come
from a fixed seed, so that a push fails for what it changed and never by chance.
"""

import os
from collections.abc import Iterable
from typing import Any, Final

import pytest
from hypothesis import settings

DEEP: Final = os.environ.get("DUTYROOM_TESTS") == "deep"
_TIMES_DEEP: Final = 10


def examples(at_a_commit: int, at_night: int | None = None) -> int:
    """``max_examples`` of a test that draws ``at_a_commit`` of them at each commit, and ten times as
    many ``at_night`` if not said otherwise."""
    return (at_night or at_a_commit * _TIMES_DEEP) if DEEP else at_a_commit


def by_night(*values: Any, id: str | None = None) -> Any:
    """A case like others that are looked at in each commit: only the night's tests go through all."""
    return pytest.param(*values, id=id, marks=pytest.mark.deep)


def some[T](cases: Iterable[T], *at_a_commit: T) -> list[Any]:
    """Cases of a test, those that aren't named ``at_a_commit`` by night."""
    known = list(cases)
    assert set(at_a_commit) <= set(known)
    return [one if one in at_a_commit else by_night(one) for one in known]


def load_profile() -> None:
    """Must come before the first test module is imported: explicit settings inherit from it.

    No deadlines: how long an example takes says more about the machine than about the code.
    """
    settings.register_profile(
        "dutyroom",
        max_examples=examples(100),
        derandomize=not DEEP,
        database=None,
        deadline=None,
        print_blob=True,
    )
    settings.load_profile("dutyroom")
