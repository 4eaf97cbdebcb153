"""What is known of handovers besides their own states."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class Receivers(Index[tuple[str, ...] | None]):
    """The members who may take the desk; None where members aren't known."""

    def unknown(self) -> None:
        return None
