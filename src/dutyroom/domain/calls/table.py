"""What may be done with a call in which state.

Rows in angle brackets: what a command about another record asks of the call.
"""

from typing import Final

from dutyroom.domain.kernel import table

CALL: Final = table(
    "none         ringing       claimed             abandoned     ended",
    {
        "call.receive": "GO DONE DONE DONE DONE",
        "call.claim": "UnknownCall GO CallAlreadyClaimed GO CallHasEnded",
        "call.release": "UnknownCall DONE GO CallNotClaimed CallHasEnded",
        "call.hang_up": "UnknownCall GO GO DONE DONE",
        "call.mark_silent": "UnknownCall CallNotClaimed GO CallNotClaimed CallHasEnded",
        "call.call_back": "UnknownCall CallNotClaimed GO CallNotClaimed CallHasEnded",
        "call.record_details": "UnknownCall CallNotClaimed GO GO GO",
        "call.end": "UnknownCall CallNotClaimed GO GO DONE",
        "<link>": "UnknownCall CallNotClaimed GO GO GO",
        "<unlink>": "UnknownCall GO GO GO CallNeedsIncident",
    },
)
