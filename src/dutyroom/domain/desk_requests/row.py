"""The row of a request to a specialist desk: what consoles see of it, without its texts. Times are
milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.desk_requests.events import Queued
from dutyroom.domain.desk_requests.state import DeskRequestPhase, DeskRequestState, clocks
from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.tasks.commands import TaskKind
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class DeskRequestRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a desk (`number` is the incident's) and how far it has come.

    `org` is the desk's, `org_too` that of who looks after the incident, `from_org` that of who
    asked. `owner`: who accepted it. `queued`: why it waits since it was asked. `reason`: why it was
    last returned or sent back. `returned_by`: who may take the return back, "" for nobody.
    `since_ms`: since when it is in this state. `task`: what it is needed for; `orgs`: with whom
    that lay when it was asked. `from_ms`: from when the desk's promise counts; `provisional`: that
    uses a day whose holidays hadn't been announced then.
    """

    id: str
    incident: str
    number: str
    desk: str
    offer: str
    skill: str
    priority: int
    state: DeskRequestPhase
    org: str
    org_too: str
    from_org: str
    owner: str
    accept_by_ms: int
    queued: Queued
    asked_by: str
    asked_ms: int
    since_ms: int
    notes: int
    reason: str
    returned: int
    sent_back: int
    confirmed_by: str
    reminders: int
    reminded_by: str
    reminded_ms: int | None
    position: int
    alarm: AlarmRow | None = None
    task: str | None = None
    task_kind: TaskKind | None = None
    orgs: tuple[str, ...] = ()
    provisional: bool = False
    from_ms: int | None = None
    returned_by: str = ""


def render(id_: str, state: DeskRequestState, last: Change) -> DeskRequestRow:
    """The row of a request."""
    return DeskRequestRow(
        id=id_,
        incident=str(state.incident),
        number=state.number,
        desk=state.desk,
        offer=state.offer,
        skill=state.skill,
        priority=state.priority,
        state=state.phase,
        org=state.org,
        org_too=state.org_too,
        from_org=state.from_org,
        owner=state.owner,
        accept_by_ms=state.accept_by_ms,
        queued=state.queued,
        asked_by=state.asked_by,
        asked_ms=state.asked_ms,
        since_ms=state.since_ms,
        notes=len(state.notes),
        reason=state.reason,
        returned=state.returned,
        sent_back=state.sent_back,
        confirmed_by=state.confirmed_by,
        reminders=state.reminders,
        reminded_by=state.reminded_by,
        reminded_ms=state.reminded_ms,
        position=last.position,
        alarm=alarm_row(state, clocks(state)),
        task=str(state.task) if state.task else None,
        task_kind=state.task_kind,
        orgs=(state.task_org,) if state.task_org else (),
        provisional=state.phase == "asked" and state.provisional,
        from_ms=state.accept_from_ms,
        returned_by=state.returned_from.by if state.returned_from else "",
    )


def columns(state: DeskRequestState) -> Columns:
    """Which desk has it, and whether anything is still owed of it."""
    return Columns(
        not state.over,
        state.phase,
        state.org,
        team=state.desk,
        owner=state.owner,
        incident=state.incident,
    )


LIST: Final = List(
    "desk_requests",
    DeskRequestRow,
    render,
    columns,
    shared=True,
    keeps_open=("asked", "accepted", "in_progress", "done", "returned"),
    lies_with="org",
)
