"""What may be done with a matter in which state."""

from typing import Final

from dutyroom.domain.kernel import table

_OVER = "MatterIsOver MatterIsOver MatterIsOver MatterIsOver"
_IN_HAND = f"UnknownMatter MatterNotTaken GO MatterHasOutcome MatterHasOutcome {_OVER}"
_NOT_OVER = f"UnknownMatter GO GO GO GO {_OVER}"

MATTER: Final = table(
    "none waiting in_hand watched failed given_up decided withdrawn expired",
    {
        "matter.open": (
            "GO MatterExists MatterExists MatterExists MatterExists"
            " MatterExists MatterExists MatterExists MatterExists"
        ),
        "matter.undo_open": (
            "UnknownMatter GO GO MatterHasOutcome MatterHasOutcome"
            " MatterIsOver MatterIsOver DONE MatterIsOver"
        ),
        "matter.take": f"UnknownMatter GO MatterIsOfAnother MatterHasOutcome GO {_OVER}",
        # Who leaves, leaves also what has ended by itself.
        "matter.release": "UnknownMatter DONE GO GO GO GO GO GO GO",
        "matter.reassign": _NOT_OVER,
        "matter.link": _NOT_OVER,
        "matter.unlink": _NOT_OVER,
        "matter.plan_mediation": _IN_HAND,
        "matter.drop_mediation": _IN_HAND,
        "matter.hold_mediation": _IN_HAND,
        "matter.undo_mediation": _IN_HAND,
        # What was written down must not be lost because the matter is over meanwhile.
        "matter.add_note": "UnknownMatter GO GO GO GO GO GO GO GO",
        "matter.conclude": _IN_HAND,
        "matter.undo_outcome": (
            "UnknownMatter DONE DONE GO GO GO MatterIsOver MatterIsOver MatterIsOver"
        ),
        "matter.confirm": f"UnknownMatter GO GO GO DONE {_OVER}",
        "matter.decide_case": (
            "UnknownMatter MatterHasNotFailed MatterHasNotFailed MatterHasNotFailed GO"
            " MatterIsOver DONE MatterIsOver MatterIsOver"
        ),
    },
)
