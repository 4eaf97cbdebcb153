"""The row of a matter: what consoles see of it, without its texts. Times are milliseconds UTC."""

from typing import Final, Literal

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.matters.commands import MediationResult, Outcome
from dutyroom.domain.matters.state import (
    ENDS_BY_ITSELF,
    MatterPhase,
    MatterState,
    clocks,
    counted_from_ms,
    is_provisional,
    next_due_ms,
)
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class MediationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of the sides; ``result`` is empty until it has been held."""

    id: str
    at_ms: int
    result: MediationResult | Literal[""]
    held_ms: int | None


class MatterRow(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute that is followed. ``incidents`` and ``numbers`` go together, the incident that it
    was opened from first. ``review_ms``: it ends by itself then, None if it doesn't; ``due_ms``:
    when the next thing is owed; ``again_ms``: by when it must be mediated again. ``provisional``:
    ``due_ms`` counts days whose holidays hadn't been announced when it began; ``from_ms``: from
    when the time counts until it is mediated again, or its case is decided. ``touched``:
    something has been done about it since it was opened; ``held``: the mediation that was held last
    and can be taken back, None for none.
    """

    id: str
    kind: str
    state: MatterPhase
    org: str
    team: Team
    owner: str
    incidents: tuple[str, ...]
    numbers: tuple[str, ...]
    opened_by: str
    opened_ms: int
    since_ms: int
    review_ms: int | None
    due_ms: int | None
    again_ms: int | None
    mediations: tuple[MediationRow, ...]
    outcome: Outcome | Literal[""]
    notes: int
    position: int
    alarm: AlarmRow | None = None
    provisional: bool = False
    from_ms: int | None = None
    touched: bool = False
    held: str | None = None


def render(id_: str, matter: MatterState, last: Change) -> MatterRow:
    """The row of a matter."""
    return MatterRow(
        id=id_,
        kind=matter.kind,
        state=matter.phase,
        org=matter.org,
        team=matter.team,
        owner=matter.owner,
        incidents=tuple(str(one) for one, _ in matter.incidents),
        numbers=tuple(number for _, number in matter.incidents),
        opened_by=matter.opened_by,
        opened_ms=matter.opened_ms,
        since_ms=matter.since_ms,
        review_ms=matter.review_ms if matter.phase in ENDS_BY_ITSELF else None,
        due_ms=next_due_ms(matter),
        again_ms=matter.next_ms,
        mediations=tuple(
            MediationRow(id=str(one.id), at_ms=one.at_ms, result=one.result, held_ms=one.held_ms)
            for one in matter.mediations
        ),
        outcome=matter.outcome,
        notes=len(matter.notes),
        position=last.position,
        alarm=alarm_row(matter, clocks(matter)),
        provisional=is_provisional(matter),
        from_ms=counted_from_ms(matter),
        touched=matter.touched,
        held=str(matter.held.mediation) if matter.held else None,
    )


def columns(matter: MatterState) -> Columns:
    """With whom it lies, and whether anything is still owed of it."""
    return Columns(
        not matter.over,
        matter.phase,
        matter.org,
        matter.team,
        matter.owner,
        incident=matter.first,
    )


LIST: Final = List("matters", MatterRow, render, columns, lies_with="org")
