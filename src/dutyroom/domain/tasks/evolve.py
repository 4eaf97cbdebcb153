"""What an event changes in a task."""

from dutyroom.domain.kernel import Event
from dutyroom.domain.replacing import replace
from dutyroom.domain.tasks.events import (
    TaskAccepted,
    TaskApprovalUndone,
    TaskApproved,
    TaskBecamePart,
    TaskDueChanged,
    TaskJoined,
    TaskJoinUndone,
    TaskLetGo,
    TaskNoteAdded,
    TaskOffered,
    TaskReassigned,
    TaskReleased,
    TaskReminded,
    TaskReturned,
    TaskReturnUndone,
    TaskSentBack,
    TaskSplit,
    TaskStarted,
    TaskStartUndone,
    TaskStepTicked,
    TaskStepUnticked,
    TaskSubmitted,
    TaskTookIn,
    TaskWithdrawn,
)
from dutyroom.domain.tasks.state import Returned, TaskPhase, TaskState
from dutyroom.domain.values import with_id, without_id


def evolve_task(state: TaskState | None, event: Event, at_ms: int) -> TaskState | None:
    """A task after an event of its stream."""
    if state is None:
        return _offered(event, at_ms) if isinstance(event, TaskOffered) else None
    match event:
        case TaskNoteAdded(note) if note not in state.notes:
            return replace(state, notes=(*state.notes, note))
        case TaskStepTicked(step) if step in state.steps and step not in state.ticked:
            return replace(state, ticked=(*state.ticked, step))
        case TaskStepUnticked(step):
            return replace(state, ticked=tuple(one for one in state.ticked if one != step))
        case TaskReminded(by):
            return replace(state, reminders=state.reminders + 1, reminded_by=by, reminded_ms=at_ms)
        case TaskSplit() | TaskBecamePart() | TaskTookIn() | TaskLetGo() | TaskDueChanged():
            return _divided(state, event)
        case TaskReturned() | TaskReturnUndone() | TaskReassigned() | TaskReleased():
            return replace(_passed_on(state, event), since_ms=at_ms)
    return _worked_on(state, event, at_ms)


def _divided(
    state: TaskState,
    event: TaskSplit | TaskBecamePart | TaskTookIn | TaskLetGo | TaskDueChanged,
) -> TaskState:
    """What belongs to it, and by when it is wanted."""
    match event:
        case TaskSplit(_, parts):
            return replace(state, parts=(*state.parts, *parts))
        case TaskBecamePart(_, part_of):
            return replace(state, part_of=part_of)
        case TaskTookIn(_, joined):
            return replace(state, joined=with_id(state.joined, joined))
        case TaskLetGo(_, joined):
            return replace(state, joined=without_id(state.joined, joined))
        case TaskDueChanged(_, due_ms):
            return replace(state, due_ms=due_ms)


def _offered(event: TaskOffered, at_ms: int) -> TaskState:
    return TaskState(
        "offered",
        event.incident,
        event.number,
        event.kind,
        event.priority,
        event.due_ms,
        event.org,
        event.team,
        event.owner,
        first_org=event.from_org,
        trail=(event.from_org,),
        offered_by=event.by,
        offered_ms=at_ms,
        since_ms=at_ms,
        steps=event.steps,
        after_close=event.after_close,
    )


def _passed_on(
    state: TaskState, event: TaskReturned | TaskReturnUndone | TaskReassigned | TaskReleased
) -> TaskState:
    """It lies with somebody else now."""
    match event:
        case TaskReturnUndone() if state.returned_from is not None:
            was = state.returned_from
            return replace(
                state,
                phase="returned" if was.phase == "returned" else "offered",
                org=was.org,
                team=was.team,
                owner=was.owner,
                trail=was.trail,
                reason=was.reason,
                returned=max(0, state.returned - 1),
                returned_from=None,
            )
        case TaskReturned(by, reason, org):
            return replace(
                state,
                phase="returned",
                org=org,
                team="",
                owner="",
                trail=_before(state.trail, org),
                reason=reason,
                returned=state.returned + 1,
                returned_from=Returned(
                    by, state.phase, state.org, state.team, state.owner, state.trail, state.reason
                ),
            )
        case TaskReassigned(_, org, team, owner, from_org):
            trail = (*_before(state.trail, from_org), from_org)
            return replace(
                state,
                phase="offered",
                org=org,
                team=team,
                owner=owner,
                trail=trail,
                returned_from=None,
            )
        case TaskReleased():
            phase: TaskPhase = (
                "offered" if state.phase in ("accepted", "in_progress") else state.phase
            )
            return replace(state, phase=phase, owner="")
    return state


def _before(trail: tuple[str, ...], org: str) -> tuple[str, ...]:
    """The part of a trail before an organisation, all of it if that isn't on it."""
    return trail[: trail.index(org)] if org in trail else trail


def _worked_on(state: TaskState, event: Event, at_ms: int) -> TaskState:
    """How far the work on it has come. What is sent back to nobody is offered to the team again."""
    match event:
        case TaskAccepted(by):
            return replace(state, phase="accepted", owner=by, since_ms=at_ms)
        case TaskStarted():
            return replace(state, phase="in_progress", since_ms=at_ms)
        case TaskStartUndone() if state.phase == "in_progress":
            return replace(state, phase="accepted", since_ms=at_ms)
        case TaskSubmitted(by):
            return replace(state, phase="submitted", submitted_by=by, since_ms=at_ms)
        case TaskApproved(by):
            return replace(state, phase="approved", approved_by=by, since_ms=at_ms)
        case TaskApprovalUndone():
            return replace(state, phase="submitted", approved_by="", since_ms=at_ms)
        case TaskSentBack(_, reason):
            phase: TaskPhase = "in_progress" if state.owner else "offered"
            back = state.sent_back + 1
            return replace(state, phase=phase, reason=reason, sent_back=back, since_ms=at_ms)
        case TaskWithdrawn():
            return replace(state, phase="withdrawn", since_ms=at_ms)
        case TaskJoined(_, into) if not state.over:
            return replace(
                state, phase="joined", joined_into=into, before=state.phase, since_ms=at_ms
            )
        case TaskJoinUndone() if state.before:
            return replace(state, phase=state.before, joined_into=None, before="", since_ms=at_ms)
    return state
