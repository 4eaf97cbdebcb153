"""The row of a task: what consoles see of it, without its texts. Times are milliseconds UTC."""

from typing import Final

import msgspec

from dutyroom.domain.kernel import Change, Columns, List
from dutyroom.domain.tasks.commands import TaskKind, Team
from dutyroom.domain.tasks.state import TaskPhase, TaskState, clocks
from dutyroom.domain.watching.row import AlarmRow, alarm_row


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """A task of an incident (`number` is the incident's), and with whom it lies.

    `from_org`: who gets it back if it is returned, None where nobody would; `first_org`: who
    offered it first. `reason`: why it was last returned or sent back; `returned_by`: who may take
    the return back, "" for nobody. `since_ms`: since when it is in this state. `part_of`: the task
    that it was split off; `parts`: how many were split off it; `joined`: those that were joined
    into it. `steps` and `ticked` are ids, their texts are sealed.
    """

    id: str
    incident: str
    number: str
    kind: TaskKind
    state: TaskPhase
    org: str
    team: Team
    owner: str
    priority: int
    due_ms: int | None
    from_org: str | None
    first_org: str
    offered_by: str
    offered_ms: int
    since_ms: int
    steps: tuple[str, ...]
    ticked: tuple[str, ...]
    notes: int
    reason: str
    returned: int
    sent_back: int
    submitted_by: str
    approved_by: str
    reminders: int
    reminded_by: str
    reminded_ms: int | None
    position: int
    alarm: AlarmRow | None = None
    part_of: str | None = None
    parts: int = 0
    joined_into: str | None = None
    joined: tuple[str, ...] = ()
    returned_by: str = ""


def render(id_: str, task: TaskState, last: Change) -> TaskRow:
    """The row of a task."""
    return TaskRow(
        id=id_,
        incident=str(task.incident),
        number=task.number,
        kind=task.kind,
        state=task.phase,
        org=task.org,
        team=task.team,
        owner=task.owner,
        priority=task.priority,
        due_ms=task.due_ms,
        from_org=task.trail[-1] if task.trail else None,
        first_org=task.first_org,
        offered_by=task.offered_by,
        offered_ms=task.offered_ms,
        since_ms=task.since_ms,
        steps=tuple(map(str, task.steps)),
        ticked=tuple(map(str, task.ticked)),
        notes=len(task.notes),
        reason=task.reason,
        returned=task.returned,
        sent_back=task.sent_back,
        submitted_by=task.submitted_by,
        approved_by=task.approved_by,
        reminders=task.reminders,
        reminded_by=task.reminded_by,
        reminded_ms=task.reminded_ms,
        position=last.position,
        alarm=alarm_row(task, clocks(task)),
        part_of=str(task.part_of) if task.part_of else None,
        parts=len(task.parts),
        joined_into=str(task.joined_into) if task.joined_into else None,
        joined=tuple(map(str, task.joined)),
        returned_by=task.returned_from.by if task.returned_from else "",
    )


def columns(task: TaskState) -> Columns:
    """With whom it lies, and whether anything is still owed of it; amiss is what was returned and
    not given anew, or sent back and is in progress again."""
    again = task.phase == "in_progress" and task.sent_back > 0
    return Columns(
        not task.over,
        task.phase,
        task.org,
        task.team,
        task.owner,
        incident=task.incident,
        amiss=task.phase == "returned" or again,
    )


LIST: Final = List(
    "tasks",
    TaskRow,
    render,
    columns,
    keeps_open=("offered", "accepted", "in_progress", "submitted", "returned"),
    lies_with="org",
)
