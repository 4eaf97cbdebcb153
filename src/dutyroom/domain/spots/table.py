"""What may be done with a spot in which state."""

from typing import Final

from dutyroom.domain.kernel import table

SPOT: Final = table(
    "none taken_on dropped over",
    {
        "spot.take_on": "GO SpotExists SpotExists SpotExists",
        "spot.drop": "UnknownSpot GO DONE SpotIsOver",
    },
)
