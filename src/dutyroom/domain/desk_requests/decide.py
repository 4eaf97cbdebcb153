"""Requests to specialist desks: asked, accepted or returned, done, confirmed."""

from typing import Final, Literal
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.desk_requests import refusals
from dutyroom.domain.desk_requests.asking import decide_ask, decide_ask_again
from dutyroom.domain.desk_requests.commands import (
    AcceptDeskRequest,
    AddDeskNote,
    AskDesk,
    AskDeskAgain,
    ConfirmDeskRequest,
    FinishDeskRequest,
    ReleaseDeskRequest,
    RemindDesk,
    ReturnDeskRequest,
    SendBackDeskRequest,
    StartDeskRequest,
    UndoDeskConfirmation,
    UndoDeskReturn,
    WithdrawDeskRequest,
)
from dutyroom.domain.desk_requests.events import (
    DeskConfirmationUndone,
    DeskNoteAdded,
    DeskReminded,
    DeskRequestAccepted,
    DeskRequestConfirmed,
    DeskRequestFinished,
    DeskRequestReleased,
    DeskRequestReturned,
    DeskRequestSentBack,
    DeskRequestStarted,
    DeskRequestWithdrawn,
    DeskReturnUndone,
)
from dutyroom.domain.desk_requests.known import WorksAtDesk
from dutyroom.domain.desk_requests.state import AT_WORK, DeskRequestState
from dutyroom.domain.desk_requests.table import DESK_REQUEST
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.checks import LONGEST_TEXT, check_incident_open, check_reason, text_of

type WorkCommand = (
    AcceptDeskRequest
    | ReleaseDeskRequest
    | ReturnDeskRequest
    | UndoDeskReturn
    | StartDeskRequest
    | FinishDeskRequest
)
type JudgingCommand = (
    ConfirmDeskRequest | UndoDeskConfirmation | SendBackDeskRequest | WithdrawDeskRequest
)
type DeskRequestCommand = (
    AskDesk | AskDeskAgain | WorkCommand | JudgingCommand | AddDeskNote | RemindDesk
)

_ANY_TIME: Final = (AddDeskNote, RemindDesk)


def decide_desk_request(command: DeskRequestCommand, context: Context) -> Decision:
    """Decide a command about one request."""
    id_ = command.desk_request
    stream, by = f"desk_request:{id_}", context.actor.id
    state = context.find(DeskRequestState, stream)
    if isinstance(command, AskDesk):
        cell = DESK_REQUEST[state.phase if state else "none", command.VERB]
        return decide_ask(command, context) if cell == GO else _refused(cell, id_, state)
    if state is None:
        return refusals.unknown_desk_request(id_)
    if isinstance(command, AcceptDeskRequest) and (state.phase, state.owner) == ("accepted", by):
        return ()
    cell = DESK_REQUEST[state.phase, command.VERB]
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(cell, id_, state)
    early = context.afterwards and context.occurred_at_ms < state.since_ms
    if early and not isinstance(command, _ANY_TIME):
        return refusals.time_before_desk_request(context.occurred_at_ms, state.since_ms)
    match command:
        case AskDeskAgain():
            return decide_ask_again(command, state, context)
        case AddDeskNote(_, note, text):
            return _note(stream, note, text, state)
        case RemindDesk():
            return (Emitted(stream, DeskReminded(by)),)
        case (
            ConfirmDeskRequest()
            | UndoDeskConfirmation()
            | SendBackDeskRequest()
            | WithdrawDeskRequest()
        ):
            return _judge(stream, command, state, context)
        case _:
            return _work(stream, command, state, context)


def _refused(cell: str, id_: UUID, state: DeskRequestState | None) -> Refusal:
    if state is None:
        return refusals.unknown_desk_request(id_)
    match cell:
        case "DeskRequestExists":
            return refusals.desk_request_exists(id_, state.phase)
        case "DeskRequestHasMovedOn":
            return refusals.desk_request_has_moved_on(id_, state.phase, state.owner)
        case "DeskRequestIsOver":
            return refusals.desk_request_is_over(id_, state.phase)
    return refusals.desk_request_not_ready(id_, state.phase)


