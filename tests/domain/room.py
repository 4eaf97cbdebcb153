"""A room in memory: decides commands with exactly the records they ask for, and folds the events."""

from dataclasses import replace
from uuid import UUID

from dutyroom.domain.commands import Command
from dutyroom.domain.context import Actor, Codes, Commitment, Context, Decision
from dutyroom.domain.crews import person_key
from dutyroom.domain.decide import decide
from dutyroom.domain.events import Event, IncidentCallLinked, IncidentCallUnlinked
from dutyroom.domain.evolve import (
    evolve_call,
    evolve_handover,
    evolve_incident,
    evolve_unit,
)
from dutyroom.domain.records import Records, needs
from dutyroom.domain.refusals import Refusal
from dutyroom.domain.states import CallState, HandoverState, IncidentState, UnitState

from .strategies import CODES, START_MS, UNITS

ANNA = Actor("anna", "dispatcher")


class Room:
    """`now_ms` moves on by a second with each command."""

    def __init__(self, codes: Codes = CODES, units: tuple[str, ...] = UNITS) -> None:
        self.codes = codes
        self.calls: dict[UUID, CallState] = {}
        self.links: dict[UUID, UUID] = {}
        self.incidents: dict[UUID, IncidentState] = {}
        self.units = {unit: UnitState() for unit in units}
        self.handovers: dict[UUID, HandoverState] = {}
        self.journal: list[tuple[str, Event, int]] = []
        self.members = ("anna", "bo", "chen", "dai")
        self.now_ms = START_MS

    def act(
        self, command: Command, actor: Actor = ANNA, *, occurred_at_ms: int | None = None
    ) -> Decision:
        """Decide and, unless refused, apply."""
        self.now_ms += 1_000
        at_ms = self.now_ms if occurred_at_ms is None else occurred_at_ms
        context = self.context(command, actor, at_ms)
        decision = decide(command, context)
        if not isinstance(decision, Refusal):
            for emitted in decision:
                self.apply(emitted.stream, emitted.event, at_ms)
        return decision

    def does(self, command: Command, actor: Actor = ANNA, **when: int) -> tuple[str, ...]:
        """Act, insist that it is not refused, and give the types of the events."""
        decision = self.act(command, actor, **when)
        assert not isinstance(decision, Refusal), decision
        return tuple(emitted.event.TYPE for emitted in decision)

    def refuses(self, command: Command, actor: Actor = ANNA, **when: int) -> Refusal:
        """Act, insist that it is refused, and give the refusal."""
        decision = self.act(command, actor, **when)
        assert isinstance(decision, Refusal), decision
        return decision

    def context(self, command: Command, actor: Actor = ANNA, at_ms: int | None = None) -> Context:
        """What `needs` asks for, and nothing else."""
        context = Context(
            self.now_ms,
            self.now_ms if at_ms is None else at_ms,
            actor,
            self.codes,
            number="1000-0009",
            zone="north",
        )
        asked = needs(command, context)
        while True:
            context = self.load(context, asked)
            more = needs(command, context)
            if more == asked:
                return context
            asked = more

    def full_context(self, command: Command, actor: Actor = ANNA) -> Context:
        """Everything there is."""
        everything = Records(
            frozenset(self.calls),
            frozenset(self.incidents),
            frozenset(self.units),
            frozenset(self.handovers),
            frozenset(person_key(name) for unit in self.units.values() for name in unit.crew),
            open_incidents=True,
            receivers=True,
        )
        return self.load(self.context(command, actor), everything)

    def load(self, context: Context, asked: Records) -> Context:
        return replace(
            context,
            calls={id_: self.calls[id_] for id_ in asked.calls if id_ in self.calls},
            links={id_: self.links[id_] for id_ in asked.calls if id_ in self.links},
            incidents={id_: self.incidents[id_] for id_ in asked.incidents & self.incidents.keys()},
            units={id_: self.units[id_] for id_ in asked.units if id_ in self.units},
            commitments={
                unit: one for unit, one in self.commitments().items() if unit in asked.units
            },
            handovers={id_: self.handovers[id_] for id_ in asked.handovers & self.handovers.keys()},
            aboard=self.aboard(asked.people),
            open_incidents=self.open_incidents() if asked.open_incidents else (),
            receivers=self.members if asked.receivers else None,
        )

    def open_incidents(self) -> tuple[UUID, ...]:
        return tuple(id_ for id_, one in self.incidents.items() if one.state == "open")

    def aboard(self, people: frozenset[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for id_, unit in self.units.items():
            for key in {person_key(name) for name in unit.crew} & people:
                found[key] = (*found.get(key, ()), id_)
        return found

    def commitments(self) -> dict[str, Commitment]:
        return {
            one.unit: Commitment(id_, one.id, incident.number, one.open_state)
            for id_, incident in self.incidents.items()
            for one in incident.assignments
            if one.open_state is not None
        }

    def apply(self, stream: str, event: Event, at_ms: int) -> None:
        """Fold one event into the record of its stream."""
        self.journal.append((stream, event, at_ms))
        kind, _, id_ = stream.partition(":")
        if kind == "unit":
            self.units[id_] = evolve_unit(self.units.get(id_), event, at_ms)
        elif kind == "call":
            if call := evolve_call(self.calls.get(UUID(id_)), event, at_ms):
                self.calls[UUID(id_)] = call
        elif kind == "handover":
            if handover := evolve_handover(self.handovers.get(UUID(id_)), event, at_ms):
                self.handovers[UUID(id_)] = handover
        elif kind == "incident":
            if incident := evolve_incident(self.incidents.get(UUID(id_)), event, at_ms):
                self.incidents[UUID(id_)] = incident
            if isinstance(event, IncidentCallLinked):
                self.links[event.call] = UUID(id_)
            elif isinstance(event, IncidentCallUnlinked) and self.links.get(event.call) == UUID(
                id_
            ):
                del self.links[event.call]
