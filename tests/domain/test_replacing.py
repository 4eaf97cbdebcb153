"""A state with some fields changed is what Python's own `replace` makes of it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain import AGGREGATES
from dutyroom.domain.replacing import replace

STATES = [one.state for one in AGGREGATES if dataclasses.is_dataclass(one.state)]


@dataclasses.dataclass(frozen=True, slots=True)
class Small:
    only: int


@given(st.data(), st.sampled_from(STATES))
def test_whatever_is_changed_the_rest_stays(data: st.DataObject, kind: type) -> None:
    names = [one.name for one in dataclasses.fields(kind)]
    values = st.fixed_dictionaries(dict.fromkeys(names, st.integers()))
    before = kind(**data.draw(values))
    changes = data.draw(st.dictionaries(st.sampled_from(names), st.integers()))
    untouched = dataclasses.astuple(before)
    after = replace(before, **changes)
    assert type(after) is kind
    assert after == dataclasses.replace(before, **changes)
    assert hash(after) == hash(dataclasses.replace(before, **changes))
    assert dataclasses.astuple(before) == untouched


def test_a_class_of_one_field_is_no_exception() -> None:
    assert replace(Small(1), only=2) == Small(2)


def test_a_field_that_is_not_there_is_named() -> None:
    with pytest.raises(TypeError, match="Small has no field 'other'"):
        replace(Small(1), other=2)  # type: ignore[call-arg]
