"""Who has a task: offered, passed on, returned, fallen back to its team."""

from typing import Final, Literal
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.complaints import is_barred
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks import refusals
from dutyroom.domain.tasks.checks import (
    LONGEST_STEP,
    LONGEST_TEXT,
    check_due,
    check_reason,
    check_task_goes_on,
    check_team,
    text_of,
)
from dutyroom.domain.tasks.commands import (
    NewStep,
    OfferTask,
    ReassignTask,
    ReleaseTask,
    ReturnTask,
    TaskPart,
)
from dutyroom.domain.tasks.events import (
    TaskAccepted,
    TaskOffered,
    TaskReassigned,
    TaskReleased,
    TaskReturned,
    TaskReturnUndone,
    TaskStarted,
)
from dutyroom.domain.tasks.known import WorksFor
from dutyroom.domain.tasks.state import TaskState

MOST_STEPS: Final = 20


def decide_offer(command: OfferTask, context: Context, *, after_close: bool = False) -> Decision:
    """Offer it: what is to be done is sealed under the key of its incident. `after_close`: it
    answers who was called after the incident was closed, which stays so."""
    incident = incident_of(command.incident, context)
    if incident is None or incident.state != ("closed" if after_close else "open"):
        state = incident.state if incident else "none"
        return refusals.incident_takes_no_task(command.incident, state)
    if context.afterwards and context.occurred_at_ms < incident.opened_at_ms:
        return incident_refusals.time_before_opening(context.occurred_at_ms, incident.opened_at_ms)
    if command.priority not in context.codes.priorities:
        return shared_refusals.unknown_code("priority", command.priority)
    if wrong := check_receiver(command, incident, context) or check_due(command.due_ms, context):
        return wrong
    text = text_of("text", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    steps = _steps(command.steps)
    if isinstance(steps, Refusal):
        return steps
    offered = TaskOffered(
        by=context.actor.id,
        incident=command.incident,
        number=incident.number,
        kind=command.kind,
        priority=command.priority,
        due_ms=command.due_ms,
        org=command.org,
        team=command.team,
        owner=command.owner,
        from_org=context.actor.org,
        steps=tuple(one.step for one in command.steps),
        after_close=after_close,
    )
    sealed = {"text": text, "steps": steps}
    return (Emitted(f"task:{command.task}", offered, sealed, f"incident:{command.incident}"),)


def check_receiver(
    command: OfferTask | ReassignTask | TaskPart,
    incident: IncidentState | None,
    context: Context,
) -> Refusal | None:
    """It goes to an organisation that there is, a team that it has, or to who does tasks of it."""
    if command.org not in context.codes.orgs:
        return refusals.task_needs_organisation(command.org)
    if incident is not None and is_barred(command.org, incident, context):
        return refusals.complaint_of_own_station(command.org, incident.number)
    if wrong := check_team(command.team, command.org, context):
        return wrong
    if not command.owner:
        return None
    works_for = context.answer(WorksFor(command.owner))
    if works_for is None or not within(command.org, works_for):
        name = context.codes.org(command.org)
        return refusals.owner_not_of_organisation(command.owner, command.org, name)
    return None


def _steps(steps: tuple[NewStep, ...]) -> dict[str, str] | Refusal:
    """Their texts by their ids."""
    if len({one.step for one in steps}) < len(steps) or len(steps) > MOST_STEPS:
        return refusals.task_steps_wrong(MOST_STEPS)
    found: dict[str, str] = {}
    for one in steps:
        text = text_of("step", one.text, LONGEST_STEP)
        if isinstance(text, Refusal):
            return text
        found[str(one.step)] = text
    return found


def decide_reassign(command: ReassignTask, state: TaskState, context: Context) -> Decision:
    """Offer it to another; who does so gets it back if it is returned."""
    wanted = (command.org, command.team, command.owner)
    if state.phase == "offered" and (state.org, state.team, state.owner) == wanted:
        return ()
    incident = incident_of(state.incident, context)
    wrong = check_receiver(command, incident, context) or check_task_goes_on(state, context)
    if wrong:
        return wrong
    by, from_org = context.actor.id, context.actor.org
    event = TaskReassigned(by, command.org, command.team, command.owner, from_org)
    return (Emitted(f"task:{command.task}", event),)


def give_back(command: ReturnTask | ReleaseTask, state: TaskState, context: Context) -> Decision:
    """Back to the organisation that offered it, or to the own team."""
    stream, by = f"task:{command.task}", context.actor.id
    taken = state.owner if state.phase in ("accepted", "in_progress") else ""
    match command:
        case ReturnTask(task, reason):
            if taken not in ("", by):
                return refusals.task_is_of_another(task, taken)
            if not state.trail:
                return refusals.nobody_to_return_to(task)
            wrong = check_reason(reason, context)
            back_to = _back_to(state.trail, context)
            return wrong or (Emitted(stream, TaskReturned(by, reason, back_to)),)
        case ReleaseTask(task):
            left = context.actor.role == "operator"
            if not state.owner:
                return ()
            if not left and state.owner != by:
                return refusals.task_is_of_another(task, state.owner)
            if not left and state.phase == "submitted":
                return refusals.task_has_moved_on(task, state.phase, state.owner)
            because: Literal["left", "undone"] = "left" if left else "undone"
            return (Emitted(stream, TaskReleased(by, state.owner, because)),)


def undo_return(task: UUID, state: TaskState, context: Context) -> Decision:
    """It is with who returned it again, as far as they had come."""
    by, stream, was = context.actor.id, f"task:{task}", state.returned_from
    if was is None or was.by != by:
        return refusals.task_is_of_another(task, was.by if was else "")
    if was.org and was.org not in context.codes.orgs:  # it went with another pack
        return refusals.task_needs_organisation(was.org)
    if wrong := check_team(was.team, was.org, context):
        return wrong
    undone = Emitted(stream, TaskReturnUndone(by))
    if was.phase in ("offered", "returned"):
        return (undone,)
    accepted = (undone, Emitted(stream, TaskAccepted(by)))
    return accepted if was.phase == "accepted" else (*accepted, Emitted(stream, TaskStarted(by)))


def _back_to(trail: tuple[str, ...], context: Context) -> str:
    """The last one that had it and is there still: with another city pack organisations go. The
    room always is."""
    return next((one for one in reversed(trail) if not one or one in context.codes.orgs), "")


def left_meanwhile(stream: str, state: TaskState, context: Context) -> tuple[Emitted, ...]:
    """What was approved, or joined, stayed with its owner when they left, and with its organisation
    when that went with another pack: now it falls back to the team, or to who had it before."""
    if state.org and state.org not in context.codes.orgs:
        returned = TaskReturned(context.actor.id, "", _back_to(state.trail, context))
        return (Emitted(stream, returned),)
    works_for = context.answer(WorksFor(state.owner))
    if not state.owner or (works_for is not None and within(state.org, works_for)):
        return ()
    return (Emitted(stream, TaskReleased(context.actor.id, state.owner, "left")),)
