"""What may be done with a task in which state."""

from typing import Final

from dutyroom.domain.kernel import table

TASK: Final = table(
    "none offered accepted in_progress submitted approved returned withdrawn",
    {
        "task.offer": (
            "GO TaskExists TaskExists TaskExists TaskExists TaskExists TaskExists TaskExists"
        ),
        "task.accept": (
            "UnknownTask GO TaskHasMovedOn TaskHasMovedOn TaskHasMovedOn"
            " TaskIsOver TaskNotReady TaskIsOver"
        ),
        # From hand to hand up to who offered it first.
        "task.return": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver",
        # Also the way to undo a withdrawal.
        "task.reassign": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO GO",
        "task.release": "UnknownTask GO GO GO GO TaskIsOver DONE TaskIsOver",
        "task.start": "UnknownTask TaskNotReady GO DONE GO TaskIsOver TaskNotReady TaskIsOver",
        # What was written down must not be lost because the task is over meanwhile.
        "task.add_note": "UnknownTask GO GO GO GO GO GO GO",
        "task.tick_step": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver TaskNotReady TaskIsOver"
        ),
        "task.untick_step": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver TaskNotReady TaskIsOver"
        ),
        "task.submit": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver TaskNotReady TaskIsOver"
        ),
        "task.approve": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady GO DONE TaskNotReady TaskIsOver"
        ),
        "task.undo_approval": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady DONE GO TaskNotReady TaskIsOver"
        ),
        "task.send_back": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady GO TaskIsOver TaskNotReady"
            " TaskIsOver"
        ),
        "task.withdraw": "UnknownTask GO GO GO GO TaskIsOver GO DONE",
        "task.remind": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver",
    },
)
