"""Tasks: offered, accepted, done, approved; returned and passed on in between."""

from typing import Final
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.tasks import refusals
from dutyroom.domain.tasks.checks import (
    LONGEST_TEXT,
    check_not_complained_of,
    check_reason,
    check_task_goes_on,
    text_of,
)
from dutyroom.domain.tasks.commands import (
    AcceptTask,
    AddTaskNote,
    ApproveTask,
    ChangeDue,
    JoinTask,
    OfferTask,
    ReassignTask,
    ReleaseTask,
    RemindOfTask,
    ReturnTask,
    SendBackTask,
    SplitTask,
    StartTask,
    SubmitTask,
    TickStep,
    UndoApproval,
    UndoJoin,
    UndoReturn,
    UntickStep,
    WithdrawTask,
)
from dutyroom.domain.tasks.dividing import DividingCommand, decide_dividing, let_go
from dutyroom.domain.tasks.events import (
    TaskApprovalUndone,
    TaskApproved,
    TaskNoteAdded,
    TaskReminded,
    TaskSentBack,
    TaskWithdrawn,
)
from dutyroom.domain.tasks.passing import (
    decide_offer,
    decide_reassign,
    give_back,
    left_meanwhile,
    undo_return,
)
from dutyroom.domain.tasks.state import TaskState
from dutyroom.domain.tasks.table import TASK
from dutyroom.domain.tasks.working import WorkCommand, decide_work

type JudgingCommand = ApproveTask | UndoApproval | SendBackTask | WithdrawTask
type PassingCommand = OfferTask | ReassignTask | ReturnTask | UndoReturn | ReleaseTask
type TaskCommand = (
    PassingCommand | WorkCommand | JudgingCommand | DividingCommand | AddTaskNote | RemindOfTask
)

_ANY_TIME: Final = (AddTaskNote, RemindOfTask, TickStep, UntickStep)
"""What is added to a task, without which its steps are in order."""
_AT_THE_STATION: Final = (AcceptTask, StartTask, SubmitTask, ApproveTask, UndoReturn)
"""What is done with a task where it lies."""


def decide_task(command: TaskCommand, context: Context) -> Decision:
    """Decide a command about one task."""
    stream = f"task:{command.task}"
    state = context.find(TaskState, stream)
    if isinstance(command, OfferTask):
        cell = TASK[state.phase if state else "none", command.VERB]
        return decide_offer(command, context) if cell == GO else _refused(cell, command.task, state)
    if state is None:
        return refusals.unknown_task(command.task)
    by = context.actor.id
    if isinstance(command, AcceptTask) and state.owner == by and state.phase == "accepted":
        return ()
    if isinstance(command, JoinTask) and state.joined_into == command.into:
        return ()
    cell = TASK[state.phase, command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(cell, command.task, state)
    early = context.afterwards and context.occurred_at_ms < state.since_ms
    if early and not isinstance(command, _ANY_TIME):
        return refusals.time_before_task(context.occurred_at_ms, state.since_ms)
    if isinstance(command, _AT_THE_STATION) and (wrong := check_not_complained_of(state, context)):
        return wrong
    match command:
        case ReturnTask() | ReleaseTask():
            return give_back(command, state, context)
        case UndoReturn(task):
            return undo_return(task, state, context)
        case ReassignTask():
            return decide_reassign(command, state, context)
        case SplitTask() | JoinTask() | UndoJoin() | ChangeDue():
            return decide_dividing(command, state, context)
        case AddTaskNote(_, note, text):
            return _note(stream, note, text, state)
        case RemindOfTask():
            return (Emitted(stream, TaskReminded(by)),)
        case ApproveTask() | UndoApproval() | SendBackTask() | WithdrawTask():
            return _judge(stream, command, state, context)
        case _:
            return decide_work(command, state, context)


def _refused(cell: str, task: UUID, state: TaskState | None) -> Refusal:
    if state is None:
        return refusals.unknown_task(task)
    match cell:
        case "TaskExists":
            return refusals.task_exists(task, state.phase)
        case "TaskHasMovedOn":
            return refusals.task_has_moved_on(task, state.phase, state.owner)
        case "TaskIsOver":
            return refusals.task_is_over(task, state.phase)
    return refusals.task_not_ready(task, state.phase)


def _note(stream: str, note: UUID, said: str, state: TaskState) -> Decision:
    if note in state.notes:
        return ()
    text = text_of("note", said, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    return (Emitted(stream, TaskNoteAdded(note), {"text": text}, f"incident:{state.incident}"),)


def _judge(stream: str, command: JudgingCommand, state: TaskState, context: Context) -> Decision:
    by = context.actor.id
    match command:
        case ApproveTask(task):
            if state.submitted_by == by:
                return refusals.own_submission(task)
            return (Emitted(stream, TaskApproved(by)),)
        case UndoApproval():
            refused = check_task_goes_on(state, context)
            undone = Emitted(stream, TaskApprovalUndone(by))
            return refused or (undone, *left_meanwhile(stream, state, context))
        case SendBackTask(_, reason):
            wrong = check_reason(reason, context)
            return wrong or (Emitted(stream, TaskSentBack(by, reason)),)
        case WithdrawTask(task):
            back = (one for joined in state.joined for one in let_go(joined, task, context))
            return (Emitted(stream, TaskWithdrawn(by)), *back)
