"""Requests to specialist desks at each state, and a joint operation that ends."""

from typing import Any

from tests.harness.rooms import DISPATCHER, TestRoom, enrol

from dutyroom.domain.context import Actor
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
from dutyroom.domain.joint_operations.commands import (
    AddPlanLine,
    BeginJointOperation,
    EndJointOperation,
    JoinOperation,
    LeaveOperation,
    ReopenJointOperation,
    StrikePlanLine,
    TickPlanLine,
    UntickPlanLine,
    WriteLog,
)
from dutyroom.domain.tasks.commands import OfferTask


def play(room: TestRoom) -> None:
    """Everything that can happen to them."""
    incident = room.open_incident(index=9)
    desks = {one.code: one for one in room.pack.desks}
    fraud, drones = desks["antifraud"].org, desks["drones"].org
    specialist = Actor("fan", "desk_specialist", org=fraud)
    enrol(specialist)
    reason = room.pack.loop.task_reasons[0].code

    def asked(*commands: tuple[Actor, type[Any], tuple[Any, ...]], **more: Any) -> None:
        id_, said = room.id(), "Account 6222, 8,600 yuan 账户 6222，8600 元"
        ask = AskDesk(id_, incident, "antifraud", "stop-payment", said, **more)
        room.done(DISPATCHER, ask)
        for actor, command, values in commands:
            room.done(actor, command(id_, *values))

    asked(
        (DISPATCHER, RemindDesk, ()),
        (specialist, AcceptDeskRequest, ()),
        (specialist, ReleaseDeskRequest, ()),
        (specialist, AcceptDeskRequest, ()),
        (specialist, StartDeskRequest, ()),
        (specialist, AddDeskNote, (room.id(), "Asked the bank 已联系银行")),
        (specialist, FinishDeskRequest, ("Stopped 已止付",)),
        (DISPATCHER, SendBackDeskRequest, (reason,)),
        (specialist, FinishDeskRequest, ("Stopped, receipt filed 已止付，回执已存",)),
        (DISPATCHER, ConfirmDeskRequest, ()),
        (DISPATCHER, UndoDeskConfirmation, ()),
        (DISPATCHER, ConfirmDeskRequest, ()),
        priority=1,
    )
    asked(
        (specialist, ReturnDeskRequest, (reason,)),
        (specialist, UndoDeskReturn, ()),
        (specialist, ReturnDeskRequest, (reason,)),
        (DISPATCHER, AskDeskAgain, ()),
    )
    asked((DISPATCHER, WithdrawDeskRequest, ()))
    asked((specialist, AcceptDeskRequest, ()), queue=True)
    task, org = room.id(), room.row("incidents", incident)["org"]
    room.done(DISPATCHER, OfferTask(task, incident, "visit", org, "Ask there 走访"))
    asked(task=task)
    _together(room, specialist, drones)


def _together(room: TestRoom, specialist: Actor, drones: str) -> None:
    incident, operation = room.open_incident(index=10), room.id()
    north = room.row("incidents", incident)["org"]
    begin = BeginJointOperation(operation, incident, (north, specialist.org), "Find it 寻找失物")
    room.done(DISPATCHER, begin)
    room.done(DISPATCHER, JoinOperation(operation, drones))
    line, struck = room.id(), room.id()
    room.done(DISPATCHER, AddPlanLine(operation, line, specialist.org, "Ask the bank 询问银行"))
    room.done(DISPATCHER, AddPlanLine(operation, struck, drones, "Fly over it 航拍"))
    room.done(specialist, TickPlanLine(operation, line))
    room.done(specialist, UntickPlanLine(operation, line))
    room.done(specialist, TickPlanLine(operation, line))
    room.done(DISPATCHER, StrikePlanLine(operation, struck))
    room.done(DISPATCHER, LeaveOperation(operation, drones))
    room.done(specialist, WriteLog(operation, room.id(), "The bank knows of it 银行已知情"))
    room.done(DISPATCHER, EndJointOperation(operation, "Found 已找到"))
    room.done(DISPATCHER, ReopenJointOperation(operation))
