"""What a decision is made from: the time, the actor, the pack's codes and its records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dutyroom.domain.commands import Need, Position
from dutyroom.domain.events import Emitted, OpenPhase
from dutyroom.domain.refusals import Refusal
from dutyroom.domain.states import CallState, HandoverState, IncidentState, UnitState

type Decision = tuple[Emitted, ...] | Refusal
"""What a decision comes to. An empty tuple: the goal was already reached."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `id` is a staff number, or the name of a gateway."""

    id: str
    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer to a prompt means: the priority it demands at least, the needs it adds."""

    priority: int | None = None
    adds: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that may be used today: those of the city pack that are not retired.

    `categories` maps to the default priority; `prompts` maps category, prompt and answer.
    """

    categories: Mapping[str, int]
    priorities: frozenset[int]
    capabilities: frozenset[str]
    clear_reasons: frozenset[str]
    cancel_reasons: frozenset[str]
    unavailable_reasons: frozenset[str]
    override_reasons: frozenset[str]
    dispositions: frozenset[str]
    no_incident_reasons: frozenset[str]
    reopen_reasons: frozenset[str]
    prompts: Mapping[str, Mapping[str, Mapping[str, Answer]]] = field(default_factory=dict)

    def answer(self, category: str, prompt: str, answer: str) -> Answer | None:
        """What the answer means for this category, or None when it isn't one of its answers."""
        return self.prompts.get(category, {}).get(prompt, {}).get(answer)


@dataclass(frozen=True, slots=True)
class Commitment:
    """The open assignment that holds a unit, and the public number of its incident."""

    incident: UUID
    assignment: UUID
    number: str
    state: OpenPhase


@dataclass(frozen=True, slots=True)
class Held:
    """The incident that a unit was on at an earlier time."""

    incident: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a decision may look at. `needs` says which records a command asks for.

    - `occurred_at_ms` is `now_ms` for what happens now, earlier for an entry afterwards.
    - `units` holds every unit of the pack that was asked for; one without events is `UnitState()`.
    - `commitments` holds the open assignment of each of these units that has one.
    - `links` maps each call that was asked for to the incident it is linked to, if any.
    - `aboard` maps each person that was asked for (`crews.person_key`) to the units they are on.
    - `receivers` are the members who may take the desk, None where members aren't known.
    - `number` is a fresh public number, `zone` the zone of the command's place ("" = outside).
    - `position` is where the unit of an emergency was at the press, as far as is known (then `zone`
      is its zone), `held` the incident that it was on then.
    - `recommended` are the units that the engine would send, None when it was not asked.
    - `arrivals_s` are expected arrivals by unit, in seconds.
    - `advised_at_ms` is when the actor was shown both; None if they were shown to nobody.
    - `open_incidents` are all that are open now (asked for by handovers only).
    - `pack_hash` is the hash of the city pack in force, "" before the first.
    """

    now_ms: int
    occurred_at_ms: int
    actor: Actor
    codes: Codes
    calls: Mapping[UUID, CallState] = field(default_factory=dict)
    links: Mapping[UUID, UUID] = field(default_factory=dict)
    incidents: Mapping[UUID, IncidentState] = field(default_factory=dict)
    units: Mapping[str, UnitState] = field(default_factory=dict)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    handovers: Mapping[UUID, HandoverState] = field(default_factory=dict)
    aboard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    receivers: tuple[str, ...] | None = None
    number: str = ""
    zone: str = ""
    position: Position | None = None
    held: Held | None = None
    recommended: frozenset[str] | None = None
    arrivals_s: Mapping[str, float] = field(default_factory=dict)
    advised_at_ms: int | None = None
    open_incidents: tuple[UUID, ...] = ()
    pack_hash: str = ""

    @property
    def afterwards(self) -> bool:
        """Whether this is entered afterwards. Only then are times compared: live events are
        ordered by the journal, so that a clock that was set back stops nobody."""
        return self.occurred_at_ms < self.now_ms
