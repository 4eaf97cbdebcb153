"""How many examples Hypothesis draws: the same few at each commit, new and more of them at night.

``DUTYROOM_TESTS=deep`` (set by `make test-deep`) asks for the night's. A commit's examples come
from a fixed seed, so that a push fails for what it changed and never by chance.
"""

import os
from typing import Final

from hypothesis import settings

DEEP: Final = os.environ.get("DUTYROOM_TESTS") == "deep"
_TIMES_DEEP: Final = 10


def examples(at_a_commit: int) -> int:
    """``max_examples`` of a test that draws ``at_a_commit`` of them at each commit."""
    return at_a_commit * _TIMES_DEEP if DEEP else at_a_commit


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
