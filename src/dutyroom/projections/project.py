"""From the facts of one action to the rows that it changes.

Each touched record's row is rendered from its state, so a rebuilt projection equals the live one:
both call `project` with the same facts in the same order. Raw upserts instead of the ORM, since
this runs inside every action.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db.backends.utils import CursorWrapper

from dutyroom.citypack import CityPack
from dutyroom.domain import AGGREGATES
from dutyroom.domain.kernel import State
from dutyroom.projections import asked, calls, incidents, listed, reads, units
from dutyroom.projections.facts import Fact, StateOf
from dutyroom.projections.projector import Projector, Writing

_OWN_TABLES: Final[Mapping[str, Projector]] = {
    "call": calls.PROJECTOR,
    "incident": incidents.PROJECTOR,
    "unit": units.PROJECTOR,
    "reads": reads.PROJECTOR,
}
PROJECTORS: Final[Mapping[str, Projector]] = {
    one.name: listed.projector_of(one, one.list) if one.list else _OWN_TABLES[one.name]
    for one in sorted(AGGREGATES, key=lambda one: one.name not in asked.KINDS)
    if one.list or one.name in _OWN_TABLES
}
"""By the name of the record; they write in this order. The row of an incident says who is still to
be asked: whom somebody asks is written before."""
_UNKNOWN: Final[Mapping[str, State | None]] = {}


def project(
    cursor: CursorWrapper,
    pack: CityPack,
    facts: Sequence[Fact],
    state_of: StateOf,
    before: Mapping[str, State | None] = _UNKNOWN,
) -> None:
    """Bring the read models up to date with the facts of one action.

    ``state_of`` gives the states after all these facts, ``before`` those of some streams before.
    """
    writing = Writing(cursor, pack, facts, state_of, before)
    kinds = {one.kind for one in facts}
    concerned = [one for one in PROJECTORS.values() if one.only is None or one.only in kinds]
    for one in concerned:
        one.before(writing)
    for one in concerned:
        for id_, here in one.touched(writing).items():
            one.write(writing, id_, here)


def project_together(
    cursor: CursorWrapper, pack: CityPack, actions: Iterable[Sequence[Fact]], state_of: StateOf
) -> None:
    """`project` for many actions: each row is written once, as it is after all of them. By what an
    action touches, as one by one: the last change that a row shows is the same."""
    each = [Writing(cursor, pack, facts, state_of) for facts in actions]
    whole = Writing(cursor, pack, [one for writing in each for one in writing.facts], state_of)
    for one in PROJECTORS.values():
        one.before(whole)
    for one in PROJECTORS.values():
        touched: dict[str, list[Fact]] = {}
        for writing in each:
            for id_, here in one.touched(writing).items():
                touched.setdefault(id_, []).extend(here)
        for id_, facts in touched.items():
            one.write(whole, id_, facts)


def pack_adopted(
    cursor: CursorWrapper,
    pack: CityPack,
    position: int,
    state_of: StateOf,
    before: CityPack | None,
) -> None:
    """Bring the read models in step with a newly adopted pack. ``before``: the one until then."""
    for one in PROJECTORS.values():
        one.adopted(Writing(cursor, pack, (), state_of, pack_before=before), position)


def tables() -> tuple[str, ...]:
    """All tables that are made from the journal (telemetry isn't)."""
    return tuple(dict.fromkeys(name for one in PROJECTORS.values() for name in one.tables))
