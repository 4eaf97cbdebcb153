"""What a decision is made from: the time, the actor, the pack's codes and its records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dutyroom.clocks.loop import NO_LOOP, Loop
from dutyroom.core.text import Text
from dutyroom.domain.agreements import Agreement
from dutyroom.domain.desks import Desk
from dutyroom.domain.kernel import Index, State
from dutyroom.domain.values import Need


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `id` is a staff number, or the name of a gateway; `org` the path of the
    organisation that they work for, "" the whole room."""

    id: str
    role: str
    unit: str | None = None
    org: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer to a prompt means: the priority it demands at least, the needs it adds."""

    priority: int | None = None
    adds: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that may be used today: those of the city pack that are not retired.

    `categories` maps to the default priority; `prompts` maps category, prompt and answer. `units`
    are all that the pack lists, `orgs` the paths of its organisations, `org_names` what they are
    called, `teams` those that each has; `org_of_zone` and `org_of_unit` map to the path of the
    organisation that looks after a zone, or that a unit is of.
    `clocks`, `routes` and `given_tasks` are those of the loop, `clock_reasons` why a clock may be
    paused or prolonged, `task_reasons` why a task may be returned or sent back, `point_reasons` why
    an open point may be struck, `contact_reasons` why it may not be safe to contact a caller.
    `desks` are the specialist desks, with all that they offer and are skilled in. `matter_kinds`
    are the kinds of disputes, each with the categories of its incidents. `agreements` with partners
    are by code, `referral_reasons` why a partner refuses. `repeat_kinds` are the kinds of what
    makes a place call again, each with the categories of its incidents.
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
    units: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
    org_names: Mapping[str, Text] = field(default_factory=dict)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    org_of_zone: Mapping[str, str] = field(default_factory=dict)
    org_of_unit: Mapping[str, str] = field(default_factory=dict)
    clocks: frozenset[str] = frozenset()
    clock_reasons: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    given_tasks: frozenset[str] = frozenset()
    task_reasons: frozenset[str] = frozenset()
    point_reasons: frozenset[str] = frozenset()
    contact_reasons: frozenset[str] = frozenset()
    desks: Mapping[str, Desk] = field(default_factory=dict)
    desk_offers: frozenset[str] = frozenset()
    desk_skills: frozenset[str] = frozenset()
    matter_kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    referral_reasons: frozenset[str] = frozenset()
    repeat_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def org(self, path: str) -> Text:
        """What an organisation is called; its path, if the pack doesn't have it."""
        return self.org_names.get(path, Text(path, path))

    def answer(self, category: str, prompt: str, answer: str) -> Answer | None:
        """What the answer means for this category, or None when it isn't one of its answers."""
        return self.prompts.get(category, {}).get(prompt, {}).get(answer)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a decision may look at. An aggregate's `asks` says what a command needs loaded.

    - `occurred_at_ms` is `now_ms` for what happens now, earlier for an entry afterwards.
    - `states` holds each record that was asked for and exists, by its stream.
    - `answers` holds what was asked of indexes.
    - `recommended` are the units that the engine would send, None when it was not asked.
    - `arrivals_s` are expected arrivals by unit, in seconds.
    - `advised_at_ms` is when the actor was shown both; None if they were shown to nobody.
    - `pack_hash` is the hash of the city pack in force, "" before the first; `loop` are its clocks.
    """

    now_ms: int
    occurred_at_ms: int
    actor: Actor
    codes: Codes
    states: Mapping[str, State] = field(default_factory=dict)
    answers: Mapping[Index[Any], object] = field(default_factory=dict)
    recommended: frozenset[str] | None = None
    arrivals_s: Mapping[str, float] = field(default_factory=dict)
    advised_at_ms: int | None = None
    pack_hash: str = ""
    loop: Loop = NO_LOOP

    @property
    def afterwards(self) -> bool:
        """Whether this is entered afterwards. Only then are times compared: live events are
        ordered by the journal, so that a clock that was set back stops nobody."""
        return self.occurred_at_ms < self.now_ms

    def find[S](self, kind: type[S], stream: str) -> S | None:
        """The state of a record; None if there is none, or nobody asked for it."""
        found = self.states.get(stream)
        return found if isinstance(found, kind) else None

    def answer[T](self, index: Index[T]) -> T:
        """What the index says; what is `unknown` to it if nobody asked."""
        if index not in self.answers:
            return index.unknown()
        answer: T = self.answers[index]  # type: ignore[assignment]  # of its own index
        return answer
