"""What is known besides the clocks themselves."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class OnDuty(Index[tuple[str, ...]]):
    """The members of a role who are signed in now and whom a record of this organisation concerns.

    Who is on duty is said here and nowhere else.
    """

    role: str
    org: str

    def unknown(self) -> tuple[str, ...]:
        return ()
