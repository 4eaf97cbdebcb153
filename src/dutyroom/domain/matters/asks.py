"""What a command about a matter needs to have loaded, and what policy may look at."""

from collections.abc import Iterator

from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.kernel import About, Ask
from dutyroom.domain.matters.commands import LinkMatter, OpenMatter, ReassignMatter, UndoOutcome
from dutyroom.domain.matters.decide import MatterCommand
from dutyroom.domain.matters.state import MatterState
from dutyroom.domain.tasks.known import WorksFor


def asks_of_matter(command: MatterCommand, context: Context) -> Iterator[Ask]:
    """The matter, the incident that becomes part of it, and who is to own it."""
    yield f"matter:{command.matter}"
    if isinstance(command, OpenMatter | LinkMatter):
        yield f"incident:{command.incident}"
    if isinstance(command, OpenMatter | ReassignMatter) and command.owner:
        yield WorksFor(command.owner)
    state = context.find(MatterState, f"matter:{command.matter}")
    if state is not None and isinstance(command, ReassignMatter):
        yield f"incident:{state.first}"
    if state is not None and isinstance(command, UndoOutcome):
        yield from (WorksFor(one) for one in (state.owner_before, state.owner) if one)


def about_matter(command: MatterCommand, context: Context) -> About:
    """With which organisation it lies. What makes an incident part of it is also about who looks
    after that one: to have a matter is to read what it is about. What hands it on is also about
    whom it goes to."""
    state = context.find(MatterState, f"matter:{command.matter}")
    if state is None:
        if not isinstance(command, OpenMatter):
            return About()
        return About(org=command.org, org_too=_after(command, context))
    match command:
        case ReassignMatter(_, org):
            return About(org=state.org, org_too=org)
        case LinkMatter():
            return About(org=state.org, org_too=_after(command, context))
    return About(org=state.org)


def _after(command: OpenMatter | LinkMatter, context: Context) -> str | None:
    """Who looks after the incident."""
    incident = incident_of(command.incident, context)
    return looked_after_by(incident, context.codes, context.loop) if incident else None
