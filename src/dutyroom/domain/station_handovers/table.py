"""What may be done with a station's handover in which state."""

from typing import Final

from dutyroom.domain.kernel import table

STATION_HANDOVER: Final = table(
    "none open completed cancelled",
    {
        "station.start_handover": "GO DONE StationHandoverIsOver StationHandoverIsOver",
        "station.take_handover": (
            "UnknownStationHandover GO StationHandoverIsOver StationHandoverIsOver"
        ),
        "station.confirm_item": (
            "UnknownStationHandover GO StationHandoverIsOver StationHandoverIsOver"
        ),
        "station.complete_handover": "UnknownStationHandover GO DONE StationHandoverIsOver",
        "station.cancel_handover": "UnknownStationHandover GO StationHandoverIsOver DONE",
    },
)
