"""At which stage an incident stands, and which events lead it to another."""

from collections.abc import Callable, Iterable, Iterator

from dutyroom.clocks.route import STAGES, TASK_FACTS, Fact, stage_signal
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.state import IncidentState
from dutyroom.domain.loops.events import LoopStageEntered
from dutyroom.domain.loops.open_tasks import facts_of_tasks
from dutyroom.domain.loops.state import LoopState, Standing


def facts_of(
    incident: IncidentState, loop: LoopState | None, tasks: Iterable[str] = ()
) -> frozenset[Fact]:
    """What stages may wait for, as far as it holds. `tasks`: the phases of those that are open."""
    far = ("pending", "dispatched", "en_route", "on_scene", "cleared").index(incident.progress)
    reached: tuple[Fact, ...] = ("sent", "accepted", "arrived", "cleared")
    said: tuple[Fact, ...] = ("disposition",) if incident.disposition else ()
    approved: tuple[Fact, ...] = ("approved",) if loop and loop.approved else ()
    return frozenset((*reached[:far], *said, *facts_of_tasks(tasks), *approved))


def hangs_on_tasks(incident: IncidentState, context: Context) -> bool:
    """Whether it may be at one stage or at another, as its tasks are."""
    route = context.loop.route_for(incident.category, incident.priority)
    if route is None or not route.looks_at_tasks or incident.state != "open":
        return False
    known = facts_of(incident, None) - TASK_FACTS
    either: tuple[frozenset[Fact], ...] = (known, known | {"approved"})
    return any(route.leg(one) is not route.leg(one | TASK_FACTS) for one in either)


def lacking_for_approval(incident: IncidentState) -> Iterator[str]:
    """What must be there before somebody approves how an incident was handled."""
    if incident.open_assignments:
        yield "assignment"
    if not incident.disposition:
        yield "disposition"


def org_now(loop: LoopState, incident: IncidentState | None, context: Context) -> str:
    """Who looks after an incident by the pack in force; what is over stays with who did."""
    if incident is None or incident.state == "closed":
        return loop.org
    return looked_after_by(incident, context.codes, context.loop)


def entered(
    loop: LoopState | None,
    incident: IncidentState,
    tasks: Callable[[IncidentState], Iterable[str]],
    context: Context,
) -> Iterator[LoopStageEntered]:
    """The stage at which it stands by the pack in force, unless it stands there already. `tasks`
    gives the phases of the open ones of it and of its parts; asked only where its route looks at
    them.

    Where the pack has no way for it, it stays where it is until it is over.
    """
    now = _standing(loop, incident, tasks, context)
    if now is None:
        return
    before = loop.stay if loop else None
    if before is None or (before.stage, before.owner) != (now.stage, now.role):
        yield now


def signals_of(before: Standing | None, now: Standing) -> tuple[str, ...]:
    """What clocks may have waited for when an incident comes to a stage: that one, and those that
    it has passed over. Of what is concluded nothing is waited for any more."""
    if now == "merged":
        return ()
    if now == "concluded":
        return tuple(map(stage_signal, STAGES))
    first = next((at for at, one in enumerate(STAGES, 1) if one == before), 0)
    passed = STAGES[first : STAGES.index(now)]
    return tuple(map(stage_signal, (*passed, now)))


def _standing(
    loop: LoopState | None,
    incident: IncidentState,
    tasks: Callable[[IncidentState], Iterable[str]],
    context: Context,
) -> LoopStageEntered | None:
    route = context.loop.route_for(incident.category, incident.priority)
    if route is None and (loop is None or loop.stay is None):
        return None
    code = route.code if route else loop.route if loop else ""
    match incident.state:
        case "closed":
            return LoopStageEntered("concluded", "", code)
        case "merged":
            return LoopStageEntered("merged", "", code)
    if route is None:
        return None
    phases = tasks(incident) if route.looks_at_tasks else ()
    leg = route.leg(facts_of(incident, loop, phases))
    return LoopStageEntered(leg.stage, leg.owner, route.code)
