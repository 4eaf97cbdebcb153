"""Tasks that are split, joined and taken out again, and wanted by another time, in the story."""

from tests.harness.rooms import DISPATCHER, TestRoom

from dutyroom.actions.clock import now_ms
from dutyroom.domain.tasks.commands import (
    ChangeDue,
    JoinTask,
    OfferTask,
    SplitTask,
    TaskPart,
    UndoJoin,
)


def play(room: TestRoom) -> None:
    """Play it."""
    incident, task, first, second = room.open_incident(index=8), room.id(), room.id(), room.id()
    org = room.row("incidents", incident)["org"]
    reason = room.pack.loop.task_reasons[0].code
    room.done(DISPATCHER, OfferTask(task, incident, "investigate", org, "Ask the house 走访全楼"))
    parts = (
        TaskPart(first, org, "Ask upstairs 走访楼上"),
        TaskPart(second, org, "Ask below 走访楼下"),
    )
    room.done(DISPATCHER, SplitTask(task, parts))
    room.done(DISPATCHER, JoinTask(first, task))
    room.done(DISPATCHER, UndoJoin(first))
    room.done(DISPATCHER, JoinTask(second, task))
    room.done(DISPATCHER, ChangeDue(task, now_ms() + 86_400_000, reason))
