from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.core.ids import PUBLIC_NUMBERS, is_public_number, public_number, uuid7

pytestmark = pytest.mark.unit
picks = st.integers(0, PUBLIC_NUMBERS - 1)


@given(picks)
def test_a_public_number_is_recognised_with_and_without_its_hyphen(pick: int) -> None:
    number = public_number(pick)
    assert is_public_number(number)
    assert is_public_number(number.replace("-", ""))


@given(picks, st.integers(0, 7), st.integers(1, 9))
def test_one_misheard_digit_is_always_noticed(pick: int, place: int, slip: int) -> None:
    digits = public_number(pick).replace("-", "")
    wrong = str((int(digits[place]) + slip) % 10)
    assert not is_public_number(digits[:place] + wrong + digits[place + 1 :])


@given(picks, st.integers(0, 6))
def test_two_swapped_neighbours_are_always_noticed(pick: int, place: int) -> None:
    digits = public_number(pick).replace("-", "")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or not is_public_number(swapped)


@given(st.integers(0, (1 << 48) - 1), st.integers(0, (1 << 74) - 1))
def test_a_uuid7_carries_its_time_and_its_random_bits(time_ms: int, bits: int) -> None:
    made = uuid7(time_ms, bits)
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == time_ms
    assert (made.int >> 64 & 0xFFF) << 62 | made.int & (1 << 62) - 1 == bits


def test_ids_made_later_sort_later() -> None:
    assert uuid7(1_000, (1 << 74) - 1) < uuid7(1_001, 0)
