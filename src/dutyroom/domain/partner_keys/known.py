"""What is known besides keys themselves."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class KeysInForce(Index[int]):
    """How many keys of a partner let somebody in at a time (milliseconds UTC)."""

    org: str
    at_ms: int

    def unknown(self) -> int:
        return 0
