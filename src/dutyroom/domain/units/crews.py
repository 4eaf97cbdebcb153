"""People on units: one place per person, and how a person is moved from one to another."""

import unicodedata
from collections.abc import Iterable

from dutyroom.domain import refusals as shared_refusals
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Decision, Emitted, Refusal
from dutyroom.domain.units import refusals
from dutyroom.domain.units.commands import MOVE_REASONS, SignOn
from dutyroom.domain.units.events import UnitCrewMoved, UnitSignedOff, UnitSignedOn
from dutyroom.domain.units.known import Aboard, CommitmentOf, unit_of
from dutyroom.domain.units.state import UnitState


def tidy(name: str) -> str:
    """A name as it is kept: without blanks around it, one blank at most within it."""
    return " ".join(name.split())


def person_key(name: str) -> str:
    """What two spellings of one person have in common.

    Case, width, blanks and characters that nobody sees don't count.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return tidy("".join(one for one in plain if unicodedata.category(one) != "Cf"))


def decide_sign_on(command: SignOn, state: UnitState, context: Context) -> Decision:
    """Sign a crew on. Who is on another unit comes from there if a reason is given.

    A field officer signs on their own unit only: moving somebody is for the desk.
    """
    unit, reason = command.unit, command.move_reason
    crew = tuple(map(tidy, command.crew))
    if not crew or not all(map(person_key, crew)):
        return refusals.crew_is_empty(unit)
    if twice := _named_twice(crew):
        return refusals.person_named_twice(unit, twice)
    if reason and reason not in MOVE_REASONS:
        return shared_refusals.unknown_code("move_reason", reason)
    moved = _elsewhere(crew, unit, context)
    by_officer = context.actor.role == "field_officer"
    for there, members in moved.items():
        if by_officer or not reason:
            return refusals.person_on_another_unit(members[0], there, unit, not by_officer)
    left: list[Emitted] = []
    for there, members in moved.items():
        gone = _leave(there, members, context)
        if isinstance(gone, Refusal):
            return gone
        came = UnitCrewMoved(members, there, reason)
        left += [gone, Emitted(f"unit:{unit}", came)]
    if state.on_duty and state.crew == crew and not left:
        return ()
    return (*left, Emitted(f"unit:{unit}", UnitSignedOn(crew)))


def _named_twice(crew: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in crew:
        key = person_key(name)
        if key in seen:
            return name
        seen.add(key)
    return ""


def _elsewhere(crew: Iterable[str], unit: str, context: Context) -> dict[str, tuple[str, ...]]:
    """Members of the crew who are on other units, by unit."""
    found: dict[str, tuple[str, ...]] = {}
    for name in crew:
        for there in context.answer(Aboard(person_key(name))):
            if there != unit and unit_of(there, context) is not None:
                found[there] = (*found.get(there, ()), name)
    return found


def _leave(unit: str, members: Iterable[str], context: Context) -> Emitted | Refusal:
    """The unit goes on with who is left, or goes off duty if it can."""
    state = unit_of(unit, context) or UnitState()
    commitment = context.answer(CommitmentOf(unit))
    keys = set(map(person_key, members))
    remaining = tuple(name for name in state.crew if person_key(name) not in keys)
    if remaining:
        return Emitted(f"unit:{unit}", UnitSignedOn(remaining))
    if commitment is not None:
        return refusals.last_of_crew(next(iter(members)), unit, commitment.number)
    if state.emergency != "quiet":
        return refusals.emergency_goes_on(unit)
    return Emitted(f"unit:{unit}", UnitSignedOff())
