"""What is known of notices besides their own states."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class Present(Index[tuple[str, ...]]):
    """The members who are signed in now, may acknowledge a notice, and whom this organisation
    concerns."""

    org: str

    def unknown(self) -> tuple[str, ...]:
        return ()
