"""Who is on duty: asked here by everybody who tells somebody something."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class OnDuty(Index[tuple[str, ...]]):
    """The members of a role ("" for any) who are signed in now and whom a record of this
    organisation concerns.

    Who is on duty is said here and nowhere else.
    """

    role: str
    org: str

    def unknown(self) -> tuple[str, ...]:
        return ()
