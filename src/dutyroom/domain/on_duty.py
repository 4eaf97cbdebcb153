"""Who is on duty: asked here by everybody who tells somebody something."""

from dataclasses import dataclass

from dutyroom.domain.kernel import Index


@dataclass(frozen=True, slots=True)
class OnDuty(Index[tuple[str, ...]]):
    """The members of a role who are signed in now, whom a record of this organisation concerns,
    and who see it on their board; "" for those of any role whom it concerns.

    It is answered by `actions.members.on_duty`, which alone says who is on duty.
    """

    role: str
    org: str

    def unknown(self) -> tuple[str, ...]:
        return ()
