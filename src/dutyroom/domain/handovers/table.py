"""What may be done with a handover in which state."""

from typing import Final

from dutyroom.domain.kernel import table

HANDOVER: Final = table(
    "none            offered completed        cancelled",
    {
        "desk.start_handover": "GO DONE HandoverHasEnded HandoverHasEnded",
        "desk.confirm_incident": "UnknownHandover GO HandoverHasEnded HandoverHasEnded",
        "desk.complete_handover": "UnknownHandover GO DONE HandoverHasEnded",
        "desk.cancel_handover": "UnknownHandover GO HandoverHasEnded DONE",
    },
)
