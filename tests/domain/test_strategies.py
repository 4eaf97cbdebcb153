"""The strategies are made from the types: what those must say, and that a new one is enough."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAliasType, get_args, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutyroom.domain import COMMANDS, EVENTS
from dutyroom.domain.context import Codes
from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import CodeOf, IdOf, OneOf, UnitId
from dutyroom.domain.values import Sealed

from .strategies import BAD, INCIDENTS, START_MS, UNITS, of_class, uuids_of

Key = Annotated[UUID, IdOf("key")]
Ways = Literal["lent", "lost"]


@dataclass(frozen=True, slots=True)
class Hook:
    box: Annotated[str, IdOf("box")]
    number: int


@dataclass(frozen=True, slots=True)
class LendKey(Command):
    """Of a record that the strategies have never heard of."""

    VERB: ClassVar[str] = "key.lend"
    key: Key
    to: UnitId
    hooks: tuple[Hook, ...]
    until_ms: int
    how: Ways
    colour: Annotated[str, OneOf(("red", "blue"))]
    words: Sealed[str]
    other: Key | None = None


@given(of_class(LendKey))
def test_a_new_record_needs_no_strategy_of_its_own(one: LendKey) -> None:
    assert one.key in uuids_of("key")
    assert one.to in (*UNITS, "X9")
    assert all(hook.box in ("box 1", "box 2") for hook in one.hooks)
    assert one.until_ms >= START_MS
    assert one.how in get_args(Ways)
    assert one.colour in ("", "red", "blue", BAD)
    assert isinstance(one.words, str)
    assert one.other is None or one.other in uuids_of("key")


@given(st.data())
def test_what_nobody_knows_values_of_is_said_at_once(data: st.DataObject) -> None:
    unknown = dataclass(type("Odd", (), {"__annotations__": {"it": Annotated[str, "odd"]}}))
    with pytest.raises(TypeError, match="no values are known of 'odd'"):
        data.draw(of_class(unknown))


def test_ids_of_one_kind_are_no_other_kinds() -> None:
    assert len({*INCIDENTS, *uuids_of("key"), *uuids_of("lock")}) == 9


def hints_in(hint: Any) -> Iterator[Any]:
    """A type and all that it is made from; what is marked counts as one."""
    if isinstance(hint, TypeAliasType):
        yield from hints_in(hint.__value__)
    elif is_dataclass(hint):
        for one in get_type_hints(hint, include_extras=True).values():
            yield from hints_in(one)
    else:
        yield hint
        if not hasattr(hint, "__metadata__"):
            for one in get_args(hint):
                yield from hints_in(one)


RECORDED = {**COMMANDS, **EVENTS}


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_commands_and_events_say_what_their_ids_and_codes_are_of(name: str) -> None:
    """An id without its kind would meet nothing, a code of no list would be drawn from nowhere."""
    hints = get_type_hints(RECORDED[name], include_extras=True)
    found = [one for field in fields(RECORDED[name]) for one in hints_in(hints[field.name])]
    assert UUID not in found
    marks = [mark for one in found for mark in getattr(one, "__metadata__", ())]
    lists = {mark.codes for mark in marks if isinstance(mark, CodeOf)}
    assert lists <= {*Codes.__dataclass_fields__, "prompts", "answers"}
