"""Supervision orders: given, acknowledged, answered, and judged by who gave them."""

from typing import Final
from uuid import UUID

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted, Event, Refusal
from dutyroom.domain.orders import refusals
from dutyroom.domain.orders.checks import (
    LONGEST_TEXT,
    check_due,
    check_open,
    check_reason,
    check_receiver,
    check_there,
    text_of,
)
from dutyroom.domain.orders.commands import (
    AcceptAnswer,
    AcknowledgeOrder,
    AnswerOrder,
    GiveOrder,
    ReleaseOrder,
    RemindOfOrder,
    RestoreOrder,
    SendAnswerBack,
    TakeAnswerBack,
    UndoAcceptance,
    UndoAcknowledgement,
    WithdrawOrder,
)
from dutyroom.domain.orders.events import (
    OrderAcceptanceUndone,
    OrderAccepted,
    OrderAcknowledged,
    OrderAcknowledgementUndone,
    OrderAnswered,
    OrderAnswerTakenBack,
    OrderGiven,
    OrderReleased,
    OrderReminded,
    OrderRestored,
    OrderSentBack,
    OrderWithdrawn,
)
from dutyroom.domain.orders.state import OrderState
from dutyroom.domain.orders.table import ORDER
from dutyroom.domain.orgs import within
from dutyroom.domain.tasks.checks import check_task
from dutyroom.domain.tasks.known import WorksFor

type OwingCommand = AcknowledgeOrder | UndoAcknowledgement | AnswerOrder | TakeAnswerBack
type JudgingCommand = AcceptAnswer | UndoAcceptance | SendAnswerBack
type SteeringCommand = WithdrawOrder | RestoreOrder | RemindOfOrder | ReleaseOrder
type OrderCommand = GiveOrder | OwingCommand | JudgingCommand | SteeringCommand


def decide_order(command: OrderCommand, context: Context) -> Decision:
    """Decide a command about one supervision order."""
    id_ = command.supervision_order
    stream = f"supervision_order:{id_}"
    state = context.find(OrderState, stream)
    cell = ORDER[state.phase if state else "none", command.VERB]
    if isinstance(command, GiveOrder):
        return _give(stream, command, context) if cell == GO else _refused(cell, id_, state)
    if state is None:
        return refusals.unknown_order(id_)
    if cell == DONE:
        return ()
    if cell != GO:
        return _refused(cell, id_, state)
    early = context.afterwards and context.occurred_at_ms < state.since_ms
    if early and not isinstance(command, RemindOfOrder):
        return refusals.time_before_order(context.occurred_at_ms, state.since_ms)
    match command:
        case AnswerOrder(_, said):
            return _answer(stream, said, state, context)
        case AcceptAnswer() | SendAnswerBack() if state.answered_by == context.actor.id:
            return refusals.own_answer(id_)
        case SendAnswerBack():
            return _send_back(stream, command, state, context)
        case UndoAcceptance() | RestoreOrder():
            refused = check_open(state.incident, context) or check_there(state.org, context)
            again = Emitted(stream, _plain(command, context))
            return refused or (again, *_left_meanwhile(stream, state, context))
        case ReleaseOrder():
            return _release(stream, state, context)
        case _:
            return (Emitted(stream, _plain(command, context)),)


def _release(stream: str, state: OrderState, context: Context) -> tuple[Emitted, ...]:
    if not state.owner:
        return ()
    return (Emitted(stream, OrderReleased(context.actor.id, state.owner)),)


def _left_meanwhile(stream: str, state: OrderState, context: Context) -> tuple[Emitted, ...]:
    """What was over stayed with whom it named when they left: now it falls back."""
    works_for = context.answer(WorksFor(state.owner)) if state.owner else None
    stays = works_for is not None and within(state.org, works_for)
    return () if stays else _release(stream, state, context)


def _refused(cell: str, id_: UUID, state: OrderState | None) -> Refusal:
    if state is None:
        return refusals.unknown_order(id_)
    match cell:
        case "OrderExists":
            return refusals.order_exists(id_, state.phase)
        case "OrderHasMovedOn":
            return refusals.order_has_moved_on(id_, state.phase, state.answered_by)
        case "OrderIsOver":
            return refusals.order_is_over(id_, state.phase)
    return refusals.order_not_ready(id_, state.phase)


_PLAIN: Final = {
    AcknowledgeOrder: OrderAcknowledged,
    UndoAcknowledgement: OrderAcknowledgementUndone,
    TakeAnswerBack: OrderAnswerTakenBack,
    AcceptAnswer: OrderAccepted,
    UndoAcceptance: OrderAcceptanceUndone,
    WithdrawOrder: OrderWithdrawn,
    RestoreOrder: OrderRestored,
    RemindOfOrder: OrderReminded,
}
"""What happens by a command of which nothing more is said than who asked."""


def _plain(command: OrderCommand, context: Context) -> Event:
    return _PLAIN[type(command)](context.actor.id)


def _give(stream: str, command: GiveOrder, context: Context) -> Decision:
    """Give it: what is ordered is sealed under the key of its incident."""
    incident = incident_of(command.incident, context)
    if incident is None or incident.state != "open":
        state = incident.state if incident else "none"
        return refusals.incident_takes_no_order(command.incident, state)
    if context.afterwards and context.occurred_at_ms < incident.opened_at_ms:
        return incident_refusals.time_before_opening(context.occurred_at_ms, incident.opened_at_ms)
    if wrong := check_receiver(command, incident, context):
        return wrong
    if command.priority not in context.codes.priorities:
        return shared_refusals.unknown_code("priority", command.priority)
    if wrong := check_task(command.task, command.incident, context):
        return wrong
    due_ms = command.due_ms
    if due_ms is None:
        due_ms = context.occurred_at_ms + context.loop.orders_answered_within_ms
    if wrong := check_due(due_ms, context):
        return wrong
    text = text_of("text", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    given = OrderGiven(
        by=context.actor.id,
        incident=command.incident,
        number=incident.number,
        task=command.task,
        org=command.org,
        priority=command.priority,
        due_ms=due_ms,
        team=command.team,
        owner=command.owner,
        from_org=context.actor.org,
    )
    return (Emitted(stream, given, {"text": text}, f"incident:{command.incident}"),)


def _answer(stream: str, said: str, state: OrderState, context: Context) -> Decision:
    text = text_of("answer", said, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    by = context.actor.id
    answered = Emitted(stream, OrderAnswered(by), {"text": text}, f"incident:{state.incident}")
    if state.phase == "given":
        return (Emitted(stream, OrderAcknowledged(by)), answered)
    return (answered,)


def _send_back(
    stream: str, command: SendAnswerBack, state: OrderState, context: Context
) -> Decision:
    wrong = check_reason(command.reason, context)
    if wrong is None and command.due_ms is not None:
        wrong = check_due(command.due_ms, context)
    if wrong:
        return wrong
    due_ms = state.due_ms if command.due_ms is None else command.due_ms
    back = OrderSentBack(context.actor.id, command.reason, due_ms)
    if not command.text.strip():
        return (Emitted(stream, back),)
    text = text_of("missing", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    return (Emitted(stream, back, {"text": text}, f"incident:{state.incident}"),)
