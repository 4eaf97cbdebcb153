"""Supervision orders at each state: answered, sent back, accepted; withdrawn; on a task."""

from typing import Any

from tests.harness.rooms import DISPATCHER, SUPERVISOR, TestRoom, enrol

from dutyroom.actions.adopting import OPERATOR
from dutyroom.actions.clock import now_ms
from dutyroom.domain.context import Actor
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
from dutyroom.domain.tasks.commands import OfferTask


def play_orders(room: TestRoom) -> None:
    """Everything that can happen to an order, in one that ends and some that don't."""
    incident = room.open_incident(index=6)
    north = room.row("incidents", incident)["org"]
    chief = Actor("chief", "station_command", org=north)
    enrol(chief)
    task = room.id()
    room.done(DISPATCHER, OfferTask(task, incident, "visit", north, "Ask there 走访"))

    def given(*commands: tuple[Actor, type[Any], tuple[Any, ...]], **more: Any) -> None:
        order = room.id()
        room.done(SUPERVISOR, GiveOrder(order, incident, north, "Report back 请反馈", **more))
        for actor, command, values in commands:
            room.done(actor, command(order, *values))

    reason, later_ms = room.pack.loop.task_reasons[0].code, now_ms() + 86_400_000
    given(
        (chief, AcknowledgeOrder, ()),
        (chief, UndoAcknowledgement, ()),
        (SUPERVISOR, RemindOfOrder, ()),
        (chief, AnswerOrder, ("Was there 已到现场",)),
        (chief, TakeAnswerBack, ()),
        (chief, AnswerOrder, ("It is quiet 已恢复安静",)),
        (SUPERVISOR, SendAnswerBack, (reason, "Who was asked? 询问了谁？", later_ms)),
        (chief, AnswerOrder, ("The caretaker 询问了保安",)),
        (SUPERVISOR, AcceptAnswer, ()),
        (SUPERVISOR, UndoAcceptance, ()),
        (SUPERVISOR, AcceptAnswer, ()),
        priority=1,
    )
    given((SUPERVISOR, WithdrawOrder, ()), (SUPERVISOR, RestoreOrder, ()), task=task)
    given((SUPERVISOR, WithdrawOrder, ()))
    given((chief, AnswerOrder, ("Was there 已到现场",)), due_ms=later_ms)
    officer = Actor("leaver", "station_officer", org=north)
    enrol(officer)
    given((officer, AcknowledgeOrder, ()), (OPERATOR, ReleaseOrder, ()), owner=officer.id)
