"""What happens in the loop of an incident because something happened to the incident."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from uuid import UUID

from dutyroom.clocks.route import stage_signal
from dutyroom.clocks.rule import Rule
from dutyroom.domain.context import Context
from dutyroom.domain.incidents.complaints import looked_after_by
from dutyroom.domain.incidents.events import IncidentClosed, IncidentMerged, IncidentSplit
from dutyroom.domain.incidents.evolve import evolve_incident
from dutyroom.domain.incidents.known import incident_of
from dutyroom.domain.incidents.state import IncidentState, parts_of
from dutyroom.domain.kernel import Emitted, Event
from dutyroom.domain.loops.decide import resumed
from dutyroom.domain.loops.events import (
    ClockEnded,
    ClockPaused,
    LoopApprovalWithdrawn,
    LoopApproved,
    LoopBegun,
    LoopMoved,
    LoopStageEntered,
)
from dutyroom.domain.loops.evolve import evolve_loop
from dutyroom.domain.loops.following_tasks import follow_task
from dutyroom.domain.loops.giving import give
from dutyroom.domain.loops.looking import retimed
from dutyroom.domain.loops.open_tasks import NOTES, Decided, decided
from dutyroom.domain.loops.returning import come_back, has_happened
from dutyroom.domain.loops.stages import entered, lacking_for_approval, signals_of
from dutyroom.domain.loops.state import MERGED, LoopState, Run
from dutyroom.domain.loops.times import met, name_of, rule_of, started


def follow(emitted: tuple[Emitted, ...], context: Context) -> Iterator[Emitted]:
    """The events of loops that follow from incidents and tasks: in the same transaction."""
    has_loop = bool(context.loop.clocks or context.loop.routes)
    of_incidents: dict[str, list[Event]] = {}
    of_tasks: dict[str, list[Event]] = {}
    for one in emitted:
        kind, _, id_ = one.stream.partition(":")
        if not (has_loop or f"loop:{id_}" in context.states):
            continue  # what began by an earlier pack with a loop goes on to its end
        if kind == "task":
            of_tasks.setdefault(id_, []).append(one.event)
        elif kind == "incident" or isinstance(one.event, LoopApproved | LoopApprovalWithdrawn):
            of_incidents.setdefault(id_, []).append(one.event)
    after = decided(emitted, context) if context.loop.looks_at_tasks else Decided(context)
    for incident in after.concerned():
        of_incidents.setdefault(str(incident), [])
    for id_, happened in of_incidents.items():
        following = _Following(UUID(id_), after)
        for event in following.all(happened):
            yield Emitted(f"loop:{id_}", event)
        given = tuple(give(id_, following.loop, following.incident, context))
        yield from given
        if given and context.loop.looks_at_tasks:
            with_given = decided((*emitted, *given), context)
            yield from (Emitted(f"loop:{id_}", one) for one in following.again(with_given))
        if any(isinstance(one, IncidentClosed) for one in happened):
            yield from _ended_with_it(UUID(id_), context)
    for id_, happened in of_tasks.items():
        yield from (Emitted(f"loop:{id_}", event) for event in follow_task(id_, happened, context))


def _ended_with_it(closed: UUID, context: Context) -> Iterator[Emitted]:
    """What stands still because it was merged into an incident that is closed is over with it."""
    incident = incident_of(closed, context)
    parts = parts_of(incident, partial(incident_of, context=context)) if incident else ()
    for id_, _ in parts:
        loop = context.find(LoopState, f"loop:{id_}")
        for run in loop.running if loop else ():
            yield Emitted(f"loop:{id_}", ClockEnded(run.clock, "over"))


class _Following:
    """The loop of one incident, while its events happen one after the other."""

    def __init__(self, id_: UUID, after: Decided) -> None:
        self._id = id_
        self._after = after
        self._context = after.context
        self._loop = self._context.find(LoopState, f"loop:{id_}")
        self.incident: IncidentState | None = None
        """As it is after all that happened; None before."""

    @property
    def loop(self) -> LoopState | None:
        """As it is after what has been followed."""
        return self._loop

    def all(self, happened: Iterable[Event]) -> Iterator[Event]:
        """What follows from its events, and in the end from those of its tasks."""
        incident = self._context.find(IncidentState, f"incident:{self._id}")
        self.incident = incident
        at_ms = self._context.occurred_at_ms
        for event in happened:
            before = incident
            if not isinstance(event, NOTES):
                incident = evolve_incident(incident, event, at_ms)
            self.incident = incident
            self._loop = evolve_loop(self._loop, event, at_ms)  # what was decided about it itself
            if incident is None or self._is_nothing_to(event):
                continue
            yield from self._folded(self._of(event, before, incident), incident)
        if incident is not None and self._after.moved:
            yield from self._folded(self._stage(incident), incident)

    def again(self, after: Decided) -> Iterator[Event]:
        """What follows from tasks that were given meanwhile."""
        self._after = after
        if self.incident is not None:
            yield from self._folded(self._stage(self.incident), self.incident)

    def _folded(self, events: Iterable[Event], incident: IncidentState) -> Iterator[Event]:
        """These events, and what begins and ends with stages that are among them."""
        at_ms = self._context.occurred_at_ms
        for one in events:
            self._loop = evolve_loop(self._loop, one, at_ms)
            yield one
            if isinstance(one, LoopStageEntered):
                for other in self._of_stage(one, incident):
                    self._loop = evolve_loop(self._loop, other, at_ms)
                    yield other

    def _is_nothing_to(self, event: Event) -> bool:
        """Whether it is a note, and no clock begins or ends with notes."""
        if not isinstance(event, NOTES):
            return False
        name = name_of(event)
        rules = self._context.loop.clocks
        return not any(
            name in one.starts or name in one.stops or name in one.restarts for one in rules
        )

    def _of(
        self, event: Event, before: IncidentState | None, after: IncidentState
    ) -> Iterator[Event]:
        if self._loop is not None:
            yield from self._moved(after)
            match event:
                case IncidentMerged():
                    yield from (ClockPaused(run.clock, MERGED) for run in self._unpaused())
                    yield from self._stage(after)
                    return
                case IncidentSplit():
                    yield from self._split(after)
                    yield from come_back(self._loop, after, "pack", self._context)
                    yield from self._stage(after)
                    return
            if before is not None and self._is_disapproved(before, after):
                yield LoopApprovalWithdrawn(self._context.actor.id)
            yield from self._met(name_of(event), after)
            if before is not None and _urgency(before) != _urgency(after):
                yield from self._other_urgency(after)
        yield from self._started(name_of(event), after, self._context.occurred_at_ms)
        if not isinstance(event, NOTES):
            yield from self._stage(after)

    def _stage(self, incident: IncidentState) -> Iterator[Event]:
        for one in entered(self._loop, incident, self._open_tasks, self._context):
            yield from self._begun(incident)
            yield one

    def _open_tasks(self, incident: IncidentState) -> Iterator[str]:
        return self._after.phases(self._id, incident)

    def _of_stage(self, entered: LoopStageEntered, incident: IncidentState) -> Iterator[Event]:
        """Clocks that wait for this stage, or begin with it."""
        stages = self._loop.stages if self._loop else ()
        before = stages[-2].stage if len(stages) > 1 else None
        for signal in signals_of(before, entered.stage):
            yield from self._met(signal, incident)
        yield from self._started(stage_signal(entered.stage), incident, stages[-1].from_ms)

    def _begun(self, incident: IncidentState) -> Iterator[Event]:
        if self._loop is None:
            org = looked_after_by(incident, self._context.codes, self._context.loop)
            yield LoopBegun(incident.number, org)

    def _moved(self, incident: IncidentState) -> Iterator[Event]:
        org = looked_after_by(incident, self._context.codes, self._context.loop)
        if self._loop is not None and org != self._loop.org:
            yield LoopMoved(org)

    def _is_disapproved(self, before: IncidentState, after: IncidentState) -> bool:
        """Whether something was approved that isn't so any more: it is handled again, came out
        otherwise, goes another way, or another incident has become part of it."""
        if self._loop is None or not self._loop.approved_by or after.state != "open":
            return False
        return (
            any(lacking_for_approval(after))
            or before.disposition != after.disposition
            or (_urgency(before) != _urgency(after) and self._way(before) != self._way(after))
            or bool({*after.absorbed} - {*before.absorbed})
        )

    def _way(self, incident: IncidentState) -> str:
        route = self._context.loop.route_for(incident.category, incident.priority)
        return route.code if route else ""

    def _unpaused(self) -> Iterator[Run]:
        """A clock that stands still for a reason of its own keeps that one."""
        runs = self._loop.running if self._loop else ()
        return (run for run in runs if run.state == "running")

    def _split(self, incident: IncidentState) -> Iterator[Event]:
        """It goes on, also what was over with the incident that it was merged into."""
        for run in self._loop.clocks if self._loop else ():
            if run.ended == "over" and self._loop and self._loop.run(run.clock) is run:
                place = self._rules(incident, run.from_ms).get(run.clock)
                yield retimed(run.back, place, "restored", self._context)
        for run in self._loop.running if self._loop else ():
            if run.state == "paused" and run.pauses[-1].reason == MERGED:
                yield resumed(run, rule_of(run, self._context), self._context)

    def _met(self, name: str, incident: IncidentState) -> Iterator[Event]:
        for run in self._loop.running if self._loop else ():
            rule = self._rule(run, incident)
            if rule is not None and name in rule.stops:
                yield met(run, rule, self._context)

    def _rule(self, run: Run, incident: IncidentState) -> Rule | None:
        """Its rule; where another pack is in force by now, that pack's of the same clock."""
        own = rule_of(run, self._context)
        if own is not None:
            return own
        place = self._rules(incident, run.from_ms).get(run.clock)
        return self._context.loop.clocks[place] if place is not None else None

    def _rules(self, incident: IncidentState, at_ms: int) -> Mapping[str, int]:
        return self._context.loop.rules_for(incident.category, incident.priority, at_ms)

    def _other_urgency(self, incident: IncidentState) -> Iterator[Event]:
        """Its clocks go by other rules; some no longer count, others do, from when it began."""
        for run in self._loop.running if self._loop else ():
            place = self._rules(incident, run.from_ms).get(run.clock)
            if place != run.rule or run.pack != self._context.pack_hash:
                other = run.pack != self._context.pack_hash  # what that doesn't know may come back
                yield retimed(run, place, "pack" if other else "urgency", self._context)
        if self._loop is not None:
            yield from come_back(self._loop, incident, "urgency", self._context)
        for signal, from_ms in self._begun_with(incident):
            for place in self._rules(incident, from_ms).values():
                rule = self._context.loop.clocks[place]
                if signal in rule.starts and self._is_due_now(rule, from_ms, incident):
                    yield started(place, from_ms, self._context)

    def _begun_with(self, incident: IncidentState) -> Iterator[tuple[str, int]]:
        """What began that still lasts, and since when."""
        began = "incident.opened" if incident.reopened_at_ms is None else "incident.reopened"
        yield began, incident.waiting_from_ms
        stay = self._loop.stay if self._loop else None
        if stay is not None:
            yield stage_signal(stay.stage), stay.from_ms

    def _is_due_now(self, rule: Rule, from_ms: int, incident: IncidentState) -> bool:
        """Whether a clock that would have begun then still waits for its end, and isn't there."""
        run = self._loop.run(rule.code) if self._loop else None
        if run is not None and (run.runs or run.from_ms >= from_ms):
            return False
        return not any(has_happened(one, from_ms, incident, self._loop) for one in rule.stops)

    def _started(self, name: str, incident: IncidentState, at_ms: int) -> Iterator[Event]:
        rules = self._context.loop.clocks
        if not any(name in rule.starts or name in rule.restarts for rule in rules):
            return  # as with most events; finding the rules that hold costs more
        for code, place in self._rules(incident, at_ms).items():
            rule = self._context.loop.clocks[place]
            run = self._loop.run(code) if self._loop else None
            if run is not None and run.runs:
                if name not in rule.restarts:
                    continue
                yield ClockEnded(code, "restarted")
            elif name not in rule.starts:
                continue
            yield from self._begun(incident)
            yield started(place, at_ms, self._context)


def _urgency(incident: IncidentState) -> tuple[str, int]:
    return incident.category, incident.priority
