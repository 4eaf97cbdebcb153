"""The row of a supervision order: what consoles see of it, without its texts. Times are
milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.orders.state import OWED, OrderPhase, OrderState, clocks
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """A supervision order on an incident (`number` is the incident's), or on the task that is
    named; `org` owes the answer, its `team` or `owner` where they are named; `from_org` gave it.

    `since_ms`: since when it is in this state. `late_ms`: how late the answer that stands came.
    `reason`: why an answer was last sent back. `left`: who had it by name and has left.
    """

    id: str
    incident: str
    number: str
    task: str | None
    state: OrderPhase
    org: str
    priority: int
    due_ms: int
    given_by: str
    given_ms: int
    since_ms: int
    acknowledged_by: str
    answered_by: str
    accepted_by: str
    late_ms: int | None
    reason: str
    sent_back: int
    reminders: int
    reminded_by: str
    reminded_ms: int | None
    position: int
    alarm: AlarmRow | None = None
    team: Team = ""
    owner: str = ""
    from_org: str = ""
    left: str = ""


def render(id_: str, order: OrderState, last: Change) -> OrderRow:
    """The row of a supervision order."""
    return OrderRow(
        id=id_,
        incident=str(order.incident),
        number=order.number,
        task=str(order.task) if order.task else None,
        state=order.phase,
        org=order.org,
        priority=order.priority,
        due_ms=order.due_ms,
        given_by=order.given_by,
        given_ms=order.given_ms,
        since_ms=order.since_ms,
        acknowledged_by=order.acknowledged_by,
        answered_by=order.answered_by,
        accepted_by=order.accepted_by,
        late_ms=order.late_ms,
        reason=order.reason,
        sent_back=order.sent_back,
        reminders=order.reminders,
        reminded_by=order.reminded_by,
        reminded_ms=order.reminded_ms,
        position=last.position,
        alarm=alarm_row(order, clocks(order)),
        team=order.team,
        owner=order.owner,
        from_org=order.from_org,
        left=order.left,
    )


def columns(order: OrderState) -> Columns:
    """Who owes the answer, and whether anything is still owed; amiss is what is owed again."""
    return Columns(
        not order.over,
        order.phase,
        order.org,
        order.team,
        order.owner,
        incident=order.incident,
        amiss=order.phase in OWED and order.sent_back > 0,
    )


LIST: Final = List(
    "supervision_orders",
    OrderRow,
    render,
    columns,
    keeps_open=("given", "acknowledged", "answered"),
    lies_with="org",
)
