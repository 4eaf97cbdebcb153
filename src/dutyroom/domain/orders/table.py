"""What may be done with a supervision order in which state."""

from typing import Final

from dutyroom.domain.kernel import table

ORDER: Final = table(
    "none given acknowledged answered accepted withdrawn",
    {
        "supervision_order.give": "GO OrderExists OrderExists OrderExists OrderExists OrderExists",
        "supervision_order.acknowledge": (
            "UnknownOrder GO DONE OrderHasMovedOn OrderIsOver OrderIsOver"
        ),
        "supervision_order.undo_acknowledgement": (
            "UnknownOrder DONE GO OrderHasMovedOn OrderIsOver OrderIsOver"
        ),
        # What nobody acknowledged is acknowledged by its answer.
        "supervision_order.answer": "UnknownOrder GO GO OrderHasMovedOn OrderIsOver OrderIsOver",
        "supervision_order.take_answer_back": (
            "UnknownOrder OrderNotReady DONE GO OrderIsOver OrderIsOver"
        ),
        "supervision_order.accept": "UnknownOrder OrderNotReady OrderNotReady GO DONE OrderIsOver",
        "supervision_order.undo_acceptance": (
            "UnknownOrder OrderNotReady OrderNotReady DONE GO OrderIsOver"
        ),
        "supervision_order.send_back": (
            "UnknownOrder OrderNotReady OrderNotReady GO OrderIsOver OrderIsOver"
        ),
        "supervision_order.withdraw": "UnknownOrder GO GO GO OrderIsOver DONE",
        "supervision_order.restore": "UnknownOrder DONE DONE DONE OrderIsOver GO",
        "supervision_order.release": "UnknownOrder GO GO GO OrderIsOver OrderIsOver",
        "supervision_order.remind": "UnknownOrder GO GO OrderHasMovedOn OrderIsOver OrderIsOver",
    },
)
