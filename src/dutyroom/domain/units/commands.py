"""What may be asked about a unit."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dutyroom.domain.kernel import Command
from dutyroom.domain.marked import MemberId, OneOf, UnavailableReason, UnitId
from dutyroom.domain.values import Position, Sealed

MOVE_REASONS: tuple[str, ...] = ("relief", "reinforcement", "illness", "correction")
"""Why somebody is moved from one unit to another: takes over, helps out, stands in for somebody who
is ill, or was signed on by mistake."""
MoveReason = Annotated[str, OneOf(MOVE_REASONS)]


@dataclass(frozen=True, slots=True)
class SignOn(Command):
    """A crew takes the unit on duty. `crew` are staff numbers.

    A person has one place: who is on another unit is moved from there if `move_reason` (one of
    `MOVE_REASONS`) says why.
    """

    VERB: ClassVar[str] = "unit.sign_on"
    unit: UnitId
    crew: tuple[MemberId, ...]
    move_reason: MoveReason = ""


@dataclass(frozen=True, slots=True)
class SignOff(Command):
    """The unit's crew ends its duty."""

    VERB: ClassVar[str] = "unit.sign_off"
    unit: UnitId


@dataclass(frozen=True, slots=True)
class MarkUnavailable(Command):
    """The unit can't be sent for a while, with the reason."""

    VERB: ClassVar[str] = "unit.mark_unavailable"
    unit: UnitId
    reason: UnavailableReason


@dataclass(frozen=True, slots=True)
class MarkAvailable(Command):
    """The unit can be sent again."""

    VERB: ClassVar[str] = "unit.mark_available"
    unit: UnitId


@dataclass(frozen=True, slots=True)
class HearFrom(Command):
    """A real message from the unit: it resets the silence timer."""

    VERB: ClassVar[str] = "unit.hear_from"
    unit: UnitId


@dataclass(frozen=True, slots=True)
class RaiseEmergency(Command):
    """Somebody of the crew is in danger. `position` is where the button was pressed, if it knows;
    else the unit's last known one counts."""

    VERB: ClassVar[str] = "unit.raise_emergency"
    ANY_CLOCK: ClassVar[bool] = True
    unit: UnitId
    position: Sealed[Position | None] = None


@dataclass(frozen=True, slots=True)
class AcknowledgeEmergency(Command):
    """Say that the room has seen the unit's emergency and looks after it."""

    VERB: ClassVar[str] = "unit.acknowledge_emergency"
    unit: UnitId


@dataclass(frozen=True, slots=True)
class EndEmergency(Command):
    """The unit's crew is safe again: it may be recommended and sent."""

    VERB: ClassVar[str] = "unit.end_emergency"
    unit: UnitId
