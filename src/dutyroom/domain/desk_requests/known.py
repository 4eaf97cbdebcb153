"""What is known of a desk besides what the city pack says."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index
from dutyroom.domain.marked import DeskCode


@dataclass(frozen=True, slots=True)
class DeskLoad(Index[int]):
    """How many requests a desk works on now: accepted or begun."""

    desk: DeskCode

    def unknown(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class WorksAtDesk(Index[str | None]):
    """The organisation of a member who may accept requests and hasn't left; None for anybody
    else."""

    member: str

    def unknown(self) -> str | None:
        return None
