"""What is known of calls besides their own states."""

from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain.calls.state import CallState
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class IncidentOf(Index[UUID | None]):
    """The incident that a call is linked to."""

    call: UUID

    def unknown(self) -> None:
        return None


def call_of(id_: UUID, context: Context) -> CallState | None:
    """The call, if there is one."""
    return context.find(CallState, f"call:{id_}")
