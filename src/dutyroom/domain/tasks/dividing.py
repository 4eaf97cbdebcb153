"""Tasks split into several, and joined again; wanted by another time."""

from typing import Final
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import GO, Decision, Emitted, Refusal
from dutyroom.domain.tasks import refusals
from dutyroom.domain.tasks.checks import (
    LONGEST_TEXT,
    check_due,
    check_incident_open,
    check_reason,
    check_task_goes_on,
    text_of,
)
from dutyroom.domain.tasks.commands import ChangeDue, JoinTask, SplitTask, TaskPart, UndoJoin
from dutyroom.domain.tasks.events import (
    TaskBecamePart,
    TaskDueChanged,
    TaskJoined,
    TaskJoinUndone,
    TaskLetGo,
    TaskOffered,
    TaskSplit,
    TaskTookIn,
)
from dutyroom.domain.tasks.passing import check_receiver, left_meanwhile
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.tasks.table import TASK

MOST_PARTS: Final = 10

type DividingCommand = SplitTask | JoinTask | UndoJoin | ChangeDue


def decide_dividing(command: DividingCommand, state: TaskState, context: Context) -> Decision:
    """Decide what changes how work is divided among tasks, or when it is wanted."""
    match command:
        case SplitTask():
            return _split(command, state, context)
        case JoinTask():
            return _join(command, state, context)
        case UndoJoin(task):
            refused = check_task_goes_on(state, context)
            into = state.joined_into
            return refused or (let_go(task, into, context) if into else ())
        case ChangeDue(task, due_ms, reason):
            if due_ms == state.due_ms:
                return ()
            wrong = check_reason(reason, context) or check_due(due_ms, context)
            changed = TaskDueChanged(context.actor.id, due_ms, reason)
            return wrong or (Emitted(f"task:{task}", changed),)


def _split(command: SplitTask, state: TaskState, context: Context) -> Decision:
    """Each part is offered with the kind, the priority and the time of the whole."""
    ids = [one.task for one in command.parts]
    if not 0 < len(set(ids)) == len(ids) <= MOST_PARTS or command.task in ids:
        return refusals.task_parts_wrong(MOST_PARTS)
    wrong = check_incident_open(state.incident, context)
    if wrong:
        return wrong
    by = context.actor.id
    found: list[Emitted] = [Emitted(f"task:{command.task}", TaskSplit(by, tuple(ids)))]
    for part in command.parts:
        offered = _offered(part, state, context)
        if isinstance(offered, Refusal):
            return offered
        found += (offered, Emitted(offered.stream, TaskBecamePart(by, command.task)))
    return tuple(found)


def _offered(part: TaskPart, state: TaskState, context: Context) -> Emitted | Refusal:
    there = context.find(TaskState, f"task:{part.task}")
    if there is not None:
        return refusals.task_exists(part.task, there.phase)
    wrong = check_receiver(part, incident_of(state.incident, context), context)
    text = wrong or text_of("text", part.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    offered = TaskOffered(
        by=context.actor.id,
        incident=state.incident,
        number=state.number,
        kind=state.kind,
        priority=state.priority,
        due_ms=state.due_ms,
        org=part.org,
        team=part.team,
        owner=part.owner,
        from_org=context.actor.org,
        steps=(),
    )
    sealed = {"text": text, "steps": {}}
    return Emitted(f"task:{part.task}", offered, sealed, f"incident:{state.incident}")


def _join(command: JoinTask, state: TaskState, context: Context) -> Decision:
    into = context.find(TaskState, f"task:{command.into}")
    if into is None:
        return refusals.unknown_task(command.into)
    whole = outermost(state.incident, context)
    if command.into == command.task or whole != outermost(into.incident, context):
        return refusals.tasks_of_two_matters(command.task, command.into)
    cell = TASK[into.phase, "<task.take_in>"]
    if cell == "TaskIsOver":
        return refusals.task_is_over(command.into, into.phase)
    if cell != GO:
        return refusals.task_has_moved_on(command.into, into.phase, into.owner)
    by = context.actor.id
    return (
        Emitted(f"task:{command.task}", TaskJoined(by, command.into)),
        Emitted(f"task:{command.into}", TaskTookIn(by, command.task)),
    )


def let_go(task: UUID, into: UUID, context: Context) -> tuple[Emitted, ...]:
    """A joined task is as it was; if its owner has left meanwhile, it falls back to the team."""
    by, stream = context.actor.id, f"task:{task}"
    state = context.find(TaskState, stream)
    if state is None or state.joined_into != into:
        return ()
    undone = [Emitted(stream, TaskJoinUndone(by))]
    if context.find(TaskState, f"task:{into}"):
        undone.append(Emitted(f"task:{into}", TaskLetGo(by, task)))
    return (*undone, *left_meanwhile(stream, state, context))


def outermost(incident: UUID, context: Context) -> UUID:
    """The incident that it is part of in the end."""
    seen: set[UUID] = set()
    while incident not in seen:
        seen.add(incident)
        state = incident_of(incident, context)
        if state is None or state.merged_into is None:
            break
        incident = state.merged_into
    return incident
