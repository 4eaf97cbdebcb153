"""What every projector is: which rows an action changes, and how one of them is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.domain.kernel import Change
from dutyroom.projections.facts import Fact, StateOf


@dataclass(frozen=True, slots=True)
class Writing:
    """One action's facts on their way into the rows. ``state_of`` gives the states after them."""

    cursor: CursorWrapper
    pack: CityPack
    facts: Sequence[Fact]
    state_of: StateOf


def _nothing(_writing: Writing) -> None: ...


def _nothing_yet(_writing: Writing, _position: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Projector:
    """The read model of one kind of record.

    ``touched`` gives the ids of the records whose rows show the action, each with the facts that it
    shows; ``write`` writes one row. ``before`` comes before the first of them, ``adopted`` (with
    the journal's position) when a city pack was adopted. ``tables`` are emptied before a rebuild.
    """

    tables: tuple[str, ...]
    touched: Callable[[Writing], Mapping[str, Sequence[Fact]]]
    write: Callable[[Writing, str, Sequence[Fact]], None]
    before: Callable[[Writing], None] = _nothing
    adopted: Callable[[Writing, int], None] = _nothing_yet


def change(one: Fact) -> Change:
    """The last change that a row shows."""
    return Change(one.actor, one.occurred_at_ms, one.position)


def own_facts(kind: str, facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The facts of records of one kind, by id."""
    found: dict[str, list[Fact]] = {}
    for one in facts:
        if one.kind == kind:
            found.setdefault(one.id, []).append(one)
    return found
