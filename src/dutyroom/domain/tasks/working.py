"""Work on a task, by its owner: accepted, begun, ticked off, submitted."""

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.tasks import refusals
from dutyroom.domain.tasks.checks import LONGEST_TEXT, text_of
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    StartTask,
    SubmitTask,
    TickStep,
    UndoStart,
    UntickStep,
)
from dutyroom.domain.tasks.events import (
    TaskAccepted,
    TaskStarted,
    TaskStartUndone,
    TaskStepTicked,
    TaskStepUnticked,
    TaskSubmitted,
)
from dutyroom.domain.tasks.state import TaskState

type WorkCommand = AcceptTask | StartTask | UndoStart | TickStep | UntickStep | SubmitTask


def decide_work(command: WorkCommand, state: TaskState, context: Context) -> Decision:
    """Decide what only the owner does; whoever it is offered to becomes that."""
    stream, by = f"task:{command.task}", context.actor.id
    wanted = ("", by) if isinstance(command, AcceptTask) else (by,)
    if state.owner not in wanted:
        return refusals.task_is_of_another(command.task, state.owner)
    match command:
        case AcceptTask():
            return (Emitted(stream, TaskAccepted(by)),)
        case StartTask():
            return (Emitted(stream, TaskStarted(by)),)
        case UndoStart(task):
            if state.ticked or state.submitted_by:
                return refusals.task_work_recorded(task, "result" if state.submitted_by else "step")
            return (Emitted(stream, TaskStartUndone(by)),)
        case SubmitTask(_, said):
            return _submit(stream, said, state, by)
        case TickStep(_, step) | UntickStep(_, step) if step not in state.steps:
            return refusals.unknown_step(step)
        case TickStep(_, step):
            return () if step in state.ticked else (Emitted(stream, TaskStepTicked(step, by)),)
        case UntickStep(_, step):
            there = step in state.ticked
            return (Emitted(stream, TaskStepUnticked(step, by)),) if there else ()


def _submit(stream: str, said: str, state: TaskState, by: str) -> Decision:
    """What was never begun has begun by now."""
    text = text_of("outcome", said, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    key = f"incident:{state.incident}"
    submitted = Emitted(stream, TaskSubmitted(by), {"text": text}, key)
    if state.phase == "accepted":
        return (Emitted(stream, TaskStarted(by)), submitted)
    return (submitted,)
