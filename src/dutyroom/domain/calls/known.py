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


@dataclass(frozen=True, slots=True)
class NotSafe:
    """The mark that it is not safe to contact who called, and the incident that has it."""

    incident: UUID
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotSafeToCall(Index[NotSafe | None]):
    """The mark on what a call is about, if there is one."""

    call: UUID

    def unknown(self) -> None:
        return None


def call_of(id_: UUID, context: Context) -> CallState | None:
    """The call, if there is one."""
    return context.find(CallState, f"call:{id_}")
