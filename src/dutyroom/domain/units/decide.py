"""Units: crews signing on and off, availability, being heard from, emergencies."""

from dataclasses import asdict

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import DONE, GO, Decision, Emitted
from dutyroom.domain.units import refusals
from dutyroom.domain.units.checks import duty
from dutyroom.domain.units.commands import (
    AcknowledgeEmergency,
    EndEmergency,
    HearFrom,
    MarkAvailable,
    MarkUnavailable,
    RaiseEmergency,
    SignOff,
    SignOn,
)
from dutyroom.domain.units.crews import decide_sign_on
from dutyroom.domain.units.events import (
    UnitEmergencyAcknowledged,
    UnitEmergencyEnded,
    UnitEmergencyRaised,
    UnitHeardFrom,
    UnitMarkedAvailable,
    UnitMarkedUnavailable,
    UnitSignedOff,
)
from dutyroom.domain.units.known import (
    Commitment,
    CommitmentOf,
    Held,
    press_of,
    unit_of,
)
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.units.table import EMERGENCY, UNIT

type UnitCommand = (
    SignOn
    | SignOff
    | MarkUnavailable
    | MarkAvailable
    | HearFrom
    | RaiseEmergency
    | AcknowledgeEmergency
    | EndEmergency
)


def decide_unit(command: UnitCommand, context: Context) -> Decision:
    """Decide a command about one unit."""
    state = _check(command, context)
    if not isinstance(state, UnitState):
        return state
    stream, by = f"unit:{command.unit}", context.actor.id
    match command:
        case SignOn():
            return decide_sign_on(command, state, context)
        case SignOff():
            return (Emitted(stream, UnitSignedOff()),)
        case MarkUnavailable(_, reason):
            if reason == state.unavailable_reason != "":
                return ()
            if reason not in context.codes.unavailable_reasons:
                return shared_refusals.unknown_code("reason", reason)
            return (Emitted(stream, UnitMarkedUnavailable(reason)),)
        case MarkAvailable():
            return (Emitted(stream, UnitMarkedAvailable()),) if state.unavailable else ()
        case HearFrom():
            return (Emitted(stream, UnitHeardFrom()),)
        case RaiseEmergency():
            return (_raised(command, context),)
        case AcknowledgeEmergency():
            return (Emitted(stream, UnitEmergencyAcknowledged(by)),)
        case EndEmergency():
            return (Emitted(stream, UnitEmergencyEnded(by)),)


def _raised(command: RaiseEmergency, context: Context) -> Emitted:
    """With where the unit was and what it was on: help goes there, whatever happens next."""
    press = context.answer(press_of(command))
    held: Held | Commitment | None = press.held
    if not context.afterwards:
        held = context.answer(CommitmentOf(command.unit))
    event = UnitEmergencyRaised(
        context.actor.id,
        zone=press.zone,
        incident=held.incident if held else None,
        number=held.number if held else "",
    )
    stream = f"unit:{command.unit}"
    if press.position is None:
        return Emitted(stream, event)
    # A key of its own: where a crew was can be erased without anything else.
    key = f"emergency:{command.unit}:{context.occurred_at_ms}"
    return Emitted(stream, event, {"position": asdict(press.position)}, key)


def _check(command: UnitCommand, context: Context) -> UnitState | Decision:
    state = unit_of(command.unit, context)
    commitment = context.answer(CommitmentOf(command.unit))
    cells = [UNIT[duty(state, commitment is not None), command.VERB]]
    if state is not None and (state.emergency, command.VERB) in EMERGENCY:
        cells.append(EMERGENCY[state.emergency, command.VERB])
    unit = command.unit
    for cell in cells:
        match cell:
            case "UnitAlreadyCommitted" if commitment is not None:
                return refusals.unit_already_committed(
                    unit, commitment.incident, commitment.number, commitment.assignment
                )
            case "UnitOffDuty":
                return refusals.unit_off_duty(unit)
            case "NoEmergency":
                return refusals.no_emergency(unit)
            case "EmergencyNotAcknowledged":
                return refusals.emergency_not_acknowledged(unit)
            case "EmergencyGoesOn":
                return refusals.emergency_goes_on(unit)
    if DONE in cells:
        return ()
    if state is None or any(cell != GO for cell in cells):
        return refusals.unknown_unit(unit)
    return state
