"""Units: crews signing on and off, availability, being heard from, emergencies."""

from dataclasses import asdict

from dutyroom.domain import commands as c
from dutyroom.domain import events as e
from dutyroom.domain import refusals
from dutyroom.domain.assignments import duty
from dutyroom.domain.context import Commitment, Context, Decision, Held
from dutyroom.domain.crews import decide_sign_on
from dutyroom.domain.events import Emitted
from dutyroom.domain.states import UnitState
from dutyroom.domain.transitions import DONE, EMERGENCY, GO, UNIT

type UnitCommand = (
    c.SignOn
    | c.SignOff
    | c.MarkUnavailable
    | c.MarkAvailable
    | c.HearFrom
    | c.RaiseEmergency
    | c.AcknowledgeEmergency
    | c.EndEmergency
)


def decide_unit(command: UnitCommand, context: Context) -> Decision:
    """Decide a command about one unit."""
    state = _check(command, context)
    if not isinstance(state, UnitState):
        return state
    stream, by = f"unit:{command.unit}", context.actor.id
    match command:
        case c.SignOn():
            return decide_sign_on(command, state, context)
        case c.SignOff():
            return (Emitted(stream, e.UnitSignedOff()),)
        case c.MarkUnavailable(_, reason):
            if reason == state.unavailable_reason != "":
                return ()
            if reason not in context.codes.unavailable_reasons:
                return refusals.unknown_code("reason", reason)
            return (Emitted(stream, e.UnitMarkedUnavailable(reason)),)
        case c.MarkAvailable():
            return (Emitted(stream, e.UnitMarkedAvailable()),) if state.unavailable else ()
        case c.HearFrom():
            return (Emitted(stream, e.UnitHeardFrom()),)
        case c.RaiseEmergency():
            return (_raised(command, context),)
        case c.AcknowledgeEmergency():
            return (Emitted(stream, e.UnitEmergencyAcknowledged(by)),)
        case c.EndEmergency():
            return (Emitted(stream, e.UnitEmergencyEnded(by)),)


def _raised(command: c.RaiseEmergency, context: Context) -> Emitted:
    """With where the unit was and what it was on: help goes there, whatever happens next."""
    held: Held | Commitment | None = context.held
    if not context.afterwards:
        held = context.commitments.get(command.unit)
    event = e.UnitEmergencyRaised(
        context.actor.id,
        zone=context.zone,
        incident=held.incident if held else None,
        number=held.number if held else "",
    )
    stream = f"unit:{command.unit}"
    if context.position is None:
        return Emitted(stream, event)
    # A key of its own: where a crew was can be erased without anything else.
    key = f"emergency:{command.unit}:{context.occurred_at_ms}"
    return Emitted(stream, event, {"position": asdict(context.position)}, key)


def _check(command: UnitCommand, context: Context) -> UnitState | Decision:
    state = context.units.get(command.unit)
    commitment = context.commitments.get(command.unit)
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
