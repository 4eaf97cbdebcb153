"""How often a partner's system may ask: the arithmetic."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.site.keyrate import MINUTE_MS, after_one_more

pytestmark = pytest.mark.unit

START_MS = 1_790_000_000_000


@given(
    st.integers(1, 6_000),
    st.lists(st.one_of(st.just(0), st.integers(0, 3_000), st.integers(0, 200_000)), max_size=200),
)
def test_no_span_of_time_has_more_than_its_allowance(per_min: int, pauses: list[int]) -> None:
    """So many at once, and what has come back since; whoever waits as long as is said is let in."""
    full_ms, let_in = 0, []
    for now in accumulate(pauses, initial=START_MS):
        full_ms, wait_ms = after_one_more(full_ms, now, per_min)
        if wait_ms == 0:
            let_in.append(now)
        else:
            assert after_one_more(full_ms, now + wait_ms, per_min)[1] == 0
            assert after_one_more(full_ms, now + wait_ms - 1, per_min)[1] == 1
    step_ms = MINUTE_MS // per_min
    for first, begin in enumerate(let_in):
        for count, end in enumerate(let_in[first:], 1):
            assert count <= (MINUTE_MS + end - begin) // step_ms


@given(st.integers(1, 6_000), st.integers(2 * MINUTE_MS + 1, 10**9))
def test_a_clock_that_was_set_back_keeps_nobody_out(per_min: int, back_ms: int) -> None:
    full_ms, _ = after_one_more(0, START_MS, per_min)
    assert after_one_more(full_ms, START_MS - back_ms, per_min)[1] == 0
