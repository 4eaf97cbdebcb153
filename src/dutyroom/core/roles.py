"""The roles of members: who may do what is said by policy, whom a clock tells by the city pack."""

from typing import Final, Literal

Role = Literal[
    "call_taker",
    "dispatcher",
    "supervisor",
    "field_officer",
    "auditor",
    "trainer",
    "planner",
    "station_command",
    "station_officer",
    "desk_specialist",
    "partner",
    "gateway",
    "operator",
    "keeper",
]
ROLES: Final[tuple[Role, ...]] = (
    "call_taker",
    "dispatcher",
    "supervisor",
    "field_officer",
    "auditor",
    "trainer",
    "planner",
    "station_command",
    "station_officer",
    "desk_specialist",
    "partner",
    "gateway",
)
"""Roles of members. The ``operator`` at the machine itself is none, and neither is the ``keeper``,
which looks at the room's clocks."""
