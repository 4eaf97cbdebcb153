"""Asking a specialist desk: whether it offers that, is open and has room; until when it answers."""

from dutyroom.clocks.arithmetic import forward
from dutyroom.clocks.rule import Length
from dutyroom.clocks.zones import local_day
from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.desk_requests import refusals
from dutyroom.domain.desk_requests.commands import AskDesk, AskDeskAgain
from dutyroom.domain.desk_requests.events import DeskAsked, DeskAskedAgain, Queued
from dutyroom.domain.desk_requests.known import DeskLoad
from dutyroom.domain.desk_requests.state import DeskRequestState
from dutyroom.domain.desks import Desk
from dutyroom.domain.incidents import refusals as incident_refusals
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.tasks.checks import (
    LONGEST_TEXT,
    check_incident_open,
    check_task,
    merged_into,
    text_of,
)
from dutyroom.domain.tasks.state import TaskState

_NOTHING = Length(0, "minute")


def decide_ask(command: AskDesk, context: Context) -> Decision:
    """Ask it: what is wanted is sealed under the key of the incident."""
    wrong = check_incident_open(command.incident, context)
    incident = incident_of(command.incident, context)
    if wrong or incident is None:
        return wrong or ()
    if context.afterwards and context.occurred_at_ms < incident.opened_at_ms:
        return incident_refusals.time_before_opening(context.occurred_at_ms, incident.opened_at_ms)
    if wrong := check_task(command.task, merged_into(command.incident, context), context):
        return wrong
    desk = _desk_for(command, context)
    if isinstance(desk, Refusal):
        return desk
    text = text_of("text", command.text, LONGEST_TEXT)
    if isinstance(text, Refusal):
        return text
    turn = _turn(desk, command.queue, context)
    if isinstance(turn, Refusal):
        return turn
    task = context.find(TaskState, f"task:{command.task}") if command.task else None
    accept_by_ms, provisional = _accept_by(desk, context)
    asked = DeskAsked(
        by=context.actor.id,
        incident=command.incident,
        number=incident.number,
        desk=command.desk,
        offer=command.offer,
        skill=command.skill,
        priority=command.priority,
        org=desk.org,
        org_too=looked_after_by(incident, context.codes, context.loop),
        from_org=context.actor.org,
        accept_by_ms=accept_by_ms,
        queued=turn,
        task=command.task,
        task_kind=task.kind if task else None,
        task_org=task.org if task else "",
        provisional=provisional,
    )
    stream = f"desk_request:{command.desk_request}"
    return (Emitted(stream, asked, {"text": text}, f"incident:{command.incident}"),)


def decide_ask_again(command: AskDeskAgain, state: DeskRequestState, context: Context) -> Decision:
    """The same as before, with a new clock."""
    if wrong := check_incident_open(state.incident, context):
        return wrong
    desk = context.codes.desks.get(state.desk)
    if desk is None:
        return shared_refusals.unknown_code("desk", state.desk)
    turn = _turn(desk, command.queue, context)
    if isinstance(turn, Refusal):
        return turn
    accept_by_ms, provisional = _accept_by(desk, context)
    again = DeskAskedAgain(context.actor.id, accept_by_ms, turn, provisional)
    return (Emitted(f"desk_request:{command.desk_request}", again),)


def _desk_for(command: AskDesk, context: Context) -> Desk | Refusal:
    desk = context.codes.desks.get(command.desk)
    if desk is None:
        return shared_refusals.unknown_code("desk", command.desk)
    if desk.offer(command.offer) is None:
        return shared_refusals.unknown_code("offer", command.offer)
    if command.skill and desk.skill(command.skill) is None:
        return shared_refusals.unknown_code("skill", command.skill)
    if command.priority not in context.codes.priorities:
        return shared_refusals.unknown_code("priority", command.priority)
    return desk


def _turn(desk: Desk, queue: bool, context: Context) -> Queued | Refusal:
    """Whether it waits from the beginning; refused where nobody said that it may."""
    named = desk.code, desk.text.en, desk.text.zh
    opens_ms = forward(desk.calendar, context.occurred_at_ms, _NOTHING)
    if opens_ms != context.occurred_at_ms:
        return "closed" if queue else refusals.desk_closed(*named, opens_ms)
    load = context.answer(DeskLoad(desk.code))
    if load >= desk.capacity:
        return "full" if queue else refusals.desk_full(*named, load, desk.capacity)
    return ""


def _accept_by(desk: Desk, context: Context) -> tuple[int, bool]:
    """In the desk's own hours, and whether that is provisional."""
    due_ms = desk.answers_by_ms(context.occurred_at_ms)
    day = local_day(desk.calendar.zone, due_ms)
    return due_ms, not desk.calendar.announced(day)
