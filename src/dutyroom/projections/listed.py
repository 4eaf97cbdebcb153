"""Rows of records that need no table of their own: one table, filtered by a few columns."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dutyroom.citypack import CityPack
from dutyroom.clocks.telling import TOLD
from dutyroom.domain.kernel import Aggregate, Deadline, List
from dutyroom.domain.watching.paces import paced
from dutyroom.domain.watching.steps import with_looks
from dutyroom.journal.inserting import upsert
from dutyroom.projections.facts import Fact
from dutyroom.projections.projector import Projector, Writing, change, own_facts
from dutyroom.projections.rows import as_text

TABLE: Final = "projections_listedview"


def projector_of(aggregate: Aggregate[Any, Any], listed: List[Any]) -> Projector:
    """The projector of a kind of record in the shared table."""

    def touched(writing: Writing) -> Mapping[str, Sequence[Fact]]:
        return own_facts(aggregate.name, writing.facts)

    def deadlines_of(state: Any, pack: CityPack) -> tuple[Deadline, ...]:
        return with_looks(state, paced(aggregate.name, aggregate.clocks(state), pack.loop))

    def write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
        state = writing.state_of(f"{aggregate.name}:{id_}")
        if state is None:
            return
        last = here[-1]
        columns = listed.columns(state)
        deadlines = deadlines_of(state, writing.pack) if columns.open else ()
        values = {
            "kind": aggregate.name,
            "open": columns.open,
            "state": columns.state,
            "org": columns.org,
            "team": columns.team,
            "owner": columns.owner,
            "incident": str(columns.incident or ""),
            "due_ms": min((one.due_ms for one in deadlines if not one.ends), default=None),
            "until_ms": min((one.due_ms for one in deadlines if one.ends), default=None),
            "look_ms": _first_look(deadlines),
            "risk_ms": min(
                (one.risk_ms for one in deadlines if one.risk_ms is not None), default=None
            ),
            "amiss": columns.amiss,
            "changed_at_ms": last.occurred_at_ms,
            "position": last.position,
            "row": as_text(listed.render(id_, state, change(last))),
        }
        upsert(writing.cursor, TABLE, listed.key(id_, state), values)

    def adopted(writing: Writing, _position: int) -> None:
        """Where another pack has its deadlines told otherwise, the keeper looks when that one
        says."""
        before = writing.pack_before
        if before is None or _told_alike(before, writing.pack, aggregate.name):
            return
        writing.cursor.execute(
            f'SELECT id FROM {TABLE} WHERE kind = %s AND "open"', [aggregate.name]
        )
        for (id_,) in writing.cursor.fetchall():
            state = writing.state_of(f"{aggregate.name}:{id_}")
            if state is not None:
                look_ms = _first_look(deadlines_of(state, writing.pack))
                writing.cursor.execute(
                    f"UPDATE {TABLE} SET look_ms = %s WHERE id = %s",
                    [look_ms, listed.key(id_, state)],
                )

    return Projector((TABLE,), touched, write, adopted=adopted, only=aggregate.name)


def _first_look(deadlines: Sequence[Deadline]) -> int | None:
    return min((one.look_ms for one in deadlines if one.look_ms is not None), default=None)


def _told_alike(before: CityPack, now: CityPack, kind: str) -> bool:
    """Whether two packs have the deadlines of a kind told by the same steps and calendars."""
    return all(
        _steps_of(one, before) == _steps_of(one, now)
        for one in TOLD
        if one.partition(".")[0] == kind
    )


def _steps_of(name: str, pack: CityPack) -> object:
    telling = pack.loop.telling(name)
    return telling and (telling, pack.loop.calendar(telling.calendar))
