"""Ids of a record are kept in the order in which they came, each once; there may be hundreds."""

from random import Random
from uuid import UUID

import pytest

from dutyroom.domain.values import has_id, with_id, without_id

MANY = [UUID(int=n) for n in range(200)]


def all_of(ids: list[UUID]) -> tuple[UUID, ...]:
    found: tuple[UUID, ...] = ()
    for one in ids:
        found = with_id(found, one)
    return found


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 34, 200])
def test_those_that_were_added_are_there_and_no_others(count: int) -> None:
    found = all_of(MANY[:count])
    assert found == tuple(MANY[:count])
    assert [has_id(found, one) for one in MANY] == [n < count for n in range(200)]


def test_what_comes_twice_is_there_once() -> None:
    found = all_of(MANY)
    assert all(with_id(found, one) is found for one in MANY)


def test_what_is_taken_out_may_come_again() -> None:
    found = without_id(all_of(MANY), MANY[50])
    assert not has_id(found, MANY[50])
    assert with_id(found, MANY[50]) == (*MANY[:50], *MANY[51:], MANY[50])


def test_what_was_added_to_one_state_is_not_in_another() -> None:
    """A decision looks ahead, a group of actions is undone: neither changes what there was."""
    random, states = Random(7), [all_of(MANY[:30])]
    for _ in range(500):
        before, one = random.choice(states[-9:]), random.choice(MANY)
        wanted = tuple(before) if one in tuple(before) else (*before, one)
        states.append(with_id(before, one))
        assert states[-1] == wanted
    for state in states:
        assert [has_id(state, one) for one in MANY] == [one in tuple(state) for one in MANY]
