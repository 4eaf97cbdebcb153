"""The closed list of what a column of recorded calls may be mapped to."""

from typing import Final

TIMES: Final = (
    "received_at",
    "entered_at",
    "dispatched_at",
    "en_route_at",
    "on_scene_at",
    "transport_at",
    "at_facility_at",
    "cleared_at",
)
"""In the order in which they happen."""
FIELDS: Final = frozenset(
    {
        "row_id",
        "call_id",
        "incident_id",
        "unit_id",
        "unit_kind",
        "category",
        "first_priority",
        "priority",
        "disposition",
        "address",
        "locality",
        "zone",
        "station_area",
        "als",
        "lon",
        "lat",
        *TIMES,
    }
)
"""What a column may be mapped to. The list is closed: nothing about a person is in it."""
NEEDED: Final = (
    "row_id",
    "call_id",
    "unit_id",
    "unit_kind",
    "category",
    "priority",
    "received_at",
    "dispatched_at",
    "cleared_at",
    "lon",
    "lat",
)