def _note(stream: str, note: UUID, said: str, state: DeskRequestState) -> Decision:
    if note in state.notes:
        return ()
    text = text_of("note", said, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    return (Emitted(stream, DeskNoteAdded(note), {"text": text}, f"incident:{state.incident}"),)


def _work(stream: str, command: WorkCommand, state: DeskRequestState, context: Context) -> Decision:
    """What only its owner does; whoever accepts it becomes that."""
    by, id_ = context.actor.id, command.desk_request
    if isinstance(command, ReleaseDeskRequest):
        return _release(stream, command, state, context)
    if isinstance(command, UndoDeskReturn):
        return _undo_return(stream, command, state, by)
    free = isinstance(command, AcceptDeskRequest | ReturnDeskRequest) and not state.owner
    if not free and state.owner != by:
        return refusals.desk_request_is_of_another(id_, state.owner)
    match command:
        case AcceptDeskRequest():
            return (Emitted(stream, DeskRequestAccepted(by)),)
        case ReturnDeskRequest(_, reason):
            wrong = check_reason(reason, context)
            return wrong or (Emitted(stream, DeskRequestReturned(by, reason)),)
        case StartDeskRequest():
            return (Emitted(stream, DeskRequestStarted(by)),)
        case FinishDeskRequest(_, said):
            return _finish(stream, said, state, by)


def _undo_return(
    stream: str, command: UndoDeskReturn, state: DeskRequestState, by: str
) -> Decision:
    """It is with who returned it again, as far as they had come."""
    was = state.returned_from
    if was is None or was.by != by:
        return refusals.desk_request_is_of_another(command.desk_request, was.by if was else "")
    undone = Emitted(stream, DeskReturnUndone(by))
    if was.phase == "asked":
        return (undone,)
    accepted = (undone, Emitted(stream, DeskRequestAccepted(by)))
    started = Emitted(stream, DeskRequestStarted(by))
    return accepted if was.phase == "accepted" else (*accepted, started)


def _release(
    stream: str, command: ReleaseDeskRequest, state: DeskRequestState, context: Context
) -> Decision:
    by, left = context.actor.id, context.actor.role == "operator"
    if not state.owner:
        return ()
    if not left and state.owner != by:
        return refusals.desk_request_is_of_another(command.desk_request, state.owner)
    if not left and state.phase not in AT_WORK:
        return refusals.desk_request_has_moved_on(command.desk_request, state.phase, state.owner)
    because: Literal["left", "undone"] = "left" if left else "undone"
    return (Emitted(stream, DeskRequestReleased(by, state.owner, because)),)


def _finish(stream: str, said: str, state: DeskRequestState, by: str) -> Decision:
    """What was never begun has begun by now."""
    text = text_of("outcome", said, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    key = f"incident:{state.incident}"
    finished = Emitted(stream, DeskRequestFinished(by), {"text": text}, key)
    if state.phase == "accepted":
        return (Emitted(stream, DeskRequestStarted(by)), finished)
    return (finished,)


def _judge(
    stream: str, command: JudgingCommand, state: DeskRequestState, context: Context
) -> Decision:
    by = context.actor.id
    match command:
        case ConfirmDeskRequest():
            return (Emitted(stream, DeskRequestConfirmed(by)),)
        case UndoDeskConfirmation():
            refused = check_incident_open(state.incident, context)
            undone = Emitted(stream, DeskConfirmationUndone(by))
            return refused or (undone, *_left_meanwhile(stream, state, context))
        case SendBackDeskRequest(_, reason):
            wrong = check_reason(reason, context)
            return wrong or (Emitted(stream, DeskRequestSentBack(by, reason)),)
        case WithdrawDeskRequest():
            return (Emitted(stream, DeskRequestWithdrawn(by)),)


def _left_meanwhile(stream: str, state: DeskRequestState, context: Context) -> tuple[Emitted, ...]:
    """What was confirmed stayed with its owner when they left: now it falls back to the desk."""
    works_at = context.answer(WorksAtDesk(state.owner))
    if not state.owner or (works_at is not None and within(state.org, works_at)):
        return ()
    return (Emitted(stream, DeskRequestReleased(context.actor.id, state.owner, "left")),)
