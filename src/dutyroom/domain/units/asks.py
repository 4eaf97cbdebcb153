"""What a command about a unit needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.units.commands import RaiseEmergency, SignOn
from dutyroom.domain.units.crews import person_key
from dutyroom.domain.units.decide import UnitCommand
from dutyroom.domain.units.known import Aboard, press_of, unit_and_commitment


def asks_of_unit(command: UnitCommand, context: Context) -> Iterator[Ask]:
    """The unit and what holds it; for a crew, where its people are; for an emergency, the press."""
    yield from unit_and_commitment(command.unit)
    match command:
        case SignOn(crew=crew):
            for name in crew:
                there = Aboard(person_key(name))
                yield there
                for unit in context.answer(there):
                    yield from unit_and_commitment(unit)
        case RaiseEmergency():
            yield press_of(command)


def about_unit(command: UnitCommand, context: Context) -> About:
    """The unit itself, and whose it is, as long as the pack lists it."""
    return About(unit=command.unit or None, org=context.codes.org_of_unit.get(command.unit))
