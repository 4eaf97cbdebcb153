"""What may be done with a task in which state."""

from typing import Final

from dutyroom.domain.kernel import table

TASK: Final = table(
    "none offered accepted in_progress submitted approved returned withdrawn joined",
    {
        "task.offer": (
            "GO TaskExists TaskExists TaskExists TaskExists TaskExists"
            " TaskExists TaskExists TaskExists"
        ),
        "task.accept": (
            "UnknownTask GO TaskHasMovedOn TaskHasMovedOn TaskHasMovedOn"
            " TaskIsOver TaskNotReady TaskIsOver TaskIsOver"
        ),
        # From hand to hand up to who offered it first.
        "task.return": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver",
        "task.undo_return": (
            "UnknownTask TaskHasMovedOn TaskHasMovedOn TaskHasMovedOn TaskHasMovedOn TaskIsOver"
            " GO TaskIsOver TaskIsOver"
        ),
        # Also the way to undo a withdrawal.
        "task.reassign": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO GO TaskIsOver",
        "task.release": "UnknownTask GO GO GO GO TaskIsOver DONE TaskIsOver TaskIsOver",
        "task.start": (
            "UnknownTask TaskNotReady GO DONE GO TaskIsOver TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.undo_start": (
            "UnknownTask TaskNotReady DONE GO TaskHasMovedOn TaskIsOver"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        # What was written down must not be lost because the task is over meanwhile.
        "task.add_note": "UnknownTask GO GO GO GO GO GO GO GO",
        "task.tick_step": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.untick_step": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.submit": (
            "UnknownTask TaskNotReady GO GO TaskHasMovedOn TaskIsOver"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.approve": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady GO DONE"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.undo_approval": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady DONE GO"
            " TaskNotReady TaskIsOver TaskIsOver"
        ),
        "task.send_back": (
            "UnknownTask TaskNotReady TaskNotReady TaskNotReady GO TaskIsOver TaskNotReady"
            " TaskIsOver TaskIsOver"
        ),
        "task.withdraw": "UnknownTask GO GO GO GO TaskIsOver GO DONE TaskIsOver",
        "task.remind": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver",
        "task.split": ("UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver"),
        "task.join": "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver",
        # Only what is still to be done can take in another one.
        "<task.take_in>": (
            "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver"
        ),
        "task.undo_join": "UnknownTask DONE DONE DONE DONE DONE DONE DONE GO",
        "task.change_due": (
            "UnknownTask GO GO GO TaskHasMovedOn TaskIsOver GO TaskIsOver TaskIsOver"
        ),
    },
)
