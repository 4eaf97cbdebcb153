"""Follow-up calls: offered, claimed, tried in vain, answered; and what follows from an answer."""

from uuid import UUID

from dutyroom.domain.callbacks import refusals
from dutyroom.domain.callbacks.answering import decide_answer
from dutyroom.domain.callbacks.commands import (
    AnswerCallBack,
    ClaimCallBack,
    DropCallBack,
    NoteNotReached,
    OfferCallBack,
    ReleaseCallBack,
    UndoCallBack,
)
from dutyroom.domain.callbacks.events import (
    CallBackClaimed,
    CallBackDropped,
    CallBackGivenUp,
    CallBackNotReached,
    CallBackReleased,
    CallBackSetAside,
    CallBackUndone,
)
from dutyroom.domain.callbacks.following import has_caller, offer
from dutyroom.domain.callbacks.state import CallBackState
from dutyroom.domain.callbacks.table import CALL_BACK
from dutyroom.domain.calls.refusals import not_safe_to_contact
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.contact import not_safe
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Refusal
from dutyroom.domain.orgs import within

type CallBackCommand = (
    OfferCallBack
    | ClaimCallBack
    | ReleaseCallBack
    | NoteNotReached
    | AnswerCallBack
    | UndoCallBack
    | DropCallBack
)


def decide_call_back(command: CallBackCommand, context: Context) -> Decision:
    """Decide a command about one follow-up call."""
    id_ = command.call_back
    stream, by = f"call_back:{id_}", context.actor.id
    state = context.find(CallBackState, stream)
    cell = CALL_BACK[state.phase if state else "none", command.VERB]
    if isinstance(command, OfferCallBack):
        return _offer(id_, context) if cell == GO else refusals.call_back_exists(id_, _phase(state))
    if state is None:
        return refusals.unknown_call_back(id_)
    if isinstance(command, ClaimCallBack) and state.phase == "taken":
        if state.taken_by == by:
            return ()
        cell = GO if context.actor.role == "supervisor" else cell
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(cell, id_, state)
    if wrong := _not_this_one(command, state, context):
        return wrong
    match command:
        case ClaimCallBack():
            return (Emitted(stream, CallBackClaimed(by)),)
        case ReleaseCallBack():
            return (Emitted(stream, CallBackReleased(by)),)
        case NoteNotReached():
            return _not_reached(stream, state, context)
        case AnswerCallBack():
            return decide_answer(command, state, context)
        case UndoCallBack():
            return _undo(stream, command, state, context)
        case DropCallBack():
            wanted = None if state.by_hand else refusals.call_back_is_wanted(id_)
            return wanted or (Emitted(stream, CallBackDropped(by)),)


def _phase(state: CallBackState | None) -> str:
    return state.phase if state else "none"


def _refused(cell: str, id_: UUID, state: CallBackState) -> Refusal:
    match cell:
        case "CallBackTaken":
            return refusals.call_back_taken(id_, state.taken_by)
        case "CallBackAside":
            return refusals.call_back_aside(id_, state.because)
        case "CallBackNotOver":
            return refusals.call_back_not_over(id_)
    return refusals.call_back_is_over(id_, state.phase)


def _not_this_one(
    command: CallBackCommand, state: CallBackState, context: Context
) -> Refusal | None:
    """Another has it, or it is about the work of one's own station."""
    actor = context.actor
    if actor.org and state.org and within(actor.org, state.org):
        return refusals.call_back_of_own_station(command.call_back, state.org)
    left = actor.role == "operator"
    is_of_another = not left and state.taken_by not in ("", actor.id)
    if is_of_another and not isinstance(command, ClaimCallBack):
        return refusals.call_back_taken(command.call_back, state.taken_by)
    return None


def _offer(id_: UUID, context: Context) -> Decision:
    incident = incident_of(id_, context)
    if incident is None or incident.state != "closed":
        return refusals.call_back_not_yet(id_, incident.state if incident else "none")
    mark = not_safe(id_, lambda one: incident_of(one, context))
    if mark is not None:
        return not_safe_to_contact(mark.incident, mark.number, mark.reason)
    org = context.codes.org_of_zone.get(incident.zone, "")
    if context.actor.org and org and within(context.actor.org, org):
        return refusals.call_back_of_own_station(id_, org)
    if not has_caller(incident, context):
        return refusals.nobody_to_call(id_, incident.number)
    offered = offer(incident, context, by_hand=True)
    if offered is None:
        return refusals.call_backs_not_used(id_)
    return (Emitted(f"call_back:{id_}", offered),)


def _not_reached(stream: str, state: CallBackState, context: Context) -> Decision:
    rules = context.loop.call_backs
    tried = Emitted(stream, CallBackNotReached(context.actor.id))
    if rules is not None and state.attempts + 1 >= rules.attempts:
        return (tried, Emitted(stream, CallBackGivenUp()))
    return (tried,)


def _undo(stream: str, command: UndoCallBack, state: CallBackState, context: Context) -> Decision:
    """It is due again, or set aside where nobody may call now."""
    if state.then:
        return refusals.answer_was_acted_on(command.call_back, state.then)
    undone = Emitted(stream, CallBackUndone(context.actor.id))
    incident = incident_of(command.call_back, context)
    if incident is None or incident.state != "closed":
        return (undone, Emitted(stream, CallBackSetAside("reopened")))
    if not_safe(command.call_back, lambda one: incident_of(one, context)) is not None:
        return (undone, Emitted(stream, CallBackSetAside("unsafe")))
    return (undone,)
