"""The row of a station's handover: what consoles see of it. Times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.station_handovers.items import ItemKind
from dutyroom.domain.station_handovers.state import (
    StationHandoverPhase,
    StationHandoverState,
    clocks,
)
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class HandedItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it was when the handover began; `owner` is "" where nobody had it."""

    kind: ItemKind
    id: str
    number: str
    due_ms: int
    late: bool
    owner: str


class ConfirmedRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who has an item from now on."""

    kind: ItemKind
    item: str
    owner: str


class StationHandoverRow(msgspec.Struct, frozen=True, kw_only=True):
    """A handover of a station: what is read back, and what has a confirmed owner.

    `to` takes over, "" while nobody does. `ended_by`: who completed or cancelled it.
    """

    id: str
    state: StationHandoverPhase
    org: str
    by: str
    to: str
    since_ms: int
    items: tuple[HandedItemRow, ...]
    confirmed: tuple[ConfirmedRow, ...]
    ended_by: str
    ended_ms: int | None
    position: int
    alarm: AlarmRow | None = None


def render(id_: str, handover: StationHandoverState, last: Change) -> StationHandoverRow:
    """The row of a station's handover."""
    return StationHandoverRow(
        id=id_,
        state=handover.phase,
        org=handover.org,
        by=handover.by,
        to=handover.to,
        since_ms=handover.since_ms,
        items=tuple(
            HandedItemRow(
                kind=one.kind,
                id=str(one.id),
                number=one.number,
                due_ms=one.due_ms,
                late=one.late,
                owner=one.owner,
            )
            for one in handover.items
        ),
        confirmed=tuple(
            ConfirmedRow(kind=one.kind, item=str(one.item), owner=one.owner)
            for one in handover.confirmed
        ),
        ended_by=handover.ended_by,
        ended_ms=handover.ended_ms,
        position=last.position,
        alarm=alarm_row(handover, clocks(handover)),
    )


def columns(handover: StationHandoverState) -> Columns:
    """Whose station it is, and who takes over."""
    return Columns(handover.phase == "open", handover.phase, handover.org, owner=handover.to)


LIST: Final = List("station_handovers", StationHandoverRow, render, columns)
