"""Whether a unit may be sent."""

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import GO, Refusal
from dutyroom.domain.units import refusals as unit_refusals
from dutyroom.domain.units.known import CommitmentOf, unit_of
from dutyroom.domain.units.state import UnitState
from dutyroom.domain.units.table import EMERGENCY, UNIT


def check_dispatchable(unit: str, unavailable_reason: str, context: Context) -> Refusal | None:
    """Why the unit can't be sent, or None. A reason lets an unavailable unit be sent."""
    state = unit_of(unit, context)
    committed = context.answer(CommitmentOf(unit))
    match UNIT[duty(state, committed is not None), "<dispatch>"]:
        case "UnitAlreadyCommitted" if committed is not None:
            return unit_refusals.unit_already_committed(
                unit, committed.incident, committed.number, committed.assignment
            )
        case "UnitOffDuty":
            return unit_refusals.unit_off_duty(unit)
        case "UnknownUnit":
            return unit_refusals.unknown_unit(unit)
    if state is not None and state.unavailable and not unavailable_reason:
        return unit_refusals.unit_unavailable(unit, state.unavailable_reason)
    return None


def check_safe(unit: str, context: Context) -> Refusal | None:
    """Why a unit can't be sent anywhere: it has raised an emergency. No reason overrides that."""
    state = unit_of(unit, context)
    if state is None or EMERGENCY[state.emergency, "<send>"] == GO:
        return None
    return unit_refusals.unit_in_emergency(unit)


def duty(state: UnitState | None, committed: bool) -> str:
    """The unit's column in the table of units."""
    if state is None:
        return "none"
    if committed:
        return "committed"
    if not state.on_duty:
        return "off_duty"
    return "unavailable" if state.unavailable else "available"
