"""What is known of units besides their own states: who holds them, and who is aboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from uuid import UUID

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Ask, Index
from dutyroom.domain.units.commands import RaiseEmergency
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.values import OpenPhase, Position


@dataclass(frozen=True, slots=True)
class Commitment:
    """The open assignment that holds a unit, and the public number of its incident."""

    incident: UUID
    assignment: UUID
    number: str
    state: OpenPhase


@dataclass(frozen=True, slots=True)
class Held:
    """The incident that a unit was on at an earlier time."""

    incident: UUID
    number: str


@dataclass(frozen=True, slots=True)
class CommitmentOf(Index[Commitment | None]):
    """What holds a unit."""

    unit: str

    def unknown(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Aboard(Index[tuple[str, ...]]):
    """The units that a person (`crews.person_key`) is on."""

    person: str

    def unknown(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Press:
    """Where a unit was when its emergency button was pressed, and what it was on then.

    `zone` is empty outside the city, and where the position is unknown.
    """

    position: Position | None = None
    zone: str = ""
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class AtPress(Index[Press]):
    """`position` is what the phone sent along, if it knew."""

    unit: str
    position: Position | None

    def unknown(self) -> Press:
        return Press()


def unit_of(id_: str, context: Context) -> UnitState | None:
    """The unit, if the pack lists it; one without events is `UnitState()`."""
    return context.find(UnitState, f"unit:{id_}")


def unit_and_commitment(unit: str) -> Iterator[Ask]:
    """Whether it may be sent depends on both."""
    yield f"unit:{unit}"
    yield CommitmentOf(unit)


def press_of(command: RaiseEmergency) -> AtPress:
    """A position that is no number counts as unknown."""
    at = command.position
    known = at is not None and isfinite(at.lon) and isfinite(at.lat)
    return AtPress(command.unit, at if known else None)
