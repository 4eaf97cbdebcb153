"""Tasks that the city pack has done of an incident: offered by themselves, once, with their clocks.

Nobody has to remember them, and the incident is not closed before they are done or withdrawn.
"""

from collections.abc import Iterator
from typing import cast
from uuid import UUID, uuid5

from dutyroom.clocks.given import GivenTask
from dutyroom.core.text import both
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.kernel import Emitted
from dutyroom.domain.loops.events import LoopTaskGiven
from dutyroom.domain.loops.following_tasks import follow_task
from dutyroom.domain.loops.state import LoopState
from dutyroom.domain.tasks.commands import TaskKind, Team
from dutyroom.domain.tasks.events import TaskOffered


def give(
    id_: str, loop: LoopState | None, incident: IncidentState | None, context: Context
) -> Iterator[Emitted]:
    """What an incident leaves to be done where it stands now, and was not given before."""
    if loop is None or incident is None or incident.state != "open" or loop.stay is None:
        return
    for one in context.loop.tasks:
        wanted = one.is_for(incident.category, incident.priority)
        if wanted and one.code not in loop.given and one.is_due_at(loop.stay.stage):
            yield from _give(UUID(id_), one, incident, context)


def _give(
    id_: UUID, given: GivenTask, incident: IncidentState, context: Context
) -> Iterator[Emitted]:
    task = uuid5(id_, given.code)
    org = _receiver(incident, context)
    if not org:
        return
    teams = context.codes.teams.get(org, ())
    steps = {uuid5(task, str(place)): both(text) for place, text in enumerate(given.steps)}
    offered = TaskOffered(
        by=context.actor.id,
        incident=id_,
        number=incident.number,
        kind=cast(TaskKind, given.kind),  # as the pack was checked
        priority=incident.priority,
        due_ms=None,
        org=org,
        team=cast(Team, given.team) if given.team in teams else "",
        owner="",
        from_org="",
        steps=tuple(steps),
    )
    sealed = {
        "text": both(given.text),
        "steps": {str(step): text for step, text in steps.items()},
    }
    yield Emitted(f"loop:{id_}", LoopTaskGiven(given.code, task))
    yield Emitted(f"task:{task}", offered, sealed, f"incident:{id_}")
    for event in follow_task(str(task), [offered], context):
        yield Emitted(f"loop:{task}", event)


def _receiver(incident: IncidentState, context: Context) -> str:
    """Who looks after the incident; where that is the room itself, the topmost organisation."""
    org = looked_after_by(incident, context.codes, context.loop)
    return org or min(context.codes.orgs, key=lambda path: (path.count("/"), path), default="")
