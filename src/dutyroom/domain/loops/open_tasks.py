"""The open tasks of an incident and of what was merged into it, with what was just decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from dutyroom.clocks.route import Fact
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.events import IncidentNoteAdded, IncidentNoteStruck
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.known import OpenWork, incident_of
from dutyroom.domain.incidents.state import IncidentState, chain_of, parts_of
from dutyroom.domain.kernel import Ask, Emitted
from dutyroom.domain.tasks.evolve import evolve_task
from dutyroom.domain.tasks.state import TaskState

NOTES: Final = (IncidentNoteAdded, IncidentNoteStruck)
"""What they change in an incident, no clock and no stage looks at; there may be hundreds."""
_TO_DO: Final = frozenset(("offered", "accepted", "in_progress", "returned"))
"""Somebody has still to do it."""
_TO_JUDGE: Final = frozenset(("submitted",))


def facts_of_tasks(phases: Iterable[str]) -> tuple[Fact, ...]:
    """What stages may wait for, of tasks in these phases; of those that are over none is needed."""
    there = {*phases}
    if there & _TO_DO:
        return ()
    return ("tasks_done",) if there & _TO_JUDGE else ("tasks_done", "tasks_approved")


@dataclass(frozen=True, slots=True)
class Decided:
    """Incidents and tasks as they are after what was decided; of incidents also each state on the
    way there. `moved`: the tasks on which facts about tasks may hang since."""

    context: Context
    incidents: Mapping[UUID, tuple[IncidentState, ...]] = field(default_factory=dict)
    tasks: Mapping[UUID, TaskState] = field(default_factory=dict)
    moved: tuple[UUID, ...] = ()

    def incident(self, id_: UUID) -> IncidentState | None:
        """An incident, as far as it is loaded."""
        after = self.incidents.get(id_)
        return after[-1] if after else incident_of(id_, self.context)

    def whole(self, id_: UUID, incident: IncidentState) -> Iterator[UUID]:
        """An incident and all that was merged into it, as far as it is loaded."""
        yield id_
        yield from (part for part, _ in parts_of(incident, self.incident))

    def phases(self, id_: UUID, incident: IncidentState) -> Iterator[str]:
        """The phases of the open tasks of an incident and of its parts."""
        whole = tuple(self.whole(id_, incident))
        for part in whole:
            for work in self.context.answer(OpenWork(part)):
                if work.kind == "task" and work.id not in self.tasks:
                    yield work.state
        yield from (
            one.phase for one in self.tasks.values() if one.incident in whole and not one.over
        )

    def above(self, id_: UUID) -> Iterator[UUID]:
        """An incident and the chain of those that it was merged into, as far as it is loaded."""
        return chain_of(id_, self.incident)

    def concerned(self) -> tuple[UUID, ...]:
        """The incidents of which the stage may hang on the tasks that moved."""
        incidents = (self.tasks[one].incident for one in self.moved)
        return tuple(dict.fromkeys(tuple(self.above(one))[-1] for one in incidents))


def decided(emitted: Iterable[Emitted], context: Context) -> Decided:
    """Fold what was decided about incidents and tasks."""
    incidents: dict[UUID, tuple[IncidentState, ...]] = {}
    tasks: dict[UUID, TaskState] = {}
    before: dict[UUID, TaskState | None] = {}
    at_ms = context.occurred_at_ms
    for one in emitted:
        kind, _, text = one.stream.partition(":")
        if kind == "incident" and not isinstance(one.event, NOTES):
            id_ = UUID(text)
            way = incidents.get(id_, ())
            last = way[-1] if way else incident_of(id_, context)
            incident = evolve_incident(last, one.event, at_ms)
            if incident is not None:
                incidents[id_] = (*way, incident)
        elif kind == "task":
            id_ = UUID(text)
            before.setdefault(id_, context.find(TaskState, one.stream))
            task = evolve_task(tasks.get(id_) or before[id_], one.event, at_ms)
            if task is not None:
                tasks[id_] = task
    moved = (id_ for id_, task in tasks.items() if _open(before[id_]) != _open(task))
    return Decided(context, incidents, tasks, tuple(moved))


def _open(task: TaskState | None) -> tuple[Fact, ...] | None:
    """What one task alone lets hold; None where it is over, or isn't there yet."""
    return None if task is None or task.over else facts_of_tasks((task.phase,))


def asks_of_tasks(id_: UUID, incident: IncidentState, of: Decided) -> Iterator[Ask]:
    """What must be loaded to know the open tasks of an incident and of its parts."""
    for part in of.whole(id_, incident):
        yield OpenWork(part)
        state = incident if part == id_ else of.incident(part)
        yield from (f"incident:{one}" for one in state.absorbed) if state else ()
