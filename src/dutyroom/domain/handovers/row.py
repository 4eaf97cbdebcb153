"""The row of a handover: what consoles see of it. No personal data; times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.handovers.state import HandoverPhase, HandoverState, clocks
from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class HandoverRow(msgspec.Struct, frozen=True, kw_only=True):
    """A handover of the desk: which incidents the receiver has confirmed.

    ``org``: the path of the organisation of who hands over. ``left``: the receiver has left, and
    the desk is theirs again.
    """

    id: str
    by: str
    to: str
    state: HandoverPhase
    org: str = ""
    since_ms: int
    incidents: tuple[str, ...]
    confirmed: tuple[str, ...]
    position: int
    alarm: AlarmRow | None = None
    left: bool = False


def render(id_: str, handover: HandoverState, last: Change) -> HandoverRow:
    """The row of a handover."""
    return HandoverRow(
        id=id_,
        by=handover.by,
        to=handover.to,
        state=handover.state,
        org=handover.org,
        since_ms=handover.since_ms,
        incidents=tuple(str(one) for one in handover.incidents),
        confirmed=tuple(str(one) for one in handover.confirmed),
        position=last.position,
        alarm=alarm_row(handover, clocks(handover)),
        left=handover.left,
    )


def columns(handover: HandoverState) -> Columns:
    """Whose desk it was, and whose it will be."""
    return Columns(handover.state == "offered", handover.state, handover.org, owner=handover.to)


LIST: Final = List("handovers", HandoverRow, render, columns)
