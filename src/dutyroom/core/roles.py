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
    "read_key",
    "answer_key",
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
"""Roles of members. The ``read_key`` and the ``answer_key`` are partners' systems, let in by an API
key. The ``operator`` at the machine itself is none, and neither is the ``keeper``,
which looks at the room's clocks."""
FOR_PARTNERS: Final[frozenset[str]] = frozenset({"partner", "read_key", "answer_key"})
"""Who works for a partner, and sees what was sent to it."""
