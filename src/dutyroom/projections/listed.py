"""Rows of records that need no table of their own: one table, filtered by a few columns."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dutyroom.domain.kernel import Aggregate, List
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

    def write(writing: Writing, id_: str, here: Sequence[Fact]) -> None:
        state = writing.state_of(f"{aggregate.name}:{id_}")
        if state is None:
            return
        last = here[-1]
        columns = listed.columns(state)
        deadlines = with_looks(state, aggregate.clocks(state)) if columns.open else ()
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
            "look_ms": min(
                (one.look_ms for one in deadlines if one.look_ms is not None), default=None
            ),
            "risk_ms": min(
                (one.risk_ms for one in deadlines if one.risk_ms is not None), default=None
            ),
            "amiss": columns.amiss,
            "changed_at_ms": last.occurred_at_ms,
            "position": last.position,
            "row": as_text(listed.render(id_, state, change(last))),
        }
        upsert(writing.cursor, TABLE, listed.key(id_, state), values)

    return Projector((TABLE,), touched, write, only=aggregate.name)
