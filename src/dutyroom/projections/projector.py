"""What every projector is: which rows an action changes, and how one of them is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def upsert(
    cursor: CursorWrapper,
    table: str,
    id_: str,
    values: Mapping[str, Any],
    only_new: Mapping[str, Any] | None = None,
) -> None:
    """Write one row by id. ``only_new`` are values for a row that does not exist yet."""
    first = {**(only_new or {}), **values}
    columns = ["id", *first]
    marks = ", ".join(["%s"] * len(columns))
    names = ", ".join(f'"{column}"' for column in columns)
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in values)
    cursor.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}",
        [id_, *first.values()],
    )
