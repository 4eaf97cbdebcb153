"""Paths of organisations: what lies within what, and whom something concerns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain.orgs import concerns, within

pytestmark = [pytest.mark.unit, pytest.mark.property]
IDS = st.sampled_from(("a", "ab", "a-b", "A", "b", "0"))
"""Some begin like others, so that a beginning alone is not taken for an organisation."""
PARTS = st.lists(IDS, max_size=4)


@given(PARTS, PARTS)
def test_an_organisation_lies_within_those_whose_ids_begin_its_path(
    parts: list[str], of: list[str]
) -> None:
    assert within("/".join(parts), "/".join(of)) == (parts[: len(of)] == of)


@given(PARTS, PARTS, PARTS)
def test_within_is_an_order(a: list[str], b: list[str], c: list[str]) -> None:
    first, second, third = "/".join(a), "/".join(b), "/".join(c)
    assert within(first, first)
    assert not (within(first, second) and within(second, first)) or first == second
    assert not (within(first, second) and within(second, third)) or within(first, third)


@given(PARTS, PARTS)
def test_what_concerns_one_concerns_the_other(a: list[str], b: list[str]) -> None:
    """That is: neither leaves the line from the top to the lower of the two."""
    shorter = min(len(a), len(b))
    first, second = "/".join(a), "/".join(b)
    assert concerns(first, second) == concerns(second, first) == (a[:shorter] == b[:shorter])


@given(PARTS)
def test_the_whole_room_concerns_everybody(parts: list[str]) -> None:
    assert concerns("", "/".join(parts))
    assert concerns("/".join(parts), "")


@pytest.mark.parametrize(
    ("org", "member", "expected"),
    [
        ("lanchuan", "lanchuan/gucheng/PS01", True),  # the city's notice reaches the station
        ("lanchuan/gucheng/PS01", "lanchuan/gucheng", True),  # the district sees its station's
        ("lanchuan/gucheng/PS01", "lanchuan/gucheng/PS02", False),  # a sister station doesn't
        ("lanchuan/gucheng", "lanchuan/gucheng-west", False),  # nor one whose name goes on
    ],
)
def test_a_record_is_for_those_above_and_below(org: str, member: str, expected: bool) -> None:
    assert concerns(org, member) is expected
