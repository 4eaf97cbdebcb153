"""What may be done with a follow-up call in which state."""

from typing import Final

from dutyroom.domain.kernel import table

_OVER = "CallBackIsOver CallBackIsOver CallBackIsOver"

CALL_BACK: Final = table(
    "none due taken aside done given_up dropped",
    {
        # One for an incident: nobody is asked twice about one matter.
        "call_back.offer": (
            "GO CallBackExists CallBackExists CallBackExists CallBackExists CallBackExists"
            " CallBackExists"
        ),
        "call_back.claim": f"UnknownCallBack GO CallBackTaken CallBackAside {_OVER}",
        "call_back.release": f"UnknownCallBack DONE GO CallBackAside {_OVER}",
        "call_back.not_reached": f"UnknownCallBack GO GO CallBackAside {_OVER}",
        "call_back.answer": f"UnknownCallBack GO GO CallBackAside {_OVER}",
        "call_back.undo": (
            "UnknownCallBack CallBackNotOver CallBackNotOver CallBackNotOver GO GO GO"
        ),
        "call_back.drop": "UnknownCallBack GO GO GO CallBackIsOver CallBackIsOver DONE",
    },
)
