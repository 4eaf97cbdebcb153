"""What is known of those who do tasks."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class WorksFor(Index[str | None]):
    """The organisation of a member who may accept tasks and hasn't left; None for anybody else."""

    member: str

    def unknown(self) -> str | None:
        return None
