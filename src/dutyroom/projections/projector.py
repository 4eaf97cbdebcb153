"""What every projector is: which rows an action changes, and how one of them is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.domain.kernel import Change, State
from dutyroom.projections.facts import Fact, StateOf


@dataclass(frozen=True, slots=True)
class Writing:
    """One action's facts on their way into the rows. ``state_of`` gives the states after them,
    ``before`` what is known of the states before: what is the same in both, a row shows already.
    ``pack_before``: the city pack that another has just taken the place of."""

    cursor: CursorWrapper
    pack: CityPack
    facts: Sequence[Fact]
    state_of: StateOf
    before: Mapping[str, State | None] = field(default_factory=dict)
    pack_before: CityPack | None = None


def _nothing(_writing: Writing) -> None: ...


def _nothing_yet(_writing: Writing, _position: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Projector:
    """The read model of one kind of record.

    ``touched`` gives the ids of the records whose rows show the action, each with the facts that it
    shows; ``write`` writes one row. ``before`` comes before the first of them, ``adopted`` (with
    the journal's position) when a city pack was adopted. ``tables`` are emptied before a rebuild.
    ``only`` is the kind of the records whose facts alone it shows, where that is so.
    """

    tables: tuple[str, ...]
    touched: Callable[[Writing], Mapping[str, Sequence[Fact]]]
    write: Callable[[Writing, str, Sequence[Fact]], None]
    before: Callable[[Writing], None] = _nothing
    adopted: Callable[[Writing, int], None] = _nothing_yet
    only: str | None = None


def change(one: Fact) -> Change:
    """The last change that a row shows."""
    return Change(one.actor, one.occurred_at_ms, one.position)


def own_facts(kind: str, facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The facts of records of one kind, by id."""
    found: dict[str, list[Fact]] = {}
    beginning = f"{kind}:"
    for one in facts:
        if one.stream.startswith(beginning):
            found.setdefault(one.id, []).append(one)
    return found
