"""What the caller says and what follows: who isn't satisfied is answered, not by a station that
they complain about."""

from typing import Final
from uuid import UUID

from dutyroom.domain.callbacks import refusals
from dutyroom.domain.callbacks.commands import AnswerCallBack
from dutyroom.domain.callbacks.events import CallBackAnswered
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.commands import ReopenIncident
from dutyroom.domain.incidents.complaints import not_for
from dutyroom.domain.incidents.decide import decide_incident
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.tasks.checks import LONGEST_TEXT
from dutyroom.domain.tasks.commands import OfferTask
from dutyroom.domain.tasks.passing import decide_offer
from dutyroom.domain.tasks.refusals import (
    task_exists,
    task_needs_organisation,
    task_text_wrong,
)
from dutyroom.domain.tasks.state import TaskState

_PRIORITY: Final = 3
"""Of the task that answers who isn't satisfied, at most."""


def is_dissatisfied(command: AnswerCallBack) -> bool:
    """Whether something was poor, or isn't solved."""
    return command.solved == "not_solved" or "poor" in (
        command.attitude,
        command.speed,
        command.result,
    )


def decide_answer(command: AnswerCallBack, state: CallBackState, context: Context) -> Decision:
    """Write down what was said, and do what follows, in one action."""
    id_ = command.call_back
    comment = command.comment.strip()
    if len(comment) > LONGEST_TEXT:
        return task_text_wrong("comment", len(comment), LONGEST_TEXT)
    if is_dissatisfied(command) and not command.then:
        return refusals.dissatisfied_unanswered(id_)
    then = _then(command, state, context)
    if isinstance(then, Refusal):
        return then
    answered = CallBackAnswered(
        context.actor.id,
        command.attitude,
        command.speed,
        command.result,
        command.solved,
        command.then,
        command.task if command.then == "task" else None,
    )
    sealed = {"comment": comment} if comment else None
    key = f"incident:{id_}" if comment else None
    return (Emitted(f"call_back:{id_}", answered, sealed, key), *then)


def _then(command: AnswerCallBack, state: CallBackState, context: Context) -> Decision:
    incident = incident_of(command.call_back, context)
    if command.then == "reopen":
        if incident is not None and not_for(incident, context):
            return refusals.complaint_not_reopened(command.call_back, state.number)
        return decide_incident(ReopenIncident(command.call_back, command.reason), context)
    if command.then == "task":
        return _task(command.task, command, context)
    return ()


def _task(task: UUID | None, command: AnswerCallBack, context: Context) -> Decision:
    """Due within the time in which who isn't satisfied is answered. Its incident stays closed."""
    rules = context.loop.call_backs
    if task is None:
        return task_needs_organisation(command.org)
    incident = incident_of(command.call_back, context)
    priority = min(incident.priority, _PRIORITY) if incident else _PRIORITY
    wanted = OfferTask(
        task,
        command.call_back,
        command.kind,
        command.org,
        command.text,
        priority=priority,
        due_ms=rules.due_ms(rules.answer, context.occurred_at_ms) if rules else None,
    )
    there = context.find(TaskState, f"task:{task}")
    if there is not None:
        return task_exists(task, there.phase)
    return decide_offer(wanted, context, after_close=True)
